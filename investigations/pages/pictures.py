"""A picture with the table beside it, and both as files: the same numbers, in words, to look at and to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations import dates
from investigations.charts.months import MonthBar, months_chart
from investigations.charts.shapes import NARROW, WIDE, Meaning, Picture
from investigations.counting import last_day
from investigations.pages.records import capitalized
from investigations.vocabulary import MonthState

MONTHS = Meaning(
    certain="counted",
    possible="may fall in this month or in another",
    unknown="not stated, which is not zero",
)


@dataclass(frozen=True)
class Marked:
    """An event that is marked in a chart by month: its first and last possible day, and words that begin with it."""

    earliest: date
    latest: date
    words: str

    def is_in(self, month: date) -> bool:
        """Whether it falls in the month of this day, whichever day it was."""
        months = {(day.year, day.month) for day in (self.earliest, self.latest)}
        return months == {(month.year, month.month)}

    @property
    def is_early(self) -> bool:
        """Whether every day that it may be is in the first half of its month."""
        return self.latest.day * 2 <= last_day(self.latest.replace(day=1)).day

    @property
    def is_late(self) -> bool:
        """Whether every day that it may be is in the second half of its month."""
        return self.earliest.day * 2 > last_day(self.earliest.replace(day=1)).day


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its words, and where they lead."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Drawn:
    """A picture, what it says in words, and its table for files; `name` is unique on its page.

    It is drawn twice, for a phone and for wider screens, paper and files: the style sheet shows one. `base` is the
    address of the page or edition that it stands in; its files lie there.
    """

    name: str
    title: str
    summary: str
    narrow: Picture
    wide: Picture
    header: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    base: str

    @property
    def drawings(self) -> tuple[tuple[str, Picture], ...]:
        """Both, each with its name."""
        return ("narrow", self.narrow), ("wide", self.wide)

    @property
    def svg(self) -> str:
        """The address of the picture as a file."""
        return f"{self.base}{self.name}.svg"

    @property
    def csv(self) -> str:
        """The address of the table as a file."""
        return f"{self.base}{self.name}.csv"


@dataclass(frozen=True)
class PictureView(Drawn):
    """A picture with its table for readers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def months_view(content: dict[str, Any], *, name: str, base: str, events: Sequence[Marked] = ()) -> PictureView:
    """A projected chart by month. Each event stands in its month."""
    counted, months = content["counted"], content["months"]
    first = months[0]["month"] if months else ""
    bars = [_bar(month, first, _in(month, events)) for month in months]
    told = [_told(month, _in(month, events)) for month in months]
    return PictureView(
        name=name,
        title=_title(content["counted"], [_first(month) for month in months]),
        summary="; ".join(f"{_label(month)}: {month_words(month)}" for month in months) + ".",
        narrow=months_chart(bars, MONTHS, NARROW),
        wide=months_chart(bars, MONTHS, WIDE),
        columns=("Month", capitalized(counted) or "Number", "What is known"),
        rows=tuple(
            (Cell(_label(month)), Cell(month_words(month)), Cell(what))
            for month, what in zip(months, told, strict=True)
        ),
        header=("month", "counted", "number", "possibly_more", "what_is_known"),
        cells=tuple(_cells(month, counted or "people", what) for month, what in zip(months, told, strict=True)),
        base=base,
    )


def _title(counted: str, months: Sequence[date]) -> str:
    """What is counted, and from when to when: “Ambassadors by month, January to November 2016”."""
    what = f"{counted or 'people'} by month"
    if months:
        first, last = months[0], months[-1]
        since = dates.MONTHS[first.month] + ("" if first.year == last.year else f" {first.year}")
        until = f"{dates.MONTHS[last.month]} {last.year}"
        what += f", {until}" if first == last else f", {since} to {until}"
    return capitalized(what)


def month_words(month: dict[str, Any]) -> str:
    """What a month counts, in words: “9”; “1, rest not stated”; “0, possibly 2”; “not stated”."""
    state, possible = MonthState(month["state"]), month.get("possible", 0)
    said = [] if state == MonthState.NOT_STATED else [str(month["count"])]
    if possible:
        said.append(f"possibly {possible}{' more' if month['count'] else ''}")
    if state in {MonthState.NOT_STATED, MonthState.PARTLY}:
        said.append("rest not stated" if said else "not stated")
    return ", ".join(said)


def known(month: dict[str, Any]) -> str:
    """What is known of a month, in sentences: why it is zero, what may fall in it, which days a source covers."""
    state, possible = MonthState(month["state"]), month.get("possible", 0)
    said = [f"{state.label}."]
    if possible:
        said.append(f"{possible} may fall in it or in another month.")
    if state != MonthState.ZERO:
        said += [f"A source counts all {_days(*map(date.fromisoformat, span))}." for span in month.get("covered", [])]
    return " ".join(said)


def _days(since: date, until: date) -> str:
    if since == until:
        return f"on {dates.MONTHS[since.month]} {since.day}"
    if since.day == 1 and until == last_day(since):
        return "of the month"
    return f"from {dates.MONTHS[since.month]} {since.day} to {until.day}"


def _first(month: dict[str, Any]) -> date:
    return date.fromisoformat(f"{month['month']}-01")


def _label(month: dict[str, Any]) -> str:
    first = _first(month)
    return f"{dates.MONTHS[first.month]} {first.year}"


def _in(month: dict[str, Any], events: Sequence[Marked]) -> list[Marked]:
    """The events of a month, in order."""
    day = _first(month)
    return sorted((event for event in events if event.is_in(day)), key=lambda event: (event.earliest, event.words))


def _told(month: dict[str, Any], events: Sequence[Marked]) -> str:
    """What the table says of a month: what is known of it, and what is marked in it."""
    return " ".join([known(month), *(f"Marked: {event.words.removesuffix('.')}." for event in events)])


def _bar(month: dict[str, Any], first: str, events: Sequence[Marked]) -> MonthBar:
    """The year stands at the first month and at each January: the others are under it."""
    day, state = _first(month), MonthState(month["state"])
    return MonthBar(
        label=_label(month) if month["month"] == first or day.month == 1 else dates.MONTHS[day.month],
        certain=month["count"] or 0,
        possible=month.get("possible", 0),
        stated=state in {MonthState.COUNTED, MonthState.ZERO},
        words=month_words(month),
        early=tuple(event.words for event in events if event.is_early),
        within=tuple(event.words for event in events if not event.is_early and not event.is_late),
        late=tuple(event.words for event in events if event.is_late),
    )


def _cells(month: dict[str, Any], counted: str, told: str) -> tuple[str, ...]:
    """The month as files have it: where nobody states all of it, no number says that there is nothing more."""
    count = "" if month["count"] is None else str(month["count"])
    possible = month.get("possible", 0)
    stated = MonthState(month["state"]) in {MonthState.COUNTED, MonthState.ZERO}
    return month["month"], counted, count, str(possible) if possible or stated else "", told


def iso(day: date | None) -> str:
    """The day as files have it; empty where none is stated."""
    return day.isoformat() if day else ""
