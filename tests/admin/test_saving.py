"""Two people with one story open: nothing is written over unread, nothing is lost, each is told of the other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from investigations.models import StoryOpened
from tests import builders
from tests.admin.forms import posted


def page(story):
    return reverse("admin:investigations_story_change", args=[story.pk])


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lee(story):
    """The reporter’s browser, with the story open."""
    lee = browser(story.investigation.handling_reporter)
    lee.opened = lee.get(page(story))
    return lee


def save_as(user, story, **changes):
    story.edit(by=user, **{"body": story.body.replace("in secret", "in public"), **changes})


def stored(story):
    story.refresh_from_db()
    return story.headline, story.body


# --- A save over somebody's save ---


def test_a_save_over_somebodys_save_is_refused_and_changes_nothing(lee, story, editor):
    save_as(editor, story)
    before = stored(story)
    answer = lee.post(page(story), posted(lee.opened, headline="Mine"))
    assert answer.status_code == 200
    assert "editor saved this story at" in answer.content.decode()
    assert stored(story) == before


def test_what_was_refused_still_stands_in_the_form(lee, story, editor):
    save_as(editor, story)
    answer = lee.post(page(story), posted(lee.opened, headline="My headline", body="My own text."))
    form = answer.context["adminform"].form
    assert (form["headline"].value(), form["body"].value()) == ("My headline", "My own text.")


def test_it_is_refused_with_their_changes_word_by_word(lee, story, editor):
    save_as(editor, story)
    answer = lee.post(page(story), posted(lee.opened, headline="Mine"))
    ((name, run),) = answer.context["adminform"].form.meanwhile.changes
    assert (name, [part for part in run if part[0] != "equal"]) == (
        "text",
        [("delete", "secret"), ("insert", "public")],
    )
    assert "<del>secret</del><ins>public</ins>" in answer.content.decode()


def test_after_reading_it_one_may_save_on_top(lee, story, editor):
    save_as(editor, story)
    refused = lee.post(page(story), posted(lee.opened, headline="Mine"))
    over = refused.context["adminform"].form.meanwhile.digest
    assert f'name="over" value="{over}"' in refused.content.decode()
    assert lee.post(page(story), posted(refused, over=over)).status_code == 302
    headline, body = stored(story)
    assert (headline, "in secret" in body) == ("Mine", True)


def test_a_third_save_in_between_is_not_written_over_either(lee, story, editor):
    save_as(editor, story)
    refused = lee.post(page(story), posted(lee.opened, headline="Mine"))
    over = refused.context["adminform"].form.meanwhile.digest
    save_as(editor, story, headline="A third")
    again = lee.post(page(story), posted(refused, over=over))
    assert [name for name, _ in again.context["adminform"].form.meanwhile.changes] == ["headline", "text"]
    assert stored(story)[0] == "A third"


def test_rows_below_count_as_well(lee, story, editor):
    byline = story.bylines.get()
    byline.position = 7
    byline.save()
    answer = lee.post(page(story), posted(lee.opened, headline="Mine"))
    assert [name for name, _ in answer.context["adminform"].form.meanwhile.changes] == ["bylines"]
    byline.refresh_from_db()
    assert (byline.position, stored(story)[0] == "Mine") == (7, False)


@pytest.mark.parametrize(
    ("make", "name"),
    [(builders.make_figure, "figures"), (builders.make_comment_request, "requests for comment")],
)
def test_a_row_that_somebody_added_is_told(make, name, lee, story):
    make(story=story)
    answer = lee.post(page(story), posted(lee.opened, headline="Mine"))
    assert [changed for changed, _ in answer.context["adminform"].form.meanwhile.changes] == [name]


def test_evidence_added_elsewhere_is_no_save_of_this_screen(lee, story, editor):
    builders.make_evidence(passage=story.passages.first())
    assert lee.post(page(story), posted(lee.opened, headline="Mine")).status_code == 302
    assert stored(story)[0] == "Mine"


def test_ones_own_second_window_is_called_so(lee, story, reporter):
    save_as(reporter, story)
    answer = lee.post(page(story), posted(lee.opened, headline="Mine"))
    assert "You saved this story at" in answer.content.decode()
    assert "in another window" in answer.content.decode()


def test_saving_twice_from_ones_own_page_is_no_conflict(lee, story):
    assert lee.post(page(story), posted(lee.opened, headline="One")).status_code == 302
    assert lee.post(page(story), posted(lee.get(page(story)), headline="Two")).status_code == 302
    assert stored(story)[0] == "Two"


@pytest.mark.parametrize("said", ["nothing readable", "[1]", '{"text": 1}'])
def test_a_form_that_doesnt_say_what_it_was_opened_with_is_saved_as_by_hand(said, lee, story):
    assert lee.post(page(story), posted(lee.opened, headline="Mine", opened=said)).status_code == 302


def test_the_rule_is_the_storys_own(story, reporter, editor):
    seen = story.state_digest()
    story.edit(by=editor, seen=seen, headline="First")
    with pytest.raises(ValidationError, match="editor saved this story"):
        story.edit(by=reporter, seen=seen, headline="Second")
    assert stored(story)[0] == "First"


# --- Who has it open ---


def test_two_who_have_it_open_are_told_of_each_other(lee, story, editor):
    shown = browser(editor).get(page(story)).content.decode()
    assert "reporter has had this open since" in shown
    assert "editor has had this open since" in lee.get(page(story)).content.decode()
    assert "reporter has had this open since" not in lee.get(page(story)).content.decode()


def test_after_a_quarter_of_an_hour_nobody_is_told_any_more(story, reporter, editor):
    now = timezone.now()
    StoryOpened.objects.touch(story, by=reporter, now=now - timedelta(minutes=16))
    assert list(StoryOpened.objects.beside(editor, story, now=now)) == []
    assert len(StoryOpened.objects.beside(editor, story, now=now - timedelta(minutes=2))) == 1


def test_since_when_counts_from_the_first_sign_without_a_pause(story, reporter, editor):
    start = timezone.now()
    for minutes in (0, 10, 20):
        StoryOpened.objects.touch(story, by=reporter, now=start + timedelta(minutes=minutes))
    (row,) = StoryOpened.objects.beside(editor, story, now=start + timedelta(minutes=21))
    assert row.since == start
    StoryOpened.objects.touch(story, by=reporter, now=start + timedelta(minutes=40))
    (row,) = StoryOpened.objects.beside(editor, story, now=start + timedelta(minutes=41))
    assert row.since == start + timedelta(minutes=40)


def test_an_outsider_who_asks_for_the_page_leaves_no_trace(story, outsider):
    assert browser(outsider).get(page(story)).status_code == 404
    assert not StoryOpened.objects.exists()
