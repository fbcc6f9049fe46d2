"""Marks that would fail in silence: each is told with its id and its paragraph, and nothing else is."""

import pytest

from investigations.lint import check_story
from investigations.lint.spans import SAID
from investigations.text import MAX_NESTING, Fault
from tests import builders

FAULTY = {
    "story.E001": "He [came{#p7} late.",
    "story.E002": "[One]{#p7} and [two]{#p7}.",
    "story.E003": "He [came]{#q7} late.",
    "story.E004": "He *said [he* came]{#p7} late.",
    "story.E006": "He [came] {#p7} late.",
    "story.E007": "He [came](https://example.org/){#p7} late.",
    "story.E008": "He `came`{#p7} late.",
    "story.E010": "He [came [very]{#p8} late]{#p7}.",
    "story.E011": "He []{#p7} came late.",
    "story.E012": "He came]{#p7} late.",
    "story.E013": "He came ![late](https://example.org/a.png).",
    "story.E014": "He [came](javascript:alert(1)) late.",
}


def story_with(paragraph, *, investigation, by):
    """A ready story with this paragraph behind its first; every passage that was made has evidence."""
    body = builders.READY_BODY.replace("\n\n", f"\n\n{paragraph}\n\n", 1)
    return builders.make_ready_story(investigation=investigation, by=by, body=body)


def found(story):
    return [(finding.id, finding.paragraph) for finding in check_story(story)]


def test_a_ready_story_has_no_finding(story):
    assert check_story(story) == []


@pytest.mark.parametrize("id_", FAULTY)
def test_a_planted_fault_is_told_with_its_paragraph_and_nothing_else_is(id_, investigation, reporter):
    story = story_with(FAULTY[id_], investigation=investigation, by=reporter)
    assert found(story) == [(id_, 2)]


def test_a_passage_over_two_paragraphs_is_told_where_it_ends(investigation, reporter):
    story = story_with("He [came.\n\nHe left]{#p7}.", investigation=investigation, by=reporter)
    assert found(story) == [("story.E005", 3)]


def test_a_mark_on_an_image_is_told_beside_the_image(investigation, reporter):
    story = story_with("![late](https://example.org/a.png){#p7}", investigation=investigation, by=reporter)
    assert sorted(found(story)) == [("story.E009", 2), ("story.E013", 2)]


def test_nesting_too_deep_is_told(investigation, reporter):
    story = story_with("> " * (MAX_NESTING + 1) + "came", investigation=investigation, by=reporter)
    assert found(story) == [("story.E015", 2)]


def test_every_fault_of_a_text_has_its_finding():
    assert SAID.keys() == set(Fault)
    assert len({id_ for id_, _, _ in SAID.values()}) == len(Fault)


def test_a_fault_names_the_words_and_the_mark(investigation, reporter):
    story = story_with("He [came{#p7} late.", investigation=investigation, by=reporter)
    (finding,) = check_story(story)
    assert finding.obj == "Paragraph 2, “He [came{#p7}”"
    assert finding.mark == "p7"
    assert finding.must_be_fixed


def test_every_fault_bars_publication_and_says_what_to_do():
    assert all(id_.startswith("story.E") for id_, _, _ in SAID.values())
    assert all(msg.endswith(".") and hint.endswith(".") for _, msg, hint in SAID.values())
