"""A desk of any size for the benchmarks: valid rows, written in bulk, over several investigations."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from investigations.models import Attendance, Evidence, Investigation, Meeting, Passage, Person, Quote, Source
from investigations.tables.cells import batches
from tests import builders

INVESTIGATIONS = 5
MONTHS = "January February March April May June July August September October November December".split()
FAMILIES = "Alder Birch Cedar Dogwood Elm Fir Gum Hazel Ironwood Juniper Larch Maple Oak Pine Rowan Spruce".split()
CHECKED_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def sizes() -> list[int]:
    """How many quotes there are one time after the other: up to the number on the command line, or 100,000."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    return [size for size in (1000, 10_000, 100_000, 1_000_000) if size <= most]


def make_newsroom() -> tuple[Any, Any]:
    """A reporter on the team of one investigation of five, and a standards editor, who sees them all."""
    reporter, standards = builders.make_user("reporter", "Reporter"), builders.make_user("ed", "Standards editor")
    for number in range(INVESTIGATIONS):
        work = builders.make_investigation(slug=f"work-{number}", team=[reporter] if number == 0 else [])
        builders.make_passage(story=builders.make_story(investigation=work), mark="p1")
    return reporter, standards


def fill(begin: int, end: int) -> None:
    """Write the quotes of these numbers, and a tenth as many people, sources, meetings and pieces of evidence.

    Ten by ten the rows belong to one investigation after the other, so that a record names only records of its own.
    """
    checker = Investigation.objects.get(slug="work-0").team.get()
    works = list(Investigation.objects.filter(slug__startswith="work-").order_by("slug"))
    passages = list(Passage.objects.filter(story__investigation__in=works).order_by("story__investigation__slug"))
    tens = range(begin // 10, end // 10)
    people = written(person(n) for n in tens)
    sources = written(source(n, works[n % 5], who) for n, who in zip(tens, people, strict=True))
    quotes = written(
        quote(n, works[n // 10 % 5], sources[(n - begin) // 10], people[(n - begin) // 10], checker)
        for n in range(begin, end)
    )
    meetings = written(meeting(n, works[n % 5], at) for n, at in zip(tens, sources, strict=True))
    written(row for at, who in zip(meetings, people, strict=True) for row in attendances(at, who))
    written(Evidence(passage=passages[n % 5], quote_id=at) for n, at in zip(tens, quotes[::10], strict=True))


def written(rows: Iterable[Any]) -> list[int]:
    """Write these rows, some thousands at a time; returns their numbers."""
    return [row.pk for batch in batches(rows, 5000) for row in type(batch[0]).objects.bulk_create(batch)]


def day(number: int) -> str:
    """A date in words, within 40 years; some are a month, some not stated."""
    month, year = MONTHS[number * 7 % 12], 1980 + number * 13 % 40
    if number % 50 == 0:
        return ""
    return f"{month} {year}" if number % 3 == 0 else f"{month} {number * 11 % 28 + 1}, {year}"


def person(number: int) -> Person:
    """Somebody named."""
    family = f"{FAMILIES[number % 16]} {number}"
    return Person(slug=f"person-{number}", name=f"Robin {family}", family_name=family, description="harbor master")


def source(number: int, work: Investigation, who: int) -> Source:
    """A person by name, a person by descriptor, or a document."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "person", "person_id": who},
        {"kind": "person", "descriptor": f"a diplomat of region {number}", "identity": "not_held"},
        {"kind": "document", "title": f"Minutes {number} of the harbor board", "dated": day(number)},
    )
    return Source(code_name=f"source {number}", investigation=work, **kinds[number % 3])


def quote(number: int, work: Investigation, at: int, who: int, checker: Any) -> Quote:
    """A quote of 200 characters. One in a hundred has no terms, one in ten is not verbatim; half are checked."""
    values: dict[str, Any] = {"checked_against": "the recording", "checked_by": checker, "checked_at": CHECKED_AT}
    return Quote(
        slug=f"quote-{number}",
        investigation=work,
        words=f"We signed it that day, all {number} of us, and nobody asked what it said. " * 3,
        form="verbatim" if number % 10 else "translated",
        source_id=at,
        speaker_id=who if number // 10 % 3 == 0 else None,
        terms="on_record" if number % 100 else "",
        said=day(number),
        setting="a hearing",
        **(values if number % 2 else {}),
    )


def meeting(number: int, work: Investigation, at: int) -> Meeting:
    """A meeting. One in seven has no source."""
    return Meeting(
        slug=f"meeting-{number}",
        investigation=work,
        title=f"Visit {number} to the quarry",
        kind=("meeting", "dinner", "speech")[number % 3],
        when=day(number),
        place=("Rome", "Kyiv", "")[number % 3],
        established="document",
        source_id=at if number % 7 else None,
        description="They talked about the harbor and signed nothing. " * 3,
    )


def attendances(at: int, who: int) -> list[Attendance]:
    """Somebody named, whose role is in dispute at one meeting of ten, and people nobody named."""
    return [
        Attendance(meeting_id=at, position=1, person_id=who, role_in_dispute=at % 10 == 0),
        Attendance(meeting_id=at, position=2, descriptor="seven ambassadors", headcount=7),
    ]
