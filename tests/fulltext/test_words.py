"""Words as they are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.fulltext.words import MOST_BYTES, MOST_WORDS, fold, folded, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Žofia KUŘINA, of Brno", "zofia kurina of brno"),
        ("Straße İzmir ﬁne", "strasse izmir fine"),
        ("cafe\u0301 and café", "cafe and cafe"),
        ("the nominee’s well-known “No.”", "the nominee s well known no"),
        ("a_b 3,000 ½", "a b 3 000 1 2"),
        ("Киев ΑΘΗΝΑ", "киев αθηνα"),
        ("…—\x00", ""),
    ],
)
def test_words_are_without_case_accents_and_signs(text, found):
    assert folded(text) == found


def test_a_word_knows_where_it_stands():
    text = "Said Žofia: no"
    assert [text[word.start : word.end] for word in words(text)] == ["Said", "Žofia", "no"]


def test_no_folded_word_has_an_underscore_or_a_space():
    assert all(sign.isalnum() for sign in fold("Ünder_score".replace("_", "")))
    assert "_" not in folded("kind_quote __init__")


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_plain_letters_are_folded_as_all_others_are(text):
    assert folded(text) == " ".join(word.folded for word in words(text))


def test_only_so_many_words_of_a_row_are_searched():
    assert len(folded("one two " * MOST_WORDS).split()) == MOST_WORDS


def test_no_more_bytes_of_long_words_are_searched_than_an_index_keeps():
    kept = folded(" ".join(["長" * 60] * MOST_WORDS)).split()
    assert MOST_BYTES - 400 < sum(len(word.encode()) + 5 for word in kept) <= MOST_BYTES
