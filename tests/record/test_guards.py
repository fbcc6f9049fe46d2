"""The ledger's guards: rows go in, and are never changed or dropped."""

from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from investigations.publishing.ledger import append_withholding
from investigations.record import guards
from investigations.record.models import LEDGER, Edition, Part, Withholding
from tests import builders
from tests.record.ledger import execute, part_of, refused, take_guards_away

TABLES = {model._meta.db_table: model for model in LEDGER}
EVERY_TABLE = pytest.mark.parametrize("table", TABLES)


def row_of(table: str) -> dict[str, Any]:
    """A row as it stands in the table, by column."""
    return TABLES[table].objects.order_by("pk").values(*(f.attname for f in TABLES[table]._meta.concrete_fields))[0]


def fresh_row(table: str) -> dict[str, Any]:
    """A row that clashes with none in the table."""
    row = row_of(table) | {"id": 9000}
    if table == "record_part":
        return row | {"order": 9000}
    return (
        row
        | {"position": 9000, "previous": "e" * 64, "digest": "f" * 64}
        | ({"work": "story:another"} if table == "record_edition" else {})
    )


def insert(verb: str, table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
    """An INSERT of the row, beginning with this verb."""
    columns = ", ".join(f'"{name}"' for name in row)
    return f"{verb} INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values())


def unique_keys(table: str) -> list[list[str]]:
    """Every unique key that the database itself knows of this table."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    keys = [key["columns"] for key in found if key["unique"] or key["primary_key"]]
    return [["id"], *(key for key in keys if key != ["id"])]


@EVERY_TABLE
def test_no_column_of_the_ledger_can_be_updated(ledger, table):
    before = row_of(table)
    for column in before:
        refused(f'UPDATE {table} SET "{column}" = "{column}"')
    assert row_of(table) == before


@EVERY_TABLE
def test_no_row_of_the_ledger_can_be_deleted(ledger, table):
    before = TABLES[table].objects.count()
    refused(f"DELETE FROM {table}")
    assert TABLES[table].objects.count() == before > 0


@pytest.mark.parametrize("model", LEDGER)
def test_a_queryset_can_not_change_the_ledger(ledger, model):
    field = {Edition: "change", Part: "content", Withholding: "authority"}[model]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{field: "minor"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


@pytest.mark.parametrize("model", LEDGER)
def test_a_row_that_was_read_can_not_be_saved_again(ledger, model):
    row = model.objects.order_by("pk")[0]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()


def test_a_part_can_not_be_deleted_by_its_model(edition):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        part_of(edition, "block").delete()


@pytest.mark.postgresql
@EVERY_TABLE
def test_the_ledger_can_not_be_truncated(ledger, table):
    connection.check_constraints()
    refused(f"TRUNCATE {table} CASCADE")
    refused("TRUNCATE record_withholding, record_part, record_edition")
    assert TABLES[table].objects.exists()


@EVERY_TABLE
def test_an_insert_that_updates_on_conflict_is_refused(ledger, table):
    before = row_of(table)
    for key in unique_keys(table):
        row = fresh_row(table) | {column: before[column] for column in key}
        changed = {"record_edition": "change", "record_part": "content", "record_withholding": "authority"}[table]
        statement, values = insert("INSERT", table, row)
        target = ", ".join(f'"{column}"' for column in key)
        with pytest.raises(DatabaseError, match="the record "):
            execute(f"{statement} ON CONFLICT ({target}) DO UPDATE SET {changed} = 'minor'", *values)
    assert row_of(table) == before


@pytest.mark.sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@EVERY_TABLE
def test_no_unique_key_lets_a_row_be_replaced(ledger, table, verb):
    before, count = row_of(table), TABLES[table].objects.count()
    keys = unique_keys(table)
    assert len(keys) == len(guards.UNIQUE[table])
    for key in keys:
        statement, values = insert(verb, table, fresh_row(table) | {column: before[column] for column in key})
        refused(statement, *values)
    assert (row_of(table), TABLES[table].objects.count()) == (before, count)


@pytest.mark.sqlite
def test_an_update_that_replaces_another_row_is_refused(ledger):
    refused("UPDATE OR REPLACE record_edition SET position = 2 WHERE position = 1")
    refused('UPDATE OR REPLACE record_part SET "order" = 0 WHERE "order" = 1')
    assert Edition.objects.count() == 2


@EVERY_TABLE
def test_a_row_that_clashes_with_none_may_go_in(ledger, table):
    statement, values = insert("INSERT", table, fresh_row(table))
    execute(statement, *values)
    assert TABLES[table].objects.filter(pk=9000).exists()


# The one change that passes.

DESTROY = "UPDATE record_part SET content = NULL, salt = NULL"


def act_upon(part: Part, state: str) -> None:
    """A row of the ledger that says so, and nothing else done."""
    append_withholding(part=part, state=state, authority="Order of the court", at=timezone.now())


def test_a_destroyed_part_loses_content_and_salt_and_nothing_else(edition):
    part = part_of(edition, "block")
    act_upon(part, "destroyed")
    execute(f"{DESTROY} WHERE id = %s", part.pk)
    after = Part.objects.get(pk=part.pk)
    assert (after.content, after.salt) == (None, None)
    assert (after.kind, after.key, after.order, after.commitment) == (
        part.kind,
        part.key,
        part.order,
        part.commitment,
    )


def test_a_part_nobody_destroyed_keeps_its_content(edition):
    refused(f"{DESTROY} WHERE id = %s", part_of(edition, "block").pk)


@pytest.mark.parametrize("state", ["hidden", "restored"])
def test_a_part_that_is_only_hidden_or_restored_keeps_its_content(edition, state):
    part = part_of(edition, "block")
    act_upon(part, state)
    refused(f"{DESTROY} WHERE id = %s", part.pk)


def test_destroying_one_part_does_not_open_another(edition):
    act_upon(part_of(edition, "block"), "destroyed")
    refused(f"{DESTROY} WHERE id = %s", part_of(edition, "header").pk)
    refused(DESTROY)
    assert not Part.objects.filter(content=None).exists()


@pytest.mark.parametrize("column", ["edition_id", "order", "kind", "key", "commitment"])
def test_no_other_column_changes_along_with_destruction(edition, column):
    part = part_of(edition, "block")
    act_upon(part, "destroyed")
    value = {"order": 900, "edition_id": edition.pk + 1}.get(column, "x")
    refused(f'{DESTROY}, "{column}" = %s WHERE id = %s', value, part.pk)


def test_a_destroyed_part_can_not_be_given_other_content(edition):
    part = part_of(edition, "block")
    act_upon(part, "destroyed")
    refused("UPDATE record_part SET content = '{}' WHERE id = %s", part.pk)
    refused("UPDATE record_part SET content = NULL WHERE id = %s", part.pk)
    refused("UPDATE record_part SET salt = NULL WHERE id = %s", part.pk)
    execute(f"{DESTROY} WHERE id = %s", part.pk)
    refused("UPDATE record_part SET content = '{}', salt = %s WHERE id = %s", part.salt, part.pk)


# One chain over two tables.


@pytest.mark.parametrize("column", ["previous", "position"])
@pytest.mark.parametrize(("table", "other"), [("record_edition", Withholding), ("record_withholding", Edition)])
def test_no_two_links_follow_the_same_one_across_tables(ledger, table, other, column):
    taken = getattr(other.objects.order_by("position")[0], column)
    statement, values = insert("INSERT", table, fresh_row(table) | {column: taken})
    with pytest.raises(DatabaseError, match="the record "):
        execute(statement, *values)


@pytest.mark.parametrize("column", ["previous", "position"])
@pytest.mark.parametrize("table", ["record_edition", "record_withholding"])
def test_no_two_links_follow_the_same_one_in_a_table(ledger, table, column):
    row = fresh_row(table) | {column: row_of(table)[column]}
    statement, values = insert("INSERT", table, row)
    with pytest.raises(DatabaseError):
        execute(statement, *values)


# The guards come back.


def test_every_guard_stands_after_the_migrations(db):
    assert guards.missing(connection) == set()
    assert len(guards.names(connection.vendor)) == {"sqlite": 9, "postgresql": 11}[connection.vendor]


def test_a_migration_run_puts_dropped_guards_back(edition):
    take_guards_away()
    assert guards.missing(connection) == guards.names(connection.vendor)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == set()
    refused("UPDATE record_edition SET number = 2")


def test_a_migration_run_from_the_command_line_puts_dropped_guards_back(edition):
    take_guards_away()
    call_command("migrate", verbosity=0, skip_checks=False)
    assert guards.missing(connection) == set()


def test_guards_may_be_put_in_place_twice(edition):
    guards.install(connection)
    guards.install(connection)
    assert guards.missing(connection) == set()


NEXT_MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("record", "0001_ledger_pages_rows_and_inbox")]
    operations = [
        migrations.AlterField("Edition", "change", models.CharField(max_length=40, db_default="")),
        migrations.AlterField("Part", "key", models.CharField(max_length=90, db_default="")),
        migrations.AlterField("Withholding", "authority", models.CharField(max_length=400, db_default="")),
    ]
"""
FIRST_MIGRATION = """
from importlib import import_module

class Migration(import_module("investigations.record.migrations.0001_ledger_pages_rows_and_inbox").Migration):
    pass
"""


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_the_ledger_keeps_rows_and_guards(tmp_path, monkeypatch, settings):
    folder = tmp_path / "next_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "0001_ledger_pages_rows_and_inbox.py").write_text(FIRST_MIGRATION)
    (folder / "0002_wider.py").write_text(NEXT_MIGRATION)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"record": "next_migrations"}
    builders.append_plain_edition()
    call_command("migrate", "record", "0002", verbosity=0)
    call_command("migrate", "record", "0001", verbosity=0)
    assert guards.missing(connection) == set()
    refused("UPDATE record_edition SET number = 2")
    assert Edition.objects.count() == 1


