"""Which sentences look checkable."""

import pytest

from investigations import text
from investigations.text.checkable import checkable


def found(body):
    return [sentence.words for sentence in checkable(text.parse(body))]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The price was 11 dollars.", "a number"),
        ("It was half of its value.", "a number"),
        ("They met on Tuesday.", "a date"),
        ("They met in early May 2016.", "a date"),
        ("It was Lee Sample.", "a name"),
        ("They asked Moreno.", "a name"),
        ("She said “nobody asked me” twice.", "quoted words"),
        ("It was the largest sale.", "a superlative"),
        ("They never voted.", "a superlative"),
    ],
)
def test_a_claim_looks_checkable(sentence, why):
    (one,) = checkable(text.parse(f"It was so. {sentence} So it was."))
    assert one.words == sentence
    assert why in one.why


@pytest.mark.parametrize("sentence", ["The board met.", "They may go west.", "I think it was an honest request."])
def test_what_claims_nothing_that_can_be_looked_up_does_not(sentence):
    assert found(f"{sentence} So it was.") == []


def test_a_sentence_with_a_mark_is_left_out():
    assert found("[It was 11]{#p1} dollars. It was 12 euros.") == ["It was 12 euros."]


@pytest.mark.parametrize("body", ["## It was 11 dollars", "    It was 11 dollars", "---"])
def test_headings_and_code_are_left_out(body):
    assert found(body) == []


def test_an_abbreviation_ends_no_sentence():
    body = "Sen. J. R. Lee and Mr. Roe paid the U.S. Treasury 11 dollars. Then “Dr. No. 5” said “No.” He left at 9."
    assert found(body) == [
        "Sen. J. R. Lee and Mr. Roe paid the U.S. Treasury 11 dollars.",
        "Then “Dr. No. 5” said “No.”",
        "He left at 9.",
    ]


def test_items_of_a_list_and_quoted_paragraphs_are_looked_at():
    assert found("- It was 11.\n\n> It was 12.") == ["It was 11.", "It was 12."]
