"""A picture as a file of its own: with its title, what is said beneath it, and where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from investigations.charts.shapes import Picture, pixels, wrapped
from investigations.pages.pictures import Drawn

WIDTH, MARGIN = 640, 20
PER_LINE = 84
"""Characters on a line of words over or under the picture, at 13 pixels."""


@dataclass(frozen=True)
class Line:
    """A line of words; everything as text, in pixels."""

    y: str
    size: str
    weight: str
    color: str
    text: str


@dataclass(frozen=True)
class PictureFile:
    """The file as it is drawn."""

    width: str
    height: str
    margin: str
    inner: str
    top: str
    title: str
    summary: str
    picture: Picture
    lines: tuple[Line, ...]


def picture_file(view: Drawn, *, over: Iterable[str], beneath: Sequence[str]) -> PictureFile:
    """The picture with its title, sentences over it (a banner), and sentences beneath it, each in its paragraph."""
    y, lines = float(MARGIN), list[Line]()
    for sentence in over:
        for text in wrapped(sentence, PER_LINE):
            y += 17
            lines.append(Line(pixels(y), "12", "400", "#a11d2d", text))
        y += 4
    for text in wrapped(view.title, PER_LINE - 18):
        y += 24
        lines.append(Line(pixels(y), "18", "700", "#1b1b1a", text))
    y += 16
    top = y
    y += float(view.wide.height) + 6
    for sentence in filter(None, beneath):
        for text in wrapped(sentence, PER_LINE):
            y += 18
            lines.append(Line(pixels(y), "13", "400", "#5c5a55", text))
        y += 7
    return PictureFile(
        width=str(WIDTH),
        height=pixels(y + MARGIN),
        margin=str(MARGIN),
        inner=str(WIDTH - 2 * MARGIN),
        top=pixels(top),
        title=view.title,
        summary=view.summary,
        picture=view.wide,
        lines=tuple(lines),
    )
