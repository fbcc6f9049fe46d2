"""New works of an empty record, many at a time: first editions of stories that share no entry, for benchmarks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from investigations.publishing.compile import history_of, write_pages_of
from investigations.publishing.count_rows import all_choices, write_count_rows
from investigations.publishing.entry_rows import entry_rows
from investigations.publishing.ledger import NewPart, append_edition
from investigations.publishing.named_rows import everybody, write_named_rows
from investigations.publishing.row import Row
from investigations.publishing.rows import story_rows
from investigations.publishing.search_rows import search_rows, write_named_search_rows
from investigations.record.models import DERIVED
from investigations.vocabulary import ChangeKind

BATCH = 500


@transaction.atomic
def publish_new(*, work: str, parts: list[NewPart], published_at: datetime) -> None:
    """Write a story's first edition and its rows; its pages come at the end."""
    append_edition(work=work, change=ChangeKind.FIRST, parts=parts, published_at=published_at)
    history = history_of(work)
    write_new_rows(story_rows(history))
    write_new_rows([*entry_rows(history), *search_rows(history)])


def write_new_rows(rows: Iterable[Row]) -> None:
    """Write rows none of which is there yet, of each table at once."""
    made: dict[Any, dict[tuple[Any, ...], models.Model]] = defaultdict(dict)
    for row in rows:
        made[row.model][tuple(row.key.values())] = row.model(**row.key, **row.values)
    for model in sorted(made, key=DERIVED.index):
        model._default_manager.bulk_create(made[model].values(), batch_size=BATCH)


def finish(works: list[str]) -> int:
    """Write the pages of these works and of the whole site, and let PostgreSQL look at what there is now."""
    write_named_rows(*everybody())
    write_named_search_rows(*everybody())
    write_count_rows(all_choices())
    pages = write_pages_of(works)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return pages
