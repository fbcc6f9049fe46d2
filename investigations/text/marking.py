"""Putting a new mark around words of a body."""

import re
from collections.abc import Iterator

from investigations.text.parts import Block, Mark, StoryText
from investigations.text.reading import parse, shortened, squeezed, tidied


class CannotMark(ValueError):
    """The words can't be marked; the message says in plain words why and what to do."""


class WordsNotFound(CannotMark):
    """The words are not in the body."""


class WordsFoundTwice(CannotMark):
    """The words are in the body more than once."""


class WordsAlreadyMarked(CannotMark):
    """A mark already holds some of the words."""


def next_mark(markdown: str) -> str:
    """The next free id: one more than the highest the body names, faulty marks included."""
    return f"p{1 + max(map(int, re.findall(r'[{]#p([0-9]{1,9})', markdown)), default=0)}"


def wrap(markdown: str, words: str) -> tuple[str, str]:
    """Mark the only place in the body where these words stand; gives the new body and the new id.

    Words are compared as readers see them, whole and in canonical text; the new body is in NFC. Raises
    ``WordsNotFound``, ``WordsFoundTwice``, ``WordsAlreadyMarked``, or plain ``CannotMark`` where a mark would
    cross a link, code, emphasis or two paragraphs.
    """
    source, needle = tidied(markdown), squeezed(words).rstrip()
    story, shown = parse(source), f"“{shortened(words)}”"
    places = list(_places(story, needle)) if needle else []
    if not places:
        raise WordsNotFound(f"The story doesn't say {shown}. Copy the words exactly as they stand in it.")
    if len(places) > 1:
        raise WordsFoundTwice(f"The story says {shown} {len(places)} times. Add a word before or after.")
    block, start, end = places[0]
    if any(mark.start < end and start < mark.end for mark in block.marks):
        raise WordsAlreadyMarked(f"Some of {shown} is marked already. Use that mark, or mark other words.")
    new = Mark(next_mark(source), start, end, needle)
    for first, last in _spans(source, needle):
        marked = f"{source[:first]}[{source[first:last]}]{{#{new.id}}}{source[last:]}"
        if _only_adds(new, block.number, story, parse(marked)):
            return marked, new.id
    raise CannotMark(f"{shown} can't be marked: a link, code, emphasis or a paragraph begins or ends inside.")


def _places(story: StoryText, needle: str) -> Iterator[tuple[Block, int, int]]:
    """Where the words stand as whole words; places may overlap."""
    begin = r"(?<!\w)" if needle[0].isalnum() else ""
    end = r"(?!\w)" if needle[-1].isalnum() else ""
    for block in story.blocks:
        for found in re.finditer(f"{begin}(?=({re.escape(needle)}){end})", block.text):
            yield block, *found.span(1)


def _spans(source: str, needle: str) -> Iterator[tuple[int, int]]:
    """Where the words may stand in the Markdown, through emphasis, escapes and line ends."""
    gaps = {" ": r"(?:[\s>\\]|&nbsp;)+", "&": "&(?:amp;)?"}
    pattern = "[*_]*".join(gaps.get(sign) or rf"\\?{re.escape(sign)}" for sign in needle)
    for found in re.finditer(rf"([*_]*)(?=({pattern})([*_]*))", source):
        for first in (found.start(2), found.start(1)):
            for last in (found.end(2), found.end(3)):
                yield first, last


def _only_adds(new: Mark, block: int, before: StoryText, after: StoryText) -> bool:
    """Whether the mark stands in its block and nothing else changed."""
    if (after.text, after.problems) != (before.text, before.problems):
        return False
    rest = [mark for mark in after.marks if mark.id != new.id]
    return rest == [*before.marks] and new in after.blocks[block - 1].marks
