"""The box on the story's screen: set, told, cancelled, and what came to nothing on the front page."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from investigations.models import Evidence, ScheduledPublication
from investigations.publishing.scheduling import publish_due
from tests import builders
from tests.admin.forms import sentences

BOX = 'id="schedule-due"'


def page(story, name="change"):
    return reverse(f"admin:investigations_story_{name}", args=[story.pk])


@pytest.fixture
def signed(story, reporter, editor):
    for somebody in (reporter, editor):
        builders.sign(story, by=somebody)
    return story


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(builders.MORNING, tick=False):
        yield


def test_an_editor_sets_it_by_the_newsrooms_clock_and_cancels(signed, as_user, editor):
    client = as_user(editor)
    told = client.post(page(signed, "schedule"), {"due": "2026-03-03T06:00"}, follow=True)
    assert sentences(told) == ["Set: it goes out by itself, if nothing changes until then."]
    assert ScheduledPublication.objects.get().due == datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    html = told.content.decode()
    assert "Goes out March 3, 2026, 6:00 a.m. EST" in html
    assert BOX not in html
    told = client.post(page(signed, "cancel"), follow=True)
    assert sentences(told) == ["Cancelled: it doesn’t go out by itself."]
    assert BOX in told.content.decode()


def test_a_time_that_the_clocks_skip_is_refused_in_a_sentence(signed, as_user, editor):
    told = as_user(editor).post(page(signed, "schedule"), {"due": "2026-03-08T02:30"}, follow=True)
    assert sentences(told)[0].startswith("2:30 a.m. on March 8, 2026 doesn’t exist here")
    assert not ScheduledPublication.objects.exists()


def test_a_reporter_is_offered_no_box(signed, as_user, reporter):
    assert BOX not in as_user(reporter).get(page(signed)).content.decode()


@pytest.mark.parametrize("verb", ["schedule", "cancel"])
def test_opening_an_address_does_nothing(verb, signed, as_user, editor):
    assert as_user(editor).get(page(signed, verb)).status_code == 405


def test_what_did_not_go_out_says_why_on_its_screen_and_stands_on_the_front_page(signed, as_user, editor):
    client = as_user(editor)
    client.post(page(signed, "schedule"), {"due": "2026-03-03T06:00"})
    Evidence.objects.filter(passage__story=signed).delete()
    with time_machine.travel(builders.DAY_AFTER, tick=False):
        publish_due()
        html = as_user(editor).get(page(signed)).content.decode()
        waiting = as_user(editor).get(reverse("admin:index")).context["waiting"]
        line = next(line for line in waiting if line.words == "stories that were due and did not go out")
        assert client.get(line.href).context["cl"].result_count == line.count == 1
    assert "Did not go out March 3, 2026, 6:00 a.m. EST:</strong> The story can&#x27;t go out" in html
