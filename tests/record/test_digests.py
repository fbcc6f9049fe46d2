"""The record's arithmetic: one text for one value, commitments that bind and hide."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from investigations.record import digests

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
PARTS = st.tuples(WORDS, WORDS, WORDS)
SALT = bytes(range(32))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def commitment(part: tuple[str, str, str], salt: bytes = SALT) -> str:
    """The commitment to a part given as kind, key and content."""
    return digests.commitment(kind=part[0], key=part[1], content=part[2], salt=salt)


@settings(max_examples=40, deadline=None)
@given(PARTS, PARTS)
def test_no_two_parts_have_one_commitment(one, other):
    assume(one != other)
    assert commitment(one) != commitment(other)


@settings(max_examples=40, deadline=None)
@given(PARTS, st.integers(0, 2))
def test_any_change_of_kind_key_or_content_changes_the_commitment(part, which):
    changed = list(part)
    changed[which] += "."
    assert commitment(tuple(changed)) != commitment(part)


@settings(max_examples=40, deadline=None)
@given(PARTS)
def test_words_moved_from_one_field_to_the_next_change_the_commitment(part):
    kind, key, content = part
    assume(key)
    assert commitment((kind, "", key + content)) != commitment(part)


def test_a_commitment_hides_the_same_words_under_another_salt():
    part = ("block", "b1", '{"text":"The board met."}')
    made = {commitment(part, digests.new_salt()) for _ in range(20)}
    assert len(made) == 20
    assert hashlib.sha256(part[2].encode()).hexdigest() not in made


def test_a_commitment_is_what_it_was_in_the_first_version():
    message = b"newsroom part 1\x00block\x00b1\x00{}"
    assert commitment(("block", "b1", "{}")) == hmac.new(SALT, message, hashlib.sha256).hexdigest()


def test_a_salt_is_random_and_of_32_bytes():
    salts = {digests.new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {32}


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(WORDS, VALUES, max_size=6))
def test_the_order_of_keys_does_not_change_the_canonical_text(value):
    backwards = dict(reversed(value.items()))
    assert digests.canonical(backwards) == digests.canonical(value)


@settings(max_examples=40, deadline=None)
@given(VALUES, VALUES)
def test_different_values_have_different_canonical_texts(one, other):
    assume(repr(one) != repr(other))
    assume(one != other)
    assert digests.canonical(one) != digests.canonical(other)


def test_canonical_text_has_no_spare_space_and_keeps_every_letter():
    assert digests.canonical({"b": ["é", "“"], "a": None}) == '{"a":null,"b":["é","“"]}'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_know_has_no_canonical_text(value):
    with pytest.raises(ValueError, match="JSON"):
        digests.canonical({"share": value})


def test_an_instant_is_the_same_text_in_every_time_zone():
    instant = datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC)
    elsewhere = instant.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert digests.instant(elsewhere) == digests.instant(instant) == "2026-03-02T12:00:00.000005+00:00"


def test_a_digest_hangs_on_its_kind_its_facts_and_the_digest_before():
    made = {
        digests.digest("edition", {"position": 1}, digests.GENESIS),
        digests.digest("withholding", {"position": 1}, digests.GENESIS),
        digests.digest("edition", {"position": 2}, digests.GENESIS),
        digests.digest("edition", {"position": 1}, "1" + digests.GENESIS[1:]),
    }
    assert len(made) == 4
