"""What goes over the wall: everything readers may have, and nothing that leads to an unnamed source."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.models import Source, Story
from investigations.publishing.projection.quote import project_quote
from investigations.publishing.projection.records import project_source
from investigations.publishing.projection.story import project_story
from investigations.record import digests
from investigations.record.models import Page, Part
from tests import builders
from tests.publishing.wall import over_the_wall

DESCRIPTOR = "a diplomat who was in the room"


def projected(story) -> str:
    """Everything that an edition of the story would hold, as text."""
    found = project_story(Story.objects.get(pk=story.pk))
    return digests.canonical([found.header, found.blocks, found.entries, found.notes])


def first_passage(story):
    """The passage that stands first."""
    return story.passages.get(mark="p1")


def notes_of(story):
    """The notes of the story as readers would get them."""
    return project_story(Story.objects.get(pk=story.pk)).notes


# Unnamed sources.


@pytest.fixture
def unnamed(investigation):
    """A source by its descriptor alone, reported by a magazine."""
    relay = builders.make_source(investigation=investigation, kind="publication", title="The Harbor Review")
    return builders.make_source(
        investigation=investigation, descriptor=DESCRIPTOR, relay=relay, description="Met us twice at the pier."
    )


@pytest.fixture
def with_unnamed(story, unnamed, reporter, editor):
    """The story published with the unnamed source cited three times: two quotes, and by itself."""
    quote = builders.make_quote(source=unnamed, terms="as_printed", words="It was decided before they met")
    for passage in story.passages.all():
        builders.make_evidence(passage=passage, quote=quote)
    builders.make_evidence(passage=first_passage(story), source=unnamed)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return quote


def test_an_unnamed_source_goes_by_its_descriptor_and_leaves_no_key(with_unnamed, unnamed):
    said = over_the_wall()
    assert DESCRIPTOR in said
    for secret in (unnamed.public_key, with_unnamed.public_key, unnamed.code_name, with_unnamed.slug):
        assert secret not in said
    assert "Met us twice at the pier" not in said


def test_an_unnamed_source_has_no_entry_and_its_quotes_have_none(with_unnamed, unnamed):
    entries = [json.loads(part.content) for part in Part.objects.filter(kind="entry")]
    assert [entry for entry in entries if DESCRIPTOR in json.dumps(entry)] == []
    assert not Page.objects.filter(path__contains=unnamed.public_key).exists()
    with pytest.raises(ValueError, match="no entry"):
        project_source(unnamed)


def test_two_citations_of_one_unnamed_source_share_no_key(with_unnamed, story):
    cited = [note for note in notes_of(story) if note["inline"]]
    assert len(cited) == 3
    assert len({note["key"] for note in cited}) == 3
    assert [note["inline"]["key"] for note in cited] == [None] * 3
    assert [note["entry"] for note in cited] == [None] * 3


def test_the_relay_of_an_unnamed_source_has_a_page_of_its_own(with_unnamed, unnamed):
    page = Page.objects.get(path=f"/sources/{unnamed.relay.public_key}/")
    assert b"The Harbor Review" in bytes(page.body)


def test_a_document_that_relies_on_an_unnamed_source_says_so_without_a_key(story, investigation, unnamed):
    document = builders.make_source(investigation=investigation, origin=unnamed)
    builders.make_evidence(passage=first_passage(story), source=document)
    assert unnamed.public_key not in projected(story)
    assert DESCRIPTOR in projected(story)


def test_an_unnamed_source_of_a_meeting_leaves_no_key(story, investigation, unnamed):
    meeting = builders.make_meeting(investigation=investigation, source=unnamed)
    person = builders.make_attendance(meeting=meeting).person
    quote = builders.make_quote(source=unnamed, terms="as_printed", words="As an owner, not as a mayor")
    builders.make_role_account(meeting=meeting, person=person, quote=quote)
    builders.make_role_account(meeting=meeting, person=person, source=unnamed)
    builders.make_evidence(passage=first_passage(story), meeting=meeting)
    said = projected(story)
    assert "As an owner, not as a mayor" in said
    for secret in (unnamed.public_key, quote.public_key, unnamed.code_name):
        assert secret not in said


# Named sources whose terms don't let them be named.


@pytest.fixture
def whistle(investigation):
    """Somebody the desk knows by name, with a source of their own."""
    person = builders.make_person(name="Quentin Farthing", description="clerk of the harbor")
    builders.make_role(person=person, title="port clerk")
    return builders.make_source(investigation=investigation, person=person, description="Kept the minutes.")


@pytest.mark.parametrize("terms", ["background", "not_for_attribution"])
def test_a_named_source_on_background_is_named_nowhere(story, reporter, editor, whistle, terms):
    quote = builders.make_quote(
        source=whistle,
        terms=terms,
        speaker_label="an official of the port",
        words="I saw the draft",
        locator="Tape 4",
    )
    builders.make_evidence(passage=first_passage(story), quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    said = over_the_wall()
    assert "I saw the draft" in said
    assert "an official of the port" in said.lower()
    for secret in ("Quentin", "Farthing", "port clerk", "clerk of the harbor", "Kept the minutes", "Tape 4"):
        assert secret not in said
    for key in (whistle.public_key, whistle.person.public_key, quote.public_key, whistle.code_name, quote.slug):
        assert key not in said


def test_a_named_source_on_background_is_named_nowhere_as_an_account_of_a_role(story, investigation, whistle):
    meeting = builders.make_meeting(investigation=investigation)
    person = builders.make_attendance(meeting=meeting).person
    quote = builders.make_quote(source=whistle, terms="background", speaker_label="an official", words="As an owner")
    builders.make_role_account(meeting=meeting, person=person, quote=quote)
    builders.make_evidence(passage=first_passage(story), meeting=meeting)
    said = projected(story)
    assert "As an owner" in said
    for secret in ("Farthing", whistle.public_key, whistle.person.public_key, quote.public_key):
        assert secret not in said


def test_a_source_on_the_record_is_named_with_the_office_of_that_day(story, whistle):
    quote = builders.make_quote(source=whistle, terms="on_record")
    found = project_quote(quote)
    assert (found["key"], found["speaker"]["name"]) == (quote.public_key, "Quentin Farthing")
    assert found["label"].startswith("port clerk")
    assert found["source"]["key"] == whistle.public_key


@pytest.mark.parametrize("terms", ["off_record", ""])
def test_words_that_may_not_go_out_are_refused_wherever_they_hang(story, investigation, terms):
    meeting = builders.make_meeting(investigation=investigation)
    person = builders.make_attendance(meeting=meeting).person
    account = builders.make_role_account(meeting=meeting, person=person)
    type(account.quote)._base_manager.filter(pk=account.quote.pk).update(terms=terms)
    builders.make_evidence(passage=first_passage(story), meeting=meeting)
    with pytest.raises(ValueError, match="terms of this quote"):
        projected(story)


# How much of the evidence readers get.


@pytest.mark.parametrize("terms", ["on_record", "off_record", ""])
def test_counted_evidence_is_a_number_and_nothing_else(story, investigation, terms):
    quote = builders.make_quote(investigation=investigation, terms=terms, words="Only for the count")
    piece = builders.make_evidence(passage=first_passage(story), quote=quote, showing="counted", label="Heard it")
    said = projected(story)
    assert {"key": "p1-more", "passage": "p1", "not_shown": 1} in notes_of(story)
    for secret in ("Only for the count", "Heard it", piece.public_key, quote.public_key, quote.speaker.name):
        assert secret not in said


def test_counted_evidence_is_counted_by_its_passage(story, investigation):
    for mark in ("p1", "p2", "p2"):
        builders.make_evidence(passage=story.passages.get(mark=mark), showing="counted")
    counts = {note["passage"]: note["not_shown"] for note in notes_of(story) if "not_shown" in note}
    assert counts == {"p1": 1, "p2": 2}


@pytest.mark.parametrize("kind", ["quote", "meeting", "source"])
def test_evidence_for_the_desk_alone_changes_nothing(story, investigation, kind):
    before = project_story(story).digest()
    record = getattr(builders, f"make_{kind}")(investigation=investigation)
    builders.make_evidence(passage=first_passage(story), showing="desk_only", label="Ours", **{kind: record})
    assert project_story(story).digest() == before


def test_evidence_of_a_passage_that_left_the_text_does_not_go_out(story, reporter):
    lost = first_passage(story).evidence.get().quote
    story.edit(by=reporter, body=story.body.replace("[met in secret in March]{#p1}", "met"))
    assert lost.words not in projected(story)


def test_no_number_of_a_row_and_no_account_of_the_desk_goes_out(story, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    for part in Part.objects.all():
        assert '"id":"p' in part.content or '"id":' not in part.content
        assert '"pk":' not in part.content
        assert reporter.username not in part.content.replace("A. Reporter", "")
    assert not any(code in over_the_wall() for code in Source.objects.values_list("code_name", flat=True))


def test_every_link_of_an_edition_leads_to_an_entry_of_it(story, investigation):
    publication = builders.make_source(investigation=investigation, kind="publication", title="The Harbor Review")
    archive = builders.make_source(
        investigation=investigation, kind="dataset", title="The archive", relay=publication
    )
    wire = builders.make_source(investigation=investigation, kind="publication", title="The wire", relay=archive)
    memo = builders.make_source(investigation=investigation, title="A memo", origin=archive, relay=wire)
    builders.make_evidence(passage=first_passage(story), source=memo)
    entries = project_story(story).entries
    known = {entry["key"] for entry in entries}
    linked = {entry[way]["key"] for entry in entries for way in ("relay", "origin", "source") if entry.get(way)}
    assert linked - {None} <= known


# Speed.


def story_with(investigation, reporter, passages):
    """A story in which each passage has a quote and a meeting with accounts, sources, relays and origins."""
    body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}, and so on." for n in range(1, passages + 1))
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    for passage in story.passages.all():
        relay = builders.make_source(
            investigation=investigation, relay=builders.make_source(investigation=investigation)
        )
        origin = builders.make_source(
            investigation=investigation, origin=builders.make_source(investigation=investigation)
        )
        source = builders.make_source(
            investigation=investigation, person=builders.make_person(), relay=relay, origin=origin
        )
        builders.make_evidence(passage=passage, source=source)
        builders.make_evidence(passage=passage, quote=builders.make_quote(source=source))
        meeting = builders.make_meeting(investigation=investigation, source=source)
        person = builders.make_attendance(meeting=meeting, person=builders.make_role().person).person
        builders.make_role_account(meeting=meeting, person=person, quote=builders.make_quote(source=source))
        group = builders.make_meeting_class(investigation=investigation, meetings=[meeting])
        builders.make_role_account(meeting_class=group, person=person, source=source)
        builders.make_evidence(passage=passage, meeting=meeting)
    return Story.objects.get(pk=story.pk)


def test_a_long_story_is_projected_with_as_many_queries_as_a_short_one(investigation, reporter):
    counts = []
    for passages in (3, 9):
        story = story_with(investigation, reporter, passages)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = project_story(story)
        assert len(found.notes) == 4 * passages
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 30
