"""Whole numbers by month: what is certain, what is possible, and where nobody says."""

from collections.abc import Sequence
from dataclasses import dataclass

from investigations.charts.shapes import LINE, Drawing, Layout, Meaning, Picture, legend

GAP = 6
"""Pixels between a bar and its words."""

BAR = 18
ROW = 26
LEAST = 3.0
"""Percent of the width that a region of nobody knows how many has at least."""


@dataclass(frozen=True)
class MonthBar:
    """A month: its name, the certain and the possible number, words for both, events that fall in it.

    `stated` is false where there may be more than these numbers say; `certain` is then 0 where nothing is stated.
    Events are `early` in its first half, `late` in its second, or `within` it on a day that may be in either.
    """

    label: str
    certain: int
    possible: int
    stated: bool
    words: str
    early: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


def months_chart(bars: Sequence[MonthBar], meaning: Meaning, layout: Layout) -> Picture:
    """A row a month: solid for the certain, hatched behind it for the possible, a dashed box where nobody says.

    Every row's words stand beside its bar, or in the dashed box. An event is a rule over the bar of its month or
    under it, as it lies in the month's first half or second; words alone where its half isn't known.
    """
    drawing = Drawing(layout)
    legend(drawing, _looks(bars), meaning)
    unit = _unit(bars, layout)
    for bar in bars:
        for event in bar.early:
            _event(drawing, event)
        _row(drawing, bar, unit)
        for event in bar.within:
            _beside(drawing, event)
        for event in bar.late:
            _event(drawing, event)
    return drawing.finished()


def _looks(bars: Sequence[MonthBar]) -> set[str]:
    """The looks to be told apart: solid bars alone need no words."""
    found = {"possible"} if any(bar.possible for bar in bars) else set()
    if any(not bar.stated for bar in bars):
        found.add("unknown")
    return found | {"certain"} if found else found


def _unit(bars: Sequence[MonthBar], layout: Layout) -> float:
    """Percent of the width for one: as much as leaves every row's words their room at the narrowest."""
    room = 100 - layout.labels - LEAST
    units = [
        max(room - layout.share("value", bar.words), 4.0) / (bar.certain + bar.possible)
        for bar in bars
        if bar.certain + bar.possible
    ]
    return min(units, default=0.0)


def _row(drawing: Drawing, bar: MonthBar, unit: float) -> None:
    y = drawing.y + (ROW - BAR) / 2
    foot = drawing.y + ROW / 2 + 5
    left = drawing.layout.labels
    certain, possible = bar.certain * unit, bar.possible * unit
    drawing.say("label", bar.label, foot, x=left, dx=-GAP, anchor="end")
    drawing.box("certain", left, y, certain, BAR)
    drawing.box("possible", left + certain, y, possible, BAR)
    end = left + certain + possible
    if not bar.stated:
        drawing.box("unknown", end, y, 100 - end, BAR)
    drawing.say("value", bar.words, foot, x=end, dx=GAP)
    drawing.rule("axis", left, drawing.y, left, drawing.y + ROW)
    drawing.y += ROW


def _event(drawing: Drawing, words: str) -> None:
    """An event on lines of its own, between two rules."""
    drawing.y += 2
    top = drawing.y
    drawing.lines("event", words, x=2, dx=14)
    drawing.dot("mark", 2, top + LINE / 2)
    drawing.y += 4
    drawing.rule("mark", 0, top, 100, top)
    drawing.rule("mark", 0, drawing.y, 100, drawing.y)
    drawing.y += 2


def _beside(drawing: Drawing, words: str) -> None:
    """An event of the bar over it, without a rule: nothing says on which side of the month's days it lies."""
    top = drawing.y
    drawing.lines("event", words, x=drawing.layout.labels, dx=GAP)
    drawing.y += 4
    drawing.rule("axis", drawing.layout.labels, top, drawing.layout.labels, drawing.y)
