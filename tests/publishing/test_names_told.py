"""A name, once corrected or withheld, is so wherever readers were told it: in choices, on pages, in the search."""

import pytest

from investigations.record.models import SearchRow
from tests import builders
from tests.publishing.withheld import assert_the_record_holds, showing


@pytest.fixture
def person(db):
    """Somebody whom readers know."""
    return builders.make_person(name="Robin Brine", family_name="Brine")


@pytest.fixture
def meeting(investigation, person):
    """A meeting that names them."""
    meeting = builders.make_meeting(investigation=investigation, when="September 8, 2016")
    builders.make_attendance(meeting=meeting, person=person)
    return meeting


def publish_with(story, reporter, editor, **record):
    builders.make_evidence(passage=story.passages.get(mark="p1"), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


@pytest.fixture
def renamed(story, investigation, person, meeting, reporter, editor):
    """A story that quotes them, and another whose meeting calls them Secretname since a correction."""
    source = builders.make_source(investigation=investigation, person=person)
    quote = builders.make_checked_quote(source=source, speaker=person, checked_by=reporter)
    publish_with(story, reporter, editor, quote=quote)
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    publish_with(other, reporter, editor, meeting=meeting)
    type(person).objects.filter(pk=person.pk).update(name="Robin Secretname", family_name="Secretname")
    builders.correct_story(other, reporter=reporter, editor=editor)
    return story


LISTS = ("meetings", "quotes", "sources", "people")


def offered(client, person, words):
    """The lists that say these words."""
    asked = {name: client.get(f"/{name}/?person={person.public_key}").content.decode() for name in LISTS}
    return [name for name, page in asked.items() if words in page]


def test_a_corrected_name_stands_in_the_choices_of_every_list(renamed, person, client):
    assert "Robin Secretname" in client.get(f"/quotes/?person={person.public_key}").content.decode()
    assert_the_record_holds()


def test_a_withheld_name_stands_in_none(renamed, person, meeting, standards, client):
    builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}")
    assert offered(client, person, "Secretname") == []
    assert_the_record_holds()


def test_an_investigations_new_title_stands_in_the_choices_of_every_list(
    story, investigation, meeting, reporter, editor
):
    publish_with(story, reporter, editor, meeting=meeting)
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor)
    type(investigation).objects.filter(pk=investigation.pk).update(title="The harbor, again")
    builders.correct_story(other, reporter=reporter, editor=editor)
    assert_the_record_holds()


# --- On an investigation's page ---


@pytest.fixture
def page(story, investigation, person, meeting, reporter, editor):
    """A published page with everything on it, and the document on which its event rests."""
    document = builders.make_source(investigation=investigation)
    builders.make_evidence(passage=story.passages.get(mark="p2"), source=document)
    publish_with(story, reporter, editor, meeting=meeting)
    on_page = {"meeting": meeting, "source": document, "person": person}
    builders.publish_whole_page(story, **on_page, reporter=reporter, editor=editor)
    return document


def test_somebody_whom_only_a_withheld_meeting_named_leaves_it(page, person, meeting, standards):
    assert any("/investigations/" in address for address in showing("Robin Brine"))
    builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}")
    assert showing("Brine") == showing(f"/people/{person.public_key}/") == []
    assert not SearchRow.objects.filter(text__contains="Brine").exists()
    assert_the_record_holds()


def test_an_event_leaves_it_with_the_source_that_says_so(page, standards):
    assert showing("the harbor is closed")
    builders.withhold(by=standards, entry=f"source/{page.public_key}")
    assert showing("the harbor is closed") == []
    assert_the_record_holds()


def test_an_office_that_no_record_says_stays_on_the_desk(story, investigation, person, meeting, reporter, editor):
    document = builders.make_source(investigation=investigation)
    builders.make_evidence(passage=story.passages.get(mark="p2"), source=document)
    publish_with(story, reporter, editor, meeting=meeting)
    builders.make_role(person=person, title="quiet consultant", since="2017")
    on_page = {"meeting": meeting, "source": document, "person": person}
    builders.publish_whole_page(story, **on_page, reporter=reporter, editor=editor)
    assert showing("quiet consultant") == []
