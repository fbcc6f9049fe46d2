"""The invented sources' identities: in the vault, and nowhere else, however they are spelled."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection

from investigations import models
from investigations.exchange.fixtures import FixtureError
from investigations.management import demonstration, invented
from investigations.management.acts import FOLDER
from investigations.models import secrecy
from investigations.record.models import Edition
from investigations.spellings import Scanner, protected
from investigations.vocabulary import IdentityState
from tests.demonstrated import PASSWORD, demonstrated

pytestmark = pytest.mark.django_db
ENTRIES = json.loads(invented.IDENTITIES.read_text(encoding="utf-8"))
SCANNER = Scanner([protected(entry["source"], entry) for entry in ENTRIES])
FILES = sorted(FOLDER.rglob("*.yaml"))


@pytest.fixture(scope="module", autouse=True)
def pages(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here and taken back."""
    with demonstrated(django_db_blocker) as found:
        yield found


@pytest.fixture
def account(django_user_model):
    """An account of the demonstration by its name."""
    return lambda name: django_user_model.objects.get(username=name)


def strings(value: Any) -> Iterator[str]:
    """Every string of a fixture, keys too."""
    if isinstance(value, dict):
        for pair in value.items():
            yield from strings(pair)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    else:
        yield str(value)


def found(text: str) -> list[tuple[str, str]]:
    """What the gate would find, warnings too, and of whom."""
    return [(hit.ref, hit.what.value) for hit in SCANNER.scan(text)]


# --- In no fixture, account, page or row ---


def test_there_are_files_of_both_investigations():
    assert {path.parent for path in FILES} == {FOLDER, FOLDER / "harbor"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_string_of_a_fixture_names_anybody_in_the_vault(path: Path):
    text = path.read_text(encoding="utf-8")
    assert found(text) == []
    assert [string for string in strings(yaml.safe_load(text)) if found(string)] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["source"])
def test_each_name_alias_and_contact_would_be_found_in_one(entry):
    for line in "\n".join([entry["name"], entry["aliases"], entry["contact"]]).split("\n"):
        planted = yaml.safe_load(f"- fields: {{words: 'It was {line}, they said.'}}")
        assert {ref for string in strings(planted) for ref, _ in found(string)} == {entry["source"]}, line


def test_no_account_is_called_like_anybody_in_the_vault(django_user_model):
    users = list(django_user_model.objects.all())
    assert {user.get_username() for user in users} == set(demonstration.ACCOUNTS)
    fields = ("username", "first_name", "last_name", "email")
    assert [found(str(getattr(user, name))) for user in users for name in fields] == [[]] * len(users) * len(fields)


def test_no_page_names_anybody_in_the_vault(pages):
    assert [path for path, html in pages.items() if found(f"{path}\n{html}")] == []


def rows() -> Iterator[tuple[str, str]]:
    """Every cell of the database as text, with its table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for cell in row:
                    text = bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else str(cell)
                    yield table, text


def test_nothing_of_an_identity_stands_in_the_database_in_clear():
    cells: dict[str, list[str]] = {}
    for table, text in rows():
        cells.setdefault(table, []).append(text)
    assert len(cells["investigations_sourceidentity"]) >= len(ENTRIES)
    everything = {table: "\n".join(texts) for table, texts in cells.items()}
    assert [table for table, text in everything.items() if found(text)] == []
    notes = [entry["notes"] for entry in ENTRIES]
    assert [table for table, text in everything.items() if any(note in text for note in notes)] == []


# --- In the vault ---


def test_the_vault_holds_four_identities_and_they_are_those_of_the_file():
    held = {source.code_name: fields for source, fields in secrecy.identities()}
    assert len(held) == 4
    assert held == {entry["source"]: {k: v for k, v in entry.items() if k != "source"} for entry in ENTRIES}


def test_the_reporter_is_named_on_each_and_on_one_the_editor_too():
    named: dict[str, set[str]] = {}
    for confidant in models.Confidant.objects.select_related("source", "user"):
        named.setdefault(confidant.source.code_name, set()).add(confidant.user.get_username())
    together = {"reporter", "editor"}
    assert named == {entry["source"]: {"reporter"} for entry in ENTRIES} | {"wild delta": together}


def test_they_were_sealed_before_anybody_signed_the_story():
    sealed = models.SourceIdentity.objects.values_list("sealed_at", flat=True)
    signed = models.Approval.objects.filter(story__investigation__slug="the-harbor-contract").order_by("at").first()
    assert max(sealed) < signed.at


def test_a_fifth_unnamed_source_is_known_to_an_editor_and_not_in_the_system():
    unnamed = models.Source.objects.filter(investigation__slug="the-harbor-contract").exclude(descriptor="")
    own = dict(unnamed.filter(relay=None).values_list("code_name", "identity"))
    assert sorted(own.values()) == [IdentityState.HELD] * 4 + [IdentityState.KNOWN]
    (fifth,) = (name for name, state in own.items() if state == IdentityState.KNOWN)
    source = models.Source.objects.get(code_name=fifth)
    assert source.quotes.filter(evidence__isnull=False).exists()
    assert not models.Confidant.objects.filter(source=source).exists()


def test_whoever_is_named_on_a_source_opens_it_and_others_are_refused(account):
    source = models.Source.objects.get(code_name="wild delta")
    for name in ("reporter", "editor"):
        secrecy.open_identity(source, by=account(name), reason="to shake a hand at the fish market")
        assert secrecy.read_identity(source, by=account(name))["name"] == "Maïwenn Kerdraspel"
    for name in ("standards", "newcomer"):
        with pytest.raises(PermissionDenied):
            secrecy.open_identity(source, by=account(name), reason="to see whether it opens")


# --- Loading ---


def test_the_same_password_set_again_closes_the_vault_to_nobody(account):
    demonstration.set_passwords(PASSWORD)
    assert not models.PasswordHold.objects.exists()
    assert account("newcomer").check_password(PASSWORD)


def test_another_password_closes_the_vault_to_those_named(account):
    demonstration.set_passwords("another-password-of-tests")
    assert {hold.user.get_username() for hold in models.PasswordHold.objects.all()} == {"reporter", "editor"}
    assert all(account(name).check_password("another-password-of-tests") for name in demonstration.ACCOUNTS)


def test_the_demo_run_again_changes_nothing_and_prints_both_stories(settings):
    settings.DEMO_PASSWORD = PASSWORD
    tables = (Edition, models.SourceIdentity, models.IdentityAccess, models.Story, models.PasswordHold)
    before, said = [list(table.objects.values()) for table in tables], StringIO()
    call_command("demo", "--no-server", stdout=said)
    assert [list(table.objects.values()) for table in tables] == before
    for slug in ("one-man-two-offices", "the-bid-that-came-after-noon"):
        assert f"/stories/{slug}/\n" in said.getvalue()


@pytest.mark.parametrize(
    ("change", "says"), [({"shoe_size": "44"}, "no field called shoe_size"), ({"name": " "}, "Give the name")]
)
def test_an_identity_that_is_refused_is_told_with_its_file_and_source(account, tmp_path, monkeypatch, change, says):
    path = tmp_path / "identities.json"
    path.write_text(json.dumps([{**ENTRIES[0], **change}]), encoding="utf-8")
    monkeypatch.setattr(invented, "IDENTITIES", path)
    with pytest.raises(FixtureError, match=rf"^identities\.json, silver terrace: .*{says}"):
        invented.seal_identities({"reporter": account("reporter")}, {}, secrecy.timezone.now())