# What finds them gone.


def found_by_check() -> list[checks.CheckMessage]:
    """What `check --database default` and each migration say of the ledger."""
    return [found for found in checks.run_checks(databases=["default"]) if found.id.startswith("record.")]


def test_the_check_finds_nothing_amiss_with_the_guards_in_place(db):
    assert found_by_check() == []


@pytest.mark.parametrize("verb", ["update", "delete"])
@EVERY_TABLE
def test_the_check_names_a_guard_that_is_missing(db, table, verb):
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER ledger_guard_{table}_{verb}{on}")
    (found,) = found_by_check()
    assert found.msg == f"The ledger's guards are missing: ledger_guard_{table}_{verb}."
    assert (found.id, found.level) == ("record.W001", checks.WARNING)


@pytest.mark.postgresql
def test_the_check_finds_a_guard_that_is_switched_off(db):
    execute("ALTER TABLE record_part DISABLE TRIGGER ledger_guard_record_part_update")
    (found,) = found_by_check()
    assert "ledger_guard_record_part_update" in found.msg


def test_an_empty_database_is_not_told_of_missing_guards(db, monkeypatch):
    take_guards_away()
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_, **__: ["auth_user"])
    assert found_by_check() == []


def test_the_guards_know_every_column_of_a_part(db):
    columns = {field.column for field in Part._meta.concrete_fields}
    assert columns == {*guards.KEPT_BY_DESTRUCTION, "content", "salt"}
    assert isinstance(Part._meta.get_field("content"), models.TextField)
