"""The search boxes of lists, and of fields in which one searches for what to choose: by the desk's own index."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from investigations.fulltext.question import question
from investigations.models import DeskText
from investigations.models.desk_finding import find, seen_by
from investigations.models.desk_words import SAID

FEW = 20_000
"""What answers no oftener is found by the index, and the list narrowed to it; of a commoner word the list leads."""

BEGUN = 2
"""Letters of the last word from which on it is taken for the beginning of one."""


def narrowed(queryset: Any, typed: str, user: Any) -> Any:
    """The rows of a list with all of these words, the last of which may go on; none where no word was typed."""
    kind = SAID[queryset.model].kind
    asked = question(typed, unfinished=True)
    if asked.is_empty:
        return queryset.none()
    if asked.unfinished and len(asked.phrases[-1][-1]) < BEGUN:
        asked = question(typed)
    found = find(seen_by(user, asked, [kind]), FEW + 1)
    if not found:
        return queryset.none()
    if len(found) <= FEW:
        own = DeskText.objects.filter(pk__in=_listed(found)).order_by()
        return queryset.filter(pk__in=_listed(own.values_list("record", flat=True)))
    own = DeskText.objects.filter(kind=kind, record=OuterRef("pk"))
    pieces = (Value(" "), "head", Value(" _ "), "words", Value(" "))
    own = own.annotate(all_words=Concat(*pieces, output_field=TextField()))
    for number, phrase in enumerate(asked.phrases, start=1):
        end = "" if asked.unfinished and number == len(asked.phrases) else " "
        own = own.filter(all_words__contains=f" {' '.join(phrase)}{end}")
    # no EXISTS: PostgreSQL would join the whole search to it, expecting few answers where there are many
    row = Subquery(own.order_by().values("pk")[:1])
    return queryset.alias(searched=row).filter(searched__isnull=False)


def _listed(numbers: Iterable[int]) -> RawSQL:
    """These numbers as one value of a query: thousands as values of their own cost more than what they ask for."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(numbers))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
