"""Words in quotation marks, held against the quote on file character by character."""

import pytest

from investigations.lint.quotation import checked, quotation
from investigations.text import stands_in
from tests import builders
from tests.lint.told import told

SAID = "I knew [Sessions] was working with the “campaign” — and I said so, twice. Nobody asked."


@pytest.mark.parametrize(
    "quoted",
    [
        "I knew [Sessions] was working",
        "i knew",
        "knew … was working",
        "I knew … Nobody asked",
        "and I said so, twice,",
        "Nobody asked!",
        'with the "campaign" - and I said so',
        "[He] knew ... [he] was working",
    ],
)
def test_words_stand_there_whatever_belongs_to_the_sentence_around_them(quoted):
    assert stands_in(quoted, SAID)


@pytest.mark.parametrize(
    "quoted",
    [
        "I knew Sessions was working",
        "I knew he was",
        "work",
        "Nobody asked … I knew",
        "with The campaign",
        "I said so twice",
        "nobody ask",
        "obody asked",
    ],
)
def test_other_words_cut_words_and_another_order_do_not(quoted):
    assert not stands_in(quoted, SAID)


def write(story, passage, before="The chair said that ", after="."):
    """The second paragraph with this passage in it."""
    words = passage.replace("[", "\\[").replace("]", "\\]")
    head = story.body.split("\n\n")[0]
    story.body = f"{head}\n\n{before}[{words}]{{#p2}}{after}\n"
    story.save()
    return story


@pytest.fixture
def quote(story):
    """The quote behind the second passage."""
    found = story.passages.get(mark="p2").evidence.get().quote
    type(found).objects.filter(pk=found.pk).update(words="We never met, and she did not sign it.")
    return found


@pytest.mark.parametrize(
    ("passage", "ids"),
    [
        ("“never met”", []),
        ("that they “never met … did not sign it.”", []),
        ("that they never signed it", []),
        ("“never signed”", ["story.E060"]),
        ("“did sign it”", ["story.E060"]),
        ("“never met” and “never signed”", ["story.E060"]),
    ],
)
def test_what_a_passage_quotes_stands_in_its_quote(story, quote, passage, ids):
    assert [id_ for id_, *_ in told(write(story, passage), quotation)] == ids


@pytest.mark.parametrize(
    ("before", "passage", "after", "ids"),
    [
        ("She said: “", "We never met", ", and that is all.”", []),
        ("She said: “", "We often met", ", and that is all.”", ["story.E060"]),
        ("“Nonsense,” she said of it: ", "they never signed", ".", []),
        ("She said: ", "“We never met", ", or so it is told.", []),
    ],
)
def test_quotation_marks_around_and_across_a_passage_count(story, quote, before, passage, after, ids):
    assert [id_ for id_, *_ in told(write(story, passage, before, after), quotation)] == ids


@pytest.mark.parametrize(
    ("form", "words", "ids"),
    [
        ("translated", "We never met.", ["story.W061"]),
        ("paraphrase", "They never met.", ["story.W061"]),
        ("paraphrase", "Said that they “never met”.", []),
        ("paraphrase", "They had not seen each other.", ["story.W061"]),
    ],
)
def test_quoting_a_translation_or_a_paraphrase_is_looked_at(story, quote, form, words, ids):
    type(quote).objects.filter(pk=quote.pk).update(form=form, words=words)
    assert [id_ for id_, *_ in told(write(story, "“never met”"), quotation)] == ids


def test_words_quoted_from_a_document_stand_in_its_text(story, investigation):
    passage = story.passages.get(mark="p2")
    passage.evidence.all().delete()
    minutes = builders.make_source(investigation=investigation, full_text="Resolved: the port is sold.")
    builders.make_evidence(passage=passage, source=minutes)
    assert told(write(story, "“the port is sold”"), quotation) == []
    assert told(write(story, "“the port was sold”"), quotation) == [("story.E060", 2, "p2")]


def test_without_anything_to_hold_the_words_against_nothing_is_said(story, investigation):
    passage = story.passages.get(mark="p2")
    passage.evidence.all().delete()
    builders.make_evidence(passage=passage, source=builders.make_source(investigation=investigation))
    assert told(write(story, "“the port is sold”"), quotation) == []


def test_a_quote_at_two_passages_is_told_once(story, investigation):
    quote = builders.make_quote(investigation=investigation)
    for mark in ("p1", "p2"):
        builders.make_evidence(passage=story.passages.get(mark=mark), quote=quote)
    assert told(story, checked) == [("story.W062", 1, "p1")]
