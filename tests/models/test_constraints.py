"""Each rule the database keeps: the form says it in a sentence, and a write past the form is refused too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from investigations.models import Approval, Attendance, Evidence, Role, Source
from tests import builders

MARCH, MAY = date(2016, 3, 1), date(2016, 5, 1)


@dataclass
class Case:
    """A good row, what makes it bad, and a part of the sentence its form answers with."""

    make: Callable[..., Any]
    bad: Callable[[Any], dict[str, Any]]
    says: str
    values: dict[str, Any] = field(default_factory=dict)


def span(make, name):
    return Case(
        make, lambda row: {f"{name}_earliest": MAY, f"{name}_latest": MARCH}, "The date ends before it begins."
    )


def unnamed(**values):
    return builders.make_source(descriptor="a diplomat of the region", **values)


def second_of(make, **same):
    """A second row, beside a first one that it then comes to equal in what must be unique."""

    def made():
        first = make()
        second = make()
        second.first = first
        return second

    return Case(made, lambda row: {name: getattr(row.first, name) for name in same["names"]}, same["says"])


CASES: dict[str, Case] = {
    "source_person_named_or_described": Case(
        unnamed, lambda row: {"person": builders.make_person()}, "Give a name or a descriptor, and not both."
    ),
    "source_identity_of_the_unnamed": Case(
        builders.make_source, lambda row: {"identity": "known"}, "of an unnamed source, and only of one."
    ),
    "source_not_found_says_where_who_when": Case(
        builders.make_source, lambda row: {"looked_by": "L. Sample"}, "where it was looked for, by whom and when."
    ),
    "source_not_its_own_relay": Case(
        builders.make_source, lambda row: {"relay": row}, "A source can't be its own relay."
    ),
    "source_not_its_own_origin": Case(builders.make_source, lambda row: {"origin": row}, "can't rely on itself."),
    "source_date_in_order": span(builders.make_source, "dated"),
    "quote_checked_by_whom_and_when": Case(
        builders.make_quote, lambda row: {"checked_at": timezone.now()}, "who held the words against what, and when."
    ),
    "quote_said_in_order": span(builders.make_quote, "said"),
    "source_unnamed_says_how_and_why": Case(
        builders.make_source, lambda row: {"how_they_know": "who was there"}, "is said of an unnamed source only."
    ),
    "consent_is_about_one_record": Case(
        builders.make_consent,
        lambda row: {"interview": builders.make_interview()},
        "one interview or one withdrawal.",
    ),
    "consent_from_terms_to_terms": Case(
        builders.make_consent, lambda row: {"terms_before": "background"}, "from which terms to which."
    ),
    "consent_says_what_and_how": Case(builders.make_consent, lambda row: {"how": ""}, "This field cannot be blank."),
    "consent_given_in_order": span(builders.make_consent, "given"),
    "withdrawal_is_about_one_record": Case(
        builders.make_withdrawal, lambda row: {"source": row.quote.source}, "for one interview or for one quote."
    ),
    "withdrawal_says_when_and_what": Case(
        builders.make_withdrawal, lambda row: {"note": ""}, "This field cannot be blank."
    ),
    "withdrawal_in_order": span(builders.make_withdrawal, "withdrawn"),
    "interview_said_in_order": span(builders.make_interview, "said"),
    "request_asked_in_order": span(builders.make_comment_request, "asked"),
    "request_to_a_person_or_organization": Case(
        builders.make_comment_request,
        lambda row: {"organization": builders.make_organization()},
        "to one person or to one organization.",
    ),
    "request_once_a_person": second_of(
        builders.make_comment_request, names=["story", "person"], says="That person has a row already."
    ),
    "request_once_an_organization": second_of(
        lambda: builders.make_comment_request(organization=builders.make_organization()),
        names=["story", "organization"],
        says="That organization has a row already.",
    ),
    "merger_into_one_of_its_noun": Case(
        builders.make_merger,
        lambda row: {"person": None, "organization": builders.make_organization()},
        "A person is merged into a person",
    ),
    "merger_once_a_short_name": second_of(
        builders.make_merger, names=["slug"], says="That short name leads somewhere already."
    ),
    "merger_once_a_number": second_of(
        builders.make_merger, names=["old_pk"], says="That number leads somewhere already."
    ),
    "confidant_once_a_source": second_of(
        builders.make_confidant, names=["source", "user"], says="named on this source already."
    ),
    "identity_opening_ends": Case(
        builders.make_identity_access, lambda row: {"until": timezone.now()}, "An opening, and nothing else"
    ),
    "password_hold_in_order": Case(
        builders.make_password_hold, lambda row: {"until": row.since}, "The hold ends before it begins."
    ),
    "gate_finding_confirmed_by_whom_and_when": Case(
        builders.make_gate_finding, lambda row: {"confirmed_at": timezone.now()}, "who gave it, and when."
    ),
    "coverage_in_order": Case(
        builders.make_coverage, lambda row: {"until": date(2015, 1, 1)}, "The coverage ends before it begins."
    ),
    "figure_is_a_picture_or_a_chart": Case(
        builders.make_figure,
        lambda row: {"meeting_class": builders.make_meeting_class(investigation=row.story.investigation)},
        "A figure is a picture, or a chart of meetings",
    ),
    "figure_chart_in_order": Case(
        builders.make_figure, lambda row: {"since": MAY, "until": MARCH}, "The chart ends before it begins."
    ),
    "policy_edited_by_whom_and_when": Case(
        builders.make_policy, lambda row: {"edited_at": timezone.now()}, "An edit names who made it and when."
    ),
    "meeting_when_in_order": span(builders.make_meeting, "when"),
    "role_since_in_order": span(builders.make_role, "since"),
    "role_until_in_order": span(builders.make_role, "until"),
    "role_ends_after_it_begins": Case(
        builders.make_role,
        lambda row: {"since_earliest": MAY, "since_latest": None, "until_latest": MARCH},
        "The role ends before it begins.",
    ),
    "role_in_office_has_no_end": Case(
        builders.make_role, lambda row: {"in_office": True}, "still held at publication has no end", {"until": "2019"}
    ),
    "role_once_a_person": second_of(builders.make_role, names=["person", "title", "since"], says="already"),
    "attendance_person_or_descriptor": Case(
        builders.make_attendance, lambda row: {"descriptor": "an aide"}, "a person or a description"
    ),
    "attendance_one_person_counts_one": Case(
        builders.make_attendance, lambda row: {"headcount": 2}, "A named person counts as one"
    ),
    "attendance_dispute_is_about_a_person": Case(
        builders.make_attendance,
        lambda row: {"role_in_dispute": True},
        "in dispute only for a named person.",
        {"descriptor": "an aide"},
    ),
    "attendance_once_a_person": second_of(builders.make_attendance, names=["meeting", "person"], says="already"),
    "account_of_a_meeting_or_a_class": Case(
        builders.make_role_account,
        lambda row: {"meeting_class": builders.make_meeting_class(investigation=row.meeting.investigation)},
        "about one meeting or about one class of meetings.",
    ),
    "account_says_who_says_so": Case(
        builders.make_role_account, lambda row: {"source": row.quote.source}, "a quote or a source, and not both."
    ),
    "evidence_is_one_record": Case(
        builders.make_evidence, lambda row: {"source": row.quote.source}, "one quote, one meeting or one source."
    ),
    "passage_once_a_mark": second_of(
        lambda: builders.make_passage(story=builders.make_story()), names=["story"], says="already"
    ),
    "byline_once_a_story": second_of(
        builders.make_byline, names=["story", "author"], says="That name is there already."
    ),
    "story_edited_by_whom_and_when": Case(
        builders.make_story, lambda row: {"edited_at": timezone.now()}, "An edit names who made it and when."
    ),
    "approval_once_a_person": second_of(builders.make_approval, names=["story", "by"], says="You have signed this"),
    "correction_approved_by_another": Case(
        builders.make_correction,
        lambda row: {
            "state": "approved",
            "approved_by": row.written_by,
            "approved_at": timezone.now(),
            "approved_digest": "d",
        },
        "approved by someone who did not write it.",
    ),
    "correction_approved_whole_or_not": Case(
        builders.make_correction, lambda row: {"approved_digest": "d"}, "who gave it, when, and to what."
    ),
    "correction_state_has_its_facts": Case(
        builders.make_correction,
        lambda row: {"state": "published"},
        "a draft, approved, or published with its number.",
    ),
}
CASES |= {
    name: second_of(make, names=["investigation", field], says="This investigation has a row of that name already.")
    for make, name, field in (
        (builders.make_interview, "interview_once_a_short_name", "slug"),
        (builders.make_meeting, "meeting_once_a_short_name", "slug"),
        (builders.make_meeting_class, "meeting_class_once_a_short_name", "slug"),
        (builders.make_quote, "quote_once_a_short_name", "slug"),
        (builders.make_source, "source_once_a_code_name", "code_name"),
        (builders.make_story, "story_once_a_short_name", "slug"),
    )
}
CASES |= {
    "clearance_once_at_a_time": second_of(
        builders.make_clearance, names=["story", "counsel"], says="has been asked already and has not answered yet."
    ),
    "clearance_by_another": Case(
        builders.make_clearance, lambda row: {"asked_by": row.counsel}, "by somebody else than who asks."
    ),
    "clearance_answered_whole_or_not": Case(
        builders.make_clearance, lambda row: {"outcome": "cleared"}, "An answer says what came of it, and when."
    ),
    "clearance_says_what_is_wrong": Case(
        builders.make_clearance,
        lambda row: {"outcome": "not_cleared", "answered_at": timezone.now()},
        "Say what has to change, or why it isn't cleared.",
    ),
    "clearance_taken_back_by_whom_and_when": Case(
        builders.make_clearance, lambda row: {"taken_back_at": timezone.now()}, "names by whom and when"
    ),
}
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
    assert (correction.state, correction.approved_by, correction.approved_digest) == ("draft", None, "")


@pytest.mark.parametrize("mark", ["p0", "q1", "1", "p", "p01", "P1", "p1 "])
def test_a_mark_is_p_and_a_number(mark, db):
    with pytest.raises(ValidationError, match="A mark is p and a number"):
        builders.make_passage(mark=mark)
