"""Sitemaps by the rules of their schemas, robots.txt, security.txt: what is listed, and what asks not to be."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.models import Investigation
from investigations.pages import paths, sitemaps
from investigations.publishing.compare import compare_pages
from investigations.record.models import Page, StoryRow
from tests import builders
from tests.pages.notes import write_edition, write_note

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
BASE = "http://127.0.0.1:8000"
# XML Schema's dateTime, with the zone that a moment of ours always has.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SOON = builders.MORNING + timedelta(hours=47)


def xml(client, path, root):
    """A sitemap, held against what its schema says of every one: root, order, how often, how long."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    tree = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert tree.tag == SITEMAPS + root
    assert not tree.attrib
    for child in tree:
        assert child.tag == SITEMAPS + {"urlset": "url", "sitemapindex": "sitemap"}[root]
        names = [element.tag for element in child]
        assert names[0] == f"{SITEMAPS}loc"
        assert len(names) == len(set(names))
        assert set(names) <= {f"{SITEMAPS}loc", f"{SITEMAPS}lastmod", f"{NEWS}news"}
        assert 12 <= len(child[0].text) <= 2048
        assert child[0].text.startswith(f"{BASE}/")
        for moment in child.iter(f"{SITEMAPS}lastmod"):
            assert INSTANT.fullmatch(moment.text)
    return list(tree)


def listed(client, number=1):
    """The paths in a sitemap, with their instants."""
    found = {}
    for url in xml(client, paths.sitemap(number), "urlset"):
        found[url[0].text.removeprefix(BASE)] = url[1].text if len(url) > 1 else ""
    return found


def news(client):
    """The stories of the news sitemap, held against its schema: what is asked for, once and in that order."""
    stories = xml(client, paths.NEWS_SITEMAP, "urlset")
    for story in stories:
        assert [element.tag for element in story] == [f"{SITEMAPS}loc", f"{NEWS}news"]
        assert [element.tag for element in story[1]] == [
            NEWS + name for name in ("publication", "publication_date", "title")
        ]
        assert [element.tag for element in story[1][0]] == [f"{NEWS}name", f"{NEWS}language"]
        assert re.fullmatch("[a-z]{2,3}", story[1][0][1].text)
        assert INSTANT.fullmatch(story[1][1].text)
    return stories


def test_every_page_is_listed_once_at_the_address_to_cite(site, client):
    assert [one[0].text for one in xml(client, paths.SITEMAP, "sitemapindex")] == [f"{BASE}/sitemaps/1.xml"]
    found = listed(client)
    kinds = {path.split("/")[1] for path in found}
    assert kinds == {
        *("", "stories", "quotes", "meetings", "sources", "people", "corrections", "authors", "policies"),
    }
    assert [path for path in found if path.startswith("/stories/")] == [paths.story(site.slug)]
    for path in found:
        html = client.get(path).content.decode()
        assert f'<link rel="canonical" href="{BASE}{path}">' in html
        assert "noindex" not in html


def test_whatever_may_be_listed_is(site, client):
    stored = Page.objects.filter(variant="", status=200, content_type__startswith="text/html")
    html = {page.path: bytes(page.body).decode() for page in stored}
    own = {path for path, said in html.items() if f'canonical" href="{BASE}{path}">' in said}
    assert {path for path in own if "noindex" not in html[path]} == set(listed(client))


def test_an_address_is_told_to_be_as_old_as_its_page_says(site, client):
    found = listed(client)
    changed = found[paths.story(site.slug)]
    assert (
        f'<time datetime="{changed.replace(":00-0", "-0", 1)}">'
        in client.get(paths.story(site.slug)).content.decode()
    )
    assert found[paths.FRONT] == ""


def test_what_is_hidden_from_search_engines_is_in_no_sitemap(published, reporter, client, time_machine):
    assert len(listed(client)) > 3
    Investigation.objects.update(hidden_from_search_engines=True)
    published.refresh_from_db()
    write_edition(published, now=builders.NEXT_DAY)
    time_machine.move_to(SOON)
    assert xml(client, paths.SITEMAP, "sitemapindex") == []
    assert client.get(paths.sitemap(1)).status_code == 404
    assert news(client) == []


