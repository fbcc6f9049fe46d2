"""Which passages seem to speak of somebody, and words that are no longer those of a letter."""

import pytest

from investigations.lint.about import passages_about
from investigations.lint.requests import letters
from tests import builders
from tests.lint.told import told

BODY = """\
Lee Sample [sold the port]{#p1}. He [kept the money]{#p2}.

The Harbor Board [looked away]{#p3}, and [the samplers met]{#p4}.
"""


@pytest.fixture
def story(investigation, reporter):
    return builders.make_ready_story(investigation=investigation, by=reporter, body=BODY)


def why(request):
    return {found.mark: found.why for found in passages_about(request) if found.why}


def test_a_person_is_found_by_their_name_in_the_sentence(story):
    asked = builders.make_comment_request(story=story, person=builders.make_person(name="Lee Sample"))
    assert why(asked) == {"p1": ("named in its sentence",)}


def test_an_organization_is_found_by_its_name(story):
    asked = builders.make_comment_request(story=story, organization=builders.make_organization(name="Harbor Board"))
    assert why(asked).keys() == {"p3", "p4"}


def test_a_person_is_found_as_speaker_and_at_a_meeting_of_the_evidence(story):
    person = builders.make_person(name="Robin Quill")
    source = builders.make_source(investigation=story.investigation, person=person)
    quote = builders.make_quote(source=source, speaker=person)
    builders.make_evidence(passage=story.passages.get(mark="p2"), quote=quote)
    meeting = builders.make_meeting(investigation=story.investigation)
    builders.make_attendance(meeting=meeting, person=person)
    builders.make_evidence(passage=story.passages.get(mark="p3"), meeting=meeting)
    asked = builders.make_comment_request(story=story, person=person)
    assert why(asked) == {"p2": ("quoted as evidence",), "p3": ("at a meeting that is evidence",)}


def test_every_passage_is_there_to_be_chosen(story):
    found = passages_about(builders.make_comment_request(story=story))
    assert [each.mark for each in found] == ["p1", "p2", "p3", "p4"]
    assert found[1].sentence == "He kept the money."


def test_as_many_queries_for_many_pieces_of_evidence(story, django_assert_num_queries):
    asked = builders.make_comment_request(story=story)
    for mark in ("p1", "p2", "p3"):
        meeting = builders.make_meeting(investigation=story.investigation)
        builders.make_attendance(meeting=meeting)
        builders.make_evidence(passage=story.passages.get(mark=mark), meeting=meeting)
    asked.refresh_from_db()
    with django_assert_num_queries(4):
        passages_about(asked)


# --- Words that changed since ---


def test_words_as_they_were_put_are_not_told(story, reporter):
    builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"])
    assert told(story, letters) == []


def test_a_change_around_the_passage_is_told_at_it(story, reporter):
    builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"])
    story.edit(by=reporter, body=story.body.replace("He [kept", "He and his brother [kept"))
    assert told(story, letters) == [("story.W074", 1, "p2")]


def test_a_letter_with_the_new_words_settles_it(story, reporter):
    letter = builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"])
    story.edit(by=reporter, body=story.body.replace("He [kept", "He and his brother [kept"))
    builders.put_to_somebody(story, by=reporter, marks=["p2"], request=letter.request)
    assert told(story, letters) == []


def test_a_letter_that_nobody_sent_says_nothing(story, reporter):
    builders.put_to_somebody(story, by=reporter, marks=["p1"], steps=1)
    story.edit(by=reporter, body=story.body.replace("sold", "gave"))
    assert told(story, letters) == []


def test_a_passage_that_is_gone_needs_no_letter(story, reporter):
    builders.put_to_somebody(story, by=reporter, marks=["p1"])
    story.edit(by=reporter, body=story.body.replace("Lee Sample [sold the port]{#p1}. ", ""))
    assert told(story, letters) == []
