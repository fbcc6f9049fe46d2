"""Rotating the vault's keys: stopped anywhere and resumed, nothing is left under the old key."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from investigations.management.commands import rotate_keys
from investigations.models import SourceIdentity, secrecy
from investigations.models.source_identity import vault
from tests import builders

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
ROWS = 4


class Killed(Exception):
    """What stands for a process that ends."""


@pytest.fixture
def rotating(investigation, reporter, settings) -> Any:
    """Identities under the old key, and both keys set, the new one first."""
    settings.VAULT_KEYS = (OLD,)
    for number in range(ROWS):
        source = builders.make_source(investigation=investigation, descriptor=f"official {number}", identity="known")
        secrecy.write_identity(source, {"name": f"Name {number}"}, by=reporter)
    settings.VAULT_KEYS = (NEW, OLD)
    return settings


def under_the_new_key():
    return sum(vault().under_primary(row.token) for row in SourceIdentity.objects.all())


def test_everything_ends_under_the_new_key_and_opens_without_the_old(rotating):
    call_command("rotate_keys", verbosity=0)
    rotating.VAULT_KEYS = (NEW,)
    assert [data["name"] for _, data in secrecy.identities()] == [f"Name {n}" for n in range(ROWS)]


@pytest.mark.parametrize("written", range(ROWS))
def test_killed_before_any_of_its_writes_and_resumed_it_loses_nothing(written, rotating, monkeypatch):
    seal, calls = rotate_keys.SourceIdentity.objects.filter, iter(range(100))

    def filter_(**values: Any) -> Any:
        if next(calls) == written:
            raise Killed
        return seal(**values)

    with monkeypatch.context() as patched:
        patched.setattr(rotate_keys.SourceIdentity.objects, "filter", filter_)
        with pytest.raises(Killed):
            call_command("rotate_keys", verbosity=0)
    assert under_the_new_key() == written
    call_command("rotate_keys", verbosity=0)
    assert under_the_new_key() == ROWS
    assert len(secrecy.identities()) == ROWS


def test_running_it_again_writes_nothing(rotating):
    call_command("rotate_keys", verbosity=0)
    before = list(SourceIdentity.objects.order_by("pk").values_list("token", flat=True))
    call_command("rotate_keys", verbosity=0)
    assert list(SourceIdentity.objects.order_by("pk").values_list("token", flat=True)) == before


def test_a_row_that_no_key_opens_is_named_and_the_others_are_done(rotating):
    rotating.VAULT_KEYS = (Fernet.generate_key().decode(),)
    lost = SourceIdentity.objects.first()
    source = lost.source
    lost.token = vault().seal({"name": "x"}, source.public_key)
    lost.save()
    rotating.VAULT_KEYS = (NEW, OLD)
    with pytest.raises(CommandError, match=rf"1 of {ROWS} identities could not be opened[^\0]*{source.code_name}"):
        call_command("rotate_keys", verbosity=0)
    assert under_the_new_key() == ROWS - 1


def test_without_keys_it_says_that_the_vault_is_sealed(rotating):
    rotating.VAULT_KEYS = ()
    with pytest.raises(CommandError, match="sealed"):
        call_command("rotate_keys", verbosity=0)
