"""A public node: every reader's page, no desk in memory, and on PostgreSQL a login that may only read."""

import json
import os
import secrets
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection

from investigations.models import guards as desk_guards
from investigations.record import guards
from investigations.record.models import DERIVED, INBOX, LEDGER, Page, StoryRow
from tests import builders

FORBIDDEN = (
    "investigations.models",
    "investigations.admin",
    "investigations.publishing",
    "investigations.lint",
    "investigations.exchange",
    "investigations.text",
    "investigations.management",
    "django.contrib.auth",
    "django.contrib.admin",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.contenttypes",
)
RECORD = [model._meta.db_table for model in (*LEDGER, *DERIVED)]
TRIED = [
    "SELECT 1 FROM {}",
    "DELETE FROM {}",
    "INSERT INTO {} DEFAULT VALUES",
    "TRUNCATE {} CASCADE",
]
NOT_ITS_OWN = ["CREATE TABLE planted (id integer)", "DROP TRIGGER ledger_guard_record_part_update ON record_part"]
DESK_PAGES = ["/admin/", "/admin/login/", "/admin/investigations/source/"]
REPORT = {
    "id": "'11111111-1111-4111-8111-111111111111'",
    "received_at": "now()",
    "work": "'story:x'",
    "edition": "1",
    "place": "''",
    "wrong": "'It is wrong'",
    '"right"': "''",
    "in_this_story": "false",
    "name": "''",
    "address": "''",
    "state": "'received'",
    "outcome": "''",
    "sentence": "''",
}
SENDERS = [f"SELECT {what} FROM record_report" for what in ("name", "address", "*")]
NEW_REPORT = f"INSERT INTO record_report ({', '.join(REPORT)}) VALUES ({', '.join(REPORT.values())})"


def desk_tables() -> list[str]:
    """Every table that a public node has no business with."""
    own = {*RECORD, *(model._meta.db_table for model in INBOX), settings.LIMITS_TABLE}
    return sorted(set(connection.introspection.table_names()) - own)


def fill() -> None:
    """A record with a page of every kind."""
    reporter, editor = builders.make_user("reporter", "Reporter"), builders.make_user("editor", "Editor")
    investigation = builders.make_investigation(team=[reporter, editor])
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    meeting = builders.make_meeting(investigation=investigation)
    builders.make_attendance(meeting=meeting)
    builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor)


def empty() -> None:
    """Leave the database as it was."""
    guards.drop(connection)
    desk_guards.drop(connection)
    call_command("flush", verbosity=0, interactive=False)
    caches["limits"].clear()


