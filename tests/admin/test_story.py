"""The story's screen: saving, the check beside the text, signing and publishing by the right people."""

import pytest
from django.urls import reverse

from investigations.models import Approval, Contribution, Evidence, Story
from investigations.record.models import Edition
from tests import builders
from tests.admin.forms import posted, sentences


def page(story, name="change"):
    return reverse(f"admin:investigations_story_{name}", args=[story.pk])


def press(client, story, button):
    return sentences(client.post(page(story, button), follow=True))


# --- Saving ---


def test_adding_a_story_makes_its_passages_and_says_whose_it_is(investigation, as_user, reporter):
    client = as_user(reporter)
    address = reverse("admin:investigations_story_add")
    data = posted(client.get(address), investigation=investigation.pk, headline="New", body='She [said "no"]{#p1}.')
    assert client.post(address, data).status_code == 302
    story = Story.objects.get(headline="New")
    assert [passage.words for passage in story.passages.all()] == ["said “no”"]
    assert (story.edited_by, story.contributions.get().by) == (reporter, reporter)


def test_saving_keeps_whose_change_it_is(story, as_user, editor):
    client = as_user(editor)
    data = posted(client.get(page(story)), headline="Another headline")
    assert client.post(page(story), data).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.edited_by) == ("Another headline", editor)
    assert story.contributions.last().by == editor
    assert story.contributions.last().wording == story.wording_digest()


def test_a_byline_added_on_the_screen_is_somebodys_change(story, as_user, editor):
    client = as_user(editor)
    author = builders.make_author()
    byline = {"bylines-1-author": author.pk, "bylines-1-position": 1, "bylines-TOTAL_FORMS": 2}
    assert client.post(page(story), posted(client.get(page(story)), **byline)).status_code == 302
    assert story.bylines.filter(author=author).exists()
    assert {row.by for row in Contribution.objects.filter(story=story).order_by("-pk")[:2]} == {editor}


def test_a_mark_that_stands_twice_is_kept_and_told(story, as_user, reporter):
    client = as_user(reporter)
    twice = posted(client.get(page(story)), body=story.body + "\n\n[Again]{#p1}.")
    client.post(page(story), twice)
    shown = client.get(page(story)).content.decode()
    assert "story.E002" in shown
    assert "Give this passage a number of its own." in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"body": "He [came{#p7} late."}, ["story.E001"]),
        ({"body": ""}, ["story.E040"]),
        ({"body": "The harbor board [met in public in March]{#p1}."}, ["story.E021", "story.E022"]),
    ],
)
def test_the_screen_shows_what_the_check_finds_after_saving(story, as_user, reporter, change, told):
    client = as_user(reporter)
    client.post(page(story), posted(client.get(page(story)), **change))
    shown = client.get(page(story))
    assert set(told) <= {finding.id for finding in shown.context["story_check"].findings}
    assert all(id_ in shown.content.decode() for id_ in told)


def test_a_story_without_findings_says_so(story, as_user, reporter):
    assert "Nothing found." in as_user(reporter).get(page(story)).content.decode()


def test_the_short_name_may_move_and_says_that_the_old_address_leads_to_the_new(published, as_user, reporter):
    client = as_user(reporter)
    slug = published.slug
    data = posted(client.get(page(published)), slug="another")
    assert client.post(page(published), data).status_code == 302
    published.refresh_from_db()
    assert published.slug == "another" != slug
    assert "The old address leads to the new one for ever" in client.get(page(published)).content.decode()


# --- Signing and publishing ---


def test_two_sign_and_the_editor_publishes(story, as_user, reporter, editor):
    assert press(as_user(reporter), story, "sign") == ["Signed: the signature holds as long as nothing changes."]
    press(as_user(editor), story, "sign")
    assert press(as_user(editor), story, "publish") == ["Published."]
    assert Edition.objects.count() == 1


def test_the_screen_shows_who_signed_the_story_as_it_stands(story, as_user, reporter, editor):
    press(as_user(editor), story, "sign")
    assert [row.by for row in as_user(reporter).get(page(story)).context["signatures"]] == [editor]
    story.edit(by=reporter, headline="Another")
    assert as_user(reporter).get(page(story)).context["signatures"] == []


def test_one_signature_is_not_enough(story, as_user, editor):
    press(as_user(editor), story, "sign")
    (said,) = press(as_user(editor), story, "publish")
    assert said == "Signed as it stands now by editor. The signature of a second person is missing."
    assert not Edition.objects.exists()


def test_a_reporter_is_told_that_editors_publish(story, as_user, reporter, editor):
    for user in (reporter, editor):
        press(as_user(user), story, "sign")
    assert press(as_user(reporter), story, "publish") == ["Only editors publish."]
    assert not Edition.objects.exists()


def test_a_reporter_is_shown_no_button_to_publish(story, as_user, reporter, editor):
    assert "Publish</button>" not in as_user(reporter).get(page(story)).content.decode()
    assert "Publish</button>" in as_user(editor).get(page(story)).content.decode()


def test_a_story_with_a_fault_is_refused_with_its_sentence(story, as_user, reporter, editor):
    Evidence.objects.filter(passage__story=story).delete()
    for user in (reporter, editor):
        press(as_user(user), story, "sign")
    (said,) = press(as_user(editor), story, "publish")
    assert said == "The story can't go out: The passage is marked and has no evidence. And 1 more."


def test_a_published_story_offers_no_first_publication(published, as_user, editor):
    shown = as_user(editor).get(page(published)).content.decode()
    assert "Publish</button>" not in shown
    assert "Readers have 1 edition" in shown
    (said,) = press(as_user(editor), published, "publish")
    assert said.startswith("Readers have this story already")


@pytest.mark.parametrize("button", ["sign", "publish"])
def test_opening_a_buttons_address_changes_nothing(story, as_user, reporter, editor, button):
    for user in (reporter, editor) if button == "publish" else ():
        press(as_user(user), story, "sign")
    before = Approval.objects.count()
    response = as_user(editor).get(page(story, button), follow=True)
    assert sentences(response) == [f"Press the button to {button}."]
    assert (Approval.objects.count(), Edition.objects.count()) == (before, 0)


@pytest.mark.parametrize("button", ["sign", "publish"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_gets_404_at_the_buttons(story, as_user, outsider, button, method):
    assert getattr(as_user(outsider), method)(page(story, button)).status_code == 404
    assert not Approval.objects.exists()


@pytest.mark.parametrize("button", ["sign", "publish"])
def test_somebody_on_the_team_without_any_right_signs_and_publishes_nothing(story, as_user, button):
    guest = builders.make_user("guest")
    story.investigation.team.add(guest)
    as_user(guest).post(page(story, button))
    assert not Approval.objects.exists()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("button", ["sign", "publish"])
def test_a_button_pressed_from_another_site_is_refused(story, reporter, button):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    assert client.post(page(story, button)).status_code == 403
