"""Counsel is asked, reads the story as readers would get it, and answers for exactly that."""

import pytest

from investigations.models import Clearance, Evidence
from investigations.publishing.clearing import (
    ask_counsel,
    clear,
    clearances_of,
    counsels,
    reading_for,
    take_back,
)
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import digest_now
from investigations.record.models import Edition
from tests import builders


@pytest.fixture
def asked(story, counsel, reporter):
    return ask_counsel(story, counsel, by=reporter)


def answer(clearance, counsel, **values):
    clear(clearance, by=counsel, **{"outcome": "cleared", "note": "", **values})
    clearance.refresh_from_db()
    return clearance


def changed(story, by):
    story.edit(by=by, body=story.body.replace("The chair said", "She said"))


# --- Asking ---


def test_a_request_is_bound_to_the_story_as_it_stands(asked, story, counsel, reporter):
    assert (asked.counsel, asked.asked_by, asked.digest) == (counsel, reporter, digest_now(story))
    assert asked.is_open
    assert asked.asked_at


def test_who_is_not_on_the_team_asks_nobody(story, counsel, outsider):
    with pytest.raises(Refused, match="not on this investigation's team"):
        ask_counsel(story, counsel, by=outsider)


def test_counsel_asks_no_other_counsel(story, counsel):
    story.investigation.team.add(counsel)
    with pytest.raises(Refused):
        ask_counsel(story, builders.make_user("second", "Counsel"), by=counsel)


def test_a_colleague_who_is_no_counsel_cant_be_asked(story, reporter, editor):
    with pytest.raises(Refused, match="Only counsel can be asked"):
        ask_counsel(story, editor, by=reporter)


def test_a_lawyer_who_has_left_cant_be_asked(story, counsel, reporter):
    counsel.is_active = False
    counsel.save()
    with pytest.raises(Refused, match="Only counsel"):
        ask_counsel(story, counsel, by=reporter)
    assert list(counsels()) == []


def test_nobody_asks_themselves(story, reporter):
    reporter.groups.add(builders.Group.objects.get(name="Counsel"))
    with pytest.raises(Refused, match="somebody else than who asks"):
        ask_counsel(story, type(reporter).objects.get(pk=reporter.pk), by=reporter)


def test_a_lawyer_is_asked_once_until_they_answer(asked, story, counsel, reporter):
    with pytest.raises(Refused, match="has not answered yet"):
        ask_counsel(story, counsel, by=reporter)
    answer(asked, counsel)
    assert ask_counsel(story, counsel, by=reporter).is_open


def test_a_story_that_cant_be_shown_is_not_for_counsel_either(story, counsel, reporter):
    quote = Evidence.objects.filter(passage__story=story).first().quote
    quote.terms = "off_record"
    quote.save()
    with pytest.raises(Refused, match="words that can't go out"):
        ask_counsel(story, counsel, by=reporter)
    assert not Clearance.objects.exists()


def test_the_group_counsel_is_who_can_be_asked_and_no_superuser(counsel, reporter, editor, standards):
    builders.make_user("root", is_superuser=True)
    assert list(counsels()) == [counsel]


# --- Answering ---


@pytest.mark.parametrize("outcome", ["cleared", "with_changes", "not_cleared"])
def test_an_answer_says_what_came_of_it_of_what_and_when(outcome, asked, story, counsel):
    row = answer(asked, counsel, outcome=outcome, note=" Strike the second paragraph. ")
    assert (row.outcome, row.note, row.digest) == (outcome, "Strike the second paragraph.", digest_now(story))
    assert row.answered_at
    assert not row.is_open


@pytest.mark.parametrize("outcome", ["", "perhaps"])
def test_no_answer_is_no_answer(outcome, asked, counsel):
    with pytest.raises(Refused, match="Say whether it is cleared"):
        answer(asked, counsel, outcome=outcome)


