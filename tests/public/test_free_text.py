"""The filter of a list by words: whether a word is rare or common, with other filters or without."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.fulltext.words import folded
from investigations.public import free_text
from investigations.record.models import SearchRow
from investigations.record.models.search import mark_of
from tests.public.index_rows import meeting_row


@pytest.fixture(params=["rare", "common"])
def dinners(request, db, monkeypatch):
    """Three meetings with their rows of the search; the words count as rare, or as too common for the index."""
    monkeypatch.setattr(free_text, "FEW", 5000 if request.param == "rare" else 0)
    for key, kind, said in (
        ("a", "dinner", "Žofia at the harbor board"),
        ("b", "speech", "the board of the harbor"),
        ("c", "dinner", "harborside"),
    ):
        meeting_row(key, kind=kind)
        searched(key, said)


def searched(key, said, kind="meeting"):
    """A row of the search."""
    words = {"title": f"Meeting {key}", "head": folded(f"Meeting {key}"), "text": said, "words": folded(said)}
    SearchRow.objects.create(name=f"{kind}/{key}", kind=kind, href=f"/{key}/", marks=mark_of(kind), **words)


def keys(client, **query):
    """The keys of the meetings that answer, in order."""
    html = client.get("/meetings/", query).content.decode()
    return [key for key in "abc" if f'href="/meetings/{key}/"' in html]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "harbor"}, "ab"),
        ({"q": "ZOFIA"}, "a"),
        ({"q": "“harbor board”"}, "a"),
        ({"q": "board harbor"}, "ab"),
        ({"q": "harbor", "kind": "dinner"}, "a"),
        ({"q": "harbor 100%_"}, ""),
        ({"q": "meeting"}, "abc"),
        ({"q": "'\"; --"}, ""),
        ({"q": ""}, "abc"),
    ],
)
def test_meetings_are_found_by_their_words_among_the_other_filters(dinners, client, asked, found):
    assert keys(client, **asked) == list(found)


def test_what_another_kind_says_finds_no_meeting(dinners, client):
    searched("a", "a quarrel", kind="quote")
    assert keys(client, q="quarrel") == []


def test_too_few_letters_are_told(dinners, client):
    assert "Type at least 2 letters or figures." in client.get("/meetings/", {"q": "x"}).content.decode()


def test_words_cost_the_same_queries_however_much_they_find(dinners, client):
    counts = []
    for word in ("zofia", "meeting"):
        with CaptureQueriesContext(connection) as asked:
            keys(client, q=word)
        counts.append(len(asked))
    assert counts[0] == counts[1]
