"""Word diffs: phrases a reader can follow, exact offsets, and paragraphs paired across editions."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.diffs import Change, align_blocks, changes, effort, map_offset, segments

texts = st.text(alphabet="ab é\u0301👍🏽\u200d.,’1\n", max_size=60)


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(change.kind, change.old, change.new) for change in changes(old, new)]


def test_equal_texts_have_no_changes():
    assert changes("He met her.", "He met her.") == []


def test_a_change_says_where_it_stands_in_both_texts():
    assert changes("He met nine men.", "He never met ten men.") == [
        Change("insert", "", "never ", 3, 3, 3, 9),
        Change("replace", "nine", "ten", 7, 11, 13, 16),
    ]


def test_a_word_put_in_is_an_insertion():
    assert told("They did approve it.", "They did not approve it.") == [("insert", "", "not ")]


def test_a_word_taken_out_is_a_deletion():
    assert told("a b c", "a c") == [("delete", "b ", "")]


def test_punctuation_is_a_token_of_its_own():
    assert told("He left.", "He left?") == [("replace", ".", "?")]


def test_a_figure_changes_as_a_whole():
    assert told("The 1,200.50 men", "The 1,300.50 men") == [("replace", "1,200.50", "1,300.50")]


def test_a_word_keeps_its_apostrophe():
    assert told("He didn’t go", "He did go") == [("replace", "didn’t", "did")]


def test_an_emoji_changes_with_its_skin_tone():
    assert told("👍🏽 yes", "👍🏻 yes") == [("replace", "👍🏽", "👍🏻")]


def test_changes_parted_by_a_short_word_are_shown_as_one_phrase():
    assert told("He met in the garden today", "He saw at the house today") == [
        ("replace", "met in the garden", "saw at the house")
    ]


def test_changes_parted_by_more_stay_apart():
    assert told("on Monday and left on Friday.", "on Tuesday and left on Sunday.") == [
        ("replace", "Monday", "Tuesday"),
        ("replace", "Friday", "Sunday"),
    ]


def test_a_text_that_was_empty_is_all_insertion():
    assert segments("", "New words") == [("insert", "New words")]


@given(texts, texts)
def test_segments_join_to_both_texts(old, new):
    run = segments(old, new)
    assert "".join(text for kind, text in run if kind != "insert") == old
    assert "".join(text for kind, text in run if kind != "delete") == new
    assert all(text for _, text in run)


@given(texts, texts)
def test_changes_are_in_order_apart_and_quote_the_texts(old, new):
    found = changes(old, new)
    for change in found:
        assert change.old == old[change.old_start : change.old_end]
        assert change.new == new[change.new_start : change.new_end]
        assert (
            change.kind == {(1, 1): "replace", (1, 0): "delete", (0, 1): "insert"}[bool(change.old), bool(change.new)]
        )
    assert all(a.old_end < b.old_start and a.new_end < b.new_start for a, b in pairwise(found))


@given(texts, texts)
def test_a_mapped_character_is_the_same_character(old, new):
    for offset, sign in enumerate(old):
        mapped = map_offset(old, new, offset)
        assert mapped is None or new[mapped] == sign


@given(texts)
def test_every_place_of_an_unchanged_text_maps_to_itself(text):
    assert [map_offset(text, text, at) for at in range(len(text) + 1)] == list(range(len(text) + 1))


def test_a_place_after_an_insertion_moves_along():
    assert map_offset("did approve", "did not approve", 4) == 8


def test_a_place_in_changed_words_maps_nowhere():
    assert map_offset("He met nine men", "He met ten men", 8) is None


def test_the_end_maps_before_words_put_after_it():
    assert map_offset("The end", "The end came", 7) == 7


def test_the_end_maps_nowhere_when_the_last_words_changed():
    assert map_offset("The end", "The start", 7) is None


@pytest.mark.parametrize("offset", [-1, 4])
def test_a_place_outside_the_text_is_an_error(offset):
    with pytest.raises(ValueError, match="outside a text of 3 characters"):
        map_offset("abc", "abc", offset)


def test_equal_paragraphs_are_paired():
    assert align_blocks(["a", "b"], ["a", "b"]) == [(0, 0), (1, 1)]


def test_a_new_paragraph_pairs_with_none():
    assert align_blocks(["a", "b"], ["a", "x", "b"]) == [(0, 0), (None, 1), (1, 2)]


def test_a_dropped_paragraph_pairs_with_none():
    assert align_blocks(["a", "x", "b"], ["a", "b"]) == [(0, 0), (1, None), (2, 1)]


def test_a_rewritten_paragraph_pairs_with_its_likeness():
    old = ["Top.", "The mayor met the builder six times in May.", "End."]
    new = ["Top.", "An aside.", "The mayor met the builder nine times in May.", "End."]
    assert align_blocks(old, new) == [(0, 0), (None, 1), (1, 2), (2, 3)]


def test_a_paragraph_with_all_new_words_is_not_paired():
    assert align_blocks(["one two three"], ["four five six"]) == [(0, None), (None, 0)]


@given(
    st.lists(st.sampled_from(["", "a b c", "a b d", "x y", "z"]), max_size=8).flatmap(
        lambda old: st.tuples(st.just(old), st.lists(st.sampled_from(["", "a b c", "a b e", "x y"]), max_size=8))
    )
)
def test_every_paragraph_is_listed_once_and_in_order(editions):
    old, new = editions
    pairs = align_blocks(old, new)
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


def test_five_hundred_paragraphs_are_aligned_at_once():
    chance = random.Random(7)  # noqa: S311
    old = [" ".join(f"w{chance.randrange(3000)}" for _ in range(60)) for _ in range(500)]
    new = [text.replace(text.split()[5], "changed") if place % 50 == 0 else text for place, text in enumerate(old)]
    started = time.perf_counter()
    pairs = align_blocks(old, new)
    assert time.perf_counter() - started < 1
    assert pairs == [(place, place) for place in range(500)]


# --- What a comparison costs ---


def test_the_effort_counts_pairs_of_equal_words_in_paragraphs_that_differ():
    same = "the board met and the board voted"
    assert effort([same, "the a the"], [same, "the b"]) == 2
    assert effort([same], [same]) == 0
    assert effort(["one two"], ["three four"]) == 0


def test_without_likeness_only_equal_paragraphs_are_paired():
    old, new = ["same", "the board met in March"], ["same", "the board met in May"]
    assert align_blocks(old, new) == [(0, 0), (1, 1)]
    assert align_blocks(old, new, alike=False) == [(0, 0), (1, None), (None, 1)]
