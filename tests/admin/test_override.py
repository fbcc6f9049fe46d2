"""The story check on the story's screen, and the button that lets a finding pass."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from investigations.models import FindingOverride, Quote
from tests import builders
from tests.admin.forms import sentences

WHY = "The photographer asked for it."


def address(page, story):
    return reverse(f"admin:investigations_story_{page}", args=[story.pk])


@pytest.fixture
def faulty(story):
    """A story with a picture that says nothing to those who don't see it."""
    builders.make_figure(story=story, alt_text="")
    return story


def shown(client, story):
    return client.get(address("change", story)).content.decode()


def form_of(html, reason=WHY):
    (finding,) = re.findall(r'name="finding" value="([^"]*)" form="override-form"', html)
    return {"finding": finding, f"reason-{finding.split()[-1]}": reason}


def test_an_editor_lets_a_finding_pass_at_its_place_and_it_is_logged(faulty, editor, as_user):
    client = as_user(editor)
    html = shown(client, faulty)
    assert "This may be read in court." in html
    client.post(address("override", faulty), form_of(html))
    row = FindingOverride.objects.get()
    assert (row.finding, row.reason, row.by) == ("story.E080", WHY, editor)
    entry = LogEntry.objects.get(object_id=str(faulty.pk))
    assert (entry.user, entry.change_message) == (editor, "Let story.E080 pass.")
    after = shown(client, faulty)
    assert "Must fix: 0" in after
    assert re.search(rf"Let pass</strong> by editor, .*: {WHY}", after)
    assert 'form="override-form"' not in after


def test_without_a_reason_the_screen_says_why_not(faulty, editor, as_user):
    client = as_user(editor)
    response = client.post(address("override", faulty), form_of(shown(client, faulty), ""), follow=True)
    assert any("read in court" in sentence for sentence in sentences(response))
    assert not FindingOverride.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_reporter_sees_no_button_and_gets_nowhere_without_one(faulty, reporter, as_user):
    client = as_user(reporter)
    assert "read in court" not in shown(client, faulty)
    client.post(address("override", faulty), {"finding": "story.E080", "reason": WHY})
    assert not FindingOverride.objects.exists()


def test_a_finding_that_nobody_may_let_pass_has_no_button(story, editor, as_user):
    Quote._base_manager.update(terms="")
    html = shown(as_user(editor), story)
    assert "Must fix: 2" in html
    assert "read in court" not in html


def test_five_of_a_group_are_shown_and_the_rest_is_behind_a_line(story, editor, as_user):
    for _ in range(7):
        builders.make_comment_request(story=story)
    html = shown(as_user(editor), story)
    check = html[html.index("<h3>Look at: 7</h3>") : html.index("<h3>Fine</h3>")]
    before, _, behind = check.partition("<summary>2 more</summary>")
    assert (before.count("story.W073"), behind.count("story.W073")) == (5, 2)


def test_what_is_fine_is_said_as_a_number(story, editor, as_user):
    html = shown(as_user(editor), story)
    rules = re.search(r"(\d+) of (\d+) rules found nothing", html)
    assert rules[1] == rules[2]


def test_the_strength_of_a_passage_stands_beside_the_text_and_on_its_screen(story, editor, as_user):
    client = as_user(editor)
    assert shown(client, story).count("1 origin, 1 named, 1 first-hand") == 2
    passage = reverse("admin:investigations_passage_change", args=[story.passages.first().pk])
    assert "How strong: 1 origin, 1 named, 1 first-hand." in client.get(passage).content.decode()
