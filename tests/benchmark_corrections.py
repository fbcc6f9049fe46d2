"""What the list of notes costs as it grows: `python -m tests.benchmark_corrections`. Ratios in one run, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with 15 notes, then 150 and 1,500, on a fifth as
many stories, and asks for the list, a page in its middle, each filter and an empty answer.
"""

import os
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROUNDS = 40
SIZES = (15, 150, 1_500)
LAST = date(2017, 6, 14)
KINDS = ("correction", "correction", "correction", "clarification", "update", "editors_note")


def main() -> None:
    """Print queries, kilobytes and median CPU of each question at each size, with the growth from first to last."""
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
    found: dict[str, list[tuple[float, int, float]]] = {}
    filled = 0
    for size in SIZES:
        fill(filled, size)
        filled = size
        if connection.vendor == "postgresql":  # what its autovacuum does within minutes
            connection.cursor().execute("VACUUM ANALYZE")
        for name, query in questions(size).items():
            found.setdefault(name, []).append(measure(f"/corrections/{query}"))
    print(f"{'question':<16}{'queries':>8}{'kB':>6}{''.join(f'{size:>12,}' for size in SIZES)}  growth")
    for name, costs in found.items():
        line = "".join(f"{cost[0]:>9.1f} ms" for cost in costs)
        queries, largest = max(cost[1] for cost in costs), max(cost[2] for cost in costs)
        print(f"{name:<16}{queries:>8}{largest:>6.0f}{line}{costs[-1][0] / costs[0][0]:>8.2f}")
    connection.close()
    folder.cleanup()


def fill(filled: int, size: int) -> None:
    """Bring the notes to this number, one a day and backwards from the last."""
    from investigations.record.models import CorrectionRow
    from tests.public.test_corrections import make_row

    rows = []
    for number in range(filled + 1, size + 1):
        story, took = number % max(1, size // 5), timedelta(hours=number % 900 + 1)
        values = {"slug": f"story-{story}", "headline": f"What became of harbor {story}", "kind": KINDS[number % 6]}
        words = [{"where": "text", "old": "1878", "new": "1886", "lead": "a few words before ", "tail": " and after"}]
        rows.append(make_row(number, LAST - timedelta(days=size - number), took=took, changes=words, **values))
    CorrectionRow.objects.bulk_create(rows, batch_size=200)


def questions(size: int) -> dict[str, str]:
    """Every question that is measured, by name."""
    middle = LAST - timedelta(days=size // 2)
    return {
        "the list": "",
        "in its middle": f"?after={middle.isoformat()}.{size // 2}",
        "kind": "?kind=clarification",
        "month": "?month=2017-06",
        "story": "?story=story-1",
        "empty": "?kind=retraction&month=2017-06",
    }


def measure(path: str) -> tuple[float, int, float]:
    """The median CPU of a request in milliseconds, its queries, its answer's kilobytes."""
    from django.db import connection
    from django.test import Client

    client: Any = Client()
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        client.get(path)
        times.append((time.process_time() - before) * 1_000)
    return statistics.median(times), len(asked), len(answer.content) / 1_024


if __name__ == "__main__":
    main()
