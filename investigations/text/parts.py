"""What a body is made of: blocks, marks, and what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with a body. Each of these would otherwise pass without a word."""

    UNCLOSED_BRACKET = "unclosed bracket"
    DUPLICATE_ID = "same mark twice"
    BAD_ID = "not the id of a mark"
    CROSSES_EMPHASIS = "crosses emphasis"
    CROSSES_PARAGRAPHS = "crosses paragraphs"
    DETACHED = "space before the braces"
    ON_LINK = "mark on a link"
    ON_CODE = "mark on code"
    ON_IMAGE = "mark on an image"
    NESTED = "mark inside a mark"
    EMPTY = "mark without words"
    LEFTOVER = "braces without a mark"
    IMAGE = "image in the body"
    BAD_LINK = "link to an address that isn't allowed"
    TOO_DEEP = "nested too deep"


@dataclass(frozen=True)
class Mark:
    """A marked passage: ``words == text[start:end]`` of its block."""

    id: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Problem:
    """A fault, the number of its block, the words around it, and the id of the mark where one is known."""

    code: Fault
    block: int
    excerpt: str
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """A top-level block, numbered from 1; its kind is paragraph, heading, list, quote, rule or code.

    The HTML is safe to print. Its only spans are ``<span id="p3">``, one for each mark, never nested.
    """

    number: int
    kind: str
    html: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class StoryText:
    """A body as readers get it, and what is wrong with it."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks in the order of the text."""
        return tuple(mark for block in self.blocks for mark in block.marks)

    @property
    def text(self) -> str:
        """The canonical text, one line a block."""
        return "\n".join(block.text for block in self.blocks)
