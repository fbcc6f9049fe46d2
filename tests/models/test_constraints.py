"""Each rule the database keeps: the form says it in a sentence, and a write past the form is refused too."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from investigations.models import Approval, Attendance, Evidence, Role, Source, guards
from tests import builders
from tests.models import constraint_cases, constraint_cases_of_pages

CASES = {**constraint_cases.CASES, **constraint_cases_of_pages.CASES}
EVERY = pytest.mark.parametrize("name", CASES)


def test_every_constraint_of_the_desk_has_its_case():
    models = apps.get_app_config("investigations").get_models()
    assert {constraint.name for model in models for constraint in model._meta.constraints} == CASES.keys()


@EVERY
def test_the_good_row_is_good(name, db):
    case = CASES[name]
    case.make(**case.values).full_clean()


@EVERY
def test_the_form_refuses_the_bad_row_with_a_sentence(name, db):
    case = CASES[name]
    row = case.make(**case.values)
    for key, value in case.bad(row).items():
        setattr(row, key, value)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert any(case.says in sentence for sentence in refused.value.messages)


@EVERY
def test_the_database_refuses_the_bad_row_too(name, db):
    guards.drop(connection)  # where a trigger refuses first, the constraint is still there behind it
    case = CASES[name]
    row = case.make(**case.values)
    with pytest.raises(IntegrityError, match=rf"(?i){name}|unique"), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**case.bad(row))


# --- More than one way to be wrong ---


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"kind": "person"}, "descriptor", "Give a name or a descriptor, and not both."),
        ({"kind": "person", "descriptor": "an aide", "title": "x", "identity": "known"}, "title", "has no title"),
        ({"kind": "person", "descriptor": "an aide"}, "identity", "Say what is held"),
        ({"kind": "document"}, "title", "Give the title readers will see."),
    ],
)
def test_a_source_says_at_its_field_what_is_missing(values, field, says, db):
    source = Source(investigation=builders.make_investigation(), **values)
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert says in refused.value.message_dict[field][0]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "person"},
        {"kind": "person", "descriptor": "an aide"},
        {"kind": "person", "identity": "known"},
        {"kind": "document", "title": "Minutes", "descriptor": "an aide", "identity": "known"},
        {"kind": "document", "title": "Minutes", "identity": "not_held"},
        {"kind": "document"},
    ],
)
def test_a_bad_source_is_refused_on_a_bulk_write_too(values, db):
    row = Source(investigation=builders.make_investigation(), code_name="red fern", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.bulk_create([row])


@pytest.mark.parametrize("records", [(), ("quote", "meeting"), ("quote", "meeting", "source")])
def test_evidence_of_no_record_or_of_several_is_refused(records, db):
    passage = builders.make_passage()
    made = {"quote": builders.make_quote, "meeting": builders.make_meeting, "source": builders.make_source}
    team = passage.story.investigation
    row = Evidence(passage=passage, **{name: made[name](investigation=team) for name in records})
    with pytest.raises(ValidationError, match=r"one quote, one meeting or one source\."):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.bulk_create([row])


def test_an_attendance_of_nobody_is_refused(db):
    meeting = builders.make_meeting()
    row = Attendance(meeting=meeting, descriptor="ambassadors", headcount=0)
    with pytest.raises(ValidationError, match="At least one person"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.bulk_create([row])


def test_people_nobody_named_may_be_many_and_may_come_twice(db):
    meeting = builders.make_meeting()
    for _ in range(2):
        builders.make_attendance(meeting=meeting, descriptor="ambassadors", headcount=7)
    assert meeting.attendances.count() == 2


def test_two_may_sign_the_same_and_one_may_sign_anew(db, reporter, editor):
    approval = builders.make_approval(by=reporter)
    builders.make_approval(story=approval.story, by=editor)
    builders.make_approval(story=approval.story, by=reporter, digest="1" * 64)
    assert Approval.objects.count() == 3


def test_a_role_that_ends_before_it_begins_is_told_at_its_end(db):
    role = Role(person=builders.make_person(), title="chair", since="May 2016", until="March 2016")
    with pytest.raises(ValidationError) as refused:
        role.full_clean()
    assert refused.value.message_dict["until"] == ["The role ends (March 2016) before it begins (May 2016)."]


@pytest.mark.parametrize(
    "dates",
    [("1992", "1999"), ("", ""), ("", "1991"), ("1993", ""), ("between 1990 and 1991", ""), ("1980", "2000")],
)
def test_a_role_that_contradicts_another_of_that_title_is_told_at_its_beginning(dates, db):
    held = builders.make_role(title="Attorney General", since="1991", until="1993")
    role = Role(person=held.person, title="attorney general", since=dates[0], until=dates[1])
    with pytest.raises(ValidationError) as refused:
        role.full_clean()
    (sentence,) = refused.value.message_dict["since"]
    assert sentence.startswith("This contradicts Attorney General (from 1991 to 1993)")


@pytest.mark.parametrize("dates", [("2019", "2020"), ("1994", ""), ("", "1990")])
def test_an_office_may_be_held_twice(dates, db):
    held = builders.make_role(title="Attorney General", since="1991", until="1993")
    assert builders.make_role(person=held.person, title=held.title, since=dates[0], until=dates[1]).pk


def test_a_role_doesnt_contradict_itself_or_somebody_elses(db):
    role = builders.make_role(title="chair")
    role.full_clean()
    assert builders.make_role(title="chair", since=role.since).person != role.person


@pytest.mark.parametrize("until", ["May 2016", "2016", "June 1, 2016"])
def test_a_role_may_end_in_the_month_it_began(until, db):
    assert builders.make_role(since="May 2016", until=until).until == until


@pytest.mark.parametrize("dates", [("gibberish", "2016"), ("2016", "gibberish"), ("gibberish", "gibberish")])
def test_a_role_with_words_that_are_no_date_is_refused_and_not_an_error(dates, db):
    role = Role(person=builders.make_person(), title="chair", since=dates[0], until=dates[1])
    with pytest.raises(ValidationError) as refused:
        role.full_clean()
    wrong = {name for name, words in zip(("since", "until"), dates, strict=True) if words == "gibberish"}
    assert refused.value.message_dict.keys() == wrong


@pytest.mark.parametrize(
    "facts",
    [
        {"published_by": "somebody"},
        {"number": 7},
        {"published_at": timezone.now()},
        {"state": "approved"},
        {"state": "approved", "approved_by": "somebody"},
    ],
)
def test_a_draft_has_no_facts_of_a_later_state(facts, db, editor):
    correction = builders.make_correction()
    facts = {name: editor if value == "somebody" else value for name, value in facts.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        type(correction).objects.filter(pk=correction.pk).update(**facts)


def test_a_published_note_is_never_changed(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    correction.note = "It never happened."
    with pytest.raises(ValidationError, match="A published note is never changed"):
        correction.full_clean()


@pytest.mark.parametrize("change", [{"note": "Another sentence."}, {"severity": "serious"}])
def test_another_wording_voids_an_approval(change, db, editor):
    correction = builders.make_correction()
    correction.state, correction.approved_by = "approved", editor
    correction.approved_at, correction.approved_digest = timezone.now(), "d"
    correction.save()
    for name, value in change.items():
        setattr(correction, name, value)
    correction.save()
    correction.refresh_from_db()
    assert (correction.state, correction.approved_by, correction.approved_digest) == ("submitted", None, "")


@pytest.mark.parametrize("mark", ["p0", "q1", "1", "p", "p01", "P1", "p1 "])
def test_a_mark_is_p_and_a_number(mark, db):
    with pytest.raises(ValidationError, match="A mark is p and a number"):
        builders.make_passage(mark=mark)
