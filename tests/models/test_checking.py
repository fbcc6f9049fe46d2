"""A quote or meeting is checked by somebody else than who entered it, and again once it reads otherwise."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from investigations.models import Meeting, Quote
from tests import builders

MAKE = pytest.mark.parametrize("make", [builders.make_quote, builders.make_meeting], ids=["quote", "meeting"])


def checked(row, by):
    row.hold_against("the recording", by=by, now=builders.MORNING)
    row.save()
    row.refresh_from_db()
    assert row.checked_by == by
    return row


def still_checked(row):
    row.refresh_from_db()
    return row.checked_at is not None


@MAKE
def test_whoever_entered_it_checks_it_not(make, reporter, editor):
    row = make(entered_by=reporter)
    with pytest.raises(ValidationError, match="You entered this yourself"):
        row.hold_against("the recording", by=reporter)
    assert checked(row, editor).checked_against == "the recording"


@MAKE
def test_the_database_refuses_ones_own_check_too(make, reporter):
    row = make(entered_by=reporter)
    check = {"checked_against": "x", "checked_by": reporter, "checked_at": builders.MORNING}
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**check)


@MAKE
def test_of_whom_nobody_knows_who_entered_it_anybody_may_check(make, reporter):
    checked(make(), reporter)


@MAKE
def test_a_check_is_taken_back_by_saying_nothing(make, editor):
    row = checked(make(), editor)
    row.hold_against(" ", by=editor)
    row.save()
    assert not still_checked(row)


CHANGES = [
    (builders.make_quote, "words", "We never signed it"),
    (builders.make_quote, "form", "paraphrase"),
    (builders.make_quote, "said", "March 3, 2017"),
    (builders.make_quote, "speaker_label", "the chair"),
    (builders.make_meeting, "title", "Another dinner"),
    (builders.make_meeting, "when", "May 2016"),
    (builders.make_meeting, "place", "Rome"),
    (builders.make_meeting, "description", "They signed."),
]


@pytest.mark.parametrize(("make", "field", "value"), CHANGES, ids=lambda value: str(value)[:20])
def test_what_reads_otherwise_needs_its_check_again(make, field, value, editor):
    row = checked(make(), editor)
    setattr(row, field, value)
    row.save()
    assert not still_checked(row)
    assert (row.checked_against, row.checked_by) == ("", None)


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [(builders.make_quote, "locator", "page 3"), (builders.make_quote, "setting", "by telephone"),
     (builders.make_quote, "terms_wording", "As agreed."), (builders.make_meeting, "locator", "page 3")],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_a_check_is_not_about_leaves_it(make, field, value, editor):
    row = checked(make(), editor)
    setattr(row, field, value)
    row.save()
    assert still_checked(row)


def test_a_date_moved_on_the_interview_voids_the_checks_of_its_quotes(editor):
    interview = builders.make_interview()
    quote = checked(builders.make_quote(interview=interview, source=interview.source), editor)
    interview.setting = "by telephone"
    interview.save()
    assert still_checked(quote)
    interview.said = "March 9, 2017"
    interview.save()
    assert not still_checked(quote)


@pytest.mark.parametrize("how", ["added", "changed", "taken away"])
def test_who_was_there_is_a_part_of_what_was_checked(how, editor):
    meeting = builders.make_meeting()
    row = builders.make_attendance(meeting=meeting)
    checked(meeting, editor)
    if how == "added":
        builders.make_attendance(meeting=meeting)
    elif how == "changed":
        row.role_as_of = "chair"
        row.save()
    else:
        row.delete()
    assert not still_checked(meeting)


def test_what_changed_is_theirs_who_changed_it(reporter, editor):
    quote = builders.make_quote(entered_by=reporter)
    quote.locator = "page 3"
    quote.enter(by=editor)
    assert quote.entered_by == reporter
    quote.words = "We never signed it"
    quote.enter(by=editor)
    assert quote.entered_by == editor


@pytest.mark.parametrize("noun", ["quote", "meeting"])
def test_to_check_is_what_a_story_uses_and_others_entered(noun, story, reporter, editor):
    make = {"quote": builders.make_quote, "meeting": builders.make_meeting}[noun]
    model = {"quote": Quote, "meeting": Meeting}[noun]
    passage, work = story.passages.first(), {"investigation": story.investigation}
    passage.evidence.all().delete()
    used, own, done = make(**work), make(entered_by=editor, **work), checked(make(**work), reporter)
    make(**work)
    for row in (used, own, done, used):
        builders.make_evidence(passage=passage, **{noun: row})
    others = model.objects.filter(evidence__passage=passage)
    assert list(model.objects.to_check_by(editor).filter(pk__in=others.values("pk"))) == [used]
