"""How strong a passage stands, and what is pulled down with a record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.lint.strength import strengths
from investigations.lint.thread import pull
from tests import builders


@pytest.fixture
def passage(story):
    """The passage in the second paragraph, without evidence."""
    found = story.passages.get(mark="p2")
    found.evidence.all().delete()
    return found


def source(passage, **values):
    return builders.make_source(investigation=passage.story.investigation, **values)


def cite(passage, *sources, **values):
    for each in sources:
        builders.make_evidence(passage=passage, source=each, **values)


def strong(passage):
    return str(strengths([passage.pk])[passage.pk])


def test_two_documents_are_two_origins(passage):
    cite(passage, source(passage), source(passage))
    assert strong(passage) == "2 origins, 0 named, 2 first-hand"


def test_two_reports_of_one_origin_are_one(passage):
    origin = source(passage)
    cite(passage, source(passage, origin=source(passage, origin=origin)), source(passage, origin=origin))
    assert strong(passage) == "1 origin, 0 named, 0 first-hand"


def test_a_relay_is_no_origin(passage):
    paper = source(passage)
    people = [source(passage, person=builders.make_person(), relay=paper) for _ in range(2)]
    cite(passage, *people)
    assert strong(passage) == "2 origins, 2 named, 0 first-hand"


def test_two_rows_of_one_person_are_one_origin(passage):
    person = builders.make_person()
    cite(passage, source(passage, person=person), source(passage, person=person))
    assert strong(passage) == "1 origin, 1 named, 1 first-hand"


def test_unnamed_sources_that_nobody_knows_are_one_or_more(passage):
    cite(passage, source(passage, descriptor="an official"), source(passage, descriptor="a guard"))
    assert strong(passage) == "1 or more origins, 0 named, 2 first-hand"
    cite(passage, source(passage, descriptor="a pilot", identity="known"))
    assert strong(passage) == "2 or more origins, 0 named, 3 first-hand"


def test_our_own_reporter_is_an_origin(passage):
    seen = builders.make_meeting(investigation=passage.story.investigation, established="observed")
    builders.make_evidence(passage=passage, meeting=seen)
    assert strong(passage) == "1 origin, 1 named, 1 first-hand"


@pytest.mark.parametrize("values", [{"showing": "desk_only"}, {"stance": "contradicts"}, {"stance": "context"}])
def test_what_stays_on_the_desk_and_what_does_not_support_it_does_not_count(passage, values):
    cite(passage, source(passage), **values)
    assert strong(passage) == "nothing supports it"


# --- Pull the thread ---


def words(pulled):
    return [each.passage.mark for each in pulled]


def test_a_passage_falls_with_its_only_source_and_another_is_held_by_what_is_left(story, passage, reporter):
    only, other = source(passage), source(passage)
    cite(passage, only)
    cite(story.passages.get(mark="p1"), only, other)
    thread = pull(only, reporter)
    assert (words(thread.falls), words(thread.holds), thread.beside) == (["p2"], ["p1"], ())
    assert {piece.record for piece in thread.holds[0].left} >= {other}
    assert thread.holds[0].strength.origins == 2


@pytest.mark.parametrize("way", ["quote", "meeting", "origin", "relay"])
def test_with_a_source_goes_all_that_is_known_from_it(passage, reporter, way):
    pulled = source(passage, person=builders.make_person())
    cited = {
        "quote": lambda: {"quote": builders.make_quote(source=pulled)},
        "meeting": lambda: {
            "meeting": builders.make_meeting(investigation=passage.story.investigation, source=pulled)
        },
        "origin": lambda: {"quote": builders.make_quote(source=source(passage, origin=pulled), speaker_label="x")},
        "relay": lambda: {"source": source(passage, relay=pulled)},
    }[way]()
    builders.make_evidence(passage=passage, **cited)
    assert words(pull(pulled, reporter).falls) == ["p2"]


@pytest.mark.parametrize("showing", ["shown", "counted"])
def test_what_readers_are_told_of_still_holds_it_and_what_stays_on_the_desk_does_not(passage, reporter, showing):
    gone = builders.make_quote(investigation=passage.story.investigation)
    builders.make_evidence(passage=passage, quote=gone)
    cite(passage, source(passage), showing="desk_only")
    assert words(pull(gone, reporter).falls) == ["p2"]
    cite(passage, source(passage), showing=showing)
    assert words(pull(gone, reporter).holds) == ["p2"]


def test_what_only_contradicts_a_passage_pulls_nothing_down(passage, reporter):
    gone = builders.make_meeting(investigation=passage.story.investigation)
    builders.make_evidence(passage=passage, meeting=gone, stance="contradicts")
    thread = pull(gone, reporter)
    assert (thread.falls, thread.holds, words(thread.beside)) == ((), (), ["p2"])


def test_nobody_beside_the_team_is_told_of_a_passage(passage, reporter, outsider):
    gone = source(passage)
    cite(passage, gone)
    assert words(pull(gone, reporter).falls) == ["p2"]
    thread = pull(gone, outsider)
    assert (thread.falls, thread.holds, thread.beside) == ((), (), ())


def test_pulling_and_measuring_cost_the_same_for_two_passages_and_for_twelve(investigation, reporter):
    counts = []
    reporter.get_all_permissions()  # asked for once a request
    for many in (2, 12):
        body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}, and so on." for n in range(1, many + 1))
        story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
        origin = builders.make_source(investigation=investigation)
        for passage in story.passages.all():
            cite(passage, source(passage, origin=origin), origin)
        with CaptureQueriesContext(connection) as queries:
            assert len(pull(origin, reporter).holds) == many
            assert len(strengths(passage.pk for passage in story.passages.all())) == many
        counts.append(len(queries))
    assert counts[0] == counts[1] < 14
