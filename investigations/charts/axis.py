"""Days to places across a picture, and the days that are named over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from investigations.charts.shapes import Drawing, Layout

EDGE = 2.0
"""Percent across between an end of the lanes and the first or last day."""

APART = 1.5
"""Percent across between the names of two days."""

MOST = 24
"""Days that are named, at most; no picture has room for more."""

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between two days that are named."""

# Not calendar.month_abbr: that follows the locale of the process.
SHORT = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Tick:
    """A day that is named: its place, and where its name begins and ends, in percent."""

    place: float
    name: str
    begins: float
    ends: float


@dataclass(frozen=True)
class Axis:
    """A span of days, and the percent across at which its lanes begin; they end at 100."""

    first: date
    last: date
    begins: float

    @property
    def left(self) -> float:
        """Percent across of the first day."""
        return self.begins + EDGE

    @property
    def right(self) -> float:
        """Percent across of the last day."""
        return 100 - EDGE

    def at(self, day: date) -> float:
        """Percent across; days outside stand at the edge."""
        days = max((self.last - self.first).days, 1)
        gone = min(max((day - self.first).days, 0), days)
        return self.left + (self.right - self.left) * gone / days

    def ticks(self, layout: Layout) -> list[Tick]:
        """The first days of months that are named: as many as stand beside each other."""
        for step in STEPS:
            named = _firsts(self.first, self.last, step)
            ticks = [_tick(self.at(day), _name(day, step, named[0]), layout) for day in named]
            if ticks and all(left.ends + APART <= right.begins for left, right in pairwise(ticks)):
                return ticks
        return []


def _tick(place: float, name: str, layout: Layout) -> Tick:
    wide = layout.share("tick", name)
    begins = min(max(place - wide / 2, 0.0), 100 - wide)
    return Tick(place, name, begins, begins + wide)


def axis_of(days: Iterable[date | None], begins: float) -> Axis:
    """An axis from so many percent across, with room for all of these days and a little more; None is no day."""
    known = sorted(day for day in days if day is not None)
    if not known:
        return Axis(date(2000, 1, 1), date(2000, 12, 31), begins)
    margin = timedelta(days=max(14, (known[-1] - known[0]).days // 20))
    return Axis(_moved(known[0], -margin), _moved(known[-1], margin), begins)


def draw_axis(drawing: Drawing, axis: Axis) -> list[float]:
    """The names of days over the picture; returns where lines go down from them."""
    ticks = axis.ticks(drawing.layout)
    drawing.y += 18
    for tick in ticks:
        drawing.say("tick", tick.name, drawing.y - 5, x=(tick.begins + tick.ends) / 2, anchor="middle")
    drawing.rule("axis", axis.begins, drawing.y, 100, drawing.y)
    return [tick.place for tick in ticks]


def _firsts(first: date, last: date, step: int) -> list[date]:
    """The first day of each month on the axis whose number is a multiple of the step; none where that is too many."""
    begins = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    ends = last.year * 12 + last.month
    numbers = range(-(-begins // step) * step, ends, step)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers] if len(numbers) <= MOST else []


def _name(day: date, step: int, first: date) -> str:
    """The month, with the year at the first and at each January; of whole years the year alone."""
    if step >= 12:
        return str(day.year)
    return f"{SHORT[day.month]} {day.year}" if day == first or day.month == 1 else SHORT[day.month]


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
