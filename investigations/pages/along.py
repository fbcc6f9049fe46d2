"""Somebody's offices as bars over time, with what they said and where records put them along the same axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.charts.roles import role_bars
from investigations.charts.shapes import NARROW, WIDE, Layout, Picture
from investigations.charts.timeline import Moment, Tenure, timeline
from investigations.pages.offices import OfficeView
from investigations.pages.records import capitalized
from investigations.pages.timeline import DAYS

MOST = 40
"""How many moments are drawn: a longer picture is read as the list that stands under it."""


@dataclass(frozen=True)
class Along:
    """A moment to be drawn: its date in words, what it was, its first and last possible day."""

    when: str
    what: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class AlongView:
    """The picture, drawn for phones and for wider screens; the lists of its page say the same in words."""

    name: str
    title: str
    summary: str
    narrow: Picture
    wide: Picture

    @property
    def drawings(self) -> tuple[tuple[str, Picture], ...]:
        """Both, each with its name."""
        return ("narrow", self.narrow), ("wide", self.wide)


def along(
    name: str, offices: Sequence[OfficeView], moments: Sequence[Along], *, until: date | None
) -> AlongView | None:
    """The picture of one person; None where fewer than two things have a date. `until` is the day of publication."""
    held = [office for office in offices if _is_dated(office)]
    dated = [one for one in moments if one.earliest or one.latest][:MOST]
    if len(held) + len(dated) < 2:
        return None
    tenures = [(name, [_tenure(office) for office in held])] if held else []
    drawn = [Moment(one.when, one.what, one.earliest, one.latest) for one in dated]
    said = [*(office.words for office in held), *(f"{one.when}: {one.what}" for one in dated)]
    return AlongView(
        name="along",
        title=f"{name} over time",
        summary="; ".join(said) + ".",
        narrow=_drawn(tenures, drawn, NARROW, until),
        wide=_drawn(tenures, drawn, WIDE, until),
    )


def _drawn(tenures: Any, moments: Sequence[Moment], layout: Layout, until: date | None) -> Picture:
    """Without an office the legend speaks of days alone."""
    if tenures:
        return role_bars(tenures, layout, moments, until=until)
    return timeline(moments, DAYS, layout, until=until)


def _is_dated(office: OfficeView) -> bool:
    ends = (office.since.earliest, office.since.latest, office.until.earliest, office.until.latest)
    return office.in_office or any(ends)


def _tenure(office: OfficeView) -> Tenure:
    return Tenure(
        capitalized(office.from_to),
        capitalized(office.title),
        office.since.earliest,
        office.since.latest,
        office.until.earliest,
        office.until.latest,
        lasting=office.in_office,
    )
