"""The reverse view: what rests on a record, among the stories that the person may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from investigations.models import Evidence, Meeting, Person, Quote, Source
from investigations.record.models import Part

PATHS: dict[type, tuple[str, ...]] = {
    Quote: ("quote", "meeting__role_accounts__quote", "meeting__classes__role_accounts__quote"),
    Meeting: ("meeting",),
    Source: ("source", "quote__source", "meeting__source"),
    Person: ("quote__speaker", "meeting__attendances__person", "source__person"),
}
SHOWN = 50


@dataclass(frozen=True)
class Resting:
    """A passage that rests on the record, as a link."""

    words: str
    story: str
    href: str


@dataclass(frozen=True)
class RestsOn:
    """What rests on a record: passages now, and the editions that readers have."""

    passages: tuple[Resting, ...]
    more: bool
    editions: int


def rests_on(record: Any, user: Any) -> RestsOn | None:
    """What rests on this record; None for a kind that nothing rests on."""
    paths = PATHS.get(type(record))
    if paths is None:
        return None
    wanted = Q()
    for path in paths:
        wanted |= Q(**{path: record})
    pieces = Evidence.objects.visible_to(user).filter(wanted).select_related("passage__story").order_by("passage")
    passages = dict.fromkeys(piece.passage for piece in pieces.distinct()[: SHOWN + 1])
    kind = type(record).__name__.lower()
    editions = Part.objects.filter(kind=Part.Kind.ENTRY, key=f"{kind}/{record.public_key}").count()
    return RestsOn(
        passages=tuple(
            Resting(
                words=passage.words,
                story=passage.story.headline,
                href=reverse("admin:investigations_passage_change", args=[passage.pk]),
            )
            for passage in list(passages)[:SHOWN]
        ),
        more=len(passages) > SHOWN,
        editions=editions,
    )
