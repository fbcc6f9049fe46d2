"""How far words have gone: every passage that rests on them, and the editions in which readers have them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.models import Evidence
from investigations.publishing.reach import reach
from investigations.record.models import Part
from tests import builders


@pytest.fixture
def unnamed(investigation):
    return builders.make_source(investigation=investigation, descriptor="a pilot of the port")


@pytest.fixture
def interview(unnamed):
    return builders.make_interview(source=unnamed, terms="background")


@pytest.fixture
def quote(interview, unnamed):
    return builders.make_quote(source=unnamed, interview=interview)


@pytest.fixture
def piece(story, quote):
    return builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)


def told(record, user):
    return [(one.mark, one.words, bool(one.passage), one.editions) for one in reach(record, user)]


WORDS = "met in secret in March"


@pytest.mark.parametrize("of", ["unnamed", "interview", "quote"])
def test_a_passage_on_the_desk_is_told_with_the_editions_that_readers_have(
    of, piece, story, reporter, editor, request
):
    record = request.getfixturevalue(of)
    assert told(record, reporter) == [("p1", WORDS, True, [])]
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor)
    assert told(record, reporter) == [("p1", WORDS, True, [1, 2])]


def test_what_the_desk_no_longer_cites_is_told_where_readers_have_it(piece, quote, story, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    Evidence.objects.filter(pk=piece.pk).delete()
    assert told(quote, reporter) == [("p1", WORDS, False, [1])]


def test_a_passage_that_rests_on_it_through_a_meetings_account_is_told(story, quote, unnamed, reporter, editor):
    meeting = builders.make_meeting(investigation=story.investigation)
    person = builders.make_attendance(meeting=meeting).person
    builders.make_role_account(meeting=meeting, person=person, quote=quote)
    builders.make_evidence(passage=story.passages.get(mark="p2"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    for record in (quote, unnamed):
        assert told(record, reporter) == [("p2", "nobody had asked her", True, [1])]


def test_a_named_source_is_told_by_its_entries_too(story, investigation, reporter, editor):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    memo = builders.make_source(investigation=investigation, origin=source)
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=builders.make_quote(source=source))
    builders.make_evidence(passage=story.passages.get(mark="p2"), source=memo)
    builders.publish_story(story, reporter=reporter, editor=editor)
    Evidence.objects.filter(passage__story=story).delete()
    assert [(mark, editions) for mark, _, _, editions in told(source, reporter)] == [("p1", [1]), ("p2", [1])]


def test_what_is_withheld_readers_do_not_have(piece, quote, story, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    part = Part.objects.get(kind="note", key=piece.public_key)
    builders.withhold_part(part, "hidden")
    assert told(quote, reporter) == [("p1", WORDS, True, [])]


def test_other_evidence_is_not_told(story, quote, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert told(quote, reporter) == []


def test_an_outsider_is_told_nothing(piece, quote, story, reporter, editor, outsider):
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert told(quote, outsider) == []


def test_it_takes_as_many_queries_for_many_stories_as_for_one(investigation, quote, reporter, editor):
    counts = []
    for stories in (1, 3):
        for _ in range(stories):
            story = builders.make_ready_story(investigation=investigation, by=reporter)
            builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
            builders.publish_story(story, reporter=reporter, editor=editor)
        with CaptureQueriesContext(connection) as queries:
            assert all(one.editions == [1] for one in reach(quote, reporter))
        counts.append(len(queries))
    assert counts[0] == counts[1]
