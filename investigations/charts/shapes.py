"""What every picture is made of. Each figure is text already: no language's decimal comma gets in.

Lengths across are percent of the picture's width, lengths down are pixels: on a narrower screen the bars get shorter
and the words stay as large as they are. Nothing is ever drawn outside 0 to 100 percent.
"""

import textwrap
from collections.abc import Collection
from dataclasses import dataclass

CHARACTER, BOLD = 7.4, 8.2
"""Pixels that a character takes on average in the widest of the fonts that are asked for, at 13 pixels."""

IN_BOLD = {"event", "heading", "value"}
"""Words that are drawn bold."""

LINE = 18
"""Pixels from one line of words to the next."""


@dataclass(frozen=True)
class Layout:
    """How wide a picture is at least, in pixels; in percent, what names of rows have of it, and where lanes begin.

    Lanes that begin at 0 stand under their words, others beside them.
    """

    width: int
    labels: float
    lanes: float

    def characters(self, look: str, percent_wide: float, dx: float = 0) -> int:
        """How many characters fit on a line that is so wide, `dx` pixels less."""
        return int((self.width * percent_wide / 100 - dx) / _character(look))

    def share(self, look: str, text: str) -> float:
        """How many percent of the width a line of words takes."""
        return len(text) * _character(look) / self.width * 100


def _character(look: str) -> float:
    return BOLD if look in IN_BOLD else CHARACTER


NARROW = Layout(width=284, labels=34, lanes=0)
"""A phone's 320 pixels without its margins."""

WIDE = Layout(width=572, labels=22, lanes=46)
"""A column of text on a desk screen, and paper."""


@dataclass(frozen=True)
class Box:
    """A rectangle: `certain`, `possible` or `unknown`, told apart by pattern and outline, not by color alone."""

    look: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Rule:
    """A straight line: an `axis`, a line of the `grid`, a `mark` at an event."""

    look: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Dot:
    """A day that is known (`certain`), or an event (`mark`)."""

    look: str
    x: str
    y: str


@dataclass(frozen=True)
class Words:
    """A line of words: a `label`, a `value`, an `event`, a `heading` or a `tick`; `dx` is in pixels."""

    look: str
    x: str
    dx: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Meaning:
    """What the looks of boxes are called beside them."""

    certain: str
    possible: str
    unknown: str


@dataclass(frozen=True)
class Picture:
    """A picture as it is drawn; `height` in pixels."""

    height: str
    boxes: tuple[Box, ...]
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...]
    words: tuple[Words, ...]

    @property
    def hatched(self) -> bool:
        """Whether it needs the pattern of what is possible."""
        return any(box.look == "possible" for box in self.boxes)


class Drawing:
    """A picture in the making, from the top down."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.y: float = 0
        self.boxes: list[Box] = []
        self.rules: list[Rule] = []
        self.dots: list[Dot] = []
        self.words: list[Words] = []

    def box(self, look: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle; `x` and `width` in percent. One of no width is left out."""
        if width > 0:
            self.boxes.append(Box(look, percent(x), pixels(y), percent(width), pixels(height)))

    def rule(self, look: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line; across in percent."""
        self.rules.append(Rule(look, percent(x1), pixels(y1), percent(x2), pixels(y2)))

    def dot(self, look: str, x: float, y: float) -> None:
        """A dot at `x` percent."""
        self.dots.append(Dot(look, percent(x), pixels(y)))

    def say(self, look: str, text: str, y: float, *, x: float = 0, dx: float = 0, anchor: str = "start") -> None:
        """A line of words whose foot stands at `y`."""
        self.words.append(Words(look, percent(x), pixels(dx), pixels(y), anchor, text))

    def lines(self, look: str, text: str, *, x: float = 0, dx: float = 0, to: float = 100) -> None:
        """Words on as many lines as they take between `x` and `to` percent, each below the last."""
        for line in wrapped(text, self.layout.characters(look, to - x, dx)):
            self.y += LINE
            self.say(look, line, self.y - 4, x=x, dx=dx)

    def finished(self) -> Picture:
        """The picture."""
        return Picture(pixels(self.y), tuple(self.boxes), tuple(self.rules), tuple(self.dots), tuple(self.words))


def legend(drawing: Drawing, looks: Collection[str], meaning: Meaning) -> None:
    """What the looks in use mean, each on its lines."""
    said = (("certain", meaning.certain), ("possible", meaning.possible), ("unknown", meaning.unknown))
    for look, text in said:
        if look in looks:
            drawing.box(look, 0, drawing.y + 3, 5, 12)
            drawing.lines("label", text, x=5, dx=8)
    drawing.y += 8 if looks else 0


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most so many characters; a longer word is broken."""
    return textwrap.wrap(text, max(room, 8)) or [""]


def percent(value: float) -> str:
    """A length across, rounded to what can be seen and kept within the picture."""
    return f"{min(100.0, max(0.0, value)):.2f}%"


def pixels(value: float) -> str:
    """A length down."""
    return f"{value:.1f}".removesuffix(".0")
