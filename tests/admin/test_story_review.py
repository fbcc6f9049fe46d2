"""The story's screen and list: how far it has come, the buttons of each state, and who is waited for."""

import re

import pytest
from django.urls import reverse

from investigations.publishing.reviewing import mark_ready, send_back, send_to_editor
from tests.admin.forms import sentences

INDEX = reverse("admin:index")
LIST = reverse("admin:investigations_story_changelist")


def page(story, name="change"):
    return reverse(f"admin:investigations_story_{name}", args=[story.pk])


def lines(client):
    return {line.words: line for line in client.get(INDEX).context["waiting"]}


def offered(client, story):
    html = client.get(page(story)).content.decode()
    return set(re.findall(r'<button [^>]*form="(send|send-back|ready)-form"', html))


def test_the_buttons_send_it_and_call_it_ready(story, as_user, reporter, editor):
    assert offered(as_user(reporter), story) == {"send"}
    told = as_user(reporter).post(page(story, "send"), {"said": "For Friday."}, follow=True)
    assert sentences(told) == ["Sent: every editor of the team finds it on their front page."]
    assert "“For Friday.”" in told.content.decode()
    assert offered(as_user(reporter), story) == set()
    assert offered(as_user(editor), story) == {"send-back", "ready"}
    as_user(editor).post(page(story, "ready"))
    assert offered(as_user(editor), story) == {"send-back"}


def test_the_screen_says_that_words_changed_since_it_was_ready(story, as_user, reporter, editor):
    send_to_editor(story, by=reporter)
    mark_ready(story, by=editor)
    story.edit(by=reporter, headline="Another")
    assert "the words changed since it was called ready" in as_user(reporter).get(page(story)).content.decode()


def test_a_refusal_is_said_in_its_own_words(story, as_user, editor):
    told = sentences(as_user(editor).post(page(story, "send_back"), {"said": "Why?"}, follow=True))
    assert told == ["This story is a draft: it can’t be sent back; it can be sent to the editors."]


@pytest.mark.parametrize("verb", ["send", "send_back", "ready"])
def test_opening_an_address_does_nothing(verb, story, as_user, editor):
    assert as_user(editor).get(page(story, verb)).status_code == 405
    assert not story.reviews.exists()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("editor", "stories sent to you for review"),
        ("editor", "stories that are ready: sign and publish"),
        ("reporter", "stories of yours that were sent back"),
    ],
)
def test_whoever_is_waited_for_is_told_with_a_link_to_as_many(who, words, story, as_user, request, reporter, editor):
    send_to_editor(story, by=reporter)
    if "ready" in words:
        mark_ready(story, by=editor)
    if "back" in words:
        send_back(story, by=editor, comment="Who says so?")
    client = as_user(request.getfixturevalue(who))
    line = lines(client)[words]
    assert client.get(line.href).context["cl"].result_count == line.count == 1


def test_a_reporter_is_not_asked_to_review(story, as_user, reporter):
    send_to_editor(story, by=reporter)
    assert "stories sent to you for review" not in lines(as_user(reporter))
