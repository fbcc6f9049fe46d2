"""The reverse view: what rests on a record, among the stories that the person may see."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from investigations.models.resting import PATHS, evidence_on
from investigations.record.models import Part

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
    if type(record) not in PATHS:
        return None
    pieces = evidence_on(record).visible_to(user).select_related("passage__story").order_by("passage")
    passages = dict.fromkeys(piece.passage for piece in pieces[: SHOWN + 1])
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
