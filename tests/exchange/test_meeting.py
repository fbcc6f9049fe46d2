"""Meetings: a row each attendance, grouped by short name; the file says all of who was there."""

import pytest

from investigations.exchange.meeting import MeetingResource
from investigations.models import Attendance, Meeting
from tests import builders
from tests.exchange.conftest import exported, taken

MEETING = {
    "short name": "visit",
    "investigation": "harbor",
    "title": "Visit",
    "kind": "meeting",
    "when": "early August 2016",
    "how we know": "document",
    "place": "Rome",
}
NOBODY = {"person": "", "descriptor": ""}


@pytest.fixture
def work(investigation):
    investigation.slug = "harbor"
    investigation.save()
    for slug in ("lee", "kim"):
        builders.make_person(name=f"{slug.title()} Sample", slug=slug)
    return investigation


def row(person="", descriptor="", **values):
    return {**MEETING, "person": person, "descriptor": descriptor, **values}


def there():
    return [
        (one.person.slug if one.person else one.descriptor, one.headcount, one.presence)
        for one in Attendance.objects.order_by("position", "id").select_related("person")
    ]


def test_a_meeting_and_who_was_there_come_from_several_rows(work, reporter, extension):
    rows = [
        row("lee", order=1, headcount=1, presence="came"),
        row("", "seven ambassadors", order=2, headcount=7, presence="Invited, did not come"),
        row("kim", order=3, headcount="", presence=""),
    ]
    if extension == "csv":
        rows[2]["presence"] = "came"
    else:
        rows[2]["presence"] = "Came"
    verdict = taken(MeetingResource, rows, user=reporter, extension=extension)
    assert verdict.sentences() == []
    assert (verdict.new_count, Meeting.objects.count()) == (1, 1)
    assert there() == [("lee", 1, "came"), ("seven ambassadors", 7, "did_not_come"), ("kim", 1, "came")]
    assert str(Meeting.objects.get().when_latest) == "2016-08-10"


def test_rows_of_a_meeting_may_stand_apart(work, reporter):
    other = {"short name": "dinner", "title": "Dinner"}
    verdict = taken(
        MeetingResource, [row("lee"), row("lee", **other), row("kim"), row("kim", **other)], user=reporter
    )
    assert (verdict.new_count, Attendance.objects.count()) == (2, 4)


@pytest.mark.parametrize(
    ("column", "value"),
    [("place", "Paris"), ("place", ""), ("title", "Dinner"), ("when", "2016"), ("kind", "dinner")],
)
def test_rows_that_contradict_each_other_are_told_by_row_and_column(work, reporter, column, value):
    rows = [row("lee"), row("lee", **{"short name": "other"}), row("kim", **{column: value})]
    (sentence,) = taken(MeetingResource, rows, user=reporter).sentences()
    assert sentence == f"Row 4, column {column}: “{value}” contradicts “{MEETING[column]}” in row 2: one meeting."
    assert not Meeting.objects.exists()


def test_a_meeting_with_nobody_is_one_row_with_empty_columns_and_comes_back(work, reporter):
    builders.make_meeting(investigation=work, slug="visit")
    (line,) = exported(MeetingResource, user=reporter)
    assert {line[name] for name in ("person", "descriptor", "headcount", "presence", "role in dispute")} == {""}
    assert taken(MeetingResource, [line], user=reporter).unchanged_count == 1


@pytest.mark.parametrize("columns", [MEETING, {**MEETING, **NOBODY}], ids=["without the columns", "with them"])
def test_a_new_meeting_without_anyone_is_refused(work, reporter, columns):
    (sentence,) = taken(MeetingResource, [columns], user=reporter).sentences()
    assert sentence.startswith("Row 2")
    assert "Say who was there" in sentence
    assert not Meeting.objects.exists()


def test_a_file_that_leaves_nobody_at_a_meeting_is_refused(work, reporter):
    builders.make_attendance(meeting=builders.make_meeting(investigation=work, slug="visit"))
    verdict = taken(MeetingResource, [{**MEETING, **NOBODY}], user=reporter)
    assert "Say who was there" in verdict.sentences()[0]
    assert Attendance.objects.count() == 1


def test_rows_without_a_short_name_are_a_meeting_each(work, reporter):
    taken(MeetingResource, [row("lee", **{"short name": ""}), row("kim", **{"short name": ""})], user=reporter)
    assert Meeting.objects.count() == 2


