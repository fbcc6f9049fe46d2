"""What a minor change may not touch: whatever a reader could have relied on."""

import re
from collections.abc import Iterator

from investigations import dates
from investigations.counting import says_a_number
from investigations.publishing.changes import WordChange, new_texts, old_texts
from investigations.publishing.projection.story import Projection
from investigations.record.models import Part
from investigations.record.reading import EditionContent

NEGATIONS = frozenset("no not never none nobody nothing nowhere neither nor without cannot hardly barely".split())
DAYS = "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year".split()
DATES = frozenset([month.lower() for month in dates.MONTHS if month] + DAYS)
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def touched(changes: list[WordChange], latest: EditionContent, projection: Projection) -> list[str]:
    """What these changes touch that a minor change may not, in words, each once; empty for a minor change.

    A capital letter counts as a name, where a sentence begins as well: there a name looks like any word.
    """
    before, after = old_texts(latest), new_texts(projection)
    found: list[str] = []
    for change in changes:
        found += _touched(change, before, after, latest, projection)
    return list(dict.fromkeys(found))


def _touched(
    change: WordChange, before: list[str], after: list[str], latest: EditionContent, projection: Projection
) -> Iterator[str]:
    if change.where != "text":
        yield f"the {change.where}"
    if change.of:
        return
    for words, lead in _sides(change, before, after):
        lower = {word.lower().replace("’", "'") for word in WORD.findall(words)}
        if says_a_number(words):
            yield "a number"
        if lower & DATES:
            yield "a date"
        if lower & NEGATIONS or any(word.endswith("n't") for word in lower):
            yield "a negation"
        if any(character.isupper() for character in words):
            yield "a name"
        if re.search('[“”"]', words) or lead.count("“") > lead.count("”"):
            yield "quoted words"
    if _in_a_passage(change, latest, projection):
        yield "a passage with evidence"


def _sides(change: WordChange, before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """The old words and the new, each with the text of its block before them."""
    sides = []
    block, start, _ = change.stood
    if change.old:
        sides.append((change.old, before[block][:start] if isinstance(block, int) and block >= 0 else ""))
    if change.new:
        sides.append((change.new, after[change.block - 1][: _start(change)] if change.block else ""))
    return sides


def _start(change: WordChange) -> int:
    """Where the new words begin in their block."""
    return max(0, (change.at or 0) - len(change.new.strip()))


def _in_a_passage(change: WordChange, latest: EditionContent, projection: Projection) -> bool:
    block, start, end = change.stood
    if isinstance(block, int) and block >= 0:
        pieces = latest.of_kind(Part.Kind.BLOCK)
        if _overlaps(pieces[block].content.get("passages", []), start, end):
            return True
    if change.block is None or change.at is None:
        return False
    passages = projection.blocks[change.block - 1]["passages"]
    return _overlaps(passages, _start(change), change.at)


def _overlaps(passages: list[dict[str, int]], start: int, end: int) -> bool:
    return any(passage["start"] < max(end, start + 1) and start < passage["end"] for passage in passages)
