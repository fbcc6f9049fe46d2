"""Reading the ledger: an edition's parts as plain data, with what was withheld left out.

Content written under an older schema is upgraded here, on reading: the ledger itself is never migrated.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from investigations.record import standing_in
from investigations.record.models import Edition, Part, Withholding
from investigations.vocabulary import WithholdingState

SCHEMA = 2
"""2: the offices that a label says, each from when to when, of quotes and of those at meetings."""

WITHHELD = "withheld"
"""The key under which a part says that it stands for one of an earlier edition that was destroyed."""


@dataclass(frozen=True)
class Withheld:
    """In place of a part's content: since when readers don't get it, and on what authority."""

    at: datetime
    authority: str
    destroyed: bool


@dataclass(frozen=True)
class Piece:
    """A part as readers may have it: content or, if it was withheld, what is said instead.

    A withheld header or correction has a stand-in as its content; every other withheld part has none.
    """

    kind: str
    key: str
    content: dict[str, Any]
    withheld: Withheld | None = None


@dataclass(frozen=True)
class EditionContent:
    """An edition with its pieces by kind, in order."""

    work: str
    number: int
    change: str
    published_at: datetime
    digest: str
    pieces: dict[str, list[Piece]] = field(default_factory=dict)

    @property
    def header(self) -> dict[str, Any]:
        """Headline, standfirst, bylines and what stands over them; a stand-in where the edition is withheld."""
        return self.pieces[Part.Kind.HEADER][0].content

    @property
    def withheld(self) -> Withheld | None:
        """Why readers don't get this edition: its header goes only with the whole of it."""
        return self.pieces[Part.Kind.HEADER][0].withheld

    def of_kind(self, kind: str) -> list[Piece]:
        """The pieces of that kind, in order."""
        return self.pieces.get(kind, [])

    def entries(self) -> dict[str, Piece]:
        """The entries by key."""
        return {piece.key: piece for piece in self.of_kind(Part.Kind.ENTRY)}


def upgrade(content: dict[str, Any], schema: int) -> dict[str, Any]:
    """Content of an older schema in the shape of today's. Raises ValueError for one from the future."""
    if schema > SCHEMA:
        raise ValueError(f"written by a later version of Newsroom (schema {schema}, this one reads {SCHEMA})")
    if schema < 2:
        _without_roles(content)
        _without_roles(content.get("inline") or {})
    return content


def _without_roles(entry: dict[str, Any]) -> None:
    """Say of an entry that no offices are told in it."""
    for holder in [entry, *entry.get("attendances", [])]:
        if holder.keys() & {"speaker", "headcount"}:
            holder.setdefault("roles", [])


def withheld_now(part_ids: Iterable[int]) -> dict[int, Withheld]:
    """Of these parts, those that readers don't get now: the last act upon a part decides."""
    acts = Withholding.objects.filter(part_id__in=list(part_ids)).order_by("position")
    last: dict[int, Withheld] = {}
    for act in acts:
        if act.state == WithholdingState.RESTORED:
            last.pop(act.part_id, None)
        else:
            destroyed = act.state == WithholdingState.DESTROYED
            last[act.part_id] = Withheld(act.at, act.authority, destroyed)
    return last


def pieces(parts: Iterable[Part], schemas: dict[int, int]) -> list[Piece]:
    """Parts as pieces; `schemas` gives each edition's schema by its id."""
    parts = list(parts)
    withheld = withheld_now(part.pk for part in parts)
    return [_piece(part, schemas[part.edition_id], withheld.get(part.pk)) for part in parts]


def _piece(part: Part, schema: int, withheld: Withheld | None) -> Piece:
    if withheld or part.content is None:
        return Piece(part.kind, part.key, {}, withheld)
    content = upgrade(json.loads(part.content), schema)
    if gone := content.get(WITHHELD):
        return Piece(part.kind, part.key, {}, Withheld(datetime.fromisoformat(gone["at"]), gone["authority"], True))
    return Piece(part.kind, part.key, content)


def read(editions: Iterable[Edition]) -> list[EditionContent]:
    """These editions with their content, in two queries whatever their number."""
    editions = list(editions)
    schemas = {edition.pk: edition.schema for edition in editions}
    parts = list(Part.objects.filter(edition__in=editions).order_by("edition", "order"))
    sorted_out: dict[int, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for part, piece in zip(parts, pieces(parts, schemas), strict=True):
        sorted_out[part.edition_id][piece.kind].append(piece)
    for kind in (Part.Kind.HEADER, Part.Kind.CORRECTION):
        _let_stand_in(kind, editions, sorted_out)
    return [
        EditionContent(
            edition.work,
            edition.number,
            edition.change,
            edition.published_at,
            edition.digest,
            dict(sorted_out[edition.pk]),
        )
        for edition in editions
    ]


def edition_at(work: str, number: int) -> EditionContent | None:
    """One edition of a work; None for one that was never published."""
    found = read(Edition.objects.filter(work=work, number=number))
    return found[0] if found else None


def _let_stand_in(kind: str, editions: list[Edition], sorted_out: dict[int, dict[str, list[Piece]]]) -> None:
    """Give each withheld header or correction its stand-in: a few queries more, where there is one at all."""
    works = {
        edition.work for edition in editions if any(piece.withheld for piece in sorted_out[edition.pk].get(kind, []))
    }
    if not works:
        return
    rows = Part.objects.filter(kind=kind, edition__work__in=works).select_related("edition")
    parts = list(rows.order_by("-edition__number", "order"))
    hidden = withheld_now(part.pk for part in parts)
    contents = {
        part.pk: upgrade(json.loads(part.content), part.edition.schema) for part in parts if part.content is not None
    }
    for edition in editions:
        if edition.work in works:
            own = [part for part in parts if part.edition.work == edition.work]
            sorted_out[edition.pk][kind] = [
                replace(piece, content=_stand_in(edition, piece, own, contents, hidden)) if piece.withheld else piece
                for piece in sorted_out[edition.pk].get(kind, [])
            ]


def _stand_in(
    edition: Edition,
    piece: Piece,
    parts: list[Part],
    contents: dict[int, dict[str, Any]],
    hidden: dict[int, Withheld],
) -> dict[str, Any]:
    if piece.kind == Part.Kind.HEADER:
        return standing_in.header(edition.number, parts, contents, hidden)
    first = next(part.edition for part in reversed(parts) if part.key == piece.key)
    why = piece.withheld
    return standing_in.correction(piece.key, first, why.at, why.authority, why.destroyed) if why else {}


def latest_editions() -> "list[Edition]":
    """The edition of each work that readers get at its address, newest work first."""
    newest: dict[str, Edition] = {}
    for edition in Edition.objects.order_by("position"):
        newest[edition.work] = edition
    return sorted(newest.values(), key=lambda edition: -edition.position)
