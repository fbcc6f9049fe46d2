"""The vault: what is sealed opens for its own row, and nothing tells a key, a token or what it holds."""

import copy
import json
import pickle
import sys
import traceback
from base64 import urlsafe_b64encode

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from investigations.vault import BLOCK, Damaged, Sealed, Vault

OLD, NEW, OTHER = (urlsafe_b64encode(sign * 32).decode() for sign in (b"o", b"n", b"x"))
IDENTITY = {"name": "Zoë Nandu", "contact": "zoenandu@example.org"}


def everything_told(caught):
    """What an exception shows of itself, its causes, and every frame of the vault it passed."""
    shown = [str(caught.value), repr(caught.value), repr(caught.value.args)]
    for error in (caught.value.__cause__, caught.value.__context__):
        shown.append(repr(error))
    for frame, _ in traceback.walk_tb(caught.value.__traceback__):
        if frame.f_globals["__name__"].startswith(("investigations", "cryptography")):
            shown.append(repr(frame.f_locals))
    return "\n".join(shown)


@given(
    st.dictionaries(st.text(max_size=20), st.text(max_size=3000), max_size=5),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
)
def test_what_is_sealed_opens_as_it_was(data, about):
    vault = Vault([NEW])
    assert vault.open(vault.seal(data, about), about) == data


def test_a_token_shows_nothing_of_what_it_holds():
    token = Vault([NEW]).seal(IDENTITY, "about")
    assert not any(word in token for word in ("Zoë", "Nandu", "about"))


def test_the_length_of_a_token_tells_no_more_than_the_kibibyte():
    vault = Vault([NEW])
    lengths = {len(vault.seal({"name": "x" * size}, "about")) for size in range(BLOCK - 40)}
    assert len(lengths) == 1
    assert len(vault.seal({"name": "x" * BLOCK}, "about")) > lengths.pop()


def test_a_token_does_not_tell_when_it_was_sealed():
    token = Vault([NEW]).seal(IDENTITY, "about")
    assert Fernet(NEW).extract_timestamp(token) == 0


def test_the_same_content_is_sealed_differently_each_time():
    vault = Vault([NEW])
    assert vault.seal(IDENTITY, "about") != vault.seal(IDENTITY, "about")


def test_a_token_copied_to_another_row_is_refused():
    vault = Vault([NEW])
    with pytest.raises(Damaged, match="belongs to another") as caught:
        vault.open(vault.seal(IDENTITY, "about"), "another")
    assert "Nandu" not in everything_told(caught)


# Keys.


def test_the_first_key_seals_and_all_open():
    token = Vault([OLD]).seal(IDENTITY, "about")
    assert Vault([NEW, OLD]).open(token, "about") == IDENTITY
    assert Vault([NEW]).open(Vault([NEW, OLD]).seal(IDENTITY, "about"), "about") == IDENTITY


def test_a_rotated_token_is_under_the_first_key_alone():
    old, both = Vault([OLD]), Vault([NEW, OLD])
    token = old.seal(IDENTITY, "about")
    assert not both.under_primary(token)
    rotated = both.rotate(token, "about")
    assert both.under_primary(rotated)
    assert Vault([NEW]).open(rotated, "about") == IDENTITY
    with pytest.raises(Sealed):
        old.open(rotated, "about")


def test_a_token_of_another_row_is_not_rotated():
    both = Vault([NEW, OLD])
    with pytest.raises(Damaged) as caught:
        both.rotate(Vault([OLD]).seal(IDENTITY, "about"), "another")
    assert "Nandu" not in everything_told(caught)


@pytest.mark.parametrize("act", ["open", "rotate"])
def test_without_the_right_key_what_to_set_is_said_and_nothing_else(act):
    token = Vault([OLD]).seal(IDENTITY, "about")
    with pytest.raises(Sealed, match="Set the key it was sealed under") as caught:
        getattr(Vault([NEW, OTHER]), act)(token, "about")
    told = everything_told(caught)
    assert not any(secret[:20] in told for secret in (token[20:], OLD, NEW, OTHER))


def test_a_token_under_a_lost_key_is_not_under_the_first():
    assert not Vault([NEW]).under_primary(Vault([OLD]).seal(IDENTITY, "about"))


@pytest.mark.parametrize(
    "act",
    [
        lambda vault, token: vault.seal(IDENTITY, "about"),
        lambda vault, token: vault.open(token, "about"),
        lambda vault, token: vault.rotate(token, "about"),
        lambda vault, token: vault.under_primary(token),
    ],
)
def test_a_vault_without_keys_is_sealed_for_all_it_is_asked(act):
    token = Vault([OLD]).seal(IDENTITY, "about")
    vault = Vault([])
    assert vault.sealed
    with pytest.raises(Sealed, match="set NEWSROOM_VAULT_KEYS to") as caught:
        act(vault, token)
    told = everything_told(caught)
    assert token[20:40] not in told
    assert "Nandu" not in told


def test_a_vault_with_a_key_is_not_sealed():
    assert not Vault([NEW]).sealed


@pytest.mark.parametrize("key", ["", "short", NEW[1:], "é" * 44, NEW[:-1] + "é"], ids=range(5))
def test_what_is_no_key_is_refused_and_not_shown(key):
    with pytest.raises(ValueError, match="not 32 bytes in URL-safe base64") as caught:
        Vault([NEW, key])
    told = everything_told(caught)
    assert NEW not in told
    assert not key or key not in told


# What isn't whole.


@pytest.mark.parametrize("token", ["", "Zoë Nandu", "Zoe Nandu", "gAAAAA", "{}"])
def test_what_is_no_token_is_told_apart_from_a_missing_key(token):
    with pytest.raises(Damaged, match="is not whole") as caught:
        Vault([NEW]).open(token, "about")
    assert "Nandu" not in everything_told(caught)


@given(st.data())
def test_a_cut_or_altered_token_never_opens(data):
    vault = Vault([NEW])
    token = vault.seal(IDENTITY, "about")
    place = data.draw(st.integers(0, len(token) - 3))
    other = "A" if token[place] != "A" else "B"
    for altered in (token[:place], token[:place] + other + token[place + 1 :]):
        with pytest.raises((Sealed, Damaged)):
            vault.open(altered, "about")


# Nothing of a vault leaves its process.


def test_a_vault_does_not_show_its_keys():
    vault = Vault([NEW, OLD])
    shown = f"{vault} {vault!r} {[vault]}"
    assert NEW not in shown
    assert not hasattr(vault, "__dict__")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_vault_is_not_pickled(protocol):
    with pytest.raises(TypeError, match="isn't pickled"):
        pickle.dumps(Vault([NEW]), protocol)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, json.dumps])
def test_a_vault_is_not_copied(copied):
    with pytest.raises(TypeError):
        copied(Vault([NEW]))


def test_the_detector_of_these_tests_sees_what_a_frame_holds():
    def careless(token):
        raise Sealed("no")

    careless.__globals__["__name__"], name = "investigations.planted", careless.__globals__["__name__"]
    try:
        with pytest.raises(Sealed) as caught:
            careless("ciphertext")
        assert "ciphertext" in everything_told(caught)
    finally:
        sys.modules[name].__dict__["__name__"] = name
