"""Counsel at the admin: the stories they are asked to clear, as readers would get them, and not a word else."""

import re

import pytest
from django.urls import reverse

from investigations.models import Clearance, Evidence
from investigations.publishing.clearing import ask_counsel, take_back
from tests import builders
from tests.admin import canaries
from tests.admin.forms import sentences

INDEX = reverse("admin:index")
OPEN_TO_COUNSEL = {"index", "login", "logout", "password_change", "password_change_done", "jsi18n"}


def address(page, *args):
    return reverse(f"admin:investigations_story_{page}", args=args)


@pytest.fixture
def asked(story, counsel, reporter):
    return ask_counsel(story, counsel, by=reporter)


def answer(client, story, **values):
    page = client.get(address("read", story.pk))
    digest = re.search(r'name="read" value="([0-9a-f]{64})"', page.content.decode())[1]
    return client.post(address("read", story.pk), {"read": digest, "outcome": "cleared", "note": "", **values})


# --- Nothing else ---


def test_counsel_gets_403_or_404_at_every_address_but_their_own(asked, counsel, as_user):
    found = canaries.desk()
    client = as_user(counsel)
    reached = {}
    for name, href in canaries.addresses(found):
        if name not in OPEN_TO_COUNSEL:
            reached[name] = {client.get(href).status_code, client.post(href, {"post": "yes"}).status_code}
    assert len(reached) > 100
    assert {name: statuses for name, statuses in reached.items() if not statuses <= {403, 404, 405}} == {}


def test_what_is_open_to_counsel_holds_no_word_of_the_desk(asked, counsel, as_user):
    found = canaries.desk()
    client = as_user(counsel)
    for name, href in canaries.addresses(found):
        if name != "logout":
            assert canaries.WORD not in client.get(href).content.decode(), name


@pytest.mark.parametrize("source", ["investigation.team", "quote.source", "meetingclass.meetings", "role.person"])
def test_counsel_finds_nobody_and_nothing_to_choose(source, asked, counsel, as_user):
    noun, name = source.split(".")
    query = {"app_label": "investigations", "model_name": noun, "field_name": name, "term": ""}
    assert as_user(counsel).get(reverse("admin:autocomplete"), query).status_code == 403


def test_counsel_on_the_team_reads_no_more(asked, story, counsel, as_user):
    story.investigation.team.add(counsel)
    client = as_user(counsel)
    assert client.get(address("change", story.pk)).status_code == 404
    assert client.post(address("sign", story.pk)).status_code == 404
    assert client.get(reverse("admin:investigations_source_changelist")).status_code == 403


# --- The front page ---


def test_the_front_page_lists_the_stories_to_clear_and_nothing_else(asked, story, counsel, reporter, as_user):
    builders.make_clearance()
    builders.make_quote(investigation=story.investigation, terms="")
    response = as_user(counsel).get(INDEX)
    assert [found.story for found, _ in response.context["to_clear"]] == [story]
    assert response.context["waiting"] == []
    assert response.context["app_list"] == []
    page = response.content.decode()
    assert f'<a href="{address("read", story.pk)}">{story.headline}</a>, asked by reporter' in page
    assert "Nothing waits for you." not in page


def test_nothing_waits_for_a_lawyer_whom_nobody_asked(counsel, as_user):
    assert "Nothing waits for you." in as_user(counsel).get(INDEX).content.decode()


# --- Reading ---


def test_counsel_reads_text_evidence_and_findings_as_readers_would(asked, story, counsel, as_user):
    quote = Evidence.objects.filter(passage__story=story).first().quote
    page = as_user(counsel).get(address("read", story.pk)).content.decode()
    for words in (story.headline, "met in secret in March", quote.words, quote.speaker.name, "Story check"):
        assert words in page


def test_the_page_holds_nothing_of_the_desk(story, counsel, reporter, as_user):
    canaries.story_with_secrets(story, by=reporter)
    builders.make_correction(story=story, written_by=reporter, note=canaries.WORD)
    ask_counsel(story, counsel, by=reporter)
    page = as_user(counsel).get(address("read", story.pk)).content.decode()
    for words in (
        *("official at the port", "They signed at night", "Dinner at the pier", "And 1 more, not shown."),
        *("declined to comment", "story.E022", "story.W025"),
    ):
        assert words in page
    assert canaries.WORD not in page.lower()
    assert "Quentin Hollis" not in page


def test_a_picture_that_readers_have_not_yet_is_shown_to_counsel_alone(story, counsel, reporter, outsider, as_user):
    figure = builders.make_figure(story=story)
    ask_counsel(story, counsel, by=reporter)
    client, picture = as_user(counsel), address("read_picture", story.pk, figure.public_key)
    assert f'src="{picture}"' in client.get(address("read", story.pk)).content.decode()
    response = client.get(picture)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response.content == bytes(figure.image)
    assert client.get(address("read_picture", story.pk, "other")).status_code == 404
    for user in (reporter, outsider):
        assert as_user(user).get(picture).status_code == 404


