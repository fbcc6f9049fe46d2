"""What a search costs as the record grows: `python -m tests.benchmark_search [rows]`. Measured, never a test.

Fills the search of a database of its own (`DATABASE_URL` names another engine's) with the rows of an invented record:
10,000 entries, then ten times as many, up to so many (100,000). At each size it asks for words through Django's test
client. Prints queries, median milliseconds at each size, and the growth from the first size to the last.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROUNDS = 9
FIRST = 10_000
ASKED = {
    "in every eighth entry": {"q": "harbor"},
    "the same, quotes alone": {"q": "harbor", "kind": "quote"},
    "the same, tenth page": {"q": "harbor", "page": "10"},
    "in every entry, sources alone": {"q": "the", "kind": "source"},
    "two common words": {"q": "harbor ledger"},
    "two common words, a phrase": {"q": '"the sealed ledger"'},
    "a name": {"q": "žofia kurina"},
    "a name, meetings alone": {"q": "žofia kurina", "kind": "meeting"},
    "a word with few answers": {"q": "file 4711"},
    "a word with one answer": {"q": "{rare}"},
    "one answer, of its kind": {"q": "{rare}", "kind": "quote"},
    "one answer beside a common word": {"q": "the {rare}"},
    "a word with none": {"q": "zebra"},
    "sixteen words": {"q": "the harbor ledger letter permit map key signed read saw kept lost sent moved late early"},
}


def main() -> None:
    """Print a table."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'benchmark.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10 * FIRST
    sizes = [size for size in (FIRST, 10 * FIRST, 100 * FIRST) if size <= most]
    made = rows(sizes[-1])
    costs: dict[str, list[tuple[float, int]]] = {name: [] for name in ASKED}
    filled, rare = 0, ""
    for size in sizes:
        number = fill(islice(made, size - filled))
        filled, rare = size, rare or number
        if connection.vendor == "postgresql":  # what its autovacuum does within minutes
            connection.cursor().execute("VACUUM ANALYZE")
        for name, query in ASKED.items():
            costs[name].append(measure({key: value.format(rare=rare) for key, value in query.items()}))
    print(f"{connection.vendor:<34}{'queries':>8}" + "".join(f"{size:>12,}" for size in sizes) + "  growth")
    for name, found in costs.items():
        line = "".join(f"{milliseconds:>9.1f} ms" for milliseconds, _ in found)
        growth = found[-1][0] / found[0][0]
        print(f"{name:<34}{max(queries for _, queries in found):>8}{line}{growth:>8.1f}", flush=True)
    connection.close()


def rows(entries: int) -> Iterator[Any]:
    """The rows of the search of so many entries, an entry each."""
    from investigations.management.plausible import plausible
    from investigations.publishing.search_rows import entry_row

    for work in plausible(entries, seed=1):
        for part in work.parts:
            if part.kind == "entry":
                yield entry_row(part.key, part.content)


def fill(made: Iterator[Any]) -> str:
    """Write these rows; a number of a file that one of them has, in full."""
    from investigations.record.models import SearchRow

    rare = ""
    while some := list(islice(made, 5000)):
        SearchRow.objects.bulk_create([SearchRow(**row.key, **row.values) for row in some], batch_size=500)
        numbers = [word for row in some if row.values["kind"] == "quote" for word in row.values["words"].split()]
        rare = rare or next(word for word in numbers if word.isdigit())
    return rare


def measure(query: dict[str, str]) -> tuple[float, int]:
    """Median milliseconds of a request, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times = Client(), []
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/search/", query).status_code == 200
        queries = len(asked)
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get("/search/", query)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), queries


if __name__ == "__main__":
    main()
