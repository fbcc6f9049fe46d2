"""How strong a passage stands: its independent origins, how many of them are named, how many are first-hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from investigations.models import Evidence, Source
from investigations.vocabulary import Established, IdentityState, Showing, SourceKind, Stance

READERS_ARE_TOLD = (Showing.SHOWN, Showing.COUNTED)


@dataclass(frozen=True)
class Strength:
    """What supports a passage, counted in origins; `or_more` when nobody can say whether some of them are one."""

    origins: int
    or_more: bool
    named: int
    first_hand: int

    def __str__(self) -> str:
        if not self.origins:
            return "nothing supports it"
        count = f"{self.origins} or more" if self.or_more else str(self.origins)
        noun = "origin" if count == "1" else "origins"
        return f"{count} {noun}, {self.named} named, {self.first_hand} first-hand"


def strength(pieces: Iterable[Evidence], known: Mapping[int, Source]) -> Strength:
    """How strong these pieces of one passage make it: those that support it, and that readers are told of.

    `known` holds all sources that these rely on, by number. A relay is no origin. Of the unnamed whose identity is
    not held nobody can say whether two are one person: together they count as one, or more.
    """
    certain: set[Any] = set()
    unknown: set[int] = set()
    named: set[Any] = set()
    first_hand: set[Any] = set()
    for piece in pieces:
        if piece.stance != Stance.SUPPORTS or piece.showing not in READERS_ARE_TOLD:
            continue
        source = main_source(piece)
        if source is None:
            if piece.meeting and piece.meeting.established == Established.OBSERVED:
                for found in (certain, named, first_hand):
                    found.add("our reporter")
            continue
        origin = origin_of(source, known)
        key = _key(origin)
        if is_nobody_we_know(origin):
            unknown.add(origin.pk)
        else:
            certain.add(key)
        if origin.person_id:
            named.add(key)
        if not (source.relay_id or source.origin_id):
            first_hand.add(key)
    return Strength(len(certain) + bool(unknown), len(unknown) > 1, len(named), len(first_hand))


def strengths(passages: Iterable[int]) -> dict[int, Strength]:
    """The strength of each of these passages, by number, in a fixed number of queries."""
    pieces: dict[int, list[Evidence]] = {passage: [] for passage in passages}
    rows = Evidence.objects.filter(passage__in=pieces).select_related("quote__source", "meeting__source", "source")
    for piece in rows:
        pieces[piece.passage_id].append(piece)
    known = Source.objects.with_those_behind([source for row in rows if (source := main_source(row))])
    return {passage: strength(found, known) for passage, found in pieces.items()}


def main_source(piece: Evidence) -> Source | None:
    """What a piece is known from: the source itself, the quote's or the meeting's."""
    if piece.quote:
        return piece.quote.source
    return piece.meeting.source if piece.meeting else piece.source


def origin_of(source: Source, known: Mapping[int, Source]) -> Source:
    """Where a source has it from in the end: itself, unless it relies on another."""
    seen = set()
    while source.origin_id and source.origin_id in known and source.pk not in seen:
        seen.add(source.pk)
        source = known[source.origin_id]
    return source


def is_nobody_we_know(source: Source) -> bool:
    """Whether it is somebody unnamed of whom nobody here knows who it is."""
    return source.kind == SourceKind.PERSON and source.identity == IdentityState.NOT_HELD


def _key(source: Source) -> Any:
    return ("person", source.person_id) if source.person_id else source.pk
