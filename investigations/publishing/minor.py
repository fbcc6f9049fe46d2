"""What a minor change may not touch: whatever a reader could have relied on."""

import re
from collections.abc import Iterator

from investigations import dates
from investigations.publishing.changes import WordChange, new_texts, old_texts
from investigations.publishing.projection.story import Projection
from investigations.record.models import Part
from investigations.record.reading import EditionContent

NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first"
    " second third half quarter dozen once twice both double".split()
)
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
    for side in _sides(change, before, after):
        words = WORD.findall(side.words)
        lower = {word.lower().replace("’", "'") for word in words}
        if re.search(r"\d", side.words) or lower & NUMBERS:
            yield "a number"
        if lower & DATES:
            yield "a date"
        if lower & NEGATIONS or any(word.endswith("n't") for word in lower):
            yield "a negation"
        if any(character.isupper() for character in side.words):
            yield "a name"
        if re.search('[“”"]', side.words) or side.is_quoted():
            yield "quoted words"
    if _in_a_passage(change, latest, projection):
        yield "a passage with evidence"


class _Side:
    """One side of a change: its words, and the text of the block around them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        # The whole words at both ends: “500” made “5000” changes a number by one character.
        while start > 0 and _joins(text[start - 1]):
            start -= 1
        while end < len(text) and _joins(text[end]):
            end += 1
        self.words, self.lead = text[start:end], text[:start]

    def is_quoted(self) -> bool:
        """Whether it stands between quotation marks."""
        return self.lead.count("“") > self.lead.count("”")


def _joins(character: str) -> bool:
    return character.isalnum() or character in "’'"


def _sides(change: WordChange, before: list[str], after: list[str]) -> list[_Side]:
    sides = []
    block, start, end = change.stood
    if isinstance(block, int) and block >= 0 and change.old:
        sides.append(_Side(before[block], start, end))
    elif change.old:
        sides.append(_Side(change.old, 0, len(change.old)))
    if change.new and change.block is not None and change.at is not None:
        sides.append(_Side(after[change.block - 1], max(0, change.at - len(change.new.strip())), change.at))
    elif change.new:
        sides.append(_Side(change.new, 0, len(change.new)))
    return sides


def _in_a_passage(change: WordChange, latest: EditionContent, projection: Projection) -> bool:
    block, start, end = change.stood
    if isinstance(block, int) and block >= 0:
        pieces = latest.of_kind(Part.Kind.BLOCK)
        if _overlaps(pieces[block].content.get("passages", []), start, end):
            return True
    if change.block is None or change.at is None:
        return False
    passages = projection.blocks[change.block - 1]["passages"]
    return _overlaps(passages, change.at - len(change.new.strip()), change.at)


def _overlaps(passages: list[dict[str, int]], start: int, end: int) -> bool:
    return any(passage["start"] < max(end, start + 1) and start < passage["end"] for passage in passages)
