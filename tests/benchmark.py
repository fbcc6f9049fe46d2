"""The story page's cost, measured: `python -m tests.benchmark`. Ratios within one run, never a test.

Publishes a story of 5 passages and one of 500 into a database of its own and asks for both, and for the
304 of a reader who has the page already, through the WSGI application with its whole middleware.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

ROUNDS = 300


def main() -> None:
    """Print queries and CPU a request."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'benchmark.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    pages = {size: publish_story_of(size) for size in (5, 500)}
    rows = []
    for size, (path, etag) in pages.items():
        rows.append((f"{size} passages", *measure(path)))
        rows.append((f"{size} passages, 304", *measure(path, etag)))
    base = rows[0][3]
    print(f"{'page':<20}{'status':>8}{'queries':>9}{'bytes':>10}{'CPU ms':>9}{'ratio':>7}")
    for name, status, queries, cpu, size in rows:
        print(f"{name:<20}{status:>8}{queries:>9}{size:>10}{cpu:>9.3f}{cpu / base:>7.2f}")
    folder.cleanup()


def publish_story_of(size: int) -> tuple[str, str]:
    """Publish a story with so many passages; returns its path and ETag."""
    from investigations.pages import paths
    from investigations.record.models import Page
    from tests import builders

    reporter = builders.make_user(f"reporter-{size}", "Reporter")
    editor = builders.make_user(f"editor-{size}", "Editor")
    investigation = builders.make_investigation(team=[reporter, editor])
    sentences = [f"Sentence {n} says that [the board met {n} times]{{#p{n}}}." for n in range(1, size + 1)]
    body = "\n\n".join(" ".join(sentences[n : n + 5]) for n in range(0, size, 5))
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    builders.publish_story(story, reporter=reporter, editor=editor)
    page = Page.objects.get(path=paths.story(story.slug), variant="")
    return page.path, f'"{page.etag}"'


def measure(path: str, etag: str = "") -> tuple[Any, ...]:
    """Status, queries, median CPU in milliseconds and bytes of one request."""
    from django.db import connection
    from django.test import RequestFactory

    from newsroom.wsgi import application

    headers = {"HTTP_HOST": "127.0.0.1", **({"HTTP_IF_NONE_MATCH": etag} if etag else {})}
    environ = RequestFactory(**headers).get(path).environ

    def ask() -> tuple[int, int]:
        seen: list[str] = []
        body = application(dict(environ), lambda status, *_: seen.append(status))
        size = sum(len(part) for part in body)
        return int(seen[0].split()[0]), size

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        status, size = ask()
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        ask()
        times.append((time.process_time() - before) * 1000)
    return status, len(asked), statistics.median(times), size


if __name__ == "__main__":
    main()
