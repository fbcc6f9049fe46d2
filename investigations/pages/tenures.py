"""People with the offices they held: in words, as bars over time, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.charts.roles import role_bars
from investigations.charts.shapes import NARROW, WIDE
from investigations.charts.timeline import Tenure
from investigations.pages import paths
from investigations.pages.pictures import Cell, PictureView, iso
from investigations.pages.records import capitalized

ENDS = ("since_earliest", "since_latest", "until_earliest", "until_latest")
"""The first and last possible day of both ends of an office, as columns of files."""


@dataclass(frozen=True)
class OfficeView:
    """An office held: from when to when, in words and as far as the days are known."""

    title: str
    organization: str
    since: str
    until: str
    since_days: tuple[date | None, date | None]
    until_days: tuple[date | None, date | None]
    lasting: bool

    @property
    def dated(self) -> bool:
        """Whether anything is stated of when it was held."""
        return self.lasting or any((*self.since_days, *self.until_days))

    @property
    def words(self) -> str:
        """The office with its dates, in a line."""
        return f"{capitalized(self.title)}, {_from_to(self) if self.dated else 'dates not stated'}"


@dataclass(frozen=True)
class PersonView:
    """A person as a line of a list; `href` leads to what readers have of them."""

    name: str
    description: str
    offices: tuple[OfficeView, ...]
    href: str


def person_view(one: dict[str, Any]) -> PersonView:
    """A projected person of a list."""
    return PersonView(
        name=one["name"],
        description=one["description"],
        offices=tuple(office_view(role) for role in one["roles"]),
        href=paths.person(one["key"]),
    )


def office_view(role: dict[str, Any]) -> OfficeView:
    """A projected office."""
    return OfficeView(
        title=role["title"],
        organization=role["organization"],
        since=role["since"]["words"] if role["since"] else "",
        until=role["until"]["words"] if role["until"] else "",
        since_days=_days(role["since"]),
        until_days=_days(role["until"]),
        lasting=role["in_office"],
    )


def offices_view(people: Sequence[PersonView], *, name: str, base: str, until: date) -> PictureView | None:
    """The offices of these people as bars; None where nothing is stated of when any was held.

    `until` is the day of publication, on which those were held that had not ended.
    """
    drawn = [(one.name, [office for office in one.offices if office.dated]) for one in people]
    drawn = [(name, offices) for name, offices in drawn if offices]
    if not drawn:
        return None
    tenures = [(name, [_tenure(office) for office in offices]) for name, offices in drawn]
    lines = [(one.name, office) for one in people for office in one.offices]
    return PictureView(
        name=name,
        title="Offices over time",
        summary="; ".join(f"{name}: {office.words}" for name, offices in drawn for office in offices) + ".",
        narrow=role_bars(tenures, NARROW, until=until),
        wide=role_bars(tenures, WIDE, until=until),
        columns=("Office", "Who", "From", "To"),
        rows=tuple(
            (Cell(capitalized(office.title)), Cell(name), Cell(_since(office)), Cell(_until(office)))
            for name, office in lines
        ),
        header=("person", "office", "organization", "since", "until", *ENDS),
        cells=tuple(
            (name, office.title, office.organization, _since(office), _until(office), *_ends(office))
            for name, office in lines
        ),
        base=base,
    )


def _tenure(office: OfficeView) -> Tenure:
    when, what = capitalized(_from_to(office)), capitalized(office.title)
    return Tenure(when, what, *office.since_days, *office.until_days, lasting=office.lasting)


def _ends(office: OfficeView) -> tuple[str, ...]:
    return tuple(iso(day) for day in (*office.since_days, *office.until_days))


def _since(office: OfficeView) -> str:
    return office.since or "not stated"


def _until(office: OfficeView) -> str:
    return office.until or ("in office at publication" if office.lasting else "not stated")


def _from_to(office: OfficeView) -> str:
    begins = f"from {office.since}" if office.since else "beginning not stated"
    if office.until:
        return f"{begins} to {office.until}" if office.since else f"{begins}, to {office.until}"
    return f"{begins}, {'in office at publication' if office.lasting else 'end not stated'}"


def _days(when: dict[str, Any] | None) -> tuple[date | None, date | None]:
    days = when or {}
    earliest, latest = (days.get(end) for end in ("earliest", "latest"))
    return date.fromisoformat(earliest) if earliest else None, date.fromisoformat(latest) if latest else None
