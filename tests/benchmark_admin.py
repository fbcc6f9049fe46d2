"""The desk's lists beside Django's own: `python -m tests.benchmark_admin [rows]`. Measured, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with 10,000 quotes and a tenth as many meetings,
sources and people; then copies quotes, meetings and their rows of the search by SQL, up to so many quotes (100,000).
At each size it opens the lists of quotes
and meetings through Django's test client, as a standards editor who sees all and as a reporter on one team of five:
the first page, one in the middle, a filter, a search for a rare and for a common word; then the desk's own search.
Beside the editor's stands the same list as `ModelAdmin` comes with Django: the same columns, filters by choice and
searched fields, all else its default. Prints queries and median milliseconds, and how many times as fast ours is.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LISTS = {
    "quote": (["words", "speaker__name", "source__code_name", "slug"], ["terms", "form"], "terms__exact=on_record"),
    "meeting": (
        ["title", "place", "description", "attendances__person__name"],
        ["kind", "established"],
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
        if connection.vendor == "postgresql":  # what its autovacuum does within minutes
            connection.cursor().execute("VACUUM ANALYZE")
        for user in reversed(users):
            print(f"{user.username:<44}{'ours':>20}{'Django’s':>22}{'times':>9}")
            for name, ours, default in compared(user, size):
                line = f"{name:<44}{ours[1]:>6} q {ours[0]:>9.1f} ms"
                if default:
                    line += f"{default[1]:>8} q {default[0]:>9.1f} ms{default[0] / ours[0]:>9.1f}"
                print(line, flush=True)
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


def compared(user: Any, size: int) -> Iterator[tuple[str, Any, Any]]:
    """Each page's name, with milliseconds and queries of our list and of Django's."""
    from django.test import Client

    from investigations.models import Meeting, Quote
    from tests.benchmark_desk import cost_of

    client = Client()
    client.force_login(user)
    for noun, model in (("quote", Quote), ("meeting", Meeting)):
        pages = model.objects.visible_to(user).count()
        pages_of = {"first page": "", "page in the middle": "p={}", "one filter": LISTS[noun][2]}
        for typed in (RARE_OF[noun], COMMON_OF[noun], "zebra"):
            pages_of[f"search “{typed}”"] = f"q={typed}"
        for name, query in pages_of.items():
            ours = f"/admin/investigations/{noun}/?{query.format(max(1, pages // 100))}"
            default = f"/admin/default/investigations/{noun}/?{query.format(max(1, pages // 200))}"
            beside = cost_of(client, default) if user.username == "ed" else None
            yield f"{noun}: {name}", cost_of(client, ours), beside
    for typed in ("5432", "signed", "harbor signed", "zebra", '"nobody asked what it said"'):
        yield f"the desk: search {typed}", cost_of(client, f"/admin/search/?q={typed}"), None


if __name__ == "__main__":
    sys.exit(main())
