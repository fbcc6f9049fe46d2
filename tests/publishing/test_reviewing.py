"""A story’s way: draft, in review, ready, published; what was ready is in review again once its words change."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from investigations.models import Evidence, Story, StoryReview
from investigations.publishing.refusal import Refused
from investigations.publishing.reviewing import (
    mark_ready,
    review_state,
    send_back,
    send_to_editor,
    stories_returned,
    stories_standing,
)
from investigations.vocabulary import ReviewState
from tests import builders


@pytest.fixture
def sent(story, reporter):
    send_to_editor(story, by=reporter, comment="For Friday.")
    return story


@pytest.fixture
def ready(sent, editor):
    mark_ready(sent, by=editor)
    return sent


def acts(story):
    return [(step.act, step.by.username, step.comment) for step in story.reviews.all()]


def standing(story):
    """The state, told by the screen and by the list: they say the same."""
    found = [state for state in ReviewState.values if story in stories_standing(Story.objects.all(), state)]
    assert found == [review_state(story)]
    return found[0]


def test_a_new_story_is_a_draft(story):
    assert standing(story) == "draft"


def test_a_story_goes_to_the_editors_is_called_ready_and_goes_out(story, reporter, editor):
    send_to_editor(story, by=reporter)
    assert standing(story) == "in_review"
    mark_ready(story, by=editor)
    assert standing(story) == "ready"
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert standing(story) == "published"


def test_what_was_sent_back_is_a_draft_again_and_may_be_sent_anew(sent, reporter, editor):
    send_back(sent, by=editor, comment=" Who says so? ")
    assert standing(sent) == "draft"
    send_to_editor(sent, by=reporter)
    assert standing(sent) == "in_review"
    assert acts(sent) == [
        ("sent", "reporter", "For Friday."),
        ("sent_back", "editor", "Who says so?"),
        ("sent", "reporter", ""),
    ]


def test_words_that_change_after_ready_put_it_back_into_review(ready, reporter, editor):
    ready.edit(by=reporter, headline="Another headline")
    assert standing(ready) == "in_review"
    mark_ready(ready, by=editor)
    assert standing(ready) == "ready"


def test_words_put_back_are_ready_as_they_were(ready, reporter):
    before = ready.headline
    ready.edit(by=reporter, headline="Another headline")
    ready.edit(by=reporter, headline=before)
    assert standing(ready) == "ready"


def test_a_story_that_went_out_unsent_is_published(published):
    assert standing(published) == "published"


@pytest.mark.parametrize(
    ("state", "verb", "says"),
    [
        ("story", mark_ready, "is a draft: it can’t be called ready; it can be sent to the editors"),
        ("story", send_back, "is a draft: it can’t be sent back"),
        (
            "sent",
            send_to_editor,
            "is in review: it can’t be sent to the editors; it can be called ready, or sent back",
        ),
        ("ready", mark_ready, "is ready: it can’t be called ready; it can be signed and published, or sent back"),
        ("ready", send_to_editor, "is ready: it can’t be sent to the editors"),
        ("published", send_to_editor, "is published: .* changes reach readers through a correction"),
        ("published", send_back, "is published: it can’t be sent back"),
    ],
)
def test_a_step_out_of_turn_is_refused_with_what_can_be_done(state, verb, says, request, editor):
    story = request.getfixturevalue(state)
    before = story.reviews.count()
    with pytest.raises(Refused, match=says):
        verb(story, by=editor, **({} if verb is mark_ready else {"comment": "Why?"}))
    assert story.reviews.count() == before


@pytest.mark.parametrize("verb", [mark_ready, send_back])
def test_only_editors_answer(verb, sent, reporter):
    with pytest.raises(Refused, match="Only editors"):
        verb(sent, by=reporter, **({} if verb is mark_ready else {"comment": "Why?"}))
    assert standing(sent) == "in_review"


@pytest.mark.parametrize("who", ["outsider", "counsel"])
def test_nobody_beside_the_team_sends_a_story_on(who, story, request):
    with pytest.raises(Refused, match="not on this investigation's team"):
        send_to_editor(story, by=request.getfixturevalue(who))


def test_it_isnt_sent_back_without_a_word(sent, editor):
    with pytest.raises(Refused, match="Say what should change"):
        send_back(sent, by=editor, comment="  ")


def test_what_must_be_fixed_is_not_ready(sent, editor):
    Evidence.objects.filter(passage__story=sent).delete()
    with pytest.raises(Refused, match="It isn’t ready: The passage is marked and has no evidence"):
        mark_ready(sent, by=editor)


def test_a_text_that_is_nobodys_is_not_sent(story, reporter):
    Story.objects.filter(pk=story.pk).update(headline="Slipped in")
    story.refresh_from_db()
    with pytest.raises(Refused, match="nobody stands for the change"):
        send_to_editor(story, by=reporter)


def test_what_came_back_is_theirs_who_sent_it(sent, reporter, editor):
    assert list(stories_returned(Story.objects.all(), reporter)) == []
    send_back(sent, by=editor, comment="Who says so?")
    assert list(stories_returned(Story.objects.all(), reporter)) == [sent]
    assert list(stories_returned(Story.objects.all(), editor)) == []


def test_a_state_that_nobody_knows_finds_nothing(sent):
    assert list(stories_standing(Story.objects.all(), "nonsense")) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_send_it_at_once_send_it_once(story, reporter):
    barrier, said = Barrier(2), []

    def send():
        barrier.wait()
        try:
            send_to_editor(story, by=reporter)
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    both = [Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (StoryReview.objects.count(), len(said)) == (1, 1)
