"""A timeline as readers see it: a picture of the days, and the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.charts.shapes import NARROW, WIDE, Meaning
from investigations.charts.timeline import Moment, timeline
from investigations.pages import paths
from investigations.pages.pictures import Cell, PictureView, iso
from investigations.pages.records import capitalized, date_view

DAYS = Meaning(certain="", possible="some day in this span", unknown="date not stated")
LAST = date.max


@dataclass(frozen=True)
class TimelineItem:
    """Something on a timeline: when, as far as it is known; what; how that is known; where its record is."""

    when: str
    earliest: date | None
    latest: date | None
    what: str
    known: str
    href: str
    event: bool

    @property
    def order(self) -> tuple[date, date, str]:
        """By the first possible day, then by the last; what is undated comes last."""
        return self.earliest or self.latest or LAST, self.latest or LAST, self.what


def timeline_item(
    when: dict[str, Any] | None, what: str, known: str, *, href: str = "", event: bool = False
) -> TimelineItem:
    """A projected date with what took place then."""
    days = when or {}
    return TimelineItem(
        when=capitalized(date_view(when).words),
        earliest=_day(days.get("earliest")),
        latest=_day(days.get("latest")),
        what=what,
        known=known,
        href=href,
        event=event,
    )


def timeline_view(items: Sequence[TimelineItem], *, name: str, title: str, base: str) -> PictureView:
    """The items in the order of their days."""
    ordered = sorted(items, key=lambda item: item.order)
    moments = [_moment(item) for item in ordered]
    return PictureView(
        name=name,
        title=title,
        summary="; ".join(f"{item.when}: {item.what}" for item in ordered) + ".",
        narrow=timeline(moments, DAYS, NARROW),
        wide=timeline(moments, DAYS, WIDE),
        columns=("What", "When", "How it is known"),
        rows=tuple((Cell(item.what, item.href), Cell(item.when), Cell(capitalized(item.known))) for item in ordered),
        header=("what", "when", "earliest", "latest", "how_it_is_known", "address"),
        cells=tuple(
            (item.what, item.when, iso(item.earliest), iso(item.latest), item.known, _address(item))
            for item in ordered
        ),
        base=base,
    )


def _address(item: TimelineItem) -> str:
    return paths.absolute(item.href) if item.href else ""


def _moment(item: TimelineItem) -> Moment:
    return Moment(item.when, capitalized(item.what), item.earliest, item.latest, event=item.event)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
