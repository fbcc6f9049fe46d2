"""Whatever name, spelled in any two ways, anywhere in any text: it is found; and other names are not."""

import codecs
import random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from investigations.spellings import Scanner, fold, protected, scan
from tests.spellings.ways import MARKDOWN, MARKUP, PLACES, SEPARATORS, WAYS, html_entities, in_attribute, plain

codecs.register_error("htmlentityreplace", html_entities)

syllables = st.sampled_from(
    "ba bé co çe di dö el fü ha jo ka li mä no ñu øra pa qui rå sza šta to vi xe yo zé ffi sti".split()
)
firsts = st.lists(syllables, min_size=2, max_size=3).map(lambda parts: "".join(parts).capitalize())
lasts = st.lists(syllables, min_size=3, max_size=3).map(lambda parts: "".join(parts).capitalize())
numbers = st.integers(0, 2**32)
two_ways = st.tuples(st.integers(0, len(WAYS) - 1), st.integers(0, len(WAYS) - 1)).map(sorted)

APART = [
    {"a middle initial", "one word"},  # no letter would be left to tell the initial by
    {"reversed", "a middle initial"},
    *({one, other} for group in (SEPARATORS, MARKUP) for one in group for other in group),
]


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing here is a secret


def spelled(name: str, first: int, second: int) -> str:
    """The name, spelled in one way and then in another; in one alone where they are the same or don't agree."""
    ways = (
        [WAYS[first]]
        if first == second or {WAYS[first][0], WAYS[second][0]} in APART
        else [WAYS[first], WAYS[second]]
    )
    for _, way in ways:
        name = way(name)
    return name


def rendered(ways, place) -> bool:
    """Whether anything would show it so: nothing reads Markdown in an attribute."""
    return place is not in_attribute or not {WAYS[way][0] for way in ways} & MARKDOWN


@given(firsts, lasts, two_ways, st.sampled_from(PLACES), numbers)
def test_a_name_is_found_however_it_is_spelled(first, last, ways, place, seed):
    assume(rendered(ways, place))
    planted = spelled(f"{first} {last}", *ways)
    text = place(chance(seed), planted)
    hits = scan(text, [protected("z", {"name": f"{first} {last}"})])
    assert any(hit.blocks for hit in hits), planted
    assert all(text[hit.start : hit.end] == hit.found for hit in hits)


@given(firsts, lasts, two_ways, numbers)
def test_a_hit_lies_where_the_name_stands(first, last, ways, seed):
    planted = spelled(f"{first} {last}", *ways)
    text = plain(chance(seed), planted)
    at = text.index(planted)
    hits = [hit for hit in scan(text, [protected("z", {"name": f"{first} {last}"})]) if hit.blocks]
    assert hits
    assert all(at <= hit.start < hit.end <= at + len(planted) for hit in hits)


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[name for name, _ in WAYS])
@pytest.mark.parametrize("place", PLACES)
def test_each_way_alone_is_found_in_each_place(way, place):
    if not rendered([way], place):
        return
    name = "Zoë Štaffiandü"
    text = place(chance(way), spelled(name, way, way))
    assert any(hit.blocks for hit in scan(text, [protected("z", {"name": name})]))


@given(firsts, lasts, firsts, lasts, two_ways, st.sampled_from(PLACES), numbers)
def test_another_name_is_not_found(first, last, other_first, other_last, ways, place, seed):
    other = fold(f"{other_first}{other_last}")
    assume(fold(last)[:3] not in other and fold(first)[:3] not in other)
    text = place(chance(seed), spelled(f"{other_first} {other_last}", *ways))
    assert scan(text, [protected("z", {"name": f"{first} {last}"})]) == []


@given(st.text(max_size=200))
@example("&#xd800; %ff%c3 \\ud800 \\udc00 &#0;")
@example("\ud800 \ue000 \U000e0041")
def test_any_text_can_be_read(text):
    assert isinstance(fold(text), str)
    for hit in Scanner([protected("z", {"name": "A B", "contact": "1234567\na@b.c"})]).scan(text):
        assert text[hit.start : hit.end] == hit.found


@given(st.text(max_size=100))
def test_the_form_of_a_text_has_one_case_and_single_spaces(text):
    form = fold(text)
    assert form == form.casefold()
    assert form.split(" ") == form.split() or form == ""
