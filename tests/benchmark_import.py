"""What an import through the admin costs: `python -m tests.benchmark_import`. Measured, never a test.

Uploads 2,000 meetings with 4,000 attendances and 2,000 quotes in each format into a database of its own: preview,
confirmation, the same file again (nothing changes), and with one bad row. Prints seconds, queries, and the peak of
memory that Python asked for; the last is measured in a run of its own, since measuring it costs time.
"""

import os
import re
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

COUNT = 2000


def main() -> None:
    """Print a table."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'benchmark.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client = desk()
    print(f"{'step':<28}{'rows':>7}{'kB':>7}{'seconds':>9}{'CPU s':>7}{'queries':>9}{'peak MB':>9}")
    for extension in ("csv", "xlsx", "json"):
        for noun, make in (("quote", quotes), ("meeting", meetings)):
            timed = walk(client, noun, make(extension), extension)
            weighed = walk(client, noun, make(f"{extension}-again"), extension, memory=True)
            for (step, rows, size, seconds, cpu, queries, _), (*_, peak) in zip(timed, weighed, strict=True):
                print(
                    f"{step:<28}{rows:>7}{size:>7.0f}{seconds:>9.2f}{cpu:>7.2f}{queries:>9}{peak:>9.1f}", flush=True
                )
    folder.cleanup()


def desk() -> Any:
    """A client logged in as a reporter of the investigation `harbor`, with 100 people and sources to name."""
    from django.conf import settings
    from django.test import Client

    from tests import builders

    settings.ALLOWED_HOSTS.append("testserver")
    reporter = builders.make_user("reporter", "Reporter")
    investigation = builders.make_investigation(slug="harbor", team=[reporter])
    for number in range(100):
        person = builders.make_person(slug=f"person-{number}")
        builders.make_source(investigation=investigation, code_name=f"source {number}", person=person)
    client = Client()
    client.force_login(reporter)
    return client


def quotes(mark: str) -> list[dict[str, Any]]:
    """Rows of quotes."""
    return [
        {
            "short name": f"quote-{mark}-{number}",
            "investigation": "harbor",
            "words": f"We signed it that day, all {number} of us, and nobody asked what it said. " * 3,
            "form": "verbatim",
            "source": f"source {number % 100}",
            "terms": "on_record",
            "said": "early August 2016",
            "setting": "a hearing",
        }
        for number in range(COUNT)
    ]


def meetings(mark: str) -> list[dict[str, Any]]:
    """Rows of meetings, two for each: somebody named, and people nobody named."""
    rows = []
    for number in range(COUNT):
        meeting = {
            "short name": f"meeting-{mark}-{number}",
            "investigation": "harbor",
            "title": f"Visit {number}",
            "kind": "meeting",
            "when": "between May 3 and 5, 2016",
            "how we know": "document",
            "source": f"source {number % 100}",
        }
        rows.append({**meeting, "order": 1, "person": f"person-{number % 100}", "descriptor": "", "headcount": 1})
        rows.append({**meeting, "order": 2, "person": "", "descriptor": "seven ambassadors", "headcount": 7})
    return rows


def walk(
    client: Any, noun: str, rows: list[dict[str, Any]], extension: str, *, memory: bool = False
) -> list[tuple[Any, ...]]:
    """One noun in one format, from a file with a bad row to one that changes nothing; a line for each step."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from tests.exchange.conftest import written

    page, process = (reverse(f"admin:investigations_{noun}_{step}") for step in ("import", "process_import"))
    data = written(rows, extension)
    bad = written([*rows[:-1], {**rows[-1], "source": "no such source"}], extension)
    shown = ""

    def send(content: bytes) -> str:
        file = SimpleUploadedFile(f"rows.{extension}", content)
        return str(client.post(page, {"import_file": file}).content.decode())

    def confirm() -> str:
        (key,) = re.findall(r'name="upload" value="(\w+)"', shown)
        return str(client.post(process, {"upload": key}, follow=True).content.decode())

    steps: list[tuple[str, Callable[[], str], str]] = [
        ("one bad row", lambda: send(bad), "column source: "),
        ("preview", lambda: send(data), f"{COUNT} new, 0 changed"),
        ("confirm", confirm, f"Imported: {COUNT} new"),
        ("again", lambda: send(data), "Nothing would change"),
    ]
    lines = []
    for step, act, says in steps:
        shown, *costs = measured(act, memory=memory)
        assert says in shown, step
        lines.append((f"{noun}s, {extension}: {step}", len(rows), len(data) / 1024, *costs))
    return lines


def measured(act: Callable[[], str], *, memory: bool) -> tuple[str, float, float, int, float]:
    """What the act answered; seconds, CPU seconds, queries, and the peak of memory in megabytes when asked for."""
    from django.db import connection

    asked = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*rest)

    if memory:
        tracemalloc.start()
    begun, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        answer = act()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    peak = 0.0
    if memory:
        peak = tracemalloc.get_traced_memory()[1] / 1024**2
        tracemalloc.stop()
    return answer, seconds, cpu, asked, peak


if __name__ == "__main__":
    main()
