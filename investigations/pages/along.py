"""Somebody's offices as bars over time, with what they said and where records put them along the same axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.charts.roles import role_bars
from investigations.charts.shapes import NARROW, WIDE, Layout, Picture
from investigations.charts.timeline import Moment, Tenure, timeline
from investigations.pages import paths
from investigations.pages.offices import OfficeView
from investigations.pages.pictures import Drawn, iso
from investigations.pages.records import capitalized
from investigations.pages.timeline import DAYS

MOST = 40
"""How many moments are drawn: a longer picture is read as the list that stands under it."""

HEADER = (
    "kind",
    "what",
    "organization",
    "when",
    "earliest",
    "latest",
    "since_earliest",
    "since_latest",
    "until_earliest",
    "until_latest",
    "presence",
    "role_in_dispute",
    "how_it_is_known",
    "address",
)


@dataclass(frozen=True)
class Along:
    """A moment: its date in words, its label in the picture, its first and last possible day; the rest, for files."""

    when: str
    label: str
    earliest: date | None
    latest: date | None
    kind: str
    what: str
    presence: str
    in_dispute: bool
    known: str
    href: str

    @property
    def is_dated(self) -> bool:
        """Whether it has a place along the axis."""
        return bool(self.earliest or self.latest)


@dataclass(frozen=True)
class AlongView(Drawn):
    """The picture; the lists of its page say the same in words. Of `dated` moments so many are `drawn`."""

    drawn: int
    dated: int
    undated: int


def along(
    name: str, offices: Sequence[OfficeView], moments: Sequence[Along], *, base: str, until: date | None
) -> AlongView | None:
    """The picture of one person; None where fewer than two things have a date. `until` is the day of publication."""
    held = [office for office in offices if _is_dated(office)]
    dated = [one for one in moments if one.is_dated]
    if len(held) + len(dated) < 2:
        return None
    shown = dated[:MOST]
    tenures = [(name, [_tenure(office) for office in held])] if held else []
    drawn = [Moment(one.when, one.label, one.earliest, one.latest) for one in shown]
    said = [*(office.words for office in held), *(f"{one.when}: {one.label}" for one in shown)]
    return AlongView(
        name="time",
        title=f"{name} over time",
        summary="; ".join(said) + ".",
        narrow=_drawn(tenures, drawn, NARROW, until),
        wide=_drawn(tenures, drawn, WIDE, until),
        header=HEADER,
        cells=(*map(_office_cells, offices), *map(_moment_cells, moments)),
        base=base,
        drawn=len(shown),
        dated=len(dated),
        undated=len(moments) - len(dated),
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


def _office_cells(office: OfficeView) -> tuple[str, ...]:
    since, until = office.since, office.until
    days = (iso(since.earliest), iso(since.latest), iso(until.earliest), iso(until.latest))
    address = paths.absolute(office.href) if office.href else ""
    return ("office", office.title, office.organization, office.from_to, "", "", *days, "", "", "", address)


def _moment_cells(one: Along) -> tuple[str, ...]:
    days = (iso(one.earliest), iso(one.latest), "", "", "", "")
    disputed = "true" if one.in_dispute else "false"
    return (one.kind, one.what, "", one.when, *days, one.presence, disputed, one.known, paths.absolute(one.href))
