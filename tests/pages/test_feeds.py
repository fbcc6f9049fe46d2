"""The Atom feeds, read as a reader of feeds reads them."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.models import Investigation
from investigations.pages import feeds, paths
from investigations.publishing.compare import compare_pages
from investigations.publishing.compile import recompile, site_addresses
from investigations.record import chain
from investigations.record.models import Page
from tests import builders
from tests.demonstrated import read
from tests.pages.editions import sent
from tests.pages.notes import write_edition, write_note

LATER = builders.NEXT_DAY.replace(day=9)
FEEDS = [paths.STORIES_FEED, paths.CORRECTIONS_FEED]
NS = {"atom": "http://www.w3.org/2005/Atom"}


def feed(path):
    """A feed as a library reads it, without a complaint."""
    parsed = feedparser.parse(bytes(Page.objects.get(path=path).body), sanitize_html=False)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    return parsed


def stories():
    return feed(paths.STORIES_FEED).entries


def notes():
    return feed(paths.CORRECTIONS_FEED).entries


@pytest.fixture
def corrected(published, reporter):
    """A story of which words were corrected."""
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace("was sold", "was leased"))
    write_note(published, note="It was “leased” & not <sold>.")
    return published


# What Atom asks of every feed (RFC 4287, sections 4.1.1 and 4.1.2).


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_and_its_entries_have_all_that_atom_asks_for_once(corrected, path):
    root = ET.fromstring(sent(path))  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (root, *root.findall("atom:entry", NS)):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"atom:{name}", NS)
            assert (found.text or "").strip()
        moment = datetime.fromisoformat(element.find("atom:updated", NS).text)
        assert moment.tzinfo is not None
    assert [found.text for found in root.findall("atom:author/atom:name", NS)] == ["The Record Desk"]
    links = {found.get("rel"): found.get("href") for found in root.findall("atom:link", NS)}
    assert links["self"] == paths.absolute(path)
    entries = root.findall("atom:entry", NS)
    assert len(entries) == 1
    assert all(entry.find("atom:link[@rel='alternate']", NS) is not None for entry in entries)
    ids = [found.text for found in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_sent_as_atom_and_every_page_leads_to_it(corrected, client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert f'<link rel="alternate" type="application/atom+xml" href="{path}"' in sent(paths.story(corrected.slug))


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_of_nothing_is_one_too(published, path):
    assert feed(path).feed.title.endswith("· The Record Desk")
    assert len(notes()) == 0


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_hangs_on_the_record_and_not_on_the_clock(published, time_machine, path):
    before = sent(path)
    time_machine.move_to("2031-01-01")
    recompile()
    assert sent(path) == before
    assert [*compare_pages()] == []


@pytest.mark.parametrize("path", FEEDS)
def test_words_that_xml_cant_hold_break_no_feed(published, reporter, path):
    published.edit(by=reporter, now=LATER, headline="A vertical\x0btab and \x07 a bell", standfirst="\x1b[0m")
    write_note(published, note="A bell \x07 rang.", now=LATER)
    assert "A bell  rang." in notes()[0].summary
    assert stories()[0].title == "A verticaltab and  a bell"
    assert feed(path)


@pytest.mark.parametrize("path", FEEDS)
def test_the_notices_of_what_is_published_stand_in_the_feed(published, reporter, path):
    Investigation.objects.update(notice="An example.")
    published.refresh_from_db()
    write_edition(published, now=LATER)
    assert feed(path).feed.subtitle.endswith("An example.")


def test_every_link_in_a_feed_is_whole(corrected):
    for path in FEEDS:
        for entry in feed(path).entries:
            links = [entry.link, *re.findall(r'href="([^"]+)"', entry.summary)]
            assert all(link.startswith("http://127.0.0.1:8000/") for link in links)
            assert len(links) > 1


# Notes.


def test_a_note_is_told_whole_with_the_words_and_a_link(corrected):
    (entry,) = notes()
    assert entry.title == f"Correction 1: {corrected.headline}"
    assert entry.link == entry.id == paths.absolute("/corrections/1/")
    said = read(entry.summary)
    assert said.startswith("It was “leased” & not <sold>. It said: “")
    assert "<del>sold</del>" in entry.summary
    assert "<ins>leased</ins>" in entry.summary
    assert "Wrong since March 2, 2026" in said


def test_the_chains_end_stands_in_the_feed_of_notes(corrected):
    assert chain.head().digest in feed(paths.CORRECTIONS_FEED).feed.subtitle


def test_the_newest_notes_come_first_and_no_more_than_a_feed_holds(published, monkeypatch):
    assert feeds.LENGTH == 50
    monkeypatch.setattr(feeds, "LENGTH", 3)
    for number in range(5):
        write_note(published, "update", now=builders.NEXT_DAY.replace(minute=number))
    assert [entry.title.partition(":")[0] for entry in notes()] == ["Update 5", "Update 4", "Update 3"]


def test_a_note_that_corrects_another_says_which(corrected):
    write_note(corrected, corrects=1, now=LATER)
    second, first = notes()
    assert "It corrects note 1." in read(second.summary)
    assert "note 2 corrects it" in read(first.summary)


# Stories.


def test_a_story_is_told_by_headline_and_standfirst(published):
    (entry,) = stories()
    assert (entry.title, read(entry.summary)) == (published.headline, published.standfirst)
    assert entry.link == paths.absolute(paths.story(published.slug))
    assert entry.published == entry.updated


def test_a_corrected_story_comes_again_under_its_id_with_the_correction_first(
    corrected, investigation, reporter, editor
):
    (before,) = stories()
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor, now=LATER)
    assert [entry.title for entry in stories()] == [other.headline, corrected.headline]
    write_note(corrected, note="She was asked.", now=LATER.replace(day=10))
    again, _ = stories()
    assert (again.id, again.published) == (before.id, before.published)
    assert again.updated > before.updated
    assert again.updated == "2026-03-10T10:00:00+00:00"
    assert read(again.summary).startswith("Corrected March 10, 2026: She was asked.")
    assert read(again.summary).endswith(corrected.standfirst)


def test_a_minor_edition_is_no_news(corrected):
    before = stories()[0].updated
    write_edition(corrected, now=LATER)
    assert stories()[0].updated == before


def test_a_retracted_story_says_so_first_and_tells_no_more(corrected):
    write_note(corrected, "retraction", note="The papers were forged.", now=LATER)
    write_note(corrected, "editors_note", note="An inquiry has begun.", now=LATER.replace(day=10))
    (entry,) = stories()
    assert entry.title == f"Retracted: {corrected.headline}"
    assert read(entry.summary).startswith("Retracted March 9, 2026: The papers were forged.")
    assert corrected.standfirst not in entry.summary
    assert entry.updated_parsed[:3] == (2026, 3, 10)


def test_a_story_keeps_its_id_when_it_moves(published):
    before = stories()[0]
    published.slug = "the-lease"
    write_edition(published, now=LATER)
    after = stories()[0]
    assert (after.id, after.link) == (before.id, paths.absolute("/stories/the-lease/"))
    assert after.link != before.link


def test_pages_of_the_whole_site_take_the_same_queries_however_many_stories_there_are(
    corrected, investigation, reporter, editor
):
    with CaptureQueriesContext(connection) as before:
        list(site_addresses())
    for _ in range(3):
        story = builders.make_ready_story(investigation=investigation, by=reporter)
        builders.publish_story(story, reporter=reporter, editor=editor)
        write_note(story)
    with CaptureQueriesContext(connection) as after:
        list(site_addresses())
    assert len(after) == len(before)


def test_an_instant_of_a_feed_is_that_of_the_record(corrected):
    (entry,) = notes()
    assert datetime.fromisoformat(entry.updated) == builders.NEXT_DAY.astimezone(UTC)