def test_who_isnt_in_the_file_any_more_is_taken_away_and_the_preview_says_so(work, reporter):
    taken(MeetingResource, [row("lee"), row("kim"), row("", "an aide")], user=reporter)
    kept = Attendance.objects.get(person__slug="kim").pk
    verdict = taken(MeetingResource, [row("kim"), row("", "two aides", headcount=2)], user=reporter)
    assert there() == [("kim", 1, "came"), ("two aides", 2, "came")]
    assert Attendance.objects.get(person__slug="kim").pk == kept
    (entry,) = verdict.changed
    assert [(change.column, change.old, change.new) for change in entry.changes] == [
        ("no longer there", "lee", ""),
        ("no longer there", "an aide", ""),
        ("there", "", "two aides (Came)"),
    ]


def test_a_change_to_somebody_who_was_there_is_shown_as_one(work, reporter):
    taken(MeetingResource, [row("lee", presence="came")], user=reporter)
    (entry,) = taken(MeetingResource, [row("lee", presence="disputed")], user=reporter).changed
    assert [(change.column, change.old, change.new) for change in entry.changes] == [
        ("presence of lee", "came", "disputed")
    ]


def test_people_nobody_named_who_are_described_alike_stay_apart(work, reporter):
    rows = [row("", "an aide", order=1), row("", "an aide", order=2, **{"what is not settled": "why"})]
    taken(MeetingResource, rows, user=reporter)
    assert taken(MeetingResource, rows, user=reporter).unchanged_count == 1
    assert Attendance.objects.count() == 2


def test_a_file_without_the_columns_leaves_who_was_there_alone(work, reporter):
    taken(MeetingResource, [row("lee")], user=reporter)
    assert taken(MeetingResource, [{**MEETING, "place": "Paris"}], user=reporter).changed_count == 1
    assert there() == [("lee", 1, "came")]


@pytest.mark.parametrize("alone", ["person", "descriptor", "presence"])
def test_columns_of_who_was_there_that_would_take_the_others_away_are_refused(work, reporter, alone):
    (sentence,) = taken(MeetingResource, [{**MEETING, alone: "lee"}], user=reporter).sentences()
    assert sentence.startswith("The columns of who was there need both person and descriptor")


@pytest.mark.parametrize(
    ("rows", "place", "says"),
    [
        ([row("lee"), row("lee")], "Row 3", "That person has a row at this meeting already."),
        ([row("lee"), row("nobody")], "Row 3, column person", "There is no person “nobody”"),
        ([row("lee"), row("kim", "a pilot")], "Row 3", "Each row is a person or a description"),
        ([row("lee"), row("", "", presence="came")], "Row 3", "Each row is a person or a description"),
        ([row("lee"), row()], "Row 3, column person", "This row repeats the meeting and says nobody"),
        ([row("lee"), row("", "aides", headcount=0)], "Row 3, column headcount", "At least one person"),
        ([row("lee"), row("", "aides", headcount="some")], "Row 3, column headcount", "“some” is no whole number."),
        ([row("lee"), row("kim", headcount=2)], "Row 3", "A named person counts as one"),
        ([row("lee", presence="went")], "Row 2, column presence", "“went” is none of came"),
        ([row("", "aides", **{"role in dispute": "yes"})], "Row 2", "in dispute only for a named person"),
        ([row("lee", **{"role in dispute": "perhaps"})], "Row 2, column role in dispute", "neither yes nor no"),
        ([row("lee", title=""), row("kim", title="", presence="went")], "Row 3, column presence", "“went”"),
        ([row("lee", title="")], "Row 2, column title", "This field is required."),
    ],
)
def test_what_is_wrong_with_somebody_there_is_told_at_their_row(work, reporter, rows, place, says):
    verdict = taken(MeetingResource, rows, user=reporter)
    assert any(said.startswith(f"{place}: ") and says in said for said in verdict.sentences()), verdict.sentences()
    assert not Meeting.objects.exists()
    assert not Attendance.objects.exists()


def test_a_meetings_roles_and_accounts_outlive_an_import(work, reporter):
    taken(MeetingResource, [row("lee"), row("kim")], user=reporter)
    builders.make_role_account(meeting=Meeting.objects.get())
    taken(MeetingResource, [row("kim", place="Paris")], user=reporter)
    assert Meeting.objects.get().role_accounts.count() == 1
