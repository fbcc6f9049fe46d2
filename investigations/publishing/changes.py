"""Which words a new edition changes, where they stood, since when, and where they stand now."""

from dataclasses import dataclass
from typing import Any

from investigations import diffs
from investigations.publishing.ledger import NewPart
from investigations.publishing.projection.story import Projection
from investigations.record import digests
from investigations.record.models import Part
from investigations.record.reading import EditionContent

CONTEXT = 48


@dataclass(frozen=True)
class WordChange:
    """One change of words between two editions.

    `block` counts the new edition's blocks from 1; `at` is a code-point offset in that block's text, behind
    the new words or where the removed ones stood. `lead` and `tail` are a few words around, the same in both
    editions. `was` is the whole old block.
    """

    where: str
    block: int | None
    at: int | None
    old: str
    new: str
    lead: str
    tail: str
    was: str

    def content(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        kept = ("where", "block", "at", "old", "new", "lead", "tail")
        return {name: getattr(self, name) for name in kept}


def changed_words(old: EditionContent, new: Projection) -> list[WordChange]:
    """Every change of words between the edition readers have and the one they would get."""
    changes = []
    for name in ("headline", "standfirst"):
        changes += _changes(name, None, old.header[name], new.header[name])
    before, after = old_texts(old), new_texts(new)
    last = 0
    for old_index, new_index in diffs.align_blocks(before, after):
        last = new_index if new_index is not None else last
        was = before[old_index] if old_index is not None else ""
        now = after[new_index] if new_index is not None else ""
        changes += _changes("text", last + 1, was, now)
    return changes


def _changes(where: str, block: int | None, was: str, now: str) -> list[WordChange]:
    return [
        WordChange(
            where=where,
            block=block,
            at=change.new_end if now else None,
            old=change.old,
            new=change.new,
            lead=_last_words(was[: change.old_start]),
            tail=_first_words(was[change.old_end :]),
            was=was,
        )
        for change in diffs.changes(was, now)
    ]


def _last_words(text: str) -> str:
    return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:].partition(' ')[2]}"


def _first_words(text: str) -> str:
    return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rpartition(' ')[0]}…"


def old_texts(edition: EditionContent) -> list[str]:
    """The text of each block of an edition; empty where it was withheld."""
    return [piece.content.get("text", "") for piece in edition.of_kind(Part.Kind.BLOCK)]


def new_texts(projection: Projection) -> list[str]:
    """The text of each block that would go out."""
    return [block["text"] for block in projection.blocks]


def wrong_since(history: list[EditionContent], changes: list[WordChange]) -> dict[str, Any]:
    """The first edition from which on readers had the words that are now changed."""
    wordings = {change.was for change in changes if change.old}
    first = history[-1]
    for edition in reversed(history):
        texts = {*old_texts(edition), edition.header["headline"], edition.header["standfirst"]}
        if not wordings <= texts:
            break
        first = edition
    return {"edition": first.number, "at": digests.instant(first.published_at)}


def carried_notes(old: EditionContent, new: Projection) -> list[NewPart]:
    """The notes of earlier corrections, each moved to where its words stand in the new edition."""
    before, after = old_texts(old), new_texts(new)
    pairs = {a: b for a, b in diffs.align_blocks(before, after) if a is not None}
    notes = []
    for piece in old.of_kind(Part.Kind.CORRECTION):
        if piece.withheld:
            continue
        changes = [_moved(change, before, after, pairs) for change in piece.content["changes"]]
        notes.append(NewPart(Part.Kind.CORRECTION, piece.key, piece.content | {"changes": changes}))
    return notes


def _moved(
    change: dict[str, Any], before: list[str], after: list[str], pairs: dict[int, int | None]
) -> dict[str, Any]:
    """A change's place in the new edition: behind the same words, or at the end of what became of their block."""
    if change["block"] is None:
        return change
    old_index = change["block"] - 1
    new_index = pairs.get(old_index)
    if new_index is None:
        return change | {"block": min(change["block"], len(after)), "at": None}
    place = None
    if change["at"] is not None:
        # A place is behind a character: where that character went, the place goes.
        last = diffs.map_offset(before[old_index], after[new_index], max(0, change["at"] - 1))
        place = None if last is None else last + min(1, change["at"])
    return change | {"block": new_index + 1, "at": place}
