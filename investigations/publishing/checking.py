"""Checking an interview's quotes in one go: all that were ticked, or none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations.models import Interview, Quote
from investigations.publishing.refusal import Refused


class Ticked(NamedTuple):
    """What somebody says of a quote: the words that they read, and what these were held against."""

    words: str
    against: str


@transaction.atomic
def check_quotes(interview: Interview, ticked: Mapping[int, Ticked], *, by: Any, now: datetime | None = None) -> int:
    """Keep that this person held each of these quotes of the interview against something; returns how many.

    Raises Refused, and keeps nothing, for somebody who doesn't see them or writes none, for a quote that they
    entered themselves, whose words were changed since they were read, or without what it was held against.
    """
    if not by.has_perm("investigations.change_quote"):
        raise Refused("Only reporters and editors check quotes.")
    if not ticked:
        raise Refused("Tick those that you held against something.")
    rows = Quote.objects.visible_to(by).filter(interview=interview, pk__in=ticked).order_by("pk")
    found = list(rows.select_for_update(of=("self",)).select_related("interview", "source"))
    if len(found) < len(ticked):
        raise Refused("One of these is not a quote of this interview any more.")
    for quote in found:
        said = ticked[quote.pk]
        if quote.words.replace("\r\n", "\n") != said.words:
            raise Refused(f"{quote}: its words were changed since you read them.")
        if not said.against.strip():
            raise Refused(f"{quote}: say what you held it against.")
        try:
            quote.hold_against(said.against, by=by, now=now or timezone.now())
        except ValidationError as error:
            raise Refused(f"{quote}: {error.messages[0]}") from error
        quote.save(update_fields=["checked_against", "checked_by", "checked_at"])
    return len(found)
