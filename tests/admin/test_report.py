"""Readers' reports at the desk: the list, the page with the words, the answer, a correction in one click."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.models import Correction
from investigations.record.models import Part, Report
from tests import builders
from tests.admin.forms import sentences

LIST = reverse("admin:record_report_changelist")
NAME, ADDRESS = "Robin Reader", "robin@reader.example"


@pytest.fixture
def report(published):
    """A report of an error in the story's first passage, by somebody who says who they are."""
    return builders.make_report(story=published, right="It was May.", name=NAME, address=ADDRESS)


def page(report, name="change"):
    return reverse(f"admin:record_report_{name}", args=[report.pk])


def shown(client, address):
    return client.get(address).content.decode()


def listed(client, query=""):
    return list(client.get(f"{LIST}{query}").context["cl"].result_list)


# --- The list ---


def test_the_list_names_the_story_and_nobody(report, published, as_user, editor):
    html = shown(as_user(editor), LIST)
    assert published.headline in html
    assert NAME not in html
    assert ADDRESS not in html


def test_reports_are_filtered_by_where_they_stand_by_story_and_by_whom_they_concern(
    report, investigation, as_user, reporter, editor
):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor)
    day = builders.NEXT_DAY
    answered = {"state": "answered", "outcome": "no_correction", "answered_at": day}
    late = builders.make_report(story=other, in_this_story=True, received_at=day + timedelta(days=2), **answered)
    client = as_user(reporter)
    assert listed(client) == [late, report]
    assert listed(client, "?state__exact=received") == [report]
    assert listed(client, "?in_this_story__exact=1") == [late]
    assert listed(client, f"?story={report.work}") == [report]
    assert listed(client, "?story=story:nothing") == []
    assert listed(client, "?received_at__gte=2026-03-04 00:00:00%2B00:00") == [late]


def test_stories_of_others_are_not_offered(report, published, as_user, outsider):
    html = shown(as_user(outsider), LIST)
    assert published.headline not in html


@pytest.mark.parametrize("question", ["name__startswith=R", "address__contains=reader", "wrong__contains=April"])
def test_no_question_is_answered_but_the_lists_own(question, report, as_user, reporter):
    assert as_user(reporter).get(f"{LIST}?{question}").status_code in {302, 400}


def test_the_list_takes_the_same_queries_for_any_number_of_reports(report, published, as_user, editor):
    client, counts = as_user(editor), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
        for _ in range(9):
            builders.make_report(story=published)
    assert counts[0] == counts[1]


# --- The page ---


def test_the_page_shows_the_words_what_is_said_of_them_and_where_readers_have_them(
    report, published, as_user, reporter
):
    html = shown(as_user(reporter), page(report))
    assert "<p>met in secret in March</p>" in html
    assert f'href="/stories/{published.slug}/editions/1/#p1"' in html
    assert "It was in April." in html
    assert "It was May." in html


def test_editors_read_who_sent_it_and_reporters_do_not(report, as_user, reporter, editor, standards):
    for user, reads in ((reporter, False), (editor, True), (standards, True)):
        html = shown(as_user(user), page(report))
        assert (user.username, NAME in html, ADDRESS in html) == (user.username, reads, reads)


def test_withheld_words_are_not_shown_here_either(report, as_user, editor, standards):
    part = Part.objects.get(kind="block", key="b1")
    builders.withhold_part(part, "hidden")
    html = shown(as_user(editor), page(report))
    assert "met in secret" not in html
    assert "These words were withheld from readers." in html


def test_nobody_changes_what_a_reader_wrote(report, as_user, standards):
    assert as_user(standards).post(page(report), {"wrong": "Nothing."}).status_code == 403
    assert "_save" not in shown(as_user(standards), page(report))


# --- The buttons ---


def test_an_editor_answers(report, as_user, editor):
    client = as_user(editor)
    said = {"outcome": "no_correction", "sentence": "She said so in court."}
    assert sentences(client.post(page(report, "answer"), said, follow=True)) == [
        "Answered: the reader’s receipt says so."
    ]
    found = Report.objects.get()
    assert (found.state, found.sentence) == ("answered", "She said so in court.")
    assert "She said so in court." in shown(client, page(report))
    assert "answer-heading" not in shown(client, page(report))


def test_an_editor_chooses_among_the_storys_corrections(report, published, as_user, reporter, editor):
    number = builders.correct_story(published, reporter=reporter, editor=editor).number
    client = as_user(editor)
    assert f'<option value="{number}">Corrected: Correction {number}</option>' in shown(client, page(report))
    client.post(page(report, "answer"), {"outcome": number})
    assert Report.objects.get().correction == number


@pytest.mark.parametrize("outcome", ["", "999", "corrected", "nothing"])
def test_an_answer_that_is_none_is_refused(outcome, report, as_user, editor):
    told = sentences(as_user(editor).post(page(report, "answer"), {"outcome": outcome}, follow=True))
    assert len(told) == 1
    assert Report.objects.get().state == "received"


def test_a_reporter_is_offered_no_answer_and_gives_none(report, as_user, reporter):
    client = as_user(reporter)
    assert "answer-heading" not in shown(client, page(report))
    told = sentences(client.post(page(report, "answer"), {"outcome": "no_correction"}, follow=True))
    assert told == ["Only editors answer readers."]


def test_one_click_leads_to_a_correction_draft(report, published, as_user, reporter):
    client = as_user(reporter)
    answer = client.post(page(report, "draft"))
    correction = Correction.objects.get()
    assert answer.url == reverse("admin:investigations_correction_change", args=[correction.pk])
    assert (correction.story, correction.written_by, correction.report) == (published, reporter, report.pk)
    assert answer.url in shown(client, page(report))
    assert 'form="draft-form"' not in shown(client, page(report))


def test_the_history_says_who_did_what_and_names_no_reader(report, as_user, reporter, editor):
    as_user(reporter).post(page(report, "draft"))
    as_user(editor).post(page(report, "answer"), {"outcome": "no_correction"})
    told = [(entry.user, entry.object_repr, entry.change_message) for entry in LogEntry.objects.order_by("pk")]
    assert told == [
        (reporter, f"report {report.pk}", "Correction draft begun."),
        (editor, f"report {report.pk}", "Answered."),
    ]


# --- The front page ---


def waiting(client):
    return [line for line in client.get(reverse("admin:index")).context["waiting"] if "reports" in line.words]


def test_reports_wait_to_be_read_by_those_who_see_the_story(report, published, as_user, reporter, editor, outsider):
    builders.make_report(story=published)
    for user in (reporter, editor):
        client = as_user(user)
        (line,) = waiting(client)
        assert (line.count, line.words) == (2, "readers’ reports to read")
        assert client.get(line.href).context["cl"].result_count == 2
    assert waiting(as_user(outsider)) == []


def test_what_is_answered_waits_no_more(report, as_user, editor):
    client = as_user(editor)
    client.post(page(report, "answer"), {"outcome": "no_correction"})
    assert waiting(client) == []
