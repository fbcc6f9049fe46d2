"""Web Annotations: every selector finds exactly its words, counted in code points."""

import json
import re

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


MOTIVATIONS = {"linking", "questioning", "describing", "editing"}
URI = re.compile(r"https?://\S+")


def one_uri(thing):
    """Whether it is one whole address."""
    return isinstance(thing, str) and bool(URI.fullmatch(thing))


def faults(found):
    """What the collection holds against the Web Annotation Data Model (W3C, 23 February 2017), by its sections."""
    page = found["first"]
    held = {
        "5.1 context": found["@context"] == "http://www.w3.org/ns/anno.jsonld",
        "5.1 id, type": one_uri(found["id"]) and found["type"] == "AnnotationCollection",
        "5.1 label, total": isinstance(found["label"], str) and found["total"] == len(page["items"]),
        "5.1 last": found["last"] == page["id"],
        "5.2 id, type": one_uri(page["id"]) and page["type"] == "AnnotationPage",
        "5.2 part of": page["partOf"] == found["id"],
        "5.2 start, items": page["startIndex"] == 0 and isinstance(page["items"], list),
        "5.2 next": "next" not in page and "prev" not in page,
        "3.3.1 creator": found["creator"]["type"] == "Organization" and isinstance(found["creator"]["name"], str),
    }
    for item in page["items"]:
        body, target = item["body"], item["target"]
        quote, place = target["selector"]
        state = target["state"]
        textual = body["type"] == "TextualBody"
        held |= {
            f"3.1 {item['id']}": one_uri(item["id"]) and item["type"] == "Annotation",
            f"3.3.5 {item['id']}": item["motivation"] in MOTIVATIONS,
            f"3.2.4 {item['id']}": isinstance(body.get("value"), str) and "id" not in body if textual else True,
            f"3.2.1 {item['id']}": textual
            or (one_uri(body["id"]) and body["type"] == "Text" and "value" not in body),
            f"4.1 {item['id']}": one_uri(target["source"]) and set(target) == {"source", "state", "selector"},
            f"4.2.4 {item['id']}": set(quote) == {"type", "exact", "prefix", "suffix"},
            f"4.2.5 {item['id']}": set(place) == {"type", "start", "end"} and 0 <= place["start"] <= place["end"],
            f"4.3.1 {item['id']}": set(state) == {"type", "sourceDate"} and state["type"] == "TimeState",
            f"4.3.1 UTC {item['id']}": bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", state["sourceDate"])),
        }
    return [rule for rule, kept in held.items() if not kept]


def test_the_collection_keeps_the_rules_of_web_annotations(published, reporter, editor):
    correct(published, reporter, editor, "the port was sold", "the harbor was sold")
    found = collection(published)
    assert {item["body"]["type"] for item in items(published)} == {"Text", "TextualBody"}
    assert faults(found) == []
    del found["first"]["partOf"], found["last"]
    with pytest.raises(KeyError):
        faults(found)
    found = collection(published)
    found["first"]["items"][0]["target"]["state"]["sourceDate"] = "2026-03-02T09:00-05:00"
    assert len(faults(found)) == 1


def test_every_address_in_it_is_one_that_readers_reach(published, client):
    for item in items(published):
        for address in (item["body"]["id"], item["target"]["source"], item["id"]):
            assert client.get(address.removeprefix("http://127.0.0.1:8000").partition("#")[0]).status_code == 200


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
    sources = {item["target"]["source"] for item in items(published)}
    assert {address.partition("/stories")[2] for address in sources} == {f"/{published.slug}/editions/1/"}


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
