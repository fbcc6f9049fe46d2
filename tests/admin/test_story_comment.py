"""Comments on the screens of a story and of a passage, and counted in the list."""

import pytest
from django.urls import reverse

from investigations.models import StoryComment
from investigations.publishing.clearing import ask_counsel
from investigations.publishing.commenting import comment
from tests import builders
from tests.admin.forms import sentences


def page(story, name="change"):
    return reverse(f"admin:investigations_story_{name}", args=[story.pk])


def passage_page(story):
    return reverse("admin:investigations_passage_change", args=[story.passages.get(mark="p2").pk])


def test_a_comment_is_made_read_and_settled_on_the_storys_screen(story, as_user, reporter, editor):
    as_user(editor).post(page(story, "comment"), {"said": "Who says so?", "mark": "p2"})
    client = as_user(reporter)
    html = client.get(page(story)).content.decode()
    assert "Who says so?" in html
    assert "“nobody had asked her”" in html
    told = client.post(page(story, "resolve"), {"row": StoryComment.objects.get().pk}, follow=True)
    assert sentences(told) == ["Settled: it stays on file."]
    assert "1 settled" in told.content.decode()


def test_a_passage_has_its_own_and_leads_back_to_itself(story, as_user, editor):
    comment(story, by=editor, said="Of the first", mark="p1")
    client, passage = as_user(editor), story.passages.get(mark="p2")
    said = {"said": "Of the second", "mark": "p2", "passage": passage.pk}
    answer = client.post(page(story, "comment"), said)
    assert answer.url == passage_page(story)
    html = client.get(passage_page(story)).content.decode()
    assert ("Of the second" in html, "Of the first" in html) == (True, False)


def test_words_that_changed_since_are_said_to_be_those_of_then(story, as_user, reporter, editor):
    comment(story, by=editor, said="Who?", mark="p2")
    story.edit(by=reporter, body=story.body.replace("nobody had", "somebody had"))
    assert "then “nobody had asked her”" in as_user(editor).get(page(story)).content.decode()


def test_the_list_counts_those_that_wait(story, as_user, reporter, editor):
    comment(story, by=editor, said="Who?")
    comment(story, by=editor, said="When?")
    builders.make_story_comment(story=story, resolved_by=editor, resolved_at=builders.NOON)
    (row,) = as_user(reporter).get(reverse("admin:investigations_story_changelist")).context["cl"].result_list
    assert row.comments_waiting == 2


@pytest.mark.parametrize("verb", ["comment", "resolve"])
def test_opening_an_address_does_nothing(verb, story, as_user, editor):
    assert as_user(editor).get(page(story, verb)).status_code == 405


def test_a_comment_on_another_story_is_not_settled_from_here(story, as_user, editor):
    other = builders.make_story_comment()
    assert as_user(editor).post(page(story, "resolve"), {"row": other.pk}).status_code == 404
    other.refresh_from_db()
    assert other.resolved_at is None


def test_counsel_reads_the_story_without_a_word_of_it(story, as_user, reporter, editor, counsel):
    comment(story, by=editor, said="Ask Quentin", mark="p1")
    ask_counsel(story, counsel, by=reporter)
    html = as_user(counsel).get(page(story, "read")).content.decode()
    assert story.headline in html
    assert "Quentin" not in html