def database_url(login: str = "", password: str = "") -> str:
    """The address of the tests' database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    login = f"{login}:{password}" if login else parts.netloc.rpartition("@")[0]
    return f"postgres://{login}@{parts.netloc.rpartition('@')[2]}/{name}"


@pytest.fixture(scope="module")
def login(django_db_setup, django_db_blocker):
    """On PostgreSQL a login with exactly the rights of a public node; its name and password."""
    if connection.vendor == "sqlite":
        yield "", ""
        return
    name, password = f"public_{os.getpid()}", secrets.token_hex(8)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
        call_command("grant_public", name, stdout=StringIO())
    yield name, password
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


DOWNLOADS = ["/meetings.json", "/meetings/roles.csv", "/people.csv"]


def questions() -> dict[str, list[str]]:
    """The paths and statements that a public node is to try."""
    paths = [str(page) for page in Page.objects.all()]
    statements = []
    if connection.vendor == "postgresql":
        for table in [*desk_tables(), *RECORD, "record_report"]:
            statements += [statement.format(table) for statement in TRIED]
        statements += [f"UPDATE {table} SET id = id" for table in [*RECORD, "record_report"]]
        statements += [NEW_REPORT, *SENDERS, f"SELECT 1 FROM {settings.LIMITS_TABLE}", *NOT_ITS_OWN]
    form = f"/report-an-error/?story={StoryRow.objects.get().slug}&edition=2&passage=p1"
    return {
        "paths": [*paths, "/meetings/?in_dispute=on", "/search/?q=harbor", *DOWNLOADS, *DESK_PAGES],
        "form": form,
        "statements": statements,
    }


def serve(asked: dict[str, list[str]], login: tuple[str, str]) -> dict[str, Any]:
    """Start a public node in a process of its own; what it did."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.public.node"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=Path(settings.BASE_DIR),
        env={**environment, "NEWSROOM_ROLE": "public", "DATABASE_URL": database_url(*login)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def node(login, django_db_blocker):
    """What a public node did: its answers, its modules, and what the database said to each statement."""
    with django_db_blocker.unblock():
        try:
            fill()
            stored = {str(page): bytes(page.body).decode() for page in Page.objects.all()}
            return serve(questions(), login) | {"stored": stored}
        finally:
            empty()


def test_every_stored_page_is_served_as_it_is_stored(node):
    served = {path: node["answers"][path]["body"] for path in node["stored"]}
    assert served == node["stored"]
    assert {node["answers"][path]["status"] for path in node["stored"] if path != "/404/"} == {200}
    assert len(served) > 12


def test_the_list_of_meetings_is_served(node):
    assert node["answers"]["/meetings/?in_dispute=on"]["status"] == 200


@pytest.mark.parametrize("path", DOWNLOADS)
def test_a_list_is_taken_away(node, path):
    answer = node["answers"][path]
    assert answer["status"] == 200
    assert "/editions/" in answer["body"]


def test_the_search_answers(node):
    answer = node["answers"]["/search/?q=harbor"]
    assert answer["status"] == 200
    assert "<mark>harbor</mark>" in answer["body"]


def test_a_readers_report_is_taken_and_has_its_receipt(node):
    assert node["sent"]["status"] == 303
    assert node["receipt"]["status"] == 200
    assert "It was April" in node["receipt"]["body"]
    for answer in (node["sent"], node["receipt"]):
        assert "Set-Cookie" not in answer["headers"]


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_public_node_has_no_desk(node, path):
    assert node["answers"][path]["status"] == 404


@pytest.mark.parametrize("package", FORBIDDEN)
def test_nothing_of_the_desk_is_in_the_memory_of_a_public_node(node, package):
    assert [name for name in node["modules"] if name == package or name.startswith(f"{package}.")] == []
    assert "investigations.record.models" in node["modules"]


def test_a_public_node_may_run_no_script_at_all(node):
    for answer in node["answers"].values():
        assert "script-src 'none'" in answer["headers"]["Content-Security-Policy"]
        assert "Set-Cookie" not in answer["headers"]
        assert "cookie" not in answer["headers"].get("Vary", "").lower()


# The login on PostgreSQL.


def said_to(node, statement: str) -> str:
    """What the database said to the public node."""
    return node["tried"][statement]


@pytest.mark.postgresql
def test_the_public_login_reads_no_table_of_the_desk(node, django_db_blocker):
    with django_db_blocker.unblock():
        tables = desk_tables()
    models = [*apps.get_app_config("investigations").get_models(), *apps.get_app_config("auth").get_models()]
    assert {model._meta.db_table for model in models} <= set(tables)
    for table in tables:
        for statement in TRIED:
            assert said_to(node, statement.format(table)) == f"permission denied for table {table}"


@pytest.mark.postgresql
@pytest.mark.parametrize("table", RECORD)
def test_the_public_login_reads_the_record_and_changes_nothing_in_it(node, table):
    assert said_to(node, f"SELECT 1 FROM {table}") == "done"
    for change in [*TRIED[1:], "UPDATE {} SET id = id"]:
        assert said_to(node, change.format(table)) == f"permission denied for table {table}"


@pytest.mark.postgresql
def test_the_public_login_may_put_a_report_into_the_inbox_and_not_change_one(node):
    assert said_to(node, NEW_REPORT) == "done"
    assert said_to(node, "SELECT 1 FROM record_report") == "done"
    for statement in ("DELETE FROM record_report", "UPDATE record_report SET id = id"):
        assert said_to(node, statement) == "permission denied for table record_report"


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", SENDERS)
def test_the_public_login_reads_nobodys_name_and_address(statement, node):
    assert said_to(node, statement) == "permission denied for table record_report"


@pytest.mark.postgresql
def test_the_public_login_owns_nothing_and_makes_nothing(node):
    assert "permission denied" in said_to(node, "CREATE TABLE planted (id integer)")
    assert "must be owner" in said_to(node, "DROP TRIGGER ledger_guard_record_part_update ON record_part")


@pytest.mark.postgresql
def test_rights_for_a_login_that_is_not_there_are_refused(db):
    with pytest.raises(CommandError, match="There is no login nobody_here"):
        call_command("grant_public", "nobody_here")


@pytest.mark.sqlite
def test_on_sqlite_there_are_no_logins_to_give_rights_to(db):
    with pytest.raises(CommandError, match="SQLite has no logins"):
        call_command("grant_public", "newsroom_public")


def test_the_database_is_left_as_it_was(node, db):
    assert not Page.objects.exists()
    assert Group.objects.count() == 4
    assert guards.missing(connection) == set()
