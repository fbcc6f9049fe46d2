"""A derived row as the ledger has it, and how many of them are written at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

BATCH = 500


@dataclass(frozen=True)
class Row:
    """A derived row: its table, what finds it, and what it must hold."""

    model: type[models.Model]
    key: dict[str, Any]
    values: dict[str, Any]


def write_together(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Write these rows of a table over what stands under their keys, of two for one key the last; few statements."""
    last = {tuple(row.key.items()): row for row in rows}
    if not last:
        return
    some = next(iter(last.values()))
    model._default_manager.bulk_create(
        [model(**row.key, **row.values) for row in last.values()],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[_field(model, name) for name in some.key],
        update_fields=[_field(model, name) for name in some.values],
    )


def _field(model: type[models.Model], attribute: str) -> str:
    """A field by the name of its attribute: `meeting` for `meeting_id`."""
    return next(field.name for field in model._meta.concrete_fields if attribute in {field.name, field.attname})


def batches(keys: Collection[str]) -> Iterator[list[str]]:
    """These keys in order, so many at a time that one query can name them."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