def test_nobody_but_who_is_asked_opens_the_page(asked, story, reporter, editor, outsider, standards, as_user):
    for user in (reporter, editor, outsider, standards, builders.make_user("second", "Counsel")):
        client = as_user(user)
        hidden, missing = (client.get(address("read", pk)) for pk in (story.pk, story.pk + 999))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert client.post(address("read", story.pk), {"outcome": "cleared"}).status_code == 404
    assert Clearance.objects.get().is_open


def test_while_the_story_cant_be_shown_the_page_says_so_and_takes_no_answer(asked, story, counsel, as_user):
    quote = Evidence.objects.filter(passage__story=story).first().quote
    type(quote)._base_manager.filter(source=quote.source).update(terms="")
    client = as_user(counsel)
    page = client.get(address("read", story.pk)).content.decode()
    assert "can’t be shown right now" in page
    assert story.body[:20] not in page
    client.post(address("read", story.pk), {"read": asked.digest, "outcome": "cleared"})
    assert Clearance.objects.get().is_open


def test_the_page_is_kept_by_no_cache(asked, story, counsel, as_user):
    assert "no-store" in as_user(counsel).get(address("read", story.pk))["Cache-Control"]


# --- Answering ---


def test_an_answer_closes_the_page_and_the_team_reads_it(asked, story, counsel, reporter, as_user):
    client = as_user(counsel)
    response = answer(client, story, outcome="with_changes", note="Strike the last sentence.")
    assert (response.status_code, response.url) == (302, INDEX)
    assert client.get(address("read", story.pk)).status_code == 404
    assert client.get(INDEX).context["to_clear"] == []
    page = as_user(reporter).get(address("change", story.pk)).content.decode()
    assert "Cleared with changes" in page
    assert "Strike the last sentence." in page
    assert "changed since" not in page
    story.edit(by=reporter, body=story.body.replace("The chair said", "She said"))
    assert "changed since" in as_user(reporter).get(address("change", story.pk)).content.decode()


def test_an_answer_to_words_that_were_changed_meanwhile_is_refused_and_the_new_ones_shown(
    asked, story, counsel, reporter, as_user
):
    client, old = as_user(counsel), asked.digest
    story.edit(by=reporter, body=story.body.replace("The chair said", "She said"))
    values = {"read": old, "outcome": "cleared", "note": ""}
    page = client.post(address("read", story.pk), values).content.decode()
    assert "The story was changed while you read it" in page
    assert "She said" in page
    assert Clearance.objects.get().is_open
    assert answer(client, story).status_code == 302


def test_an_answer_without_what_is_wrong_is_refused(asked, story, counsel, as_user):
    page = answer(as_user(counsel), story, outcome="not_cleared").content.decode()
    assert "Say what has to change" in page
    assert Clearance.objects.get().is_open


def test_a_request_that_is_taken_back_closes_the_page(asked, story, counsel, reporter, as_user):
    take_back(asked, by=reporter)
    client = as_user(counsel)
    assert client.get(address("read", story.pk)).status_code == 404
    assert client.get(INDEX).context["to_clear"] == []


# --- The desk asks ---


def test_a_reporter_asks_on_the_storys_screen_and_takes_it_back(story, counsel, reporter, as_user):
    client = as_user(reporter)
    assert 'form="ask-form">Ask counsel</button>' in client.get(address("change", story.pk)).content.decode()
    response = client.post(address("ask", story.pk), {"counsel": counsel.pk}, follow=True)
    (said,) = sentences(response)
    assert said.startswith("Asked: they read the story")
    asked = Clearance.objects.get()
    assert f'form="take-back-{asked.pk}"' in response.content.decode()
    response = client.post(address("take_back", story.pk, asked.pk), follow=True)
    assert sentences(response) == ["Taken back: they can't read it any longer."]
    assert "taken back by reporter" in response.content.decode()


def test_only_counsel_is_offered_and_taken(story, counsel, reporter, editor, as_user):
    client = as_user(reporter)
    assert list(client.get(address("change", story.pk)).context["ask_form"].fields["counsel"].queryset) == [counsel]
    response = client.post(address("ask", story.pk), {"counsel": editor.pk}, follow=True)
    assert sentences(response) == ["Choose whom to ask."]
    assert not Clearance.objects.exists()


def test_an_outsider_asks_nobody_about_a_hidden_story(asked, story, counsel, outsider, as_user):
    client = as_user(outsider)
    assert client.post(address("ask", story.pk), {"counsel": counsel.pk}).status_code == 404
    assert client.post(address("take_back", story.pk, asked.pk)).status_code == 404


def test_a_request_is_taken_back_at_its_own_story_alone(asked, reporter, as_user):
    other = builders.make_story(investigation=asked.story.investigation)
    assert as_user(reporter).post(address("take_back", other.pk, asked.pk)).status_code == 404
    assert Clearance.objects.get().is_open


def test_a_link_asks_nobody(story, counsel, reporter, as_user):
    client = as_user(reporter)
    assert client.get(address("ask", story.pk)).status_code == 405
    assert not Clearance.objects.exists()
