"""The one form of a text, and the way back from it."""

import sys

import pytest

from investigations.spellings import fold
from investigations.spellings.folding import SOFT, folded, folded_sign


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Zoë  NANDU\n", "zoe nandu"),
        ("Straße ÆØÅ Łódź", "strasse aeoa lodz"),
        ("&amp;#233; &amp;amp;", "e &"),
        ("%25C3%25A9 100% %zz", "e 100% %zz"),
        (r"\ud835\udc19 \\u00e9", "z e"),
        ("“Q” ‘q’ —", "“q” 'q' -"),
        ("ﬁﬃ ½ №", "fiffi 1⁄2 no"),
        ("а\u0301ρ", "ap"),
        ("٣４", "34"),
        (f"a{SOFT}b", "a b"),
    ],
)
def test_a_text_is_brought_into_one_form(text, form):
    assert fold(text) == form


def test_each_character_of_the_form_knows_where_it_came_from():
    text = "é&eacute;%C3%A9ﬃ\u200bx"
    form = folded(text)
    assert form.text == "eeeffix"
    assert list(form.places) == [0, 1, 9, 15, 15, 15, 17]


def test_no_character_reads_as_one_whose_lower_case_is_longer():
    wrong = [at for at in range(sys.maxunicode + 1) if len(form := folded_sign(chr(at))) != len(form.casefold())]
    assert wrong == []


def test_reading_a_character_again_changes_nothing():
    again = [at for at in range(0x30000) if "".join(map(folded_sign, form := folded_sign(chr(at)))) != form]
    assert again == []
