"""A file of records, made while it is sent: what a format can't hold is said before the first piece."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Length

from investigations.exchange.base import DeskResource
from investigations.exchange.formats import Format


def exported(resource: DeskResource, queryset: QuerySet[Any], chosen: Format) -> Iterator[bytes]:
    """The visible of these records as a file, in pieces. Raises ValueError at once for what the format can't hold.

    A record that grows too long while the file is on its way breaks it off; nothing is ever cut.
    """
    if chosen.max_rows and (rows := resource.line_count(queryset)) > chosen.max_rows:
        raise ValueError(
            f"{rows:,} rows are too many for a spreadsheet, whose sheets hold {chosen.max_rows:,}:"
            " narrow the list, or export CSV or JSON."
        )
    if chosen.max_text:
        for _ in chosen.write(["text"], ([text] for text in long_texts(resource, queryset, chosen.max_text))):
            pass  # the writer itself says which is too long
    return chosen.write(resource.column_names(), resource.lines(queryset))


def long_texts(resource: DeskResource, queryset: QuerySet[Any], length: int) -> Iterator[str]:
    """The texts of so many characters or more that stand in these records' columns."""
    visible = resource.filter_export(queryset).order_by()
    for name in resource.fields:
        if isinstance(resource._meta.model._meta.get_field(name), TextField):
            long = visible.alias(length=Length(name)).filter(length__gte=length)
            yield from long.values_list(name, flat=True).iterator()
