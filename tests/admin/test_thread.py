"""The page that says what would fall without a source, quote or meeting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders


def page(noun, row):
    return reverse(f"admin:investigations_{noun}_thread", args=[row.pk])


@pytest.fixture
def quote(story):
    """The only evidence of the second passage."""
    return story.passages.get(mark="p2").evidence.get().quote


@pytest.mark.parametrize("noun", ["quote", "source", "meeting"])
def test_the_screen_links_to_the_page_that_names_each_passage_and_story(noun, story, quote, reporter, as_user):
    record = {"quote": quote, "source": quote.source}.get(noun)
    if noun == "meeting":
        record = builders.make_meeting(investigation=story.investigation)
        passage = story.passages.get(mark="p2")
        passage.evidence.all().delete()
        builders.make_evidence(passage=passage, meeting=record)
    client = as_user(reporter)
    screen = reverse(f"admin:investigations_{noun}_change", args=[record.pk])
    assert '<a href="../thread/">Pull the thread</a>' in client.get(screen).content.decode()
    html = client.get(page(noun, record)).content.decode()
    assert "Without it, 1 passage would fall, in 1 story." in html
    assert ">nobody had asked her</a>: nothing is left that supports it." in html
    assert story.headline in html
    assert "met in secret in March" not in html


def test_it_says_what_still_holds_a_passage(story, quote, reporter, as_user):
    left = builders.make_source(investigation=story.investigation)
    builders.make_evidence(passage=story.passages.get(mark="p2"), source=left)
    html = as_user(reporter).get(page("quote", quote)).content.decode()
    assert "No passage that you see would fall without it." in html
    assert f"source {left.code_name}</a>: 1 origin, 0 named, 1 first-hand." in html


def test_somebody_of_another_team_gets_what_is_not_there(quote, outsider, as_user):
    assert as_user(outsider).get(page("quote", quote)).status_code == 404


def test_the_page_costs_the_same_for_two_passages_and_for_ten(investigation, reporter, as_user):
    client, counts = as_user(reporter), []
    for many in (2, 10):
        body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}, and so on." for n in range(1, many + 1))
        story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
        source = builders.make_source(investigation=investigation)
        for passage in story.passages.all():
            builders.make_evidence(passage=passage, source=source)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("source", source))
        counts.append(len(queries))
    assert counts[0] == counts[1]
