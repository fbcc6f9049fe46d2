"""“What shows this?”: records are found for words, and hung on them with the mark, both or neither."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.models import Evidence, Passage
from tests import builders
from tests.admin.test_writing import page, written

SENTENCE = "Lee Sample watched the vote from the gallery"


@pytest.fixture
def lee(as_user, reporter):
    return as_user(reporter)


@pytest.fixture
def dinner(story):
    return builders.make_meeting(investigation=story.investigation, title="Dinner at the club")


def marked(story, words=SENTENCE, mark="p3"):
    return story.body.replace(words, f"[{words}]{{#{mark}}}")


def key(record):
    return f"{record._meta.model_name}-{record.pk}"


def counted():
    return CaptureQueriesContext(connection)


def offers(client, story, **query):
    return client.get(page(story, "shows"), query).context["offers"]


# --- Finding ---


def test_the_exact_quote_comes_first_and_is_told_from_the_rest(lee, story):
    quote = builders.make_quote(investigation=story.investigation, words="We never signed the contract at all")
    found = offers(lee, story, words="never signed the contract")
    assert [(offer.key, offer.exact) for offer in found] == [(key(quote), True)]


def test_a_few_letters_find_quotes_meetings_and_sources(lee, story, dinner):
    quote = builders.make_quote(investigation=story.investigation, words="The dinner was long")
    source = builders.make_source(investigation=story.investigation, title="Dinner list", kind="document")
    assert {offer.key for offer in offers(lee, story, q="dinner")} >= {key(quote), key(dinner), key(source)}


def test_records_of_another_investigation_are_not_found(lee, story, reporter):
    own = builders.make_investigation(team=[reporter])
    builders.make_meeting(investigation=own, title="Dinner at the mine")
    assert offers(lee, story, q="dinner") == []


def test_as_many_queries_for_many_records_as_for_few(lee, story, dinner):
    with counted() as few:
        offers(lee, story, q="dinner")
    for number in range(20):
        builders.make_meeting(investigation=story.investigation, title=f"Dinner {number}")
    with counted() as many:
        offers(lee, story, q="dinner")
    assert len(many) == len(few)


# --- Hanging ---


def test_the_mark_and_the_evidence_are_saved_together(lee, story, dinner, reporter):
    data = written(lee, story, body=marked(story), mark="p3", record=key(dinner))
    told = lee.post(page(story, "attach"), data).json()
    piece = Evidence.objects.get(passage__mark="p3")
    assert (piece.meeting, piece.stance, piece.showing, piece.added_by) == (dinner, "supports", "shown", reporter)
    assert told["said"].startswith("p3: Meeting")
    assert told["mark"] == "p4"


def test_stance_and_what_readers_get_are_as_chosen(lee, story, dinner):
    chosen = {"stance": "contradicts", "showing": "desk_only"}
    lee.post(page(story, "attach"), written(lee, story, mark="p1", record=key(dinner), **chosen))
    piece = Evidence.objects.get(meeting=dinner)
    assert (piece.passage.mark, piece.stance, piece.showing) == ("p1", "contradicts", "desk_only")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"record": "meeting-999999"}, "Choose a quote, a meeting or a source"),
        ({"record": "person-1"}, "Choose a quote, a meeting or a source"),
        ({"record": ""}, "Choose a quote, a meeting or a source"),
        ({"stance": "proves"}, "is not a valid choice"),
        ({"mark": "p9"}, "can’t be marked"),
    ],
)
def test_what_is_refused_leaves_text_and_evidence_as_they_were(change, said, lee, story, dinner):
    body, count = story.body, Evidence.objects.count()
    data = {"body": marked(story), "mark": "p3", "record": key(dinner), **change}
    answer = lee.post(page(story, "attach"), written(lee, story, **data))
    assert answer.status_code == 422
    assert said in answer.json()["said"]
    story.refresh_from_db()
    assert (story.body, Evidence.objects.count()) == (body, count)
    assert not Passage.objects.filter(mark="p3").exists()


def test_words_that_no_mark_can_hold_are_refused_with_the_reason(lee, story, dinner):
    body = story.body.replace(SENTENCE, "Lee *Sample [watched* the vote]{#p3}")
    answer = lee.post(page(story, "attach"), written(lee, story, body=body, mark="p3", record=key(dinner)))
    assert "asterisks wholly inside" in answer.json()["said"]


def test_the_same_record_hangs_on_a_passage_once(lee, story, dinner):
    for status in (200, 422):
        data = written(lee, story, mark="p1", record=key(dinner))
        assert lee.post(page(story, "attach"), data).status_code == status
    assert Evidence.objects.filter(meeting=dinner).count() == 1


def test_a_record_of_others_is_as_one_that_isnt_there(lee, story):
    hidden = builders.make_meeting(investigation=builders.make_investigation())
    data = written(lee, story, mark="p1", record=key(hidden))
    assert lee.post(page(story, "attach"), data).status_code == 422


# --- Beside the text ---


def test_passages_stand_beside_the_text_in_its_order_with_their_evidence(lee, story):
    builders.make_evidence(passage=story.passages.get(mark="p2"), showing="desk_only")
    html = lee.get(reverse("admin:investigations_story_beside", args=[story.pk, "evidence"])).content.decode()
    assert html.index("passage-p1") < html.index("passage-p2")
    assert html.count("Desk only") == 1
    assert html.count("1 origin, 1 named, 1 first-hand") >= 1


def test_a_passage_whose_words_changed_says_so_beside_the_text(lee, story):
    story.edit(by=story.edited_by, body=story.body.replace("in secret", "in public"))
    assert "The words were changed" in lee.get(page(story)).content.decode()


@pytest.mark.parametrize("tab", ["evidence", "check", "preview"])
def test_a_tab_takes_the_same_queries_whatever_its_size(tab, lee, story):
    address = reverse("admin:investigations_story_beside", args=[story.pk, tab])
    with counted() as few:
        lee.get(address)
    passage = story.passages.get(mark="p2")
    for _ in range(5):
        builders.make_evidence(passage=passage, quote=builders.make_checked_quote(investigation=story.investigation))
    with counted() as many:
        assert lee.get(address).status_code == 200
    assert len(many) == len(few)


def test_there_is_no_other_tab(lee, story):
    assert lee.get(reverse("admin:investigations_story_beside", args=[story.pk, "vault"])).status_code == 404
