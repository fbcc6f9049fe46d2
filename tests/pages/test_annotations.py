"""Web Annotations: every selector finds exactly its words, counted in code points."""

import json

import pytest

from tests import builders
from tests.pages.editions import history, sent

BODY = """\
Zoé 🎈 said it, x\u0302 too.

A se\u0301ance 🎈🎈: [the board met 🎈 in se\u0301cret]{#p1}, and the port was sold.

- One [nobody had *asked* her]{#p2}
- Lee Sample watched the vote from the gallery.
"""


@pytest.fixture
def story(investigation, reporter):
    return builders.make_ready_story(investigation=investigation, by=reporter, body=BODY)


def collection(story):
    return json.loads(sent(f"/stories/{story.slug}/annotations.json"))


def items(story):
    return collection(story)["first"]["items"]


def text_of(story):
    return "\n".join(piece.content["text"] for piece in history(story)[-1].of_kind("block"))


def selectors(item):
    return {selector["type"]: selector for selector in item["target"]["selector"]}


def test_each_position_finds_exactly_the_quoted_words(published):
    text = text_of(published)
    assert "🎈" in text
    for item in items(published):
        place, quote = selectors(item)["TextPositionSelector"], selectors(item)["TextQuoteSelector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


def test_the_quoted_words_are_the_passages(published):
    quoted = [selectors(item)["TextQuoteSelector"]["exact"] for item in items(published)]
    assert quoted == ["the board met 🎈 in sécret", "nobody had asked her"]


def test_each_annotation_has_a_name_of_its_own_and_leads_into_the_page(published):
    names = [item["id"] for item in items(published)]
    html = sent(f"/stories/{published.slug}/")
    assert len(set(names)) == len(names) == 2
    assert all(f'id="{name.partition("#")[2]}"' in html for name in names)


@pytest.mark.parametrize(
    ("stance", "motivation"), [("supports", "linking"), ("contradicts", "questioning"), ("context", "describing")]
)
def test_the_motivation_says_what_the_evidence_does(story, reporter, editor, stance, motivation):
    story.passages.get(mark="p1").evidence.update(stance=stance)
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert items(story)[0]["motivation"] == motivation


def test_only_shown_evidence_is_there(story, reporter, editor):
    story.passages.get(mark="p1").evidence.update(showing="counted")
    story.passages.get(mark="p2").evidence.update(showing="desk_only")
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert items(story) == []


def test_the_collection_counts_its_items_and_names_the_edition_they_are_of(published):
    found = collection(published)
    assert found["total"] == len(found["first"]["items"]) == 2
    cached = {item["target"]["state"]["cached"] for item in items(published)}
    assert {address.partition("/stories")[2] for address in cached} == {f"/{published.slug}/editions/1/"}


def test_an_unnamed_sources_words_are_there_without_a_page_or_a_key(story, reporter, editor):
    source = builders.make_source(investigation=story.investigation, descriptor="a diplomat of the region")
    quote = builders.make_quote(source=source, terms="background", words="They burned it")
    story.passages.get(mark="p1").evidence.all().delete()
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert items(story)[0]["body"]["value"] == "a diplomat of the region: They burned it"
    whole = json.dumps(collection(story))
    assert not {source.public_key, quote.public_key, source.code_name} & set(whole.replace('"', " ").split())
    assert source.public_key not in whole
    assert quote.public_key not in whole


def correct(story, reporter, editor, old, new, hour=10):
    now = builders.NEXT_DAY.replace(hour=hour)
    return builders.correct_story(story, reporter=reporter, editor=editor, old=old, new=new, now=now)


@pytest.mark.parametrize(
    ("old", "new", "exact"),
    [
        ("the port was sold", "the whole port was sold", "whole "),
        ("watched the vote", "watched the 🎈 vote", "🎈 "),
        (" from the gallery", "", ""),
        ("too.", "also.", "also"),
    ],
)
def test_a_correction_is_at_the_words_that_are_new(published, reporter, editor, old, new, exact):
    correct(published, reporter, editor, old, new)
    (item,) = [item for item in items(published) if item["motivation"] == "editing"]
    place, quote = selectors(item)["TextPositionSelector"], selectors(item)["TextQuoteSelector"]
    assert quote["exact"].strip() == exact.strip()
    assert text_of(published)[place["start"] : place["end"]] == quote["exact"]


def test_a_later_edition_keeps_an_earlier_correction_at_its_words(published, reporter, editor):
    correct(published, reporter, editor, "the port was sold", "the harbor was sold")
    correct(published, reporter, editor, "Zoé 🎈 said it", "Zoé 🎈🎈 Doe said it", hour=15)
    quoted = [selectors(i)["TextQuoteSelector"]["exact"] for i in items(published) if i["motivation"] == "editing"]
    assert [words.strip() for words in quoted] == ["harbor", "🎈 Doe"]


def test_a_correction_of_two_places_is_two_annotations_with_names_of_their_own(published, reporter, editor):
    body = published.body.replace("too.", "also.").replace("the port was sold", "the harbor was sold")
    published.edit(by=reporter, now=builders.NEXT_DAY, body=body)
    correction = builders.make_submitted(story=published, written_by=reporter)
    builders.approve(correction, by=editor, now=builders.NEXT_DAY)
    builders.correct(correction, by=editor, now=builders.NEXT_DAY)
    names = [item["id"] for item in items(published) if item["motivation"] == "editing"]
    assert len(names) == len(set(names)) == 2
