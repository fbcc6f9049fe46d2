"""The desk's lists beside Django's own: `python -m tests.benchmark_admin [rows]`. Measured, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with 10,000 quotes and a tenth as many meetings,
sources and people; then copies quotes, meetings and their rows of the search by SQL, up to so many quotes (100,000).
At each size it opens the lists of quotes
and meetings through Django's test client, as a standards editor who sees all and as a reporter on one team of five:
the first page, one in the middle, a filter, a search for a rare and for a common word; then the desk's own search.

Beside the editor's stands the same list as `ModelAdmin` comes with Django: the same columns, read with one query
(`list_select_related`), plain filters by the same fields, the same searched fields; all else its default: 100 rows a
page where ours has 50, all rows counted twice, searches by `icontains`. It is asked once of the same tables, with
every index that our models name, and once of tables without these: only those that Django makes by itself, for keys
and what is unique. No drop-down of people or sources is put into it, though `list_filter` would make one of each.

Prints queries and median milliseconds, and how many times as fast ours is.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LISTS = {
    "quote": (
        ["words", "speaker__name", "source__code_name", "slug"],
        ["terms", "form", "investigation"],
        "terms__exact=on_record",
    ),
    "meeting": (
        ["title", "place", "description", "attendances__person__name"],
        ["kind", "established", "investigation"],
        "kind__exact=dinner",
    ),
}
RARE_OF = {"quote": "all 5432 of", "meeting": "visit 432"}
COMMON_OF = {"quote": "signed", "meeting": "harbor"}


def main() -> None:
    """Print a table for each person and size."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'benchmark.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from tests.filling import fill, make_newsroom, sizes

    settings.ALLOWED_HOSTS.append("testserver")
    settings.ROOT_URLCONF = "tests.benchmark_admin_urls"
    call_command("migrate", verbosity=0)
    users, filled = make_newsroom(), 0
    for size in sizes():
        begun = time.perf_counter()
        if filled < 10_000:
            fill(filled, size)
        else:
            copy(filled, size)
        print(f"\n{size:,} quotes, {connection.vendor}; {size - filled:,} of them filled in", end=" ")
        print(f"{time.perf_counter() - begun:.0f} s", flush=True)
        filled = size
        if size < 10_000:
            continue
        report(users, size)
    connection.close()
    folder.cleanup()


def copy(begin: int, end: int) -> None:
    """Write each quote and meeting there is, and its row of the search, so many times that there are `end` quotes."""
    from django.db import connection

    from investigations.models import Meeting, Quote
    from investigations.models.desk_text import DESK_INDEX

    search = DESK_INDEX.table
    with connection.cursor() as cursor:
        for model in (Quote, Meeting):
            table, kind = model._meta.db_table, model._meta.model_name
            cursor.execute(f"SELECT max(id) FROM {table}")
            most = cursor.fetchone()[0]
            names = [field.column for field in model._meta.concrete_fields]
            columns = ", ".join(f'"{name}"' for name in names)
            for number in range(1, end // begin):
                made = {"id": f"id + {most * number}", "slug": f"slug || '-{end}-{number}'"}
                made["public_key"] = f"'x' || (id + {most * number})"
                values = ", ".join(made.get(name, f'"{name}"') for name in names)
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id <= {most}")
                rest = "investigation_id, head, words, marks"
                cursor.execute(
                    f"INSERT INTO {search} (kind, record, {rest}) SELECT kind, record + {most * number}, {rest}"
                    f" FROM {search} WHERE kind = '{kind}' AND record <= {most}"
                )


def report(users: tuple[Any, Any], size: int) -> None:
    """Print a table for each person, of so many quotes."""
    reporter, editor = users
    settle()
    beside = dict(default_of(size))
    ours: dict[str, Any] = {}
    default: dict[str, Any] = {}
    for name, address in ours_of(editor, size):  # one after the other: both meet the machine as it is
        ours |= measured(editor, [(name, address)])
        default |= measured(editor, [(name, beside[name])] if name in beside else [])
    with only_djangos_indexes():
        bare = dict(measured(editor, default_of(size)))
    heads = ("ours", "Django’s list", "times", "and tables", "times")
    print(f"{editor.username:<44}{heads[0]:>20}{heads[1]:>23}{heads[2]:>7}{heads[3]:>14}{heads[4]:>7}")
    for name, (mine, queries, _) in ours.items():
        line = f"{name:<44}{queries:>6} q {mine:>8.1f} ms"
        if name in default:
            line += f"{default[name][1]:>9} q {default[name][0]:>8.1f} ms{default[name][0] / mine:>7.1f}"
            line += f"{bare[name][0]:>11.1f} ms{bare[name][0] / mine:>7.1f}"
        print(line, flush=True)
    print(f"{reporter.username:<44}{heads[0]:>20}")
    for name, (mine, queries, _) in measured(reporter, ours_of(reporter, size)):
        print(f"{name:<44}{queries:>6} q {mine:>8.1f} ms", flush=True)


def ours_of(user: Any, size: int) -> Iterator[tuple[str, str]]:
    """Each page's name and address: 50 rows a page."""
    share = 1 if user.is_superuser or user.has_perm("investigations.see_all_investigations") else 5
    yield from pages_of("/admin/", size // share, 50)
    for typed in ("5432", "signed", "harbor signed", "zebra", '"nobody asked what it said"'):
        yield f"the desk: search {typed}", f"/admin/search/?q={typed}"


def default_of(size: int) -> Iterator[tuple[str, str]]:
    """Each page's name and address in Django's own lists, of 100 rows a page: the one in the middle has the same."""
    yield from pages_of("/admin/default/", size, 100)


def pages_of(site: str, quotes: int, per_page: int) -> Iterator[tuple[str, str]]:
    """The pages of the lists of so many quotes, and a tenth as many meetings."""
    for noun, rows in (("quote", quotes), ("meeting", quotes // 10)):
        asked = {
            "first page": "",
            "page in the middle": f"p={max(1, rows // 2 // per_page)}",
            "one filter": LISTS[noun][2],
        }
        asked |= {f"search “{typed}”": f"q={typed}" for typed in (RARE_OF[noun], COMMON_OF[noun], "zebra")}
        for name, query in asked.items():
            yield f"{noun}: {name}", f"{site}investigations/{noun}/?{query}"


def measured(user: Any, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    """Each page's name with its milliseconds, queries and bytes, opened by this person."""
    from django.test import Client

    from tests.benchmark_desk import cost_of

    client = Client()
    client.force_login(user)
    for name, address in pages:
        yield name, cost_of(client, address)


@contextmanager
def only_djangos_indexes() -> Iterator[None]:
    """Quotes and meetings without the indexes that their models name; afterwards with them again."""
    from django.db import connection

    from investigations.models import Meeting, Quote

    named = [(model, index) for model in (Quote, Meeting) for index in model._meta.indexes]
    with connection.schema_editor() as editor:
        for model, index in named:
            editor.remove_index(model, index)
    settle()
    yield
    with connection.schema_editor() as editor:
        for model, index in named:
            editor.add_index(model, index)
    settle()


def settle() -> None:
    """Do what PostgreSQL's autovacuum does within minutes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
