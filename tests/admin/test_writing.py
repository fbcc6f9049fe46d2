"""Writing on the story's screen: words are kept apart until they are saved, and saved without leaving the page."""

import json

import pytest
from django.urls import reverse

from investigations.models import KeptWords, Story, StoryOpened
from tests import builders
from tests.admin.forms import posted


def page(story, name="change"):
    return reverse(f"admin:investigations_story_{name}", args=[story.pk])


@pytest.fixture
def lee(as_user, reporter):
    return as_user(reporter)


def written(client, story, **changes):
    """What the screen's script sends: the words, and what stood there when the page was opened."""
    shown = posted(client.get(page(story)))
    return {name: shown[name] for name in ("headline", "standfirst", "body", "opened") if name in shown} | changes


# --- Kept ---


def test_words_are_kept_and_the_story_stays_as_it_is(lee, story, reporter):
    before = Story.objects.values().get(pk=story.pk)
    answer = lee.post(page(story, "keep"), written(lee, story, headline="Mine"))
    assert answer.json()["kept"].startswith("at ")
    assert KeptWords.objects.get(by=reporter).headline == "Mine"
    assert Story.objects.values().get(pk=story.pk) == before
    assert not story.contributions.filter(wording="").exists()


def test_words_kept_again_take_the_place_of_those_before(lee, story):
    for words in ("One", "Two"):
        lee.post(page(story, "keep"), written(lee, story, headline=words))
    assert [row.headline for row in KeptWords.objects.all()] == ["Two"]


def test_after_a_logout_they_are_offered_with_what_differs(lee, story, as_user, reporter):
    lee.post(page(story, "keep"), written(lee, story, headline="Mine"))
    lee.logout()
    shown = as_user(reporter).get(page(story))
    assert [name for name, _ in shown.context["kept_changes"]] == ["headline"]
    assert "You wrote words here that were never saved" in shown.content.decode()
    assert shown.context["adminform"].form["headline"].value() == story.headline


def test_put_back_they_stand_in_their_fields_and_can_be_saved(lee, story):
    lee.post(page(story, "keep"), written(lee, story, headline="Mine"))
    back = lee.get(page(story), {"kept": "1"})
    assert back.context["adminform"].form["headline"].value() == "Mine"
    assert lee.post(page(story), posted(back)).status_code == 302
    story.refresh_from_db()
    assert story.headline == "Mine"
    assert not KeptWords.objects.exists()


def test_words_that_were_kept_before_somebody_elses_save_are_refused_as_any_other(lee, story, editor):
    lee.post(page(story, "keep"), written(lee, story, headline="Mine"))
    story.edit(by=editor, headline="Theirs")
    answer = lee.post(page(story), posted(lee.get(page(story), {"kept": "1"})))
    assert "editor saved this story" in answer.content.decode()
    story.refresh_from_db()
    assert story.headline == "Theirs"


def test_nobody_else_is_shown_them(lee, story, as_user, editor):
    lee.post(page(story, "keep"), written(lee, story, headline="Zanzibar"))
    for query in ({}, {"kept": "1"}):
        assert "Zanzibar" not in as_user(editor).get(page(story), query).content.decode()


def test_dropped_they_are_gone_and_nobody_elses(lee, story, reporter, editor):
    builders.make_kept_words(story=story, by=reporter)
    builders.make_kept_words(story=story, by=editor)
    lee.post(page(story, "drop"))
    assert [row.by for row in KeptWords.objects.all()] == [editor]


def test_what_differs_in_typography_alone_is_not_offered(lee, story):
    story.edit(by=story.edited_by, headline='The "contract"')
    lee.post(page(story, "keep"), written(lee, story, headline='The "contract"'))
    assert lee.get(page(story)).context["kept"] is None


def test_keeping_says_who_else_has_it_open(lee, story, editor):
    StoryOpened.objects.touch(story, by=editor)
    told = lee.post(page(story, "keep"), written(lee, story)).json()["others"]
    assert told.startswith("editor has had this open since")


