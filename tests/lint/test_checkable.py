"""Checkable sentences and the records that may show them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.lint import check_story
from investigations.lint.checkable import MOST, proposals
from tests import builders


def proposed(investigation, body):
    story = builders.make_story(investigation=investigation, body=body)
    (one,) = proposals(story)
    return list(one.records)


def make_meeting(investigation, *names, **values):
    meeting = builders.make_meeting(investigation=investigation, **{"when": "May 3, 2016", **values})
    for name in names:
        builders.make_attendance(meeting=meeting, person=builders.make_person(name=name))
    return meeting


@pytest.mark.parametrize(
    "sentence",
    [
        "She said, “Nobody ever asked me before.”",
        'She said, "nobody ever  asked me".',
        "“Nobody … asked [her] before signing,” she said.",
    ],
)
def test_quoted_words_match_the_quote_in_which_they_stand(sentence, investigation):
    quote = builders.make_quote(investigation=investigation, words="Nobody ever asked me before signing.")
    builders.make_quote(investigation=investigation, words="Nobody voted.")
    assert proposed(investigation, sentence) == [quote]


@pytest.mark.parametrize("sentence", ["She said “Nobody did”.", "“[nobody ever asked her]” 3 times."])
def test_a_few_quoted_words_or_none_of_the_speakers_match_nothing(sentence, investigation):
    builders.make_quote(investigation=investigation, words="Nobody did.")
    assert proposed(investigation, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Lee Sample met the board on May 3, 2016.",
        "On 3 May 2016 it was Sample who came.",
        "Sample came in early May 2016.",
        "Lee Sample and Ana Moreno met.",
    ],
)
def test_people_named_with_a_date_or_with_another_match_their_meeting(sentence, investigation):
    meeting = make_meeting(investigation, "Lee Sample", "Ana Moreno")
    make_meeting(investigation, "Kim Still")
    assert proposed(investigation, sentence) == [meeting]


@pytest.mark.parametrize(
    "sentence", ["Lee Sample met them on June 3, 2016.", "Lee Sample met them.", "Samples came on May 3, 2016."]
)
def test_another_date_no_date_or_another_name_matches_no_meeting(sentence, investigation):
    make_meeting(investigation, "Lee Sample", "Ana Moreno")
    assert proposed(investigation, sentence) == []


def test_a_body_named_with_a_date_matches_the_meeting_that_names_it(investigation):
    builders.make_organization(name="Harbor Board")
    meeting = make_meeting(investigation, title="Vote of the Harbor Board")
    assert proposed(investigation, "The Harbor Board voted in May 2016.") == [meeting]


def test_a_source_named_by_its_title_matches(investigation):
    source = builders.make_source(investigation=investigation, title="Register of Sales 2016")
    assert proposed(investigation, "It stands in the Register of Sales 2016.") == [source]


def test_records_of_another_investigation_are_not_proposed(investigation):
    other = builders.make_investigation()
    builders.make_quote(investigation=other, words="Nobody ever asked me before signing.")
    make_meeting(other, "Lee Sample")
    assert proposed(investigation, "Lee Sample said “nobody ever asked me” on May 3, 2016.") == []


def test_a_handful_is_proposed_and_no_more(investigation):
    for _ in range(MOST + 1):
        builders.make_quote(investigation=investigation, words="Nobody ever asked me before signing.")
    assert len(proposed(investigation, "She said, “Nobody ever asked me.”")) == MOST


def test_a_long_story_asks_as_much_as_a_short_one(investigation):
    make_meeting(investigation, "Lee Sample", "Ana Moreno")
    counts = []
    for body in ("It was 11.", "Lee Sample met Ana Moreno in May 2016. " * 20):
        story = builders.make_story(investigation=investigation, body=body)
        with CaptureQueriesContext(connection) as queries:
            proposals(story)
        counts.append(len(queries))
    assert counts == [counts[0], counts[0]]


# --- Notes from a draft ---


def waiting(story):
    return [finding for finding in check_story(story) if finding.id == "story.W090"]


def test_a_note_that_waits_is_told_once_at_its_passage(story, reporter):
    for _ in range(2):
        builders.make_draft_note(story=story, passage=story.passages.get(mark="p2"))
    assert [(finding.mark, finding.paragraph) for finding in waiting(story)] == [("p2", 2)]
    assert not waiting(story)[0].must_be_fixed


def test_a_note_without_a_passage_is_told_of_the_story(story):
    builders.make_draft_note(story=story)
    assert [(finding.mark, finding.obj) for finding in waiting(story)] == [("", str(story))]


def test_a_settled_note_is_not_told(story, reporter):
    builders.make_draft_note(story=story).settle(by=reporter)
    assert waiting(story) == []
