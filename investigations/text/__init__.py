"""Story Markdown: its blocks, the marked passages in them, and what was meant as a mark but isn't one.

The body is CommonMark (https://spec.commonmark.org/) without HTML, images and reference definitions, and with
one addition, the marked passage ``[the words]{#p3}``. A body is never repaired: words stay, and a mark that
can't be kept becomes a ``Problem`` that names its block.

Canonical text, on which offsets and digests rest, is NFC without tags; each run of white space, no-break
spaces and line breaks included, is one space; sub-blocks such as list items are joined by one space, blocks
by a line break. Offsets count code points.
"""

from investigations.text.answering import split_answer
from investigations.text.checkable import sentences_around
from investigations.text.marking import (
    CannotMark,
    WordsAlreadyMarked,
    WordsFoundTwice,
    WordsNotFound,
    next_mark,
    wrap,
)
from investigations.text.parts import Block, Fault, Mark, Problem, StoryText
from investigations.text.quoting import missing_words, own_words, stands_in
from investigations.text.reading import MAX_NESTING, parse
from investigations.text.typography import typographic
from investigations.text.writing import Anchor, Paragraph, Run, write

__all__ = [
    "MAX_NESTING",
    "Anchor",
    "Block",
    "CannotMark",
    "Fault",
    "Mark",
    "Paragraph",
    "Problem",
    "Run",
    "StoryText",
    "WordsAlreadyMarked",
    "WordsFoundTwice",
    "WordsNotFound",
    "missing_words",
    "next_mark",
    "own_words",
    "parse",
    "sentences_around",
    "split_answer",
    "stands_in",
    "typographic",
    "wrap",
    "write",
]
