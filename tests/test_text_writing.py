"""Story Markdown as it is written: typography put in on saving, words marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.text import (
    CannotMark,
    WordsAlreadyMarked,
    WordsFoundTwice,
    WordsNotFound,
    next_mark,
    parse,
    typographic,
    wrap,
)
from tests.bodies import bodies

# --- Typography ---


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('"Hello," he said.', "“Hello,” he said."),
        ("\"'No,' she said.\"", "“‘No,’ she said.”"),
        ("It's the '90s, '16, 'tis rock 'n' roll", "It’s the ’90s, ’16, ’tis rock ’n’ roll"),
        ('He said ("no").', "He said (“no”)."),
        ('"*No*," **"yes"**', "“*No*,” **“yes”**"),
        ('"Wait--" he said---"no"', "“Wait—” he said—“no”"),
        ("one -- two---three", "one — two—three"),
        ("1999--2000", "1999–2000"),
        ("word--word, --flag, ----", "word—word, --flag, ----"),
        ("Well... yes....", "Well… yes…."),
        ('> "a"\n>"b"', "> “a”\n>“b”"),
    ],
)
def test_quotes_dashes_and_ellipses_are_set(typed, set_):
    assert typographic(typed) == set_


@pytest.mark.parametrize(
    "markdown",
    [
        '`"a" -- b...`',
        '``a ` "b"``',
        '```\n"a" -- b...\n```',
        '    "a" -- b',
        "<https://example.org/a--b'c>",
        "https://example.org/a--b'c",
        '[a](https://example.org/a--b "it\'s")',
        "[a](<b 'c'>)",
        r"\"a\" \'",
        "[a]{#p3}",
        '[a]{key="b--c"}',
        "a\n---",
        "---",
        "- a\n- b",
    ],
)
def test_code_addresses_braces_escapes_and_rules_stay_as_typed(markdown):
    assert typographic(markdown) == markdown


def test_the_words_of_a_mark_are_set_and_the_mark_stays():
    assert typographic('He said: "[It\'s late]{#p3}"') == "He said: “[It’s late]{#p3}”"


@given(bodies)
def test_setting_type_twice_changes_nothing_more(markdown):
    once = typographic(markdown)
    assert typographic(once) == once


@given(bodies)
def test_setting_type_leaves_marks_and_blocks_alone(markdown):
    before, after = parse(markdown), parse(typographic(markdown))
    assert [mark.id for mark in after.marks] == [mark.id for mark in before.marks]
    assert [block.kind for block in after.blocks] == [block.kind for block in before.blocks]


# --- Marking words ---


def test_the_next_mark_is_one_more_than_the_highest_named():
    assert next_mark("") == "p1"
    assert next_mark("[a]{#p2} b {#p7} c {#quote}") == "p8"


@pytest.mark.parametrize(
    ("markdown", "words", "marked"),
    [
        ("He came late.", "came late", "He [came late]{#p1}."),
        ("[He]{#p4} came.", "came", "[He]{#p4} [came]{#p5}."),
        ("The *mayor* said", "The mayor said", "[The *mayor* said]{#p1}"),
        ("said *the mayor* now", "said the mayor", "[said *the mayor*]{#p1} now"),
        ("a *bold word* b", "bold word", "a *[bold word]{#p1}* b"),
        ("> came\n> late", "came  late", "> [came\n> late]{#p1}"),
        ("A&amp;B \\*x", "A&B *x", "[A&amp;B \\*x]{#p1}"),
        ("the man; he met", "he", "the man; [he]{#p1} met"),
        ("cafe\u0301", "cafe\u0301", "[café]{#p1}"),
    ],
)
def test_the_only_place_of_the_words_is_marked(markdown, words, marked):
    assert wrap(markdown, words)[0] == marked
    assert parse(marked).marks[-1].id == wrap(markdown, words)[1]


@pytest.mark.parametrize("words", ["gone", "", " ", "ca", "[came]"])
def test_words_that_are_not_there_are_refused(words):
    with pytest.raises(WordsNotFound, match="doesn't say"):
        wrap("He came.", words)


@pytest.mark.parametrize(("markdown", "words"), [("a b\n\na b", "a b"), ("a b a b a", "a b a")])
def test_words_that_stand_twice_are_refused(markdown, words):
    with pytest.raises(WordsFoundTwice, match="2 times"):
        wrap(markdown, words)


def test_words_that_are_marked_in_part_are_refused():
    with pytest.raises(WordsAlreadyMarked):
        wrap("[He came]{#p1} late", "came late")


@pytest.mark.parametrize("markdown", ["*He came* late", "- came\n- late", "`came` late", "[came](http://x.org) late"])
def test_words_that_a_mark_cannot_hold_are_refused(markdown):
    with pytest.raises(CannotMark):
        wrap(markdown, "came late")


@given(bodies, st.integers(0, 60), st.integers(1, 12))
def test_marking_words_adds_one_mark_and_changes_no_word(markdown, start, length):
    before = parse(markdown)
    try:
        body, mark = wrap(markdown, before.text[start : start + length])
    except CannotMark:
        return
    after = parse(body)
    assert after.text == before.text
    assert {found.id for found in after.marks} == {found.id for found in before.marks} | {mark}
