"""Structured data: what the page says, and nothing that can break out of its element."""

import json
import re
from html import unescape

import pytest

from investigations.pages.jsonld import script
from tests import builders
from tests.pages.editions import sent

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_on(path):
    (found,) = ELEMENT.findall(sent(path))
    return json.loads(found)


@pytest.mark.parametrize(
    "words",
    ["</script><script>alert(1)</script>", "<!--", "]]>", "Tom & Ann", "a \u2028 b", 'a "b" \\ c', "🎈 é 北京"],
)
def test_nothing_in_a_text_ends_the_element_and_the_text_is_kept(words):
    text = script({"headline": words})
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(text)
    assert json.loads(text) == {"headline": words}


def test_a_headline_that_would_end_the_element_stays_a_headline(story, reporter, editor):
    evil = "</script><script>alert(1)</script>"
    story.edit(by=reporter, now=builders.MORNING, headline=evil)
    builders.publish_story(story, reporter=reporter, editor=editor)
    path = f"/stories/{story.slug}/"
    assert data_on(path)["headline"] == evil
    assert sent(path).count("</script>") == 1
    assert "<script>" not in sent(path)


def test_a_story_is_a_news_article_of_its_address(published):
    data = data_on(f"/stories/{published.slug}/")
    assert (data["@type"], data["version"], data["headline"]) == ("NewsArticle", 1, published.headline)
    assert data["@id"] == data["url"] == data["mainEntityOfPage"]
    assert data["url"].endswith(f"/stories/{published.slug}/")
    assert "correction" not in data
    assert "dateModified" not in data


def test_a_correction_is_the_visible_note_word_for_word(published, reporter, editor):
    note = "Lee “Lucky” Sample didn’t watch the vote & wasn’t <there>."
    builders.correct_story(published, reporter=reporter, editor=editor, note=note)
    path = f"/stories/{published.slug}/"
    (comment,) = data_on(path)["correction"]
    assert (comment["@type"], comment["text"]) == ("CorrectionComment", note)
    visible = sent(path).partition("<main")[2]
    assert unescape(re.sub(r"<[^>]*>", "", visible)).count(note) == 2


def test_every_instant_of_the_data_stands_on_the_page(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    path = f"/stories/{published.slug}/"
    data = data_on(path)
    (comment,) = data["correction"]
    for instant in (data["datePublished"], data["dateModified"], comment["datePublished"]):
        assert f'<time datetime="{instant}">' in sent(path)


def test_names_headline_and_standfirst_are_those_of_the_page(published):
    data, html = data_on(f"/stories/{published.slug}/"), sent(f"/stories/{published.slug}/")
    for words in (data["headline"], data["description"], *(author["name"] for author in data["author"])):
        assert words in unescape(html.partition("<main")[2])


def test_an_older_edition_is_itself_and_carries_no_later_correction(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    data = data_on(f"/stories/{published.slug}/editions/1/")
    assert data["version"] == 1
    assert data["url"].endswith("/editions/1/")
    assert "correction" not in data


def test_a_story_nobodys_name_stands_over_names_no_author(story, reporter, editor):
    story.bylines.all().delete()
    story.edit(by=reporter, now=builders.MORNING)
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert "author" not in data_on(f"/stories/{story.slug}/")
