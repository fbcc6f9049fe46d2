"""What the desk's screens cost as it fills: `python -m tests.benchmark_desk [rows]`. Measured, never a test.

Fills a database of its own (`DATABASE_URL` names another engine's) with 1,000 quotes, then 10,000 and so on up to so
many rows (100,000), with a tenth as many people, sources, meetings and pieces of evidence. At each size it opens
lists, forms and searches through Django's test client, as a reporter on one team of five and as a standards editor
who sees all. Prints the most queries, median milliseconds at each size, and the growth from the first to the last;
for forms the size of the page too. Of a filter's choices and a column's two directions the slowest is shown.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROUNDS = 5
ENOUGH = 3000  # milliseconds after which a slow page is not asked for again
NOUNS = ("quote", "meeting", "person", "source")
WORDS = {"quote": ("signed", "all 777 of", "zebra"), "meeting": ("quarry", "Visit 77 ", "zebra")}
NAMES = ("robin", "alder 64", "zebra")


def main() -> None:
    """Print a table for each person."""
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
    call_command("migrate", verbosity=0)
    users, filled = make_newsroom(), 0
    costs: dict[tuple[str, str], list[tuple[float, int, int]]] = {}
    for size in sizes():
        fill(filled, size)
        filled = size
        if connection.vendor == "postgresql":  # what its autovacuum does within minutes
            connection.cursor().execute("VACUUM ANALYZE")
        for user in users:
            for name, cost in measured(user):
                costs.setdefault((user.username, name), []).append(cost)
    for user in users:
        heads = "".join(f"{size:>12,}" for size in sizes())
        print(f"\n{user.username:<40}{'queries':>8}{'kB':>6}{heads}  growth")
        for (who, name), found in costs.items():
            if who == user.username:
                queries, largest = max(cost[1] for cost in found), max(cost[2] for cost in found) / 1024
                times = [cost[0] for cost in found]
                line = "".join(f"{each:>9.1f} ms" for each in times)
                print(f"{name:<40}{queries:>8}{largest:>6.0f}{line}{times[-1] / times[0]:>8.1f}", flush=True)
    connection.close()
    folder.cleanup()


def measured(user: Any) -> Iterator[tuple[str, tuple[float, int, int]]]:
    """Every screen's name with its cost: milliseconds, queries, bytes."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    for name, addresses in screens(client, user):
        yield name, max(cost_of(client, address) for address in addresses)


def cost_of(client: Any, address: str) -> tuple[float, int, int]:
    """The median milliseconds of a request, the most queries, and the bytes of its answer."""
    from django.db import connection

    asked = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*rest)

    times: list[float] = []
    queries = []
    while len(times) < ROUNDS and sum(times) < ENOUGH:
        asked, begun = 0, time.perf_counter()
        with connection.execute_wrapper(count):
            response = client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
        queries.append(asked)
        assert response.status_code == 200, (address, response)
    return statistics.median(times), max(queries), len(response.content)


def screens(client: Any, user: Any) -> Iterator[tuple[str, list[str]]]:
    """What is opened: a name, and the addresses of which the slowest counts."""
    from django.apps import apps
    from django.contrib import admin
    from django.test import RequestFactory
    from django.urls import reverse

    yield "front page", [reverse("admin:index")]
    for noun in NOUNS:
        model = apps.get_model("investigations", noun)
        visible = model.objects.visible_to(user)
        address = reverse(f"admin:investigations_{noun}_changelist")
        request = RequestFactory().get(address)
        request.user = user
        shown = admin.site.get_model_admin(model).get_changelist_instance(request)
        columns = [number for number, name in enumerate(shown.list_display) if shown.get_ordering_field(name)]
        yield f"{noun}: list", [address]
        yield f"{noun}: list, page in the middle", [f"{address}?p={visible.count() // 100 or 1}"]
        for word in WORDS.get(noun, NAMES):
            yield f"{noun}: list, search {word}", [f"{address}?q={word}"]
        for spec in shown.filter_specs:
            chosen = [choice["query_string"] for choice in spec.choices(shown) if not choice["selected"]]
            yield f"{noun}: list, filter {spec.title}", [address + query for query in chosen]
        for number in columns:
            name = shown.list_display[number]
            yield f"{noun}: list, ordered by {name}", [f"{address}?o={number}", f"{address}?o=-{number}"]
        yield f"{noun}: form, add", [reverse(f"admin:investigations_{noun}_add")]
        middle = visible.order_by("pk")[visible.count() // 2]
        yield f"{noun}: form, change", [reverse(f"admin:investigations_{noun}_change", args=[middle.pk])]
    for noun, name in (("quote", "speaker"), ("quote", "source")):
        address = f"{reverse('admin:autocomplete')}?app_label=investigations&model_name={noun}&field_name={name}"
        for word in ("", *NAMES):
            yield f"choose a {name} by “{word}”", [f"{address}&term={word}"]


if __name__ == "__main__":
    main()
