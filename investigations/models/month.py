"""What a month's meetings of a class count, and what is known of the month: not stated is not zero."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from investigations.models.account import MeetingClass
from investigations.models.meeting import Meeting
from investigations.vocabulary import MonthState, Presence

# A record whose date is at least so long speaks for the month that it falls in; a shorter one for its days alone.
SPEAKS_FOR_THE_MONTH = 9


def counted_by_month(group: MeetingClass, since: date, until: date) -> list[dict[str, Any]]:
    """Each month from the one of `since` to the one of `until`."""
    return [count_month(group, first) for first in months_between(since, until)]


def months_between(since: date, until: date) -> Iterator[date]:
    """The first day of each month from the one of `since` to the one of `until`."""
    first = since.replace(day=1)
    while first <= until:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def count_month(group: MeetingClass, first: date) -> dict[str, Any]:
    """How many people a month's meetings of the class count, and what is known of the month.

    Counted are those who came, the person whose meetings they are left out. A month without a meeting is
    zero only where a source covers every day of it; otherwise it is not stated.
    """
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    meetings = [meeting for meeting in group.meetings.all() if _within(meeting, first, last)]
    count = sum(_met(meeting, group.subject_id) for meeting in meetings)
    if not meetings:
        state = MonthState.ZERO if _covered(group, first, last) else MonthState.NOT_STATED
    elif _covered(group, first, last) or any(_speaks_for_the_month(meeting) for meeting in meetings):
        state = MonthState.COUNTED
    else:
        state = MonthState.PARTLY
    stated = state != MonthState.NOT_STATED
    return {"month": first.strftime("%Y-%m"), "count": count if stated else None, "state": state.value}


def _within(meeting: Meeting, first: date, last: date) -> bool:
    earliest, latest = meeting.when_earliest, meeting.when_latest
    return earliest is not None and latest is not None and first <= earliest and latest <= last


def _met(meeting: Meeting, subject: int | None) -> int:
    rows = meeting.attendances.all()
    return sum(row.headcount for row in rows if row.presence == Presence.CAME and not _is(row.person_id, subject))


def _is(person: int | None, subject: int | None) -> bool:
    return person is not None and person == subject


def _speaks_for_the_month(meeting: Meeting) -> bool:
    if meeting.when_earliest is None or meeting.when_latest is None:
        return False
    return (meeting.when_latest - meeting.when_earliest).days >= SPEAKS_FOR_THE_MONTH


def _covered(group: MeetingClass, first: date, last: date) -> bool:
    """Whether sources that count the whole class cover every day."""
    day = first
    for coverage in sorted(group.coverages.all(), key=lambda coverage: coverage.since):
        if coverage.since <= day <= coverage.until:
            day = coverage.until + timedelta(days=1)
    return day > last
