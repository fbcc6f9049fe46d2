"""Index rows without a story behind them: for tests of lists."""

from typing import Any

from investigations import dates
from investigations.publishing.count_rows import all_choices, write_count_rows
from investigations.publishing.entry_rows import COLUMNS, LISTS, sort_text, span
from investigations.publishing.named_rows import everybody, write_named_rows
from investigations.record.models import AttendanceRow, FacetRow, MeetingRow, QuoteRow, SourceRow, StoryRow
from tests.builders.common import NOON


def dated(when: str) -> dict[str, Any]:
    """A date as the fields of a row have it."""
    if not when:
        return span(None)
    read = dates.parse(when)
    ends = {"earliest": read.earliest, "latest": read.latest}
    return span({"words": when} | {name: day.isoformat() if day else None for name, day in ends.items()})


def meeting_row(key: str, when: str = "", **values: Any) -> MeetingRow:
    """A published meeting's row."""
    defaults = {"key": key, "title": f"Meeting {key}", "kind": "meeting", "established": "document", **dated(when)}
    return found_by_columns(MeetingRow.objects.create(**{**defaults, **values}))


def quote_row(key: str, when: str = "", **values: Any) -> QuoteRow:
    """A published quote's row; with `work` one citation of somebody who may not be named."""
    defaults = {
        "key": key,
        "words": f"We met {key}",
        "form": "verbatim",
        "by": "Robin Alba",
        "terms": "on_record",
        "href": f"/quotes/{key}/",
        **dated(when),
    }
    return found_by_columns(QuoteRow.objects.create(**{**defaults, **values}))


def source_row(key: str, title: str, **values: Any) -> SourceRow:
    """A published source's row."""
    defaults = {"key": key, "title": title, "kind": "document", "sort": sort_text(title)}
    return found_by_columns(SourceRow.objects.create(**{**defaults, **values}))


def story_row(key: str, headline: str, investigation: str = "the-harbor") -> StoryRow:
    """A published story's row."""
    return StoryRow.objects.create(
        work=f"story:{key}",
        slug=key,
        headline=headline,
        investigation=f"About {investigation}",
        investigation_key=investigation,
        edition=1,
        published_at=NOON,
        changed_at=NOON,
        told_at=NOON,
    )


def facet(row: Any, name: str, value: str, **values: Any) -> None:
    """What else a row is found by."""
    sort = str(getattr(row, row.SORT))
    FacetRow.objects.create(list=list_of(row), name=name, value=value, sort=sort, key=row.key, **values)


def found_by_columns(row: Any) -> Any:
    """The row, with what it is found by that has one value."""
    counted = not getattr(row, "work", "")
    for column in COLUMNS[list_of(row)]:
        facet(row, column, getattr(row, column), counted=counted)
    if getattr(row, "role_in_dispute", False):
        facet(row, "in_dispute", "on")
    return row


def list_of(row: Any) -> str:
    """The list in which a row stands."""
    return next(of_list for of_list, model in LISTS.items() if isinstance(row, model))


def attend(meeting: MeetingRow, person: str, presence: str = "came") -> None:
    """Somebody's row at a meeting."""
    AttendanceRow.objects.create(
        meeting=meeting, person=person, name=f"Robin {person.title()}", sort_name=person, presence=presence
    )
    facet(meeting, "person", person)


def count() -> None:
    """Count what each choice finds, as publishing does."""
    write_named_rows(*everybody())
    write_count_rows(all_choices())
