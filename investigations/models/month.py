"""What a month's meetings of a class count, from the desk's rows."""

from datetime import date
from typing import Any

from investigations.counting import Entry, Month, count_months
from investigations.models.account import MeetingClass
from investigations.models.meeting import Meeting
from investigations.vocabulary import Presence


def counted_by_month(group: MeetingClass, since: date, until: date) -> list[dict[str, Any]]:
    """Each month from the one of `since` to the one of `until`: how many people its meetings of the class count.

    Counted are those who came, the person whose meetings they are left out.
    """
    entries = [_entry(meeting, group.subject_id) for meeting in group.meetings.all()]
    covered = [(coverage.since, coverage.until) for coverage in group.coverages.all()]
    return [_public(month) for month in count_months(entries, covered, since, until)]


def _public(month: Month) -> dict[str, Any]:
    """A month as a story's chart has it; that others may fall in it is said only where some may."""
    said = {"month": month.first.strftime("%Y-%m"), "count": month.count, "state": month.state.value}
    return said | ({"possible": month.possible} if month.possible else {})


def _entry(meeting: Meeting, subject: int | None) -> Entry:
    rows = meeting.attendances.all()
    came = [row for row in rows if row.presence == Presence.CAME and not _is(row.person_id, subject)]
    return Entry(meeting.when_earliest, meeting.when_latest, sum(row.headcount for row in came))


def _is(person: int | None, subject: int | None) -> bool:
    return person is not None and person == subject