def test_a_sitemap_holds_so_many_addresses_and_the_next_goes_on(site, client, monkeypatch):
    whole = list(listed(client))
    monkeypatch.setattr(sitemaps, "SIZE", 3)
    files = [one[0].text.removeprefix(BASE) for one in xml(client, paths.SITEMAP, "sitemapindex")]
    assert files == [paths.sitemap(number) for number in range(1, -(-len(whole) // 3) + 1)]
    assert [path for number in range(1, len(files) + 1) for path in listed(client, number)] == whole
    for number in (0, len(files) + 1, 99_999_999_999_999_999_999):
        assert client.get(paths.sitemap(number)).status_code == 404


@pytest.mark.parametrize("path", [paths.SITEMAP, paths.sitemap(1), paths.NEWS_SITEMAP])
def test_a_sitemap_takes_one_query_and_reads_no_page(site, client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    (query,) = queries
    assert '"body"' not in query["sql"]


@pytest.mark.parametrize("planted", [{"listed": False}, {"changed": "2031-01-01T00:00+00:00"}])
def test_a_page_that_tells_search_engines_something_else_is_found(site, planted):
    assert [*compare_pages()] == []
    Page.objects.filter(path=paths.story(site.slug), variant="").update(**planted)
    (fault,) = compare_pages()
    assert fault.problem == "tells search engines something else than the ledger: recompile"


def test_a_sitemap_holds_no_more_than_a_sitemap_may():
    assert sitemaps.SIZE <= 50_000
    assert sitemaps.NEWS_SIZE <= 1000


# News.


def test_a_story_is_news_for_two_days(published, client, time_machine):
    published_at = StoryRow.objects.get().published_at
    time_machine.move_to(published_at + timedelta(hours=47))
    (story,) = news(client)
    assert story[0].text == f"{BASE}{paths.story(published.slug)}"
    assert story[1][2].text == published.headline
    assert (story[1][0][0].text, story[1][0][1].text) == ("The Record Desk", "en")
    assert datetime.fromisoformat(story[1][1].text) == published_at
    time_machine.move_to(published_at + timedelta(hours=49))
    assert news(client) == []


def test_a_story_that_was_taken_back_is_no_news(published, client, time_machine):
    write_note(published, "retraction", now=builders.NEXT_DAY)
    time_machine.move_to(SOON)
    assert news(client) == []
    assert paths.story(published.slug) in listed(client)


def test_a_headline_can_break_no_sitemap(published, client, reporter, time_machine):
    published.edit(by=reporter, now=builders.NEXT_DAY, headline="Tom & <Ann> \x07 “meet”")
    write_note(published, now=builders.NEXT_DAY)
    time_machine.move_to(SOON)
    (story,) = news(client)
    assert story[1][2].text == "Tom & <Ann>  “meet”"


# For robots, and for those who find a fault.


def test_robots_may_read_everything_and_are_told_of_the_sitemaps(client, db):
    answer = client.get(paths.ROBOTS)
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["User-agent: *", "Disallow:"]
    told = {line.partition(": ")[2].removeprefix(BASE) for line in lines if line.startswith("Sitemap: ")}
    assert told == {paths.SITEMAP, paths.NEWS_SITEMAP}


def test_whom_to_tell_of_a_fault_is_good_for_less_than_a_year(client, db, settings, time_machine):
    settings.CONTACT = "desk@example.net"
    for now in ("2026-03-01T23:59:59Z", "2031-12-31T00:00:00Z"):
        time_machine.move_to(now, tick=False)
        answer = client.get(paths.SECURITY)
        fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert fields["Contact"] == "mailto:desk@example.net"
        assert fields["Canonical"] == f"{BASE}/.well-known/security.txt"
        good_for = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
        assert timedelta(days=80) < good_for < timedelta(days=365)
