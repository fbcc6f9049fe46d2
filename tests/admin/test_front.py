"""The desk's front page: what waits for whom, each line a link that leads to as many rows."""

import pytest
from django.urls import reverse

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
