"""An answer split by the numbers of our claims."""

import pytest

from investigations.text import split_answer


@pytest.mark.parametrize(
    "first",
    ["1. ", "1) ", "(1) ", "1: ", "#1: ", "1 – ", "No. 1: ", "Re 1. ", "Claim 1: ", "1.\n", "1\n", "  1. "],
)
def test_a_number_at_the_start_of_a_line_begins_what_is_said_to_it(first):
    assert split_answer(f"Dear all,\n\n{first}That is wrong.\n\nWe met.\n2. True.", {1, 2}) == {
        1: "That is wrong.\n\nWe met.",
        2: "True.",
    }


@pytest.mark.parametrize(
    "words",
    [
        "2016. That was the year.",
        "3. There is no third.",
        "1.5 million were paid.",
        "1st of all, no.",
        "We say: 1. no",
    ],
)
def test_other_numbers_split_nothing(words):
    assert split_answer(f"Hello.\n{words}", {1, 2}) == {}


def test_a_number_that_comes_back_belongs_to_the_one_before_it():
    assert split_answer("1. No.\n2. See above:\n1. is wrong.", {1, 2}) == {1: "No.", 2: "See above:\n1. is wrong."}


def test_a_number_that_nobody_takes_up_has_no_answer():
    assert split_answer("2. That is so.", {1, 2, 3}) == {2: "That is so."}


def test_our_own_letter_quoted_back_is_left_out():
    assert split_answer("> 1. You sold it.\n1. We did not.\n> 2. You knew.\n2. Nor that.", {1, 2}) == {
        1: "We did not.",
        2: "Nor that.",
    }


def test_an_answer_to_the_only_claim_needs_no_number():
    assert split_answer("That is wrong.\nWe say so.", {1}) == {1: "That is wrong.\nWe say so."}


def test_an_answer_without_numbers_to_several_claims_is_nobodys_guess():
    assert split_answer("That is wrong.", {1, 2}) == {}
