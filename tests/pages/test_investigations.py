"""The list of investigations: where it is, what leads to it, and what its pages are to machines."""

import re

import feedparser
import pytest

from investigations.pages.instants import instant
from investigations.publishing.investigation import publish_page
from investigations.record.models import Page
from tests import builders
from tests.pages.editions import sent

LIST = "/investigations/"


@pytest.fixture
def page(story, investigation, reporter, editor):
    """An investigation's page with the story, a meeting, a guest of it and a paper; the page went out last."""
    guest = builders.make_person(name="Ida Warden")
    office = builders.make_role(person=guest, organization=builders.make_organization(name="Port Authority"))
    meeting = builders.make_meeting(investigation=investigation, when="May 3, 2016")
    builders.make_attendance(meeting=meeting, person=guest)
    paper = builders.make_source(investigation=investigation, title="The book")
    for record in ({"meeting": meeting}, {"source": paper}):
        builders.make_evidence(passage=story.passages.first(), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    on_it = {"meeting": meeting, "source": paper, "person": guest}
    page = builders.publish_whole_page(story, **on_it, reporter=reporter, editor=editor)
    page.guest, page.body_of_guest = guest, office.organization
    return page


def path_of(page) -> str:
    return f"{LIST}{page.investigation.slug}/"


def test_without_a_page_the_list_says_so_and_no_search_engine_lists_it(published):
    assert "No investigation has a page yet." in sent(LIST)
    assert '<meta name="robots" content="noindex">' in sent(LIST)
    assert not Page.objects.get(path=LIST).listed


def test_the_list_tells_what_each_asks_in_which_edition_with_how_many_stories(page, reporter, editor):
    said = " ".join(re.sub(r"<[^>]+>", " ", sent(LIST)).split())
    assert f"{page.investigation.title} Who agreed to sell the port? Edition 1," in said
    assert "1 story" in said
    page.body = "Who sold it?\n\nAnd to whom?"
    page.edit(by=reporter)
    publish_page(page, by=editor, note="Asked more shortly.")
    said = " ".join(re.sub(r"<[^>]+>", " ", sent(LIST)).split())
    assert f"{page.investigation.title} Who sold it? Edition 2," in said
    assert "And to whom?" not in said


def test_every_page_leads_to_the_list_and_the_front_page_and_the_story_to_the_investigation(page, story):
    for path in ("/", f"/stories/{story.slug}/", path_of(page), LIST):
        assert f'<a href="{LIST}">Investigations</a>' in sent(path)
    for path in ("/", f"/stories/{story.slug}/", LIST):
        assert f'<a href="{path_of(page)}">{page.investigation.title}</a>' in sent(path)


def test_before_it_has_a_page_nothing_leads_to_it(published):
    assert f'href="{LIST}{published.investigation.slug}/"' not in sent("/")


def test_its_page_leads_to_its_feed_and_the_feed_to_it(page):
    feed = f"{LIST}{page.investigation.public_key}/stories.atom"
    assert sent(path_of(page)).count(f'href="{feed}"') == 2
    parsed = feedparser.parse(sent(feed).encode())
    assert not parsed.bozo
    assert parsed.feed.link.endswith(path_of(page))


def test_pages_of_records_are_listed_as_old_as_the_edition_that_says_it(page):
    for path in (f"/people/{page.guest.public_key}/", f"/organizations/{page.body_of_guest.public_key}/"):
        assert Page.objects.get(path=path).listed
        assert Page.objects.get(path=path).changed == instant(builders.NOON).iso
    stored = Page.objects.get(path=path_of(page))
    assert stored.listed
    assert f'<time datetime="{stored.changed}">' in sent(path_of(page))
    assert not Page.objects.get(path=f"{path_of(page)}editions/1/").listed


def test_it_is_cited_by_an_edition_that_stays(page):
    address = f"{path_of(page)}editions/1/"
    assert f"“{page.investigation.title},” The Record Desk, edition 1, " in sent(path_of(page))
    assert f'As in <a href="{address}">edition 1</a>, which stays as it is.' in sent(address)


def test_a_meeting_between_two_months_is_possible_in_each_and_certain_in_none(story, reporter, editor, client):
    investigation = story.investigation
    meeting = builders.make_meeting(
        investigation=investigation, when="between August and October 2016", title="Talks"
    )
    guest = builders.make_attendance(meeting=meeting).person
    builders.make_attendance(meeting=meeting, descriptor="hosts", headcount=3)
    paper = builders.make_source(investigation=investigation)
    for record in ({"meeting": meeting}, {"source": paper}):
        builders.make_evidence(passage=story.passages.first(), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    on_it = {"meeting": meeting, "source": paper, "person": guest}
    page = builders.publish_whole_page(story, **on_it, reporter=reporter, editor=editor)
    html = sent(path_of(page))
    for month in ("August", "September", "October"):
        row = html.partition(f">{month} 2016</th>")[2].partition("</tr>")[0]
        assert row.startswith("<td>possibly 4, rest not stated</td>")
    for since, said in (("2016-09-01", 1), ("2016-11-01", 0)):
        found = client.get("/meetings/", {"since": since}).content.decode()
        assert (found.count(">Talks</a>"), found.count("may fall in range")) == (said, said)


def test_a_link_to_it_tells_what_it_asks(page):
    assert '<meta property="og:description" content="Who agreed to sell the port?">' in sent(path_of(page))
    assert '<meta property="og:type" content="article">' in sent(path_of(page))
    of_guest = sent(f"/people/{page.guest.public_key}/")
    assert (
        'content="What published records say, and nothing more: named in 1 record of meetings, 0 quotes."' in of_guest
    )
