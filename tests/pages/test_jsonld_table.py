"""Structured data against the table in docs/machine-readable.md: every property, equal to what the page says."""

import json

import pytest

from investigations.pages.jsonld_records import cited_data
from investigations.publishing.investigation import publish_page
from investigations.publishing.policy import publish_policy
from tests import builders
from tests.pages.editions import page, sent
from tests.pages.notes import write_note
from tests.pages.structured import allowed, leaves, not_on, table, told


@pytest.fixture
def everything(investigation, story, reporter, editor, standards):
    """A story with every kind of evidence and a picture, corrected and taken back; policies and the page of its
    investigation in two editions.
    """
    team = {"investigation": investigation}
    passage = story.passages.get(mark="p1")
    paper = builders.make_source(**team, title="The Gazette", kind="publication", dated="May 2016")
    link = "https://example.org/memo"
    memo = builders.make_source(**team, title="A memo", origin=paper, description="Shows it.", url=link, dated="2016")
    numbers = builders.make_source(**team, title="All calls", kind="dataset", dated="late 2016")
    witness = builders.make_source(**team, kind="person", title="", person=builders.make_person(name="Una Named"))
    when = {"when": "August 2016", "place": "a quay", "description": "A visit."}
    meeting = builders.make_meeting(**team, title="The <long> visit", source=memo, **when)
    office = builders.make_role(organization=builders.make_organization(name="Tom & Ann"), since="2010")
    builders.make_attendance(meeting=meeting, role_in_dispute=True, role_as_of="a senator & more")
    builders.make_attendance(meeting=meeting, descriptor="ambassadors", headcount=7)
    vague = builders.make_meeting(**team, title="Another", when="early August 2016")
    builders.make_attendance(meeting=vague, person=office.person)
    said = {"source": memo, "speaker": builders.make_person(name="Lee Speaker"), "said": "May 3, 2016"}
    quotes = [
        builders.make_quote(**team, **said, words="We “sold” it"),
        builders.make_quote(**team, **said, form="paraphrase", words="It was sold."),
    ]
    for record in (*({"source": one} for one in (paper, memo, numbers, witness)), {"meeting": vague}):
        builders.make_evidence(passage=passage, **record)
    for record in ({"meeting": meeting}, *({"quote": quote} for quote in quotes)):
        builders.make_evidence(passage=passage, **record, label="in a few words")
    builders.make_figure(story=story)
    for slug in ("corrections", "unnamed-sources", "how-we-check"):
        policy = builders.make_policy(slug=slug, title=f"On {slug}")
        for _ in range(2):
            policy.edit(by=reporter)
            publish_policy(policy, by=standards, note="Said more clearly.")
            policy.body += "\n\nAnd so on."
    story.bylines.first().author.__class__.objects.update(about="Writes of ports.")
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor)
    on_it = {"meeting": meeting, "source": memo, "person": office.person}
    own = builders.publish_whole_page(story, **on_it, reporter=reporter, editor=editor)
    builders.make_page_choice(page=own, source=numbers)
    own.edit(by=reporter)
    publish_page(own, by=editor, note="A list more.")
    write_note(story, noted="2012-05-03", changes=[], wrong_since=None, now=builders.NEXT_DAY.replace(day=8))
    write_note(story, "retraction", now=builders.NEXT_DAY.replace(day=9))
    return story


def test_the_data_holds_what_the_table_lists_and_says_what_the_page_says(everything):
    emitted, unsaid = set(), []
    for kind, html, data in told():
        emitted |= {(kind, path) for path, _ in leaves(data)}
        unsaid += [(kind, *fault) for fault in not_on(html, data)]
    assert unsaid == []
    assert emitted - allowed() == set()
    for kinds, things, names in table():
        for kind in kinds:
            assert any((kind, f"{thing}.{name}") in emitted for thing in things for name in names), (kind, things)
        for name in names:
            found = {thing for thing in things for kind in kinds if (kind, f"{thing}.{name}") in emitted}
            assert found, (things, name)
    assert len(emitted) > 120


def test_a_date_is_a_month_where_that_is_known_and_left_out_where_it_is_vaguer(everything):
    dates = {data["name"]: data.get("startDate") for kind, _, data in told() if kind == "meeting"}
    assert dates == {"The <long> visit": "2016-08", "Another": None}
    of_sources = {data["name"]: data for kind, _, data in told() if kind == "source"}
    assert "dateCreated" not in of_sources["All calls"]
    assert (of_sources["A memo"]["dateCreated"], of_sources["The Gazette"]["datePublished"]) == ("2016", "2016-05")


def test_a_page_of_somebody_or_a_body_tells_no_office(everything):
    found = [set(data) for kind, _, data in told() if kind in {"person", "organization"}]
    assert len(found) > 3
    assert set().union(*found) == {"@context", "@type", "@id", "mainEntityOfPage", "name", "subjectOf"}


def test_nobody_has_a_role_and_only_who_is_named_came(everything):
    found = [data["attendee"] for kind, _, data in told() if kind == "meeting" and "attendee" in data]
    assert [len(came) for came in found] == [1, 1]
    assert {frozenset(person) for came in found for person in came} == {frozenset({"@type", "name"})}


def test_an_unnamed_source_is_no_speaker_no_citation_and_no_key(story, reporter, editor):
    source = builders.make_source(investigation=story.investigation, descriptor="a diplomat of the region")
    quote = builders.make_quote(source=source, terms="background", words="They burned it")
    story.passages.get(mark="p1").evidence.all().delete()
    for record in ({"quote": quote}, {"source": source}):
        builders.make_evidence(passage=story.passages.get(mark="p1"), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    cards = [card for block in page(story).blocks for card in block.cards if card.passage == "p1"]
    assert len(cards) == 2
    assert cited_data(cards) == []
    everything = [json.dumps(data) for _, _, data in told()]
    assert everything
    for private in ("diplomat", "They burned it", source.public_key, quote.public_key):
        assert not any(private in said for said in everything)
    assert "They burned it" in sent(f"/stories/{story.slug}/")
