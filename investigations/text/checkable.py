"""Sentences that claim what somebody could check: numbers, dates, names, quoted words, superlatives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from investigations.text.parts import Block, StoryText

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = re.compile(rf"\b{_DAYS}\b|\b{_MONTH}\b(?=\s+\d|[ ,.;]|$)(?<!\bMay)|\b{_MONTH}\s+\d|\b(?:1[89]|20)\d\d\b")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|half|twice|percent|per cent)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]{3,}[”\"]")
_SUPERLATIVE = re.compile(
    r"\b(?:first|only|never|always|most|least|every|none|nobody|worst|best"
    r"|(?:larg|bigg|great|high|low|long|short|small|old|young|new|rich|poor|strong|few|lat|earli|deadli|busi)(?:est))\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![.!?…:\n] )(?<![“\"‘(])(?<!^)\b(?!I\b|I’)[A-Z][\w’'-]*[a-z][\w’'-]*|\b[A-Z][a-z]+ [A-Z][a-z]+"
)
_END = re.compile(r"[.!?…][”\"’)\]]*\s+(?=[“\"‘(\[]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|St|Mt|Jr|Sr|No|vs|Inc|Ltd|Co|Jan|Feb|Mar|Apr"
    r"|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_REASONS = (
    ("quoted words", _QUOTED),
    ("a date", _DATE),
    ("a number", _NUMBER),
    ("a superlative", _SUPERLATIVE),
    ("a name", _NAME),
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block, from where to where in its text, and what in it looks checkable."""

    block: int
    start: int
    end: int
    words: str
    why: tuple[str, ...]


def checkable(story: StoryText) -> list[Sentence]:
    """The sentences that look checkable and hold no mark, in the order of the text."""
    return [
        sentence
        for block in story.blocks
        if block.kind in ("paragraph", "list", "quote")
        for sentence in sentences(block)
        if sentence.why and not any(mark.start < sentence.end and sentence.start < mark.end for mark in block.marks)
    ]


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a block."""
    start = 0
    ends = [found.end() for found in _END.finditer(block.text) if not _abbreviated(block.text, found)]
    for end in [*ends, len(block.text)]:
        words = block.text[start:end].rstrip()
        if words:
            why = tuple(name for name, signs in _REASONS if signs.search(words))
            yield Sentence(block.number, start, start + len(words), words, why)
        start = end


def sentences_around(story: StoryText) -> dict[str, str]:
    """For each mark the sentence that holds it, or the sentences over which it runs."""
    found: dict[str, str] = {}
    for block in story.blocks:
        every = list(sentences(block))
        for mark in block.marks:
            held = [each for each in every if mark.start < each.end and each.start < mark.end]
            if held and mark.id not in found:
                found[mark.id] = block.text[held[0].start : held[-1].end]
    return found


def _abbreviated(words: str, found: re.Match[str]) -> bool:
    before = words[max(0, found.start() - 12) : found.start() + 1]
    return found[0][0] == "." and found[0][1:].isspace() and bool(_SHORT.search(before))
