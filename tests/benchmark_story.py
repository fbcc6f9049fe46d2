"""What the story's screen costs as a story grows: `python -m tests.benchmark_story`. Ratios in one run, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with a story of 10 passages, one of 50 and one of
200, two pieces of evidence each, and asks for the screen, its tabs, and what its script asks while somebody writes.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

ROUNDS = 7
SIZES = (10, 50, 200)
PASSWORD = "a-password-of-benchmarks"


def main() -> None:
    """Print queries, kilobytes and median CPU of each request at each size, with the growth from first to last."""
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
    for size in SIZES:
        story, client = make_story(size)
        for name, ask in requests(story, client).items():
            found.setdefault(name, []).append(measure(ask))
    print(f"{'request':<12}{'queries':>16}{'kB':>6}{''.join(f'{size:>12,}' for size in SIZES)}  growth")
    for name, costs in found.items():
        line = "".join(f"{cost[0]:>9.1f} ms" for cost in costs)
        queries, largest = "/".join(str(cost[1]) for cost in costs), max(cost[2] for cost in costs)
        print(f"{name:<12}{queries:>16}{largest:>6.0f}{line}{costs[-1][0] / costs[0][0]:>8.2f}")
    connection.close()
    folder.cleanup()


def make_story(size: int) -> tuple[Any, Any]:
    """A story of so many passages, two pieces of evidence each, and a reporter's browser."""
    from django.test import Client

    from tests import builders

    lee = builders.make_user(f"lee-{size}", "Reporter")
    investigation = builders.make_investigation(team=[lee])
    body = "\n\n".join(
        f"The board met again, and [somebody signed sheet {number} that week]{{#p{number}}}, which nobody had"
        " asked for"
        " and which nobody would remember when it was asked about in the spring."
        for number in range(1, size + 1)
    )
    story = builders.make_story(investigation=investigation, body=body)
    story.edit(by=lee)
    checker = builders.make_user(f"sam-{size}", "Editor")
    for passage in story.passages.all():
        quote = builders.make_checked_quote(investigation=investigation, checked_by=checker)
        builders.make_evidence(passage=passage, quote=quote)
        meeting = builders.make_meeting(investigation=investigation, title=f"Meeting about {passage.mark}")
        builders.make_evidence(passage=passage, meeting=meeting, stance="context")
    client: Any = Client()
    client.force_login(lee)
    return story, client


def requests(story: Any, client: Any) -> dict[str, Any]:
    """Everything that the screen and its script ask, by name."""
    from django.urls import reverse

    def at(name: str, *more: str) -> str:
        return reverse(f"admin:investigations_story_{name}", args=[story.pk, *more])

    words = {"headline": story.headline, "standfirst": story.standfirst, "body": story.body}
    return {
        "the screen": lambda: client.get(at("change")),
        "evidence": lambda: client.get(at("beside", "evidence")),
        "check": lambda: client.get(at("beside", "check")),
        "preview": lambda: client.get(at("beside", "preview")),
        "keep": lambda: client.post(at("keep"), words),
        "save": lambda: client.post(at("save"), {**words, "body": f"{story.body}\n\nOne more {time.time()}."}),
        "what shows": lambda: client.get(at("shows"), {"words": "somebody signed sheet 7 that week"}),
        "by letters": lambda: client.get(at("shows"), {"q": "sheet"}),
    }


def measure(ask: Any) -> tuple[float, int, float]:
    """The median CPU of a request in milliseconds, its queries, its answer's kilobytes."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = ask()
    assert answer.status_code == 200, answer
    costs = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        ask()
        costs.append((time.process_time() - begun) * 1000)
    return statistics.median(costs), len(asked), len(answer.content) / 1000


if __name__ == "__main__":
    main()
