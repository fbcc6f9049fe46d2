"""Pulling the thread: what would fall if a source, quote or meeting were gone, and what would still hold the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from investigations.lint.origins import supporting
from investigations.lint.strength import READERS_ARE_TOLD, Strength, strength
from investigations.models import Evidence, Meeting, Passage, Quote, Source


@dataclass(frozen=True)
class Pulled:
    """A passage without the record: the evidence that goes, what still supports it, and how strong that leaves it."""

    passage: Passage
    gone: tuple[Evidence, ...]
    left: tuple[Evidence, ...]
    strength: Strength

    @property
    def lost_support(self) -> bool:
        """Whether something that supports it goes, and not only what contradicts it or what it is seen with."""
        return bool(supporting(list(self.gone)))

    @property
    def falls(self) -> bool:
        """Whether nothing supports it any more that readers are told of."""
        return self.lost_support and not self.left


@dataclass(frozen=True)
class Thread:
    """What hangs on a record, among what one person may see, each passage in the order of its story."""

    falls: tuple[Pulled, ...]
    holds: tuple[Pulled, ...]
    beside: tuple[Pulled, ...]
    more: bool


def pull(record: Any, user: Any, *, limit: int = 500) -> Thread:
    """What would become of the passages that stand on this quote, meeting or source, in a fixed number of queries.

    With a source goes all that relies on it or was reported by it. A meeting goes with its source; the account of a
    role there that goes is no reason why the meeting did not take place.
    """
    going = _pieces_of(record)
    seen = Passage.objects.visible_to(user).filter(evidence__in=going).distinct()
    passages = list(seen.select_related("story").order_by("story__headline", "story", "pk")[: limit + 1])
    gone = set(going.values_list("pk", flat=True))
    rows = Evidence.objects.filter(passage__in=passages[:limit])
    by_passage: dict[int, list[Evidence]] = {passage.pk: [] for passage in passages[:limit]}
    for piece in rows.select_related("quote__source", "meeting__source", "source").order_by("position", "pk"):
        by_passage[piece.passage_id].append(piece)
    cited = [source for pieces in by_passage.values() for piece in pieces for source in _sources(piece)]
    known = Source.objects.with_those_behind(cited)
    found = [_pulled(passage, by_passage[passage.pk], gone, known) for passage in passages[:limit]]
    return Thread(
        falls=tuple(each for each in found if each.falls),
        holds=tuple(each for each in found if each.lost_support and not each.falls),
        beside=tuple(each for each in found if not each.lost_support),
        more=len(passages) > limit,
    )


def _pieces_of(record: Any) -> Any:
    if isinstance(record, Quote):
        wanted = Q(quote=record)
    elif isinstance(record, Meeting):
        wanted = Q(meeting=record)
    else:
        sources = Source.objects.filter(investigation=record.investigation_id).relying_on([record.pk])
        wanted = Q(source__in=sources) | Q(quote__source__in=sources) | Q(meeting__source__in=sources)
    return Evidence.objects.filter(wanted)


def _sources(piece: Evidence) -> list[Source]:
    found = (piece.source, piece.quote and piece.quote.source, piece.meeting and piece.meeting.source)
    return [source for source in found if source]


def _pulled(passage: Passage, pieces: list[Evidence], gone: set[int], known: Mapping[int, Source]) -> Pulled:
    left = [piece for piece in supporting(pieces) if piece.pk not in gone and piece.showing in READERS_ARE_TOLD]
    going = tuple(piece for piece in pieces if piece.pk in gone)
    return Pulled(passage, going, tuple(left), strength(left, known))
