"""What somebody types, as words and phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.fulltext.question import MOST_PHRASES, MOST_TYPED, question


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("Sergey Kislyak", (("sergey",), ("kislyak",))),
        ('the "harbor board" met', (("the",), ("harbor", "board"), ("met",))),
        ("“harbor board”", (("harbor", "board"),)),
        ('an "open end', (("an",), ("open", "end"))),
        ("don’t well-known", (("don", "t"), ("well", "known"))),
        ("a OR b AND NOT c NEAR/3 d*", (("a",), ("or",), ("b",), ("and",), ("not",), ("c",), ("near", "3"), ("d",))),
        ("head:secret ^x {words}:(y)", (("head", "secret"), ("x",), ("words", "y"))),
        ("kind_quote", (("kind", "quote"),)),
        ('"" \' ; -- * ( ) & | ! <-> :*', ()),
        ("same Same SAME", (("same",),)),
    ],
)
def test_words_and_quoted_phrases_and_everything_else_is_just_words(typed, phrases):
    assert question(typed).phrases == phrases


def test_nothing_typed_is_nothing_to_look_for():
    assert question("  ").is_empty
    assert question("x").is_short
    assert not question("x2").is_short


def test_what_is_too_much_is_cut_and_says_so():
    many = question(" ".join(f"w{n}" for n in range(MOST_PHRASES + 1)))
    assert (len(many.phrases), many.cut) == (MOST_PHRASES, True)
    assert question("x" * (MOST_TYPED + 1)).cut
    assert not question("few words").cut


def test_only_a_last_word_outside_quotation_marks_may_go_on():
    assert question("harbor boa", unfinished=True).unfinished
    assert not question('"harbor boa"', unfinished=True).unfinished
    assert not question("harbor boa").unfinished
    assert not question("", unfinished=True).unfinished


@given(st.text(max_size=60))
def test_whatever_is_typed_is_words_of_letters_and_figures(typed):
    asked = question(typed, unfinished=True)
    assert all(phrase and all(word and "_" not in word for word in phrase) for phrase in asked.phrases)
