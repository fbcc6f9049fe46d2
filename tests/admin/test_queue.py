"""The queue: a card for each correction that waits, answered one after the other."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from investigations.models import Correction
from investigations.publishing.steps import approve
from investigations.record.models import Edition
from tests import builders
from tests.admin.forms import sentences
from tests.publishing.corrections import WATCHED

QUEUE = reverse("admin:investigations_correction_queue")
FRONT = reverse("admin:index")


def waiting(story, *, by, old=WATCHED, new="", **values):
    """A correction that waits: the text mended and the note submitted by one person."""
    story.edit(by=by, now=builders.NEXT_DAY, body=story.body.replace(old, new))
    return builders.make_submitted(story=story, written_by=by, note="Lee Sample did not watch the vote.", **values)


def published_by(investigation, reporter, editor, *, now=builders.NOON):
    """A story that readers have."""
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(story, reporter=reporter, editor=editor, now=now)
    return story


def another(investigation, reporter, editor, *, now=builders.NOON, **values):
    """The same for another published story."""
    return waiting(published_by(investigation, reporter, editor, now=now), by=reporter, **values)


@pytest.fixture
def correction(published, reporter):
    return waiting(published, by=reporter, came_to_light="reader", cause="reporting")


def cards(client, query=""):
    return [card for card, _ in client.get(QUEUE + query).context["queue"].cards]


def card_of(client, correction):
    """What the card of a correction says, as HTML."""
    page = client.get(QUEUE).content.decode()
    return re.search(rf'<article[^>]*id="correction-{correction.pk}".*?</article>', page, re.S)[0]


def press(client, correction, button="approve", **changed):
    """Press a button of the card as it is rendered now."""
    form = re.search(rf'<form[^>]*queue/{correction.pk}/{button}/".*?</form>', card_of(client, correction), re.S)[0]
    data = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) | changed
    return client.post(f"{QUEUE}{correction.pk}/{button}/", data)


def test_a_card_shows_before_and_after_the_note_and_who_wrote_and_reported_it(correction, as_user, editor):
    card = card_of(as_user(editor), correction)
    assert correction.story.headline in card
    assert "<del> Lee Sample watched the vote from the gallery.</del>" in card
    assert "<strong>Correction.</strong> Lee Sample did not watch the vote." in card
    assert ">reporter, <time" in card
    assert "<dd>A reader</dd>" in card


def test_a_card_says_how_long_readers_have_had_it(published, reporter, as_user, editor):
    card = card_of(as_user(editor), waiting(published, by=reporter))
    (words,) = re.findall(r"Wrong in public for <strong>([^<]+)</strong>, since", card)
    assert words == timesince(builders.NOON, timezone.now(), depth=1)


def test_one_press_approves_and_publishes(correction, as_user, editor):
    client = as_user(editor)
    assert sentences(client.get(press(client, correction).url)) == ["Approved and published."]
    correction.refresh_from_db()
    assert (correction.state, correction.approved_by, correction.published_by) == ("published", editor, editor)
    assert Edition.objects.count() == 2


def test_a_card_that_was_changed_meanwhile_is_refused_with_what_changed(correction, as_user, reporter, editor):
    client = as_user(editor)
    opened = (timezone.now() - timedelta(minutes=1)).isoformat()
    old = cards(client)[0].digest
    correction.edit(by=reporter, note="Lee Sample watched from home.")
    data = {"digest": old, "opened": opened}
    (said,) = sentences(client.post(f"{QUEUE}{correction.pk}/approve/", data, follow=True))
    assert "reporter, at " in said
    assert "“Lee Sample did not watch the vote.” → “Lee Sample watched from home.”" in said
    correction.refresh_from_db()
    assert (correction.state, Edition.objects.count()) == ("submitted", 1)


@pytest.mark.parametrize("data", [{}, {"digest": ""}, {"digest": "0" * 64, "opened": "yesterday"}])
def test_what_was_not_read_does_not_go_out(correction, as_user, editor, data):
    as_user(editor).post(f"{QUEUE}{correction.pk}/approve/", data)
    correction.refresh_from_db()
    assert (correction.state, Edition.objects.count()) == ("submitted", 1)


@pytest.mark.parametrize(("button", "state"), [("send-back", "draft"), ("decline", "declined")])
def test_it_is_sent_back_or_declined_with_a_reason(correction, as_user, editor, button, state):
    client = as_user(editor)
    press(client, correction, button, said=" ")
    assert Correction.objects.get().state == "submitted"
    press(client, correction, button, said="It was right.")
    assert Correction.objects.get().state == state
    assert Correction.objects.get().steps.last().comment == "It was right."


def test_after_an_answer_comes_the_next_card(correction, investigation, reporter, editor, as_user):
    second = another(investigation, reporter, editor)
    third = another(investigation, reporter, editor)
    builders.tick_places(second, by=reporter)
    client = as_user(editor)
    response = press(client, second)
    assert response.url == f"{QUEUE}?card={third.pk}"
    assert [card.correction for card in cards(client, f"?card={third.pk}")] == [third, correction]


def test_after_a_refusal_comes_the_same_card(correction, as_user, editor):
    assert press(as_user(editor), correction, digest="0" * 64).url == f"{QUEUE}?card={correction.pk}"


def test_what_was_wrong_for_longest_comes_first_and_serious_ones_before_all(
    correction, investigation, reporter, editor, as_user
):
    older = another(investigation, reporter, editor, now=builders.NOON + timedelta(hours=1))
    serious = another(investigation, reporter, editor, now=builders.NOON + timedelta(hours=2), severity="serious")
    assert [card.correction for card in cards(as_user(editor))] == [serious, correction, older]


def test_the_page_is_bounded_and_says_how_many_more_wait(
    correction, investigation, reporter, editor, as_user, monkeypatch
):
    monkeypatch.setattr("investigations.admin.queue.MOST_CARDS", 1)
    another(investigation, reporter, editor)
    page = as_user(editor).get(QUEUE)
    assert page.context["queue"].more == 1
    assert "And 1 more" in page.content.decode()


def test_whoever_had_a_hand_in_it_sees_who_can_approve_instead_of_the_button(correction, as_user, editor):
    correction.story.edit(by=editor, standfirst="Another standfirst.")
    colleague = builders.make_user("colleague", "Editor")
    correction.story.investigation.team.add(colleague)
    card = card_of(as_user(editor), correction)
    assert "Approve and publish" not in card
    assert re.search(r"You changed this story at [^;]+; colleague can approve\.", card)


def test_ones_own_come_last_and_others_approve_them(correction, investigation, reporter, editor, as_user):
    own = builders.make_user("own", "Editor")
    investigation.team.add(own)
    mine = waiting(published_by(investigation, reporter, editor), by=own, severity="serious")
    client = as_user(own)
    assert [card.correction for card in cards(client)] == [correction, mine]
    assert "You wrote this correction" in card_of(client, mine)


def test_what_must_be_fixed_first_stands_on_the_card_in_place_of_the_button(correction, as_user, editor):
    correction.story.passages.first().evidence.all().delete()
    card = card_of(as_user(editor), correction)
    assert "story.E023" in card
    assert "Approve and publish" not in card


def test_a_card_that_waits_no_more_says_so(correction, as_user, editor):
    approve(correction, by=editor)
    assert "waits no more: it is approved." in as_user(editor).get(f"{QUEUE}?card={correction.pk}").content.decode()


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30, "²", "0"])
def test_a_card_that_is_none_is_not_asked_for(correction, as_user, editor, said):
    assert [card.correction for card in cards(as_user(editor), f"?card={said}")] == [correction]


def test_an_editor_elsewhere_sees_nothing_of_it(correction, as_user):
    client = as_user(builders.make_user("elsewhere", "Editor"))
    page = client.get(f"{QUEUE}?card={correction.pk}").content.decode()
    assert "No correction waits for an approval." in page
    assert "waits no more" not in page
    assert client.post(f"{QUEUE}{correction.pk}/approve/", {}).status_code == 404


def test_a_reporter_has_no_queue(correction, as_user, reporter):
    client = as_user(reporter)
    assert client.get(QUEUE).status_code == 403
    assert client.post(f"{QUEUE}{correction.pk}/approve/", {}).status_code == 403


def test_a_link_to_a_card_leads_there_after_the_login(correction, client, editor):
    editor.set_password("a-password-of-tests")
    editor.save()
    link = f"{QUEUE}?card={correction.pk}"
    to_login = client.get(link)
    data = {"username": "editor", "password": "a-password-of-tests"}
    assert client.post(to_login.url, data).url == link


def test_the_front_page_leads_to_as_many_cards_as_it_says(correction, investigation, reporter, editor, as_user):
    another(investigation, reporter, editor)
    waiting(published_by(investigation, reporter, editor), by=editor)
    client = as_user(editor)
    (line,) = [line for line in client.get(FRONT).context["waiting"] if line.href == QUEUE]
    assert line.count == len([card for card in cards(client) if card.correction.written_by != editor]) == 2


def queries(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(QUEUE).status_code == 200
    return len(asked)


def test_a_card_costs_the_same_for_a_long_story(investigation, reporter, editor, as_user):
    short = another(investigation, reporter, editor)
    client = as_user(editor)
    client.get(QUEUE)
    for_short = queries(client)
    Correction.objects.filter(pk=short.pk).update(state="declined")
    body = builders.READY_BODY + "".join(f"\nThey [said {n}]{{#p{n}}} then.\n" for n in range(3, 30))
    long = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    builders.publish_story(long, reporter=reporter, editor=editor)
    waiting(long, by=reporter)
    assert queries(client) == for_short


def test_each_card_costs_as_much_as_another(correction, investigation, reporter, editor, as_user):
    client = as_user(editor)
    client.get(QUEUE)
    one = queries(client)
    another(investigation, reporter, editor)
    two = queries(client)
    another(investigation, reporter, editor)
    assert queries(client) - two == two - one
