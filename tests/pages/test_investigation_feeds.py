"""A feed of each investigation: its own stories, at an address that stays when a title changes."""

import feedparser
import pytest

from investigations.pages import paths
from investigations.publishing.compare import compare_pages, compare_rows
from investigations.record.models import Page, StoryRow
from tests import builders
from tests.pages.editions import sent
from tests.pages.notes import write_edition, write_note

LATER = builders.NEXT_DAY.replace(day=9)


def feed_of(investigation):
    """An investigation's feed as a library reads it, without a complaint."""
    parsed = feedparser.parse(sent(paths.investigation_feed(investigation.public_key)).encode())
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def titles(investigation):
    return [entry.title for entry in feed_of(investigation).entries]


@pytest.fixture
def other(reporter, editor):
    """A story of another investigation, published too."""
    investigation = builders.make_investigation(team=[reporter, editor], title="Another matter", notice="An example.")
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


def test_a_feed_has_the_stories_of_its_investigation_and_no_others(published, other):
    assert titles(published.investigation) == [published.headline]
    assert titles(other.investigation) == [other.headline]
    assert feed_of(other.investigation).feed.title == "Another matter · The Record Desk"
    assert feed_of(other.investigation).feed.subtitle.endswith("An example.")
    assert "An example." not in feed_of(published.investigation).feed.subtitle


def test_a_story_leads_to_it_and_readers_get_it(published, client):
    path = paths.investigation_feed(published.investigation.public_key)
    link = f'<link rel="alternate" type="application/atom+xml" href="{path}" title="{published.investigation.title}">'
    assert link in sent(paths.story(published.slug))
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")


def test_a_note_moves_its_story_there_too(published):
    (before,) = feed_of(published.investigation).entries
    write_note(published, note="It was leased.", now=LATER)
    (after,) = feed_of(published.investigation).entries
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated == feed_of(published.investigation).feed.updated > before.updated
    assert "It was leased." in after.summary


def test_a_title_that_changes_leaves_the_address(published):
    investigation = published.investigation
    investigation.title = "What became of the port"
    investigation.save()
    write_edition(published, now=LATER)
    assert feed_of(investigation).feed.title.startswith("What became of the port")
    assert [*compare_pages(), *compare_rows()] == []


def test_a_story_that_goes_to_another_investigation_leaves_its_feed(published, other):
    before, published.investigation = published.investigation, other.investigation
    published.save()
    write_edition(published, now=LATER)
    assert set(titles(other.investigation)) == {published.headline, other.headline}
    assert not Page.objects.filter(path=paths.investigation_feed(before.public_key)).exists()
    assert set(StoryRow.objects.values_list("investigation_key", flat=True)) == {other.investigation.public_key}
    assert [*compare_pages(), *compare_rows()] == []
