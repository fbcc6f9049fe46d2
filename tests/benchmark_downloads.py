"""What taking lists away costs: `python -m tests.benchmark_downloads [entries]`. Measured, never a test.

Invents a record of so many entries (10,000) in a database of its own (`DATABASE_URL` names another engine's, or one
that `generate` has filled), and takes each list away in each format through Django's test client, every download in a
process of its own. Prints rows, seconds until the first bytes and until the last, megabytes of the file, and by how
many megabytes the peak of the process's memory lies over what it had after a page of the list.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LISTS = ("meetings", "meetings/roles", "quotes", "sources", "people", "organizations")
ENDINGS = ("csv", "json", "zip", "xlsx")


def main() -> None:
    """Print a table; with a path, take that away and print what it cost as JSON."""
    if len(sys.argv) > 1 and sys.argv[1].startswith("/"):
        print(json.dumps(cost(sys.argv[1])))
        return
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'benchmark.sqlite3'}")
    setup()
    from django.core.management import call_command
    from django.db import connection

    from investigations.record.models import Edition

    call_command("migrate", verbosity=0)
    if not Edition.objects.exists():
        call_command("generate", entries=int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, pages=1)
    connection.close()
    print(f"{connection.vendor:<24}{'rows':>10}{'first s':>9}{'seconds':>9}{'rows/s':>9}{'MB':>8}{'peak MB':>9}")
    for name in LISTS:
        for ending in ENDINGS if "/" not in name else ("csv",):
            ran = subprocess.run(
                [sys.executable, "-m", "tests.benchmark_downloads", f"/{name}.{ending}"],
                check=True,
                capture_output=True,
                text=True,
            )
            found = json.loads(ran.stdout.splitlines()[-1])
            said = f"{name}.{ending}"
            if found["status"] != 200:
                print(f"{said:<24}{found['status']:>10}{found['first']:>9.2f}", flush=True)
                continue
            rate = found["rows"] / found["seconds"]
            print(
                f"{said:<24}{found['rows']:>10,}{found['first']:>9.2f}{found['seconds']:>9.2f}{rate:>9,.0f}"
                f"{found['bytes'] / 1024**2:>8.1f}{found['peak']:>9.1f}",
                flush=True,
            )


def setup() -> None:
    """Start Django as a node that serves readers does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")


def cost(path: str) -> dict[str, Any]:
    """Take a list away, and throw each piece away as it comes."""
    setup()
    from django.test import Client

    from investigations.record.models import MeetingRow, OrganizationRow, PersonRow, QuoteRow, SourceRow

    models = {
        "meetings": MeetingRow,
        "quotes": QuoteRow,
        "sources": SourceRow,
        "people": PersonRow,
        "organizations": OrganizationRow,
    }
    name = path[1:].partition(".")[0].partition("/")[0]
    client, first, length = Client(), 0.0, 0
    client.get(f"/{name}/")
    rows = models[name]._default_manager.count()
    base, begun = peak(), time.perf_counter()
    answer = client.get(path)
    for piece in answer:
        length += len(piece)
        if not first and length > 3:  # the mark of UTF-8 comes before anything is read
            first = time.perf_counter() - begun
    seconds = time.perf_counter() - begun
    return {
        "status": answer.status_code,
        "rows": rows,
        "first": first,
        "seconds": seconds,
        "bytes": length,
        "peak": peak() - base,
    }


def peak() -> float:
    """The most memory that the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
