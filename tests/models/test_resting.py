"""What rests on a record: every way from a person to the stories that would say something else without them."""

import pytest

from investigations.models.resting import evidence_on, stories_on
from tests import builders


@pytest.fixture
def person(db):
    return builders.make_person()


@pytest.fixture
def passage(investigation):
    story = builders.make_story(investigation=investigation, body="The board [met in March]{#p1}.")
    return builders.make_passage(story=story)


def source_of(person, team, **values):
    return builders.make_source(investigation=team, person=person, **values)


def speaks(person, team):
    return {"quote": builders.make_quote(source=builders.make_source(investigation=team), speaker=person)}


def is_the_source_of_a_quote(person, team):
    return {"quote": builders.make_quote(source=source_of(person, team), speaker=builders.make_person())}


def attends(person, team):
    return {
        "meeting": builders.make_attendance(meeting=builders.make_meeting(investigation=team), person=person).meeting
    }


def is_the_source_of_a_meeting(person, team):
    return {"meeting": builders.make_meeting(investigation=team, source=source_of(person, team))}


def is_a_source(person, team):
    return {"source": source_of(person, team)}


def is_behind_a_source_that_relies_on_one_who_reports_them(person, team):
    relay = builders.make_source(investigation=team, relay=source_of(person, team))
    return {"source": builders.make_source(investigation=team, origin=relay)}


def of_a_meeting(team, **account):
    meeting = builders.make_meeting(investigation=team)
    builders.make_role_account(meeting=meeting, **account)
    return {"meeting": meeting}


def of_a_class(team, **account):
    meeting = builders.make_meeting(investigation=team)
    group = builders.make_meeting_class(investigation=team, meetings=[meeting])
    builders.make_role_account(meeting_class=group, **account)
    return {"meeting": meeting}


ABOUT = {
    "of the person": lambda person, team: {"person": person},
    "in the person's words": lambda person, team: speaks(person, team),
    "by the person": lambda person, team: {"source": source_of(person, team)},
    "in words from the person": lambda person, team: is_the_source_of_a_quote(person, team),
}
WAYS = {
    way.__name__: way
    for way in (
        speaks,
        is_the_source_of_a_quote,
        attends,
        is_the_source_of_a_meeting,
        is_a_source,
        is_behind_a_source_that_relies_on_one_who_reports_them,
    )
} | {
    f"{of.__name__} an account {about}": lambda person, team, of=of, make=make: of(team, **make(person, team))
    for of in (of_a_meeting, of_a_class)
    for about, make in ABOUT.items()
}


@pytest.mark.parametrize("way", WAYS)
def test_evidence_rests_on_a_person_who(way, person, passage, investigation):
    piece = builders.make_evidence(passage=passage, **WAYS[way](person, investigation))
    builders.make_evidence()
    assert list(evidence_on(person)) == [piece]
    assert list(stories_on(person)) == [passage.story]
    assert not stories_on(builders.make_person()).exists()


def test_a_story_that_asks_them_for_comment_rests_on_a_person_and_on_a_body(db):
    body = builders.make_organization()
    to_person, to_body = builders.make_comment_request(), builders.make_comment_request(organization=body)
    assert list(stories_on(to_person.person)) == [to_person.story]
    assert list(stories_on(body)) == [to_body.story]


@pytest.mark.parametrize("is_the_subject", [True, False])
def test_a_chart_of_meetings_rests_on_who_met_and_on_whose_meetings_they_are(is_the_subject, person, investigation):
    meeting = builders.make_attendance(
        meeting=builders.make_meeting(investigation=investigation), **({} if is_the_subject else {"person": person})
    ).meeting
    group = builders.make_meeting_class(
        investigation=investigation, meetings=[meeting], **({"subject": person} if is_the_subject else {})
    )
    story = builders.make_story(investigation=investigation)
    builders.make_figure(story=story, meeting_class=group)
    assert list(stories_on(person)) == [story]


def test_no_evidence_rests_on_a_kind_that_evidence_never_names(db):
    builders.make_evidence()
    assert not evidence_on(builders.make_organization()).exists()


@pytest.mark.parametrize("many", [1, 4])
def test_it_takes_two_queries_however_long_the_chain_of_sources(
    many, person, passage, investigation, django_assert_num_queries
):
    last = source_of(person, investigation)
    for _ in range(many):
        last = builders.make_source(investigation=investigation, relay=last)
    builders.make_evidence(passage=passage, source=last)
    with django_assert_num_queries(2):
        assert list(stories_on(person)) == [passage.story]
