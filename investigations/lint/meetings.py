"""Rules on meetings that readers are told of: roles claimed by nobody, and days firmer than the record."""

import re
from collections.abc import Iterator
from datetime import date

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Attendance, Meeting
from investigations.vocabulary import Showing

MONTHS = "January February March April May June July August September October November December".split()
DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b(?:, (\d{{4}})\b)?")


def roles(context: StoryContext) -> Iterator[Finding]:
    """Roles at a meeting that are in dispute or stated, with nobody's account and no office on file."""
    told: set[int] = set()
    for mark, piece in context.pieces(Showing.SHOWN):
        meeting = piece.meeting
        if meeting is None or meeting.pk in told:
            continue
        told.add(meeting.pk)
        for row in meeting.attendances.all():
            if row.person_id and not meeting.accounts_of(row.person_id):
                yield from _role(context, mark, meeting, row)


def _role(context: StoryContext, mark: str, meeting: Meeting, row: Attendance) -> Iterator[Finding]:
    about = f"meeting “{meeting.slug}”"
    if row.role_in_dispute:
        yield context.finding(
            "story.W083",
            "A role is said to be in dispute, and nobody's account of it is on file.",
            "Enter the accounts on the meeting, each with who says so.",
            mark,
            about,
        )
    elif row.role_as_of and row.person and not _is_on_file(row):
        yield context.finding(
            "story.W084",
            "Somebody is said to have been at the meeting in a role that nothing on file shows.",
            "Enter the office with its dates, or an account of who says so.",
            mark,
            about,
        )


def _is_on_file(row: Attendance) -> bool:
    """Whether an office or the description of the person says the role."""
    stated = row.role_as_of.casefold()
    known = [role.title for role in row.person.roles.all()] if row.person else []
    if row.person and stated in row.person.description.casefold():
        return True
    return any(title.casefold() in stated for title in known)


def days(context: StoryContext) -> Iterator[Finding]:
    """A day in a passage whose meeting or quote is dated less closely.

    A source's own date says when it was written, not when things happened: nothing is held against it.
    """
    for mark in context.parsed.marks:
        spans = _spans(context, mark.id)
        for month, day, year in DAY.findall(mark.words):
            holding = [(first, last) for first, last in spans if _falls_in(first, last, month, int(day), year)]
            if holding and all(first != last for first, last in holding):
                yield context.finding(
                    "story.W085",
                    "The passage names a day, and the record behind it is not as certain.",
                    "Write the date as the record has it, or enter on the record where the day is from.",
                    mark.id,
                )
                break


def _spans(context: StoryContext, mark: str) -> list[tuple[date, date]]:
    found = []
    for piece in context.evidence.get(mark, []):
        if piece.meeting:
            found.append((piece.meeting.when_earliest, piece.meeting.when_latest))
        elif piece.quote:
            found.append((piece.quote.said_earliest, piece.quote.said_latest))
    return [(first, last) for first, last in found if first and last]


def _falls_in(first: date, last: date, month: str, day: int, year: str) -> bool:
    """Whether a day, of a stated year or of any in the span, lies in the span."""
    for each in [int(year)] if year else range(first.year, last.year + 1):
        try:
            if first <= date(each, MONTHS.index(month) + 1, day) <= last:
                return True
        except ValueError:  # February 30
            continue
    return False
