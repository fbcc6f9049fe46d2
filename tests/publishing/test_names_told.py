"""A name, once corrected or withheld, is so wherever readers were told it: in choices, on pages, in the search."""

import pytest

from investigations.publishing.correct import correct
from investigations.publishing.projection.investigation import project_listed_person
from investigations.publishing.steps import approve
from investigations.record.models import OrganizationRow, Page, PersonRow, SearchRow
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


# --- The newest mention of a name, not the newest edition that carries it on ---


@pytest.fixture
def port(person):
    """A body in which they were harbor master until 2017, and councillor without a body since 2005."""
    port = builders.make_organization(name="The port")
    builders.make_role(person=person, title="councillor", since="2005")
    builders.make_role(person=person, organization=port, since="2010", until="2017")
    return port


def another_story(investigation, reporter, editor, **record):
    """One more published story, with this record."""
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    return publish_with(other, reporter, editor, **record)


def rename(record, name):
    type(record).objects.filter(pk=record.pk).update(name=name)


def add_a_note(story, reporter, standards):
    """An editor's note, whose edition carries all records on as they were."""
    note = builders.make_submitted(
        story=story, written_by=reporter, kind="editors_note", note="We look into it.", cause="", came_to_light=""
    )
    approve(note, by=standards, now=builders.DAY_AFTER)
    correct(note, by=standards, now=builders.DAY_AFTER)


def test_a_body_keeps_its_new_name_when_a_later_record_says_another_office_of_somebody(
    story, investigation, person, port, meeting, reporter, editor
):
    publish_with(story, reporter, editor, meeting=meeting)
    rename(port, "The harbor office")
    successor = builders.make_role(organization=port, since="2010").person
    second = builders.make_meeting(investigation=investigation, when="September 9, 2016")
    builders.make_attendance(meeting=second, person=successor)
    another_story(investigation, reporter, editor, meeting=second)
    source = builders.make_source(investigation=investigation, person=person)
    quote = builders.make_checked_quote(source=source, checked_by=reporter, speaker_label="councillor")
    another_story(investigation, reporter, editor, quote=quote)
    assert OrganizationRow.objects.get().name == "The harbor office"
    assert_the_record_holds()


def test_a_body_has_its_new_name_when_the_office_that_says_it_began_earlier(
    story, investigation, person, port, meeting, reporter, editor
):
    publish_with(story, reporter, editor, meeting=meeting)
    rename(port, "The harbor office")
    builders.make_role(person=person, title="clerk", organization=port, since="2001", until="2009")
    early = builders.make_meeting(investigation=investigation, when="September 9, 2005")
    builders.make_attendance(meeting=early, person=person)
    another_story(investigation, reporter, editor, meeting=early)
    assert OrganizationRow.objects.get().name == "The harbor office"
    assert_the_record_holds()


def test_a_note_to_an_older_story_brings_no_old_name_back(
    story, investigation, person, port, meeting, reporter, editor, standards
):
    publish_with(story, reporter, editor, meeting=meeting)
    rename(port, "The harbor office")
    rename(person, "Robin Newname")
    second = builders.make_meeting(investigation=investigation, when="September 9, 2016")
    builders.make_attendance(meeting=second, person=person)
    another_story(investigation, reporter, editor, meeting=second)
    add_a_note(story, reporter, standards)
    assert OrganizationRow.objects.get().name == "The harbor office"
    assert PersonRow.objects.get(key=person.public_key).name == "Robin Newname"
    assert_the_record_holds()


def test_a_note_to_an_older_story_brings_no_old_name_back_in_a_record_that_both_show(
    story, investigation, person, meeting, reporter, editor, standards
):
    publish_with(story, reporter, editor, meeting=meeting)
    rename(person, "Robin Newname")
    other = another_story(investigation, reporter, editor, meeting=meeting)
    add_a_note(story, reporter, standards)
    assert PersonRow.objects.get(key=person.public_key).name == "Robin Newname"
    page = bytes(Page.objects.get(path=f"/meetings/{meeting.public_key}/").body).decode()
    assert "Robin Newname" in page
    assert "Robin Brine" not in page
    assert page.index(f"/stories/{other.slug}/editions/1/") < page.index(f"/stories/{story.slug}/editions/2/")
    assert_the_record_holds()


def test_a_record_whose_newest_telling_is_withheld_is_as_the_last_edition_has_it(
    story, investigation, person, meeting, reporter, editor, standards
):
    publish_with(story, reporter, editor, meeting=meeting)
    rename(person, "Robin Newname")
    other = another_story(investigation, reporter, editor, meeting=meeting)
    add_a_note(story, reporter, standards)
    builders.withhold(by=standards, story=other, edition=1)
    assert PersonRow.objects.get(key=person.public_key).name == "Robin Brine"
    assert showing("Robin Newname") == []
    assert_the_record_holds()


def test_where_an_office_was_said_last_goes_on_no_investigations_page(story, person, port, meeting, reporter, editor):
    publish_with(story, reporter, editor, meeting=meeting)
    said = {name for role in project_listed_person(person)["roles"] for name in role}
    assert said == {"title", "organization", "since", "until", "in_office"}


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
