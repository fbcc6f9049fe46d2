"""Excerpts, and what is the better answer."""

from hypothesis import given
from hypothesis import strategies as st

from investigations.fulltext.excerpt import LENGTH, excerpt, marked, score
from investigations.fulltext.question import question
from investigations.fulltext.words import folded

FILL = "Nothing of note was said about it by anybody at that table. " * 12


def shown(runs) -> str:
    return "".join(f"[{run.text}]" if run.found else run.text for run in runs)


def test_what_was_found_is_marked_with_its_accents_and_signs():
    assert shown(marked("Žofia’s no: zofia!", question("ZOFIA"))) == "[Žofia]’s no: [zofia]!"


def test_a_phrase_is_marked_as_a_whole_and_its_words_alone_are_not():
    said = shown(marked("The board of the harbor; the harbor board.", question('"harbor board"')))
    assert said == "The board of the harbor; the [harbor board]."


def test_a_word_that_goes_on_is_marked_whole():
    assert shown(marked("the harbormaster", question("harbor", unfinished=True))) == "the [harbormaster]"


def test_a_long_text_is_cut_around_what_was_found():
    said = shown(excerpt(f"{FILL}The ambassador came. {FILL}", question("ambassador")))
    assert "The [ambassador] came." in said
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) < LENGTH + 40


def test_a_long_text_without_the_word_begins_at_its_beginning():
    said = shown(excerpt(f"First of all. {FILL}", question("ambassador")))
    assert said.startswith("First of all.")
    assert said.endswith(" …")


@given(st.text(max_size=600), st.text(max_size=20))
def test_an_excerpt_is_a_piece_of_the_text_whatever_is_asked(text, typed):
    runs = excerpt(text, question(typed, unfinished=True))
    said = "".join(run.text for run in runs)
    assert said.removeprefix("… ").removesuffix(" …") in text or said in text


def order(asked, *texts):
    return sorted(texts, key=lambda text: score(question(asked), *(folded(each) for each in text)), reverse=True)


def test_a_word_in_the_title_says_more_than_one_in_the_text():
    title, text = ("The harbor", "It was sold."), ("A sale", "The harbor was sold.")
    assert order("harbor", text, title) == [title, text]


def test_more_often_in_a_shorter_text_says_more():
    often, once, long = ("", "harbor harbor"), ("", "the harbor"), ("", f"the harbor {FILL}")
    assert order("harbor", long, once, often) == [often, once, long]


def test_words_side_by_side_say_more_than_words_apart():
    apart, beside = ("", "The board left the harbor."), ("", "So left the harbor board.")
    assert order("harbor board", apart, beside) == [beside, apart]
