"""What the lists of the record cost as it grows: `python -m tests.benchmark_lists [entries]`. Measured, never a test.

Fills a database of its own (`DATABASE_URL` names another engine) with an invented record of 10,000 entries, through
the code that publishes, then repeats its rows ten times, up to so many entries (100,000). At each size it asks for
each list through the test client. Prints queries, median milliseconds at each size, and the growth from the first
size to the last; then, of what is asked with words, how long it takes without the index of the text: each row of the
list that the other filters leave is looked at with `icontains`, until a page is full.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.repeated import repeat

ROUNDS = 9
FIRST = 10_000
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "meetings": ("meetings", {}),
    "meetings, the middle": ("meetings", {"after": "{middle}"}),
    "one filter: kind": ("meetings", {"kind": "meeting"}),
    "the same, the middle": ("meetings", {"kind": "meeting", "after": "{middle}"}),
    "one filter: in dispute": ("meetings", {"in_dispute": "on"}),
    "one filter: somebody often there": ("meetings", {"person": "{often}"}),
    "one filter: somebody seldom there": ("meetings", {"person": "{seldom}"}),
    "one filter: a story": ("meetings", {"story": "{story}"}),
    "one filter: days": ("meetings", {"since": "2015-03-01", "until": "2015-03-31"}),
    "three filters": ("meetings", {"kind": "meeting", "established": "document", "in_dispute": "on"}),
    "three filters, the middle": (
        "meetings",
        {"investigation": "{investigation}", "kind": "meeting", "since": "2012-01-01", "after": "{middle}"},
    ),
    "three filters, somebody and days": (
        "meetings",
        {"person": "{often}", "since": "2012-01-01", "until": "2016-12-31", "kind": "meeting"},
    ),
    "a common word": ("meetings", {"q": "harbor"}),
    "a common word, one filter": ("meetings", {"q": "harbor", "kind": "meeting"}),
    "a common word, three filters": (
        "meetings",
        {"q": "harbor", "kind": "meeting", "established": "document", "since": "2012-01-01"},
    ),
    "a rare word": ("meetings", {"q": "{rare}"}),
    "a rare word, one filter": ("meetings", {"q": "{rare}", "kind": "{kind}"}),
    "a rare word, three filters": (
        "meetings",
        {"q": "{rare}", "kind": "{kind}", "since": "2009-01-01", "until": "2021-12-31"},
    ),
    "an empty answer": ("meetings", {"story": "{story}", "kind": "dinner", "until": "1999-12-31"}),
    "quotes": ("quotes", {}),
    "quotes, the middle": ("quotes", {"after": "{middle_quote}"}),
    "quotes with a common word": ("quotes", {"q": "harbor"}),
    "sources": ("sources", {}),
    "people": ("people", {}),
    "people of a body": ("people", {"organization": "{organization}"}),
    "organizations": ("organizations", {}),
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
    costs: dict[str, list[tuple[float, int]]] = {name: [] for name in ASKED}
    plain: dict[str, list[tuple[float, int]]] = {name: [] for name, (_, query) in ASKED.items() if "q" in query}
    for before, size in zip((0, *sizes), sizes, strict=False):
        began = time.perf_counter()
        fill(size, before)
        print(f"{size:,} entries after {time.perf_counter() - began:,.0f} s more", file=sys.stderr, flush=True)
        names = chosen()
        for name, (of_list, query) in ASKED.items():
            asked = {key: value.format(**names) for key, value in query.items()}
            costs[name].append(measure(f"/{of_list}/", asked))
            if name in plain:
                plain[name].append(measure_without_index(f"/{of_list}/", asked))
    print(f"{connection.vendor:<36}{'queries':>8}" + "".join(f"{size:>12,}" for size in sizes) + "  growth")
    table(costs)
    print("without the index of the text")
    table(plain)
    connection.close()


def table(costs: dict[str, list[tuple[float, int]]]) -> None:
    """Print what was measured, a line a name."""
    for name, found in costs.items():
        line = "".join(f"{milliseconds:>9.1f} ms" for milliseconds, _ in found)
        growth = found[-1][0] / found[0][0]
        print(f"{name:<36}{max(queries for _, queries in found):>8}{line}{growth:>8.1f}", flush=True)


def fill(size: int, before: int) -> None:
    """Publish a record of so many entries, or repeat the one before, which is a tenth of it."""
    from investigations.management.plausible import plausible
    from investigations.publishing.bulk import finish, publish_new

    if before:
        repeat()
        return
    for work in plausible(size, seed=1):
        publish_new(work=work.name, parts=work.parts, published_at=work.published_at)
    finish([])


def chosen() -> dict[str, str]:
    """What is asked for, of what there is: the same at each size where that can be."""
    from investigations.record.models import CountRow, MeetingRow, QuoteRow, SearchRow

    def place(rows: Any) -> str:
        rows = rows.order_by("sort_day", "key")
        sort, key = rows.filter(sort_day__gte="2014-12-31").values_list("sort_day", "key").first()
        return f"{sort}.{key}"

    def most(of_list: str, name: str, number: int = 0) -> str:
        rows = CountRow.objects.filter(list=of_list, name=name)
        return str(rows.order_by("number" if number else "-number", "value").values_list("value", flat=True)[0])

    rare, kind = "", ""
    for row in SearchRow.objects.filter(kind="meeting").order_by("pk")[:200]:
        words = row.words.split()
        if "file" in words:
            rare = words[words.index("file") + 1]
            kind = MeetingRow.objects.get(key=row.name.partition("/")[2]).kind
            break
    return {
        "middle": place(MeetingRow.objects),
        "middle_quote": place(QuoteRow.objects),
        "often": most("meetings", "person"),
        "seldom": most("meetings", "person", 1),
        "story": most("meetings", "story"),
        "investigation": most("meetings", "investigation"),
        "organization": most("people", "organization"),
        "rare": rare,
        "kind": kind,
    }


def measure_without_index(address: str, query: dict[str, str]) -> tuple[float, int]:
    """The same, where words are looked for as Django does it by itself."""
    from investigations.public.free_text import FreeText

    with patch.object(FreeText, "filter", by_icontains):
        return measure(address, query)


def by_icontains(words: Any, rows: Any, typed: str) -> Any:
    """The list's rows of which head or text holds each of the words."""
    from django.db.models import Exists, OuterRef, Q, Value
    from django.db.models.functions import Concat

    from investigations.record.models import SearchRow

    own = SearchRow.objects.filter(name__in=[Concat(Value(f"{each}/"), OuterRef("key")) for each in words.prefixes])
    for word in typed.split():
        own = own.filter(Q(head__icontains=word) | Q(words__icontains=word))
    return rows.filter(Exists(own)) if typed else rows


def measure(address: str, query: dict[str, str]) -> tuple[float, int]:
    """Median milliseconds of an answer, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, taken = Client(), []
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, query)
        queries = len(captured)  # the next request forgets them
    assert answer.status_code == 200, (address, query, answer.status_code)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address, query)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000, queries


if __name__ == "__main__":
    main()
