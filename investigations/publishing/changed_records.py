"""What a new edition changes beside the story's text: records, evidence, figures, requests for comment, bylines."""

from collections.abc import Iterator
from typing import Any

from investigations import diffs
from investigations.pages.told import COME_AND_GO, Told, told
from investigations.publishing.changes import WordChange, first_words, last_words, told_by
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection
from investigations.record.models import Part
from investigations.record.reading import EditionContent


def changed_records(old: EditionContent, new: Projection) -> list[WordChange]:
    """Every line beside the text that readers would get otherwise than they have it, at the passage it belongs to.

    Evidence goes with its passage: of words put in or taken out with theirs, the text's own change tells. Of what is
    withheld nothing is told.
    """
    if old.withheld:
        return []
    before, after = told_by(old), told(parts_of(new))
    places, cited, hidden = _places(new), _cited(new), _hidden(old)
    stayed = places.keys() & {mark["id"] for piece in old.of_kind(Part.Kind.BLOCK) for mark in _marks(piece.content)}
    found: list[WordChange] = []
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        thing = now or before[name]
        passage = thing.passage or cited.get(name, "")
        block, at = places.get(passage, (None, None))
        if was and now:
            found += _lines(name, was, now, block, at)
        elif name.startswith(COME_AND_GO) and not name.startswith(hidden) and (passage in stayed or not passage):
            found.append(_whole(name, thing, put_in=was is None, block=block, at=at))
    return sorted(found, key=lambda change: change.block or 10**6)


def _lines(name: str, was: Told, now: Told, block: int | None, at: int | None) -> Iterator[WordChange]:
    for line in dict.fromkeys([*was.lines, *now.lines]):
        old, new = was.lines.get(line, ""), now.lines.get(line, "")
        head = "".join(f"{words}, " for words in (now.heading, line) if words and line != "title")[:-2]
        for change in diffs.changes(old, new):
            lead = last_words(old[: change.old_start])
            yield WordChange(
                where=now.where,
                block=block,
                at=at,
                old=change.old,
                new=change.new,
                lead=f"{head}: {lead}" if head else lead,
                tail=first_words(old[change.old_end :]),
                stood=(name, 0, 0),
                of=name,
                line=line,
            )


def _whole(name: str, thing: Told, *, put_in: bool, block: int | None, at: int | None) -> WordChange:
    """A thing put in or taken out, by what it is called."""
    return WordChange(
        where=thing.where,
        block=block,
        at=at,
        old="" if put_in else thing.name,
        new=thing.name if put_in else "",
        lead="",
        tail="",
        stood=(name, 0, 0),
        of=name,
    )


def _marks(block: dict[str, Any]) -> list[dict[str, Any]]:
    return list(block.get("passages", []))


def _places(new: Projection) -> dict[str, tuple[int, int]]:
    """Each passage's block, from 1, and where it ends there."""
    return {
        mark["id"]: (number, mark["end"])
        for number, block in enumerate(new.blocks, start=1)
        for mark in block["passages"]
    }


def _cited(new: Projection) -> dict[str, str]:
    """The passage at which each record is cited first."""
    first: dict[str, str] = {}
    for note in new.notes:
        if note.get("entry"):
            first.setdefault(note["entry"], note["passage"])
    return first


def _hidden(old: EditionContent) -> tuple[str, ...]:
    """The beginnings of the names of what is withheld: of a request nothing but that it is one."""
    kinds: dict[Any, str] = {Part.Kind.NOTE: "note/", Part.Kind.FIGURE: "figure/", Part.Kind.REQUEST: "request/"}
    return tuple(
        head if kind == Part.Kind.REQUEST else f"{head}{piece.key}"
        for kind, head in kinds.items()
        for piece in old.of_kind(kind)
        if piece.withheld
    )
