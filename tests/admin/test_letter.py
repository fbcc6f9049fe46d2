"""The letter's screen: from the ticked passages to the answer laid at them, without a script."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from investigations.models import Letter
from tests import builders

PAGE = "admin:investigations_commentrequest_letter"


def page(asked, verb=""):
    return reverse(f"{PAGE}_{verb}" if verb else PAGE, args=[asked.pk])


def shown(client, asked, query=""):
    return client.get(page(asked) + query).content.decode()


@pytest.fixture
def asked(story):
    return builders.make_comment_request(story=story, person=builders.make_person(name="Robin Quill"))


@pytest.fixture
def sent(story, reporter):
    return builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"])


def test_a_letter_goes_from_ticked_passages_to_a_file(asked, as_user, reporter):
    client = as_user(reporter)
    client.post(page(asked, "write"), {"marks": ["p2"], "deadline": "2099-03-02T17:00"})
    words = asked.letters.get().words.replace("[Say in a sentence or two what the story is about.]", "Of a vote.")
    assert client.get(page(asked, "text")).status_code == 404
    client.post(page(asked, "send"), {"words": words, "how": "by mail"})
    file = client.get(page(asked, "text"))
    assert (file["Content-Type"], file.content.decode()) == ("text/plain; charset=utf-8", words)
    assert file["Content-Disposition"] == 'attachment; filename="letter-robin-quill.txt"'
    assert "readonly" in shown(client, asked)


def test_what_seems_to_be_about_them_is_ticked(story, as_user, reporter):
    story.edit(by=reporter, body=story.body.replace("The chair said", "Robin Quill said"))
    asked = builders.make_comment_request(story=story, person=builders.make_person(name="Robin Quill"))
    response = as_user(reporter).get(page(asked))
    assert response.context["choose"].initial["marks"] == ["p2"]


def test_chosen_again_the_passages_of_the_last_letter_are_ticked(sent, as_user, reporter):
    response = as_user(reporter).get(page(sent.request) + "?anew=1")
    assert response.context["choose"].initial["marks"] == ["p1", "p2"]
    assert response.context["choose"].initial["deadline"] == sent.deadline


def test_a_refused_letter_keeps_what_was_typed(asked, story, as_user, reporter):
    letter = builders.put_to_somebody(story, by=reporter, steps=1, request=asked)
    client = as_user(reporter)
    response = client.post(page(asked, "send"), {"words": "A letter that says nothing", "how": "by mail"})
    told = response.content.decode()
    assert "Number 1 is not in the letter in the words of the story" in told
    assert "A letter that says nothing" in told
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_a_save_over_a_colleagues_is_refused_and_nothing_is_lost(asked, story, as_user, reporter, editor):
    builders.put_to_somebody(story, by=reporter, steps=1, request=asked)
    client = as_user(editor)
    seen = client.get(page(asked)).context["edit"].initial["seen"]
    client.post(page(asked, "save"), {"words": "The editor’s words", "seen": seen})
    told = as_user(reporter).post(page(asked, "save"), {"words": "The reporter’s words", "seen": seen})
    assert "editor wrote on this letter meanwhile" in told.content.decode()
    assert "The reporter’s words" in told.content.decode()
    assert asked.letters.get().words == "The editor’s words\n"


def test_the_answer_is_split_and_laid_at_its_passages(sent, story, as_user, reporter):
    client = as_user(reporter)
    client.post(page(sent.request, "answer"), {"answer": "1. The door stood open.\r\n\r\n2. No."})
    form = client.get(page(sent.request)).context["lay"]
    assert [row["fields"][0].value() for row in form.rows()] == ["The door stood open.", "No."]
    said = {"said-1": "The door stood open.", "stance-1": "contradicts", "said-2": "", "stance-2": "context"}
    client.post(page(sent.request, "lay"), {"outcome": "replied", "answered": "2026-03-02", **said})
    (piece,) = story.passages.get(mark="p1").evidence.filter(stance="contradicts")
    assert (piece.quote.words, piece.showing) == ("The door stood open.", "desk_only")
    after = shown(client, sent.request)
    assert "Laid at" in after
    assert 'name="said-1"' not in after


def test_silence_has_its_button_once_the_deadline_is_over(sent, as_user, reporter):
    client = as_user(reporter)
    assert "They did not respond" not in shown(client, sent.request)
    client.post(page(sent.request, "silent"))
    sent.request.refresh_from_db()
    assert sent.request.outcome == ""
    type(sent.request).objects.update(deadline=builders.NOON)
    assert "They did not respond" in shown(client, sent.request)
    client.post(page(sent.request, "silent"))
    sent.request.refresh_from_db()
    assert sent.request.outcome == "no_response"
    assert "They did not respond" not in shown(client, sent.request)


def test_words_that_changed_since_are_shown_beside_those_now(sent, story, as_user, reporter):
    story.edit(by=reporter, body=story.body.replace("was sold", "was given away"))
    told = shown(as_user(reporter), sent.request)
    assert "These sentences are no longer as the letter has them." in told
    assert "and the port was given away." in told


def test_the_request_and_the_story_lead_to_the_letter(sent, story, as_user, reporter):
    client = as_user(reporter)
    for noun, row in (("commentrequest", sent.request), ("story", story)):
        address = reverse(f"admin:investigations_{noun}_change", args=[row.pk])
        assert f'href="{page(sent.request)}"' in client.get(address).content.decode()


def test_somebody_who_only_reads_requests_gets_no_letter(sent, investigation, as_user):
    guest = builders.make_user("guest")
    may = ["view_commentrequest", "view_investigation"]
    guest.user_permissions.set(Permission.objects.filter(codename__in=may))
    investigation.team.add(guest)
    client = as_user(guest)
    assert (
        client.get(reverse("admin:investigations_commentrequest_change", args=[sent.request.pk])).status_code == 200
    )
    assert client.get(page(sent.request)).status_code == 403
    assert client.post(page(sent.request, "answer"), {"answer": "No."}).status_code == 403


def test_as_many_queries_for_many_passages_as_for_one(
    investigation, as_user, reporter, django_assert_max_num_queries
):
    client, counts = as_user(reporter), []
    for many in (1, 20):
        body = "\n\n".join(f"The board [met {n}]{{#p{n}}}." for n in range(1, many + 1))
        story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
        marks = [f"p{n}" for n in range(1, many + 1)]
        letter = builders.put_to_somebody(story, by=reporter, marks=marks, steps=3)
        with django_assert_max_num_queries(60) as found:
            client.get(page(letter.request) + "?anew=1")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_nothing_is_written_for_a_time_that_is_over(asked, as_user, reporter):
    past = timezone.localtime(builders.NOON).strftime("%Y-%m-%dT%H:%M")
    told = as_user(reporter).post(page(asked, "write"), {"marks": ["p1"], "deadline": past}).content.decode()
    assert "Give them time to answer" in told
    assert not Letter.objects.exists()
