"""OpenGraph, description and canonical address: in the page's own words, on every kind of page."""

import re
from html import unescape

import pytest

from investigations.models import Investigation
from investigations.pages import paths
from investigations.record.models import Page
from tests import builders
from tests.pages.editions import sent
from tests.pages.notes import write_note


def meta(html):
    """What the page's head says by name; a name that stands there more than once has all it says."""
    found = {}
    for name, said in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html):
        found.setdefault(name, []).append(unescape(said))
    return {name: said[0] if len(said) == 1 else said for name, said in found.items()}


def body_of(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html.partition("<body>")[2])).split())


def test_each_page_that_may_be_listed_is_shared_by_its_canonical_address_in_its_own_words(
    published, reporter, editor
):
    builders.correct_story(published, reporter=reporter, editor=editor)
    pages = list(Page.objects.filter(listed=True))
    assert {page.path.split("/")[1] for page in pages} >= {"", "stories", "quotes", "corrections", "authors"}
    for page in pages:
        html = bytes(page.body).decode()
        said = meta(html)
        assert said["og:url"] == paths.absolute(page.path)
        assert said["og:site_name"] == "The Record Desk"
        assert said.get("description") == said.get("og:description")
        for words in (said["og:title"], said.get("og:description", "")):
            assert " ".join(words.replace(", date not stated", "").split()) in body_of(html) or words in html


def test_a_story_says_when_it_came_out_by_whom_and_when_it_changed(published, reporter, editor):
    path = paths.story(published.slug)
    assert "article:modified_time" not in meta(sent(path))
    builders.correct_story(published, reporter=reporter, editor=editor)
    said, html = meta(sent(path)), sent(path)
    assert (said["og:type"], said["og:description"]) == ("article", published.standfirst)
    assert said["article:section"] == published.investigation.title
    for name in ("article:published_time", "article:modified_time"):
        assert f'<time datetime="{said[name]}">' in html
    assert said["article:author"].startswith("http://127.0.0.1:8000/authors/")


@pytest.mark.parametrize("evidence", ["evidence=all", "evidence=off"])
def test_a_variant_and_an_edition_are_shared_as_what_is_to_be_cited(published, reporter, editor, evidence):
    builders.correct_story(published, reporter=reporter, editor=editor)
    story, edition = paths.story(published.slug), paths.edition(published.slug, 1)
    assert meta(sent(story, evidence))["og:url"] == paths.absolute(story)
    assert meta(sent(edition))["og:url"] == paths.absolute(edition)


def test_a_picture_is_shared_only_where_one_stands_over_the_text(story, reporter, editor):
    figure = builders.make_figure(story=story)
    builders.publish_story(story, reporter=reporter, editor=editor)
    html = sent(paths.story(story.slug))
    said = meta(html)
    assert said["og:image"].startswith("http://127.0.0.1:8000/pictures/")
    assert f'src="{said["og:image"].removeprefix("http://127.0.0.1:8000")}"' in html
    assert said["og:image:alt"] == figure.alt_text
    assert f'width="{said["og:image:width"]}" height="{said["og:image:height"]}"' in html
    others = Page.objects.exclude(path__startswith="/stories/")
    assert not any(b"og:image" in bytes(page.body) for page in others)


def test_a_page_without_a_picture_shares_none(published):
    assert "og:image" not in meta(sent(paths.story(published.slug)))


def test_a_story_that_was_taken_back_is_shared_as_that(published):
    write_note(published, "retraction", note="None of it was so.", now=builders.NEXT_DAY)
    said = meta(sent(paths.story(published.slug)))
    assert said["og:title"] == f"Retracted: {published.headline}"
    assert said["og:description"] == "None of it was so."


def test_nothing_in_a_text_breaks_out_of_the_head(story, reporter, editor):
    story.edit(by=reporter, now=builders.MORNING, headline='"><script>alert(1)</script>', standfirst='" onload="x')
    Investigation.objects.update(title='"><b>')
    story.investigation.refresh_from_db()
    builders.publish_story(story, reporter=reporter, editor=editor)
    html = sent(paths.story(story.slug))
    assert meta(html)["og:title"] == story.headline
    assert meta(html)["og:description"] == story.standfirst
    assert "<script>alert" not in html