def test_whoever_is_logged_out_is_sent_to_the_login_and_nothing_is_kept(lee, story):
    data = written(lee, story, headline="Mine")
    lee.logout()
    assert lee.post(page(story, "keep"), data).status_code == 302
    assert not KeptWords.objects.exists()


def test_a_legal_hold_bars_neither_keeping_nor_saving(lee, story):
    builders.make_legal_hold(investigation=story.investigation)
    data = written(lee, story, headline="Mine")
    for name, status in (("keep", 200), ("save", 200), ("keep", 200), ("drop", 302)):
        assert lee.post(page(story, name), data | {"opened": ""}).status_code == status
    assert not KeptWords.objects.exists()


# --- Saved ---


def test_saving_answers_with_what_stands_there_now(lee, story, reporter):
    told = lee.post(page(story, "save"), written(lee, story, headline='A "new" one')).json()
    story.refresh_from_db()
    assert told["headline"] == story.headline == "A “new” one"
    assert json.loads(told["opened"])["headline"] == "A “new” one"
    assert (story.edited_by, story.contributions.last().by) == (reporter, reporter)


def test_one_save_after_the_other_is_no_conflict(lee, story):
    data = written(lee, story, headline="One")
    told = lee.post(page(story, "save"), data).json()
    again = {**data, "headline": "Two", "opened": told["opened"]}
    assert lee.post(page(story, "save"), again).status_code == 200
    story.refresh_from_db()
    assert story.headline == "Two"


def test_a_save_drops_what_was_kept(lee, story):
    data = written(lee, story, headline="Mine")
    lee.post(page(story, "keep"), data)
    lee.post(page(story, "save"), data)
    assert not KeptWords.objects.exists()


def test_without_a_change_nothing_is_anybodys_edit(lee, story):
    lee.post(page(story, "save"), written(lee, story, headline="Mine"))
    story.refresh_from_db()
    edited, count = story.edited_at, story.contributions.count()
    assert lee.post(page(story, "save"), written(lee, story)).status_code == 200
    story.refresh_from_db()
    assert (story.edited_at, story.contributions.count()) == (edited, count)


def test_over_somebody_elses_save_it_is_refused_and_nothing_is_written(lee, story, editor):
    data = written(lee, story, headline="Mine")
    lee.post(page(story, "keep"), data)
    story.edit(by=editor, headline="Theirs")
    answer = lee.post(page(story, "save"), data)
    assert answer.status_code == 409
    assert "editor saved this story" in answer.json()["said"]
    story.refresh_from_db()
    assert (story.headline, KeptWords.objects.get().headline) == ("Theirs", "Mine")


def test_what_a_form_refuses_is_refused_in_its_words(lee, story):
    answer = lee.post(page(story, "save"), written(lee, story, headline=""))
    assert (answer.status_code, answer.json()["said"]) == (422, "This field is required.")


def test_the_next_mark_is_one_that_no_passage_ever_had(lee, story):
    body = story.body.replace("{#p2}", "{#p7}")
    story.edit(by=story.edited_by, body=body)
    story.edit(by=story.edited_by, body=story.body.replace("[", "").replace("]{#p7}", "").replace("]{#p1}", ""))
    assert lee.post(page(story, "save"), written(lee, story)).json()["mark"] == "p8"


# --- Pasted ---


@pytest.mark.parametrize(
    ("sent", "told"), [({"pasted": "yes"}, "2 sentences look checkable; 0 match a record"), ({}, None)]
)
def test_a_save_after_a_paste_counts_the_sentences_that_look_checkable(lee, story, sent, told):
    body = f"{story.body}\n\nOn May 3, 2016 the board paid 42 million dollars to Oleg Petrov."
    answer = lee.post(page(story, "save"), written(lee, story, body=body) | sent).json()
    assert answer.get("checkable", {}).get("said") == told
