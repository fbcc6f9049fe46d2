"""A passage's screen: its evidence, and “still holds” for words that were changed."""

import pytest
from django.urls import reverse

from investigations.lint import check_story
from investigations.models import Evidence
from tests import builders
from tests.admin.forms import posted, sentences


def page(passage, name="change"):
    return reverse(f"admin:investigations_passage_{name}", args=[passage.pk])


@pytest.fixture
def passage(story):
    return story.passages.get(mark="p2")


@pytest.fixture
def changed(story, passage, reporter):
    """The passage after its words were changed in the text."""
    story.edit(by=reporter, body=story.body.replace("nobody had asked", "somebody had asked"))
    return passage


def test_unchanged_words_ask_nothing(passage, as_user, reporter):
    assert "Still holds" not in as_user(reporter).get(page(passage)).content.decode()


def test_changed_words_stand_before_and_after_with_one_key(changed, as_user, reporter):
    shown = as_user(reporter).get(page(changed)).content.decode()
    assert "“nobody had asked her”" in shown
    assert "“somebody had asked her”" in shown
    assert 'accesskey="h">Still holds</button>' in shown


def test_still_holds_confirms_the_words_as_this_person(changed, as_user, editor):
    response = as_user(editor).post(page(changed, "holds"), {"words": "somebody had asked her"}, follow=True)
    assert sentences(response) == ["Confirmed: it still holds."]
    changed.refresh_from_db()
    assert changed.words == "somebody had asked her"
    assert changed.story.contributions.last().by == editor
    assert check_story(changed.story) == []


def test_opening_the_buttons_address_confirms_nothing(changed, as_user, editor):
    response = as_user(editor).get(page(changed, "holds"), follow=True)
    changed.refresh_from_db()
    assert changed.words == "nobody had asked her"
    assert sentences(response) == ["Press the button to confirm."]


def test_a_mark_that_is_gone_is_told_and_not_confirmed(story, passage, as_user, reporter):
    story.edit(by=reporter, body="The harbor board [met in secret in March]{#p1}.")
    client = as_user(reporter)
    assert "The mark p2 is nowhere in the story." in client.get(page(passage)).content.decode()
    assert sentences(client.post(page(passage, "holds"), follow=True)) == ["The mark is not in the story."]
    passage.refresh_from_db()
    assert passage.words == "nobody had asked her"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_gets_404_at_the_button(changed, as_user, outsider, method):
    assert getattr(as_user(outsider), method)(page(changed, "holds")).status_code == 404


def test_somebody_on_the_team_without_any_right_confirms_nothing(changed, as_user):
    guest = builders.make_user("guest")
    changed.story.investigation.team.add(guest)
    assert as_user(guest).post(page(changed, "holds")).status_code == 404
    changed.refresh_from_db()
    assert changed.words == "nobody had asked her"


def test_words_and_mark_are_not_changed_on_the_screen(passage, as_user, reporter):
    client = as_user(reporter)
    client.post(page(passage), posted(client.get(page(passage)), words="Other words", mark="p9"))
    passage.refresh_from_db()
    assert (passage.mark, passage.words) == ("p2", "nobody had asked her")


def test_evidence_added_on_the_screen_is_somebodys_change(passage, investigation, as_user, editor):
    client, quote = as_user(editor), builders.make_quote(investigation=investigation)
    shown = client.get(page(passage))
    added = {"evidence-1-quote": quote.pk, "evidence-1-stance": "contradicts"}
    assert client.post(page(passage), posted(shown, **added)).status_code == 302
    assert Evidence.objects.get(passage=passage, quote=quote).stance == "contradicts"
    assert passage.story.contributions.last().by == editor


def test_evidence_of_two_records_is_refused_in_a_sentence(passage, investigation, as_user, editor):
    client = as_user(editor)
    both = {
        "evidence-1-quote": builders.make_quote(investigation=investigation).pk,
        "evidence-1-source": builders.make_source(investigation=investigation).pk,
    }
    response = client.post(page(passage), posted(client.get(page(passage)), **both))
    assert "Evidence is one quote, one meeting or one source." in response.content.decode()
    assert passage.evidence.count() == 1


def test_evidence_is_taken_off_the_desks_story_by_whoever_may_change_it(passage, as_user, editor):
    client = as_user(editor)
    shown = client.get(page(passage))
    assert client.post(page(passage), posted(shown, **{"evidence-0-DELETE": "on"})).status_code == 302
    assert not passage.evidence.exists()
    assert passage.story.contributions.last().by == editor
