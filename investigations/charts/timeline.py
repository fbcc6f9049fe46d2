"""What took place, and what lasted, along one axis of days: its words, and its days beneath or beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from investigations.charts.axis import Axis, axis_of, draw_axis
from investigations.charts.shapes import Drawing, Layout, Meaning, Picture, legend

LANE = 16
"""Pixels down that the days of a row take."""

BETWEEN = 10
NARROWEST = 1.2
"""Percent across that a span takes at least: two days in ten years would not be seen."""


@dataclass(frozen=True)
class Moment:
    """Something that took place on one day, as far as it is known; None is an open end, both None: not stated.

    `when` is the day in words, `what` took place then.
    """

    when: str
    what: str
    earliest: date | None
    latest: date | None
    event: bool = False

    @property
    def days(self) -> tuple[date | None, ...]:
        """Its first and last possible day."""
        return self.earliest, self.latest


@dataclass(frozen=True)
class Tenure:
    """Something that lasted, like an office: when it began and when it ended, each as far as it is known.

    Nothing stated of an end is None twice; `lasting` says that it had not ended on the last day of the axis.
    """

    when: str
    what: str
    since_earliest: date | None
    since_latest: date | None
    until_earliest: date | None
    until_latest: date | None
    lasting: bool = False

    @property
    def days(self) -> tuple[date | None, ...]:
        """Its known days."""
        return self.since_earliest, self.since_latest, self.until_earliest, self.until_latest


@dataclass(frozen=True)
class Heading:
    """Words over the rows that follow."""

    what: str

    @property
    def days(self) -> tuple[date | None, ...]:
        """None."""
        return ()


Row = Moment | Tenure | Heading


def timeline(
    rows: Sequence[Row],
    meaning: Meaning,
    layout: Layout,
    *,
    lasting: Meaning | None = None,
    until: date | None = None,
) -> Picture:
    """The rows in the order given, along an axis that holds all their days and, if given, the day `until`.

    A day that is known is a dot; one that isn't is a hatched span of the days that it may be. What lasted is solid
    where it certainly did, hatched where it may have, and a dashed box where nothing is stated. `lasting` is what the
    looks mean of what lasted, if that isn't what they mean of the rest.
    """
    axis = axis_of([*(day for row in rows for day in row.days), until], layout.lanes)
    drawing = Drawing(layout)
    for means, those in _by_meaning(rows, meaning, lasting or meaning):
        below = Drawing(layout)
        for row in those:
            _row(below, row, axis, until or axis.last, ())
        legend(drawing, {box.look for box in below.boxes}, means)
    lines = [("grid", place) for place in draw_axis(drawing, axis)]
    lines += [("mark", axis.at(day)) for day in _events(rows)]
    for row in rows:
        _row(drawing, row, axis, until or axis.last, lines)
    return drawing.finished()


def _by_meaning(rows: Sequence[Row], meaning: Meaning, lasting: Meaning) -> list[tuple[Meaning, list[Row]]]:
    """The rows that a legend is of, with what it says: what lasted first."""
    if meaning == lasting:
        return [(meaning, list(rows))]
    lasted = [row for row in rows if isinstance(row, Tenure)]
    return [(lasting, list(lasted)), (meaning, [row for row in rows if isinstance(row, Moment)])]


def _events(rows: Sequence[Row]) -> list[date]:
    """The days of events that are known to the day: a line goes down through every lane."""
    moments = [row for row in rows if isinstance(row, Moment) and row.event]
    return [row.earliest for row in moments if row.earliest is not None and row.earliest == row.latest]


def _row(drawing: Drawing, row: Row, axis: Axis, end: date, lines: Sequence[tuple[str, float]]) -> None:
    """Words and, under them or to their right, the lane of days; lines go down through the lane."""
    top = drawing.y
    to = drawing.layout.lanes or 100.0
    if isinstance(row, Heading):
        drawing.y += BETWEEN
        drawing.lines("heading", row.what, to=to)
        if drawing.layout.lanes:
            _down(drawing, lines, top, drawing.y)
        return
    drawing.lines("event" if isinstance(row, Moment) and row.event else "label", row.what, to=to)
    drawing.lines("when", row.when, to=to)
    lane = top + 3 if drawing.layout.lanes else drawing.y + 2
    drawing.y += BETWEEN if drawing.layout.lanes else LANE + BETWEEN
    _down(drawing, lines, top if drawing.layout.lanes else lane - 2, drawing.y)
    if isinstance(row, Moment):
        _moment(drawing, row, axis, lane)
    else:
        _tenure(drawing, row, axis, end, lane)


def _down(drawing: Drawing, lines: Sequence[tuple[str, float]], top: float, foot: float) -> None:
    for look, place in lines:
        drawing.rule(look, place, top, place, foot)


def _moment(drawing: Drawing, row: Moment, axis: Axis, y: float) -> None:
    if row.earliest is None and row.latest is None:
        _span(drawing, "unknown", axis.begins, 100.0, y)
    elif row.earliest is not None and row.earliest == row.latest:
        drawing.dot("mark" if row.event else "certain", axis.at(row.earliest), y + LANE / 2)
    else:
        left = axis.at(row.earliest) if row.earliest else axis.begins
        _span(drawing, "possible", left, axis.at(row.latest) if row.latest else 100.0, y)


def _tenure(drawing: Drawing, row: Tenure, axis: Axis, end: date, y: float) -> None:
    """From the left: before it may have begun nothing, may have begun hatched, certainly held solid, and so on."""
    begun = row.since_earliest is not None or row.since_latest is not None
    ended = row.until_earliest is not None or row.until_latest is not None
    first = axis.at(row.since_earliest) if row.since_earliest else axis.begins
    sure = axis.at(row.since_latest) if row.since_latest else None
    if row.lasting:
        still, last = axis.at(end), axis.at(end)
    else:
        still = axis.at(row.until_earliest) if row.until_earliest else -1.0
        last = axis.at(row.until_latest) if row.until_latest else 100.0
    if begun and (ended or row.lasting):
        sure = last if sure is None else sure
        _span(drawing, "possible", first, min(sure, last), y)
        _span(drawing, "certain", sure, still, y)
        _span(drawing, "possible", max(sure, still), last, y)
    elif begun:
        _span(drawing, "possible", first, first if sure is None else sure, y)
        _span(drawing, "unknown", first if sure is None else sure, 100.0, y)
        if sure is not None and row.since_earliest == row.since_latest:
            drawing.dot("certain", sure, y + LANE / 2)
    else:
        _span(drawing, "unknown", axis.begins, last, y)
        if row.lasting:
            drawing.dot("certain", last, y + LANE / 2)


def _span(drawing: Drawing, look: str, left: float, right: float, y: float) -> None:
    """A box from left to right, wide enough to be seen; none where right isn't right of left."""
    if right <= left:
        return
    wide = max(right - left, NARROWEST)
    drawing.box(look, min(left, 100 - wide), y + 2, wide, LANE - 4)