@pytest.mark.parametrize("outcome", ["with_changes", "not_cleared"])
def test_what_is_wrong_is_said(outcome, asked, counsel):
    with pytest.raises(Refused, match="Say what has to change"):
        answer(asked, counsel, outcome=outcome, note=" ")
    assert Clearance.objects.get().is_open


def test_nobody_else_answers(asked, reporter, editor, standards):
    for user in (reporter, editor, standards, builders.make_user("second", "Counsel")):
        with pytest.raises(Refused, match="Only the lawyer who is asked"):
            answer(asked, user)


def test_an_answer_is_given_once(asked, counsel):
    answer(asked, counsel)
    with pytest.raises(Refused, match="only once"):
        answer(asked, counsel, outcome="not_cleared", note="No.")


def test_an_answer_to_other_words_than_those_read_is_refused(asked, story, counsel, reporter):
    read = digest_now(story)
    changed(story, reporter)
    with pytest.raises(Refused, match="changed while you read it"):
        answer(asked, counsel, read=read)
    assert answer(asked, counsel, read=digest_now(story)).outcome == "cleared"


def test_what_was_cleared_and_changed_since_says_so(asked, story, counsel, reporter):
    answer(asked, counsel)
    assert clearances_of(story, digest_now(story)) == [(asked, False)]
    changed(story, reporter)
    assert clearances_of(story, digest_now(story)) == [(asked, True)]


def test_another_showing_of_evidence_is_a_change_too(asked, story, counsel):
    answer(asked, counsel)
    Evidence.objects.filter(passage__story=story).update(showing="counted")
    assert clearances_of(story, digest_now(story)) == [(asked, True)]


# --- Taking back ---


def test_a_request_is_taken_back_by_the_team_alone(asked, counsel, editor, outsider):
    for user in (outsider, counsel):
        with pytest.raises(Refused):
            take_back(asked, by=user)
    take_back(asked, by=editor)
    asked.refresh_from_db()
    assert (asked.taken_back_by, asked.is_open) == (editor, False)


def test_what_is_taken_back_is_not_answered_and_what_is_answered_not_taken_back(asked, story, counsel, reporter):
    take_back(asked, by=reporter)
    with pytest.raises(Refused, match="Only the lawyer who is asked"):
        answer(asked, counsel)
    second = ask_counsel(story, counsel, by=reporter)
    answer(second, counsel)
    for row in (asked, second):
        with pytest.raises(Refused, match="answered or taken back already"):
            take_back(row, by=reporter)


# --- Reading ---


def test_counsel_reads_the_edition_that_would_be_and_nothing_is_written(asked, story):
    reading = reading_for(asked)
    assert reading.edition.header["headline"] == story.headline
    assert (reading.edition.digest, reading.changed) == (asked.digest, False)
    assert not Edition.objects.exists()


def test_counsel_is_told_that_the_story_was_changed_since_they_were_asked(asked, story, reporter):
    changed(story, reporter)
    assert reading_for(asked).changed


def test_while_the_story_cant_be_shown_there_is_nothing_to_read(asked, story):
    quote = Evidence.objects.filter(passage__story=story).first().quote
    type(quote)._base_manager.filter(pk=quote.pk).update(terms="")
    assert reading_for(Clearance.objects.get()) is None


# --- Who sees a request ---


def test_the_team_sees_every_request_and_counsel_their_open_ones(asked, counsel, reporter, outsider):
    second = builders.make_clearance(story=asked.story)
    assert set(Clearance.objects.visible_to(reporter)) == {asked, second}
    assert list(Clearance.objects.visible_to(counsel)) == [asked]
    assert list(Clearance.objects.visible_to(outsider)) == []
    answer(asked, counsel)
    assert list(Clearance.objects.visible_to(counsel)) == []


def test_a_lawyer_who_leaves_the_group_sees_nothing_any_longer(asked, counsel):
    counsel.groups.clear()
    assert list(Clearance.objects.visible_to(type(counsel).objects.get(pk=counsel.pk))) == []
