"""Which words a new edition changes, where they stood, since when, and where they stand now."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from investigations import diffs
from investigations.pages.told import Told, told
from investigations.publishing.carrying import carried_content, hidden_texts
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
    editions. `stood` is where the old words were: the old edition's block, from 0, and their offsets there.
    """

    where: str
    block: int | None
    at: int | None
    old: str
    new: str
    lead: str
    tail: str
    stood: tuple[int | str, int, int]
    of: str = ""
    line: str = ""

    def content(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        kept = ("where", "block", "at", "old", "new", "lead", "tail", *(["of"] if self.of else []))
        return {name: getattr(self, name) for name in kept}


def changed_words(old: EditionContent, new: Projection) -> list[WordChange]:
    """Every change of words between the edition readers have and the one they would get; of a withheld one none."""
    if old.withheld:
        return []
    changes = []
    for name in ("headline", "standfirst"):
        changes += _changes(name, None, old.header[name], new.header[name], name)
    before, after, hidden = old_texts(old), new_texts(new), hidden_texts(old)
    last = 0
    for old_index, new_index in diffs.align_blocks(before, after):
        last = new_index if new_index is not None else last
        was = before[old_index] if old_index is not None else ""
        now = after[new_index] if new_index is not None else ""
        if not was and now in hidden:
            continue  # as readers had it before it was hidden
        changes += _changes("text", last + 1, was, now, -1 if old_index is None else old_index)
    return changes


def _changes(where: str, block: int | None, was: str, now: str, stood: int | str) -> list[WordChange]:
    return [
        WordChange(
            where=where,
            block=block,
            at=len(now[: change.new_end].rstrip()) if now else None,
            old=change.old,
            new=change.new,
            lead=last_words(was[: change.old_start]),
            tail=first_words(was[change.old_end :]),
            stood=(stood, change.old_start, change.old_end),
        )
        for change in diffs.changes(was, now)
    ]


def last_words(text: str) -> str:
    """A few words at the end of a text."""
    return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:].partition(' ')[2]}"


def first_words(text: str) -> str:
    """A few words at the beginning of a text."""
    return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rpartition(' ')[0]}…"


def old_texts(edition: EditionContent) -> list[str]:
    """The text of each block of an edition; empty where it was withheld."""
    return [piece.content.get("text", "") for piece in edition.of_kind(Part.Kind.BLOCK)]


def new_texts(projection: Projection) -> list[str]:
    """The text of each block that would go out."""
    return [block["text"] for block in projection.blocks]


def told_by(edition: EditionContent) -> dict[str, Told]:
    """What an edition tells beside its text, by name."""
    return told(piece for pieces in edition.pieces.values() for piece in pieces)


def wrong_since(history: list[EditionContent], changes: list[WordChange]) -> dict[str, Any]:
    """The first edition from which on readers had all that is now changed, word for word, at its place."""
    first = history[-1]
    places = [change.stood for change in changes if change.stood[0] != -1 and not change.of]
    lines = {(change.of, change.line) for change in changes if change.of and change.old}
    for newer, older in pairwise(reversed(history)):
        traced = [_traced(place, newer, older) for place in places]
        if not (places or lines) or None in traced or not _told_the_same(lines, newer, older):
            break
        first, places = older, [place for place in traced if place]
    return {"edition": first.number, "at": digests.instant(first.published_at)}


def _told_the_same(lines: set[tuple[str, str]], newer: EditionContent, older: EditionContent) -> bool:
    """Whether an edition tells these lines beside its text as the one after it does."""
    was, now = told_by(older), told_by(newer)
    return all(name in was and was[name].lines.get(line) == now[name].lines.get(line) for name, line in lines)


def _traced(
    place: tuple[int | str, int, int], newer: EditionContent, older: EditionContent
) -> tuple[int | str, int, int] | None:
    """Where words of an edition stood in the one before; None if they were not there as they are.

    Words that were left out have no place of their own: then the two characters around them are traced.
    """
    block, start, end = place
    found: int | str | None = block
    if older.withheld:
        return None
    if isinstance(block, str):
        before, after = newer.header[block], older.header[block]
    else:
        found = dict(diffs.align_blocks(old_texts(newer), old_texts(older))).get(block)
        before = old_texts(newer)[block]
        after = old_texts(older)[found] if isinstance(found, int) else ""
    if found is None:
        return None
    first, last = (start, end - 1) if start < end else (max(0, start - 1), min(start, len(before) - 1))
    head, tail = diffs.map_offset(before, after, first), diffs.map_offset(before, after, last)
    if head is None or tail is None or before[first : last + 1] != after[head : tail + 1]:
        return None
    shift = head - first
    return found, start + shift, end + shift


def carried_notes(old: EditionContent, new: Projection) -> list[NewPart]:
    """The notes of earlier corrections, each moved to where its words stand in the new edition.

    A hidden one is carried on as the ledger has it, and hidden there too; of a destroyed one its stand-in.
    """
    before, after = old_texts(old), new_texts(new)
    pairs = {a: b for a, b in diffs.align_blocks(before, after) if a is not None}
    notes = []
    for piece in old.of_kind(Part.Kind.CORRECTION):
        content = carried_content(old, piece)
        changes = [_moved(change, before, after, pairs) for change in content["changes"]]
        notes.append(NewPart(Part.Kind.CORRECTION, piece.key, content | {"changes": changes}))
    return notes


def kept_notes(old: EditionContent) -> list[NewPart]:
    """The notes of earlier corrections, where nothing is moved."""
    pieces = old.of_kind(Part.Kind.CORRECTION)
    return [NewPart(Part.Kind.CORRECTION, piece.key, carried_content(old, piece)) for piece in pieces]


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
