"""What exporting quotes through the admin costs: `python -m tests.benchmark_export [rows]`. Measured, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with 1,000 quotes, 10,000 and so on up to so many
rows (100,000), and exports them all in each format as a standards editor. Prints seconds until the first bytes and
until the last, megabytes of the file, and the peak of memory that Python asked for, measured in a run of its own.
Beside it, the seconds that django-import-export takes as it comes, for the same columns with keys instead of names,
and how many times as fast this is.
"""

import os
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any


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
    from django.test import Client

    from tests.filling import fill, make_newsroom, sizes

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    _, standards = make_newsroom()
    client, filled = Client(), 0
    client.force_login(standards)
    print(f"{'format':<8}{'rows':>10}{'first s':>9}{'seconds':>9}{'MB':>8}{'peak MB':>9}{'theirs s':>10}{'times':>7}")
    for size in sizes():
        fill(filled, size)
        filled = size
        for extension in ("csv", "xlsx", "json"):
            first, seconds, length = exported(client, extension)
            tracemalloc.start()
            exported(client, extension)
            peak = tracemalloc.get_traced_memory()[1] / 1024**2
            tracemalloc.stop()
            megabytes = length / 1024**2
            theirs = as_it_comes(extension)
            print(
                f"{extension:<8}{size:>10,}{first:>9.2f}{seconds:>9.2f}{megabytes:>8.1f}{peak:>9.1f}"
                f"{theirs:>10.2f}{theirs / seconds:>7.1f}",
                flush=True,
            )
    connection.close()
    folder.cleanup()


def exported(client: Any, extension: str) -> tuple[float, float, int]:
    """Seconds until the first bytes and until the last, and how many bytes they were; none is kept."""
    from django.urls import reverse

    first, length, begun = 0.0, 0, time.perf_counter()
    response = client.post(reverse("admin:investigations_quote_export"), {"format": extension})
    assert "attachment" in response.headers["Content-Disposition"]
    for piece in response:
        first = first or time.perf_counter() - begun
        length += len(piece)
    return first, time.perf_counter() - begun, length


def as_it_comes(extension: str) -> float:
    """Seconds that a plain resource of django-import-export takes to write the quotes."""
    from import_export.formats import base_formats
    from import_export.resources import modelresource_factory

    from investigations.exchange.quote import QuoteResource
    from investigations.models import Quote

    plain = modelresource_factory(Quote)
    plain._meta.fields = QuoteResource._meta.fields
    made = getattr(base_formats, extension.upper())()
    begun = time.perf_counter()
    made.export_data(plain().export(Quote.objects.all()))
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
