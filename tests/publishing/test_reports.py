"""Readers' reports at the desk: who sees them, who answers, what a correction does to the report that began it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from investigations.models import Correction, GateRun
from investigations.publishing.refusal import Refused
from investigations.publishing.reports import answer, answered_by, draft_from, forget_readers, visible_reports
from investigations.publishing.steps import UNWRITTEN, submit
from investigations.record.models import Report
from investigations.vocabulary import CorrectionState, ReportOutcome
from tests import builders

NEEDLESS, CORRECTED = ReportOutcome.NO_CORRECTION, ReportOutcome.CORRECTED
DAY = builders.NEXT_DAY


@pytest.fixture
def report(published):
    """A report of an error in the story."""
    return builders.make_report(story=published, name="Robin Reader", address="robin@reader.example")


def fresh(report):
    return Report.objects.get(pk=report.pk)


# --- Who sees them ---


def test_the_team_and_standards_editors_see_a_report(report, reporter, editor, standards):
    for user in (reporter, editor, standards, builders.make_user("root", is_superuser=True)):
        assert list(visible_reports(user)) == [report]


def test_nobody_else_sees_it(report, investigation, outsider, counsel):
    guest = builders.make_user("guest")
    investigation.team.add(guest, counsel)
    for user in (outsider, counsel, guest, AnonymousUser()):
        assert list(visible_reports(user)) == []


def test_an_editor_of_another_investigation_does_not(report):
    elsewhere = builders.make_user("elsewhere", "Editor")
    builders.make_story(investigation=builders.make_investigation(team=[elsewhere]))
    assert not visible_reports(elsewhere).exists()


def test_its_name_says_nothing_of_who_sent_it(report):
    assert str(report) == f"report {report.pk}"


# --- Answering ---


def test_an_editor_says_that_no_correction_is_needed(report, editor):
    answer(report, NEEDLESS, " She said so\n in court. ", by=editor, now=DAY)
    found = fresh(report)
    assert (found.state, found.outcome, found.correction) == ("answered", "no_correction", None)
    assert (found.sentence, found.answered_at) == ("She said so in court.", DAY)


def test_an_editor_names_the_correction_that_corrects_it(report, published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    answer(report, CORRECTED, by=editor, correction=correction.number)
    assert fresh(report).correction == correction.number


def test_a_number_that_is_none_of_the_storys_is_refused(report, investigation, reporter, editor):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor)
    number = builders.correct_story(other, reporter=reporter, editor=editor).number
    with pytest.raises(Refused, match=f"This story has no correction {number}"):
        answer(report, CORRECTED, by=editor, correction=number)


@pytest.mark.parametrize(("outcome", "correction"), [(CORRECTED, None), (NEEDLESS, 1)])
def test_a_number_goes_with_a_correction_and_with_nothing_else(outcome, correction, report, editor):
    with pytest.raises(Refused, match="Say which correction corrects it"):
        answer(report, outcome, by=editor, correction=correction)


def test_reporters_do_not_answer_for_their_own_story(report, reporter):
    with pytest.raises(Refused, match="Only editors answer readers"):
        answer(report, NEEDLESS, by=reporter)
    assert fresh(report).state == "received"


def test_whoever_does_not_see_the_story_does_not_answer(report, counsel):
    elsewhere = builders.make_user("elsewhere", "Editor")
    for user in (elsewhere, counsel):
        with pytest.raises(Refused, match="not on this investigation's team"):
            answer(report, NEEDLESS, by=user)
        with pytest.raises(Refused, match="not on this investigation's team"):
            draft_from(report, by=user)


def test_an_answer_is_given_once(report, editor):
    answer(report, NEEDLESS, by=editor)
    with pytest.raises(Refused, match="has been answered"):
        answer(report, NEEDLESS, "Again.", by=editor)
    assert fresh(report).sentence == ""


def test_a_sentence_to_the_reader_passes_the_leak_gate(report, investigation, reporter, editor):
    source = builders.make_source(investigation=investigation, descriptor="an official", identity="known")
    builders.secrecy.write_identity(source, {"name": "Quentin Hollis"}, by=reporter)
    with pytest.raises(Refused, match="Protected words"):
        answer(report, NEEDLESS, "Quentin Hollis told us so.", by=editor)
    assert fresh(report).state == "received"
    assert GateRun.objects.get(verdict="held").by == editor
    answer(report, NEEDLESS, "An official told us so.", by=editor)


@pytest.mark.parametrize(
    "half",
    [
        {"state": "answered"},
        {"outcome": "no_correction"},
        {"sentence": "No."},
        {"answered_at": DAY},
        {"state": "answered", "answered_at": DAY},
        {"state": "answered", "answered_at": DAY, "outcome": "corrected"},
        {"state": "answered", "answered_at": DAY, "outcome": "no_correction", "correction": 1},
    ],
)
def test_half_an_answer_is_refused_by_the_database(half, report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**half)


# --- From a report to a correction ---


def test_one_click_begins_a_correction_of_the_story(report, published, reporter):
    correction = draft_from(report, by=reporter)
    assert (correction.story, correction.written_by, correction.report) == (published, reporter, report.pk)
    assert correction.state == CorrectionState.DRAFT


@pytest.mark.parametrize(("in_this_story", "noticed"), [(False, "reader"), (True, "subject")])
def test_it_says_who_noticed_and_none_of_the_readers_words(in_this_story, noticed, published, reporter):
    report = builders.make_report(story=published, in_this_story=in_this_story, wrong="Zoe Nandu told you.")
    correction = draft_from(report, by=reporter)
    assert (correction.note, correction.came_to_light) == (UNWRITTEN, noticed)


def test_it_goes_nowhere_until_its_note_is_written(report, published, reporter, editor):
    correction = draft_from(report, by=reporter)
    correction.edit(by=reporter, cause="reporting")
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    with pytest.raises(Refused, match="Write the note first"):
        submit(correction, by=reporter)
    with pytest.raises(Refused, match="Write the note first"):
        builders.correct(correction, by=editor, alone="It is late.")
    correction.edit(by=reporter, note="Lee Sample did not watch from the gallery.")
    submit(correction, by=reporter)


def test_whoever_begins_it_has_had_a_hand_in_it(report, published, editor):
    draft_from(report, by=editor)
    assert published.contributions.last().by == editor


def test_a_second_click_finds_the_draft_of_the_first(report, reporter, editor):
    assert draft_from(report, by=reporter) == draft_from(report, by=editor)
    assert Correction.objects.count() == 1


def test_after_a_draft_was_declined_another_may_be_begun(report, reporter):
    first = draft_from(report, by=reporter)
    Correction.objects.filter(pk=first.pk).update(state=CorrectionState.DECLINED)
    assert draft_from(report, by=reporter) != first


def test_no_correction_is_begun_for_a_report_that_is_answered(report, reporter, editor):
    answer(report, NEEDLESS, by=editor)
    with pytest.raises(Refused, match="has been answered"):
        draft_from(report, by=reporter)


def published_correction(report, story, reporter, editor):
    return builders.correct_story(story, reporter=reporter, editor=editor, report=report.pk)


def test_a_published_correction_answers_the_report_that_began_it(report, published, reporter, editor):
    correction = published_correction(report, published, reporter, editor)
    with transaction.atomic():
        answered_by(correction)
    found = fresh(report)
    assert (found.state, found.outcome, found.correction) == ("answered", "corrected", correction.number)
    assert found.answered_at == correction.published_at


def test_it_replaces_the_answer_that_none_was_needed(report, published, reporter, editor):
    answer(report, NEEDLESS, "We think not.", by=editor)
    correction = published_correction(report, published, reporter, editor)
    with transaction.atomic():
        answered_by(correction)
    assert (fresh(report).outcome, fresh(report).sentence) == ("corrected", "")


def test_to_answer_by_the_same_correction_again_changes_nothing(report, published, reporter, editor):
    correction = published_correction(report, published, reporter, editor)
    with transaction.atomic():
        answered_by(correction)
    correction.published_at += timedelta(days=1)
    with transaction.atomic():
        answered_by(correction)
    assert fresh(report).answered_at == DAY


def test_a_correction_that_no_report_began_answers_none(report, published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert answered_by(correction) is None
    assert len(queries) == 0
    assert fresh(report).state == "received"


# --- Forgetting who sent them ---


def sender(report):
    return (fresh(report).name, fresh(report).address)


def test_names_and_addresses_are_emptied_so_many_days_after_the_answer(report, editor):
    answer(report, NEEDLESS, "No.", by=editor, now=DAY)
    assert forget_readers(30, now=DAY + timedelta(days=29, hours=23)) == 0
    assert sender(report) == ("Robin Reader", "robin@reader.example")
    assert forget_readers(30, now=DAY + timedelta(days=30)) == 1
    assert sender(report) == ("", "")
    assert (fresh(report).wrong, fresh(report).sentence) == (report.wrong, "No.")


def test_to_forget_again_changes_nothing(report, editor):
    answer(report, NEEDLESS, by=editor, now=DAY)
    assert [forget_readers(0, now=DAY + timedelta(days=1)) for _ in range(2)] == [1, 0]


def test_what_waits_for_its_answer_is_forgotten_after_a_year(report):
    assert forget_readers(now=DAY + timedelta(days=364)) == 0
    assert forget_readers(now=DAY + timedelta(days=365)) == 1


def test_it_is_one_update_whatever_there_is(report, published, editor, django_assert_num_queries):
    for one in (report, *(builders.make_report(story=published, name="Kim") for _ in range(4))):
        answer(one, NEEDLESS, by=editor, now=DAY)
    with django_assert_num_queries(1):
        assert forget_readers(now=DAY + timedelta(days=31)) == 5


@pytest.mark.parametrize("days", [31, -1])
def test_readers_are_not_kept_for_longer_than_they_are_promised(days, db):
    with pytest.raises(Refused, match="Readers are promised 30 days"):
        forget_readers(days)
    with pytest.raises(CommandError, match="Readers are promised 30 days"):
        call_command("forget_readers", days=days)


def test_the_command_says_how_many_and_not_whom(report, editor, capsys):
    answer(report, NEEDLESS, by=editor, now=DAY)
    call_command("forget_readers", days=0)
    assert capsys.readouterr().out == "1 report no longer says who sent it.\n"
    assert sender(report) == ("", "")
