"""The list of meetings as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations import dates
from investigations.pages import paths
from investigations.pages.records import DateView, capitalized, date_view
from investigations.record.models import AttendanceRow, MeetingRow
from investigations.vocabulary import Presence


@dataclass(frozen=True)
class MeetingItem:
    """A meeting in the list."""

    title: str
    kind: str
    when: DateView
    only_possibly: bool
    place: str
    established: str
    headcount: int
    people: str
    in_dispute: bool
    href: str


@dataclass(frozen=True)
class MeetingList:
    """The list, the questions put to it, and where it goes on."""

    items: tuple[MeetingItem, ...]
    form: Any
    filtered: bool
    next: str
    notices: tuple[str, ...]
    noindex: bool


def meeting_item(row: MeetingRow, since: date | None, until: date | None) -> MeetingItem:
    """A meeting's row; `only_possibly` when its span reaches beyond the days that were asked for."""
    when = date_view({"words": row.when} if row.when else None)
    span = dates.parse(row.when) if row.when else None
    asked = bool(since or until)
    return MeetingItem(
        title=row.title,
        kind=row.get_kind_display(),
        when=when,
        only_possibly=asked and not (span and dates.falls_within(span, since, until)),
        place=row.place or "place not stated",
        established=row.get_established_display(),
        headcount=row.headcount,
        people=_people(row.attendances.all()),
        in_dispute=row.role_in_dispute,
        href=paths.entry("meeting", row.key),
    )


def _people(rows: Iterable[AttendanceRow]) -> str:
    said = [
        row.name if row.presence == Presence.CAME else f"{row.name} ({_lower(row.get_presence_display())})"
        for row in rows
    ]
    return capitalized(", ".join(said))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
