"""The desk's front page: what waits for whom, each line a link that leads to as many rows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from investigations.admin.waiting import GROUPS, REPORTS
from tests import builders

INDEX = reverse("admin:index")


def lines(client):
    return {line.words: line for line in client.get(INDEX).context["waiting"]}


def test_nothing_waits_at_a_new_desk(as_user, outsider):
    assert "Nothing waits for you." in as_user(outsider).get(INDEX).content.decode()


@pytest.fixture
def waiting(investigation, story, reporter, editor):
    """One of everything that can wait."""
    builders.make_quote(investigation=investigation, terms="")
    builders.make_meeting(investigation=investigation)
    builders.make_correction(story=story, written_by=reporter)
    other = builders.make_correction(story=story, written_by=builders.make_user("second", "Reporter"))
    type(other).objects.filter(pk=other.pk).update(state="submitted")


def test_an_editor_is_waited_for_to_approve_what_others_wrote(waiting, as_user, editor):
    assert "corrections by others to approve" in lines(as_user(editor))


def test_a_reporter_is_not_asked_to_approve_but_told_what_waits(waiting, as_user, reporter):
    found = lines(as_user(reporter))
    assert "corrections by others to approve" not in found
    assert found["corrections of yours to finish and submit"].count == 1


def test_records_that_need_something_wait_for_the_team(waiting, as_user, reporter):
    found = lines(as_user(reporter))
    assert found["quotes without terms"].count == 1
    assert found["meetings that nothing on file shows"].count == 1


def test_an_outsider_is_waited_for_by_nothing_of_it(waiting, as_user, outsider):
    assert lines(as_user(outsider)) == {}


@pytest.mark.parametrize(
    "words",
    ["quotes without terms", "meetings that nothing on file shows"],
)
def test_a_line_leads_to_as_many_rows_as_it_says(words, waiting, investigation, as_user, editor):
    builders.make_quote(investigation=investigation)
    source = builders.make_source(investigation=investigation)
    builders.make_meeting(investigation=investigation, source=source)
    client = as_user(editor)
    line = lines(client)[words]
    response = client.get(line.href)
    assert response.status_code == 200
    assert response.context["cl"].result_count == line.count


def test_a_story_that_another_signed_waits_for_the_second(story, as_user, reporter, editor):
    builders.sign(story, by=reporter)
    assert lines(as_user(editor))["stories that others signed and you have not"].count == 1
    assert "stories that others signed and you have not" not in lines(as_user(reporter))


def test_a_story_waits_for_nobodys_signature_once_readers_have_it(published, as_user, standards):
    assert "stories that others signed and you have not" not in lines(as_user(standards))


def test_an_approved_correction_waits_to_be_published_and_then_no_more(published, as_user, reporter, editor):
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    correction = builders.make_submitted(story=published, written_by=reporter)
    builders.approve(correction, by=editor)
    assert lines(as_user(editor))["approved corrections to publish"].count == 1
    builders.correct(correction, by=editor)
    assert "approved corrections to publish" not in lines(as_user(editor))


def test_somebody_on_the_team_without_a_group_is_told_no_counts(waiting, investigation, as_user):
    guest = builders.make_user("guest")
    investigation.team.add(guest)
    assert lines(as_user(guest)) == {}


# --- Deadlines, embargoes, reports, comments ---


def in_days(days):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def ending(investigation, story, reporter, editor):
    """One of everything that has a day, two stories by others, and reports of several ages."""
    for deadline in (in_days(-1), in_days(3), in_days(30)):
        builders.make_comment_request(story=story, deadline=deadline)
    for until in (in_days(3), in_days(30)):
        builders.make_quote(investigation=investigation, embargo_until=until)
        builders.make_interview(source=builders.make_source(investigation=investigation), embargo_until=until)
    other = builders.make_story(investigation=investigation)
    builders.make_scheduled_publication(story=other)
    builders.make_story_comment(story=other)
    builders.make_story_comment(story=other)
    builders.sign(story, by=reporter)
    for days in (0, 2, 9, 40):
        builders.make_report(story=story, received_at=in_days(-days))


LINES = {
    "requests for comment past their deadline": 1,
    "replies due within a week": 1,
    "requests for comment without a reply": 3,
    "quotes whose embargo ends within a week": 1,
    "interviews whose embargo ends within a week": 1,
    "stories set to go out by themselves": 1,
    "stories with comments to settle": 1,
    "stories that others signed and you have not": 1,
    "readers’ reports to read": 4,
    "of these came more than a day ago": 3,
    "of these came more than a week ago": 2,
    "of these came more than a month ago": 1,
}


def test_each_line_leads_to_exactly_the_rows_that_it_counts(ending, as_user, editor):
    client = as_user(editor)
    found = lines(client)
    counted = {words: found[words].count for words in LINES}
    listed = {words: client.get(found[words].href).context["cl"].result_count for words in LINES}
    assert (counted, listed) == (LINES, LINES)


def test_lines_stand_under_the_heading_of_their_group(ending, as_user, editor):
    page = as_user(editor).get(INDEX).content.decode()
    assert [
        heading for heading in re.findall("<h3>([^<]+)</h3>", page) if heading in GROUPS or heading == REPORTS
    ] == [*(REPORTS, "Stories", "Deadlines and embargoes")]


def test_an_outsider_is_told_of_no_day_no_report_and_no_story(ending, as_user, outsider, story):
    client = as_user(outsider)
    assert lines(client) == {}
    assert story.headline not in client.get(INDEX).content.decode()


@pytest.mark.parametrize("standing", ["mine", "signed", "commented", "scheduled"])
def test_the_lists_behind_the_lines_show_an_outsider_nothing(ending, standing, as_user, outsider):
    address = reverse("admin:investigations_story_changelist")
    assert as_user(outsider).get(address, {"standing": standing}).context["cl"].result_count == 0


# --- My stories ---


def own(client):
    return client.get(INDEX).context["own"]


def test_my_stories_stand_there_with_what_the_check_finds(story, as_user, reporter):
    story.passages.get(mark="p2").evidence.all().delete()
    (row,) = own(as_user(reporter)).shown
    assert (row.story, row.must_fix, row.look_at) == (story, 1, 0)
    assert (
        f'<a href="{row.href}">{story.headline}</a>: <strong>1 to fix</strong>'
        in as_user(reporter).get(INDEX).content.decode()
    )


def test_of_a_story_without_findings_that_is_said(story, as_user, reporter):
    assert "the check finds nothing" in as_user(reporter).get(INDEX).content.decode()


def test_stories_of_others_and_stories_that_readers_have_are_not_among_them(published, as_user, reporter, editor):
    assert own(as_user(reporter)).shown == []
    assert "Your stories" not in as_user(editor).get(INDEX).content.decode()


def test_whoever_was_taken_off_the_team_has_no_stories_of_it(story, investigation, as_user, reporter):
    investigation.team.remove(reporter)
    assert own(as_user(reporter)).shown == []


def test_the_newest_are_shown_and_the_rest_is_a_link_to_all(investigation, as_user, reporter):
    made = [builders.make_ready_story(investigation=investigation, by=reporter) for _ in range(6)]
    client = as_user(reporter)
    found = own(client)
    assert (len(found.shown), found.more) == (5, True)
    assert client.get(found.href).context["cl"].result_count == len(made)
    assert "Over 5: all of them" in client.get(INDEX).content.decode()


def test_as_many_queries_with_twenty_rows_of_everything_as_with_one(investigation, story, as_user, reporter, editor):
    client, counts = as_user(editor), []
    for more in (1, 19):
        for _ in range(more):
            one_more(investigation, story, reporter)
        with CaptureQueriesContext(connection) as found:
            client.get(INDEX)
        counts.append(len(found))
    assert counts[0] == counts[1]


def one_more(investigation, story, reporter):
    """A row more for many of the lines."""
    builders.make_comment_request(story=story, deadline=in_days(-1))
    builders.make_quote(investigation=investigation, embargo_until=in_days(3), terms="")
    builders.make_meeting(investigation=investigation)
    builders.make_story_comment(story=builders.make_ready_story(investigation=investigation, by=reporter))
    builders.make_report(story=story)


def test_my_five_stories_are_all_that_is_checked(investigation, as_user, reporter):
    client, counts = as_user(reporter), []
    for more in (6, 14):
        for _ in range(more):
            builders.make_ready_story(investigation=investigation, by=reporter)
        with CaptureQueriesContext(connection) as found:
            client.get(INDEX)
        counts.append(len(found))
    assert counts[0] == counts[1]
