"""The ledger's guards: triggers that let rows in and never change or drop them, on both engines.

One UPDATE passes: a part's content and salt to NULL, everything else kept, where a *destroyed* row of
`record_withholding` names the part. On SQLite a BEFORE INSERT trigger refuses what INSERT OR REPLACE
would replace, because a replacement fires no DELETE trigger.
"""

from typing import Any

TABLES = ("record_edition", "record_part", "record_withholding")
PREFIX = "ledger_guard_"

# What makes a row the same row: the columns of each table's unique keys.
UNIQUE = {
    "record_edition": (("id",), ("position",), ("work", "number"), ("previous",), ("digest",)),
    "record_part": (("id",), ("edition_id", "order")),
    "record_withholding": (("id",), ("position",), ("previous",), ("digest",)),
}
KEPT_BY_DESTRUCTION = ("id", "edition_id", "order", "kind", "key", "commitment")
OTHER_LINKS = {"record_edition": "record_withholding", "record_withholding": "record_edition"}
REFUSAL = "the record is append-only: {verb} on {table} is refused"
FORK = "the record has one chain: another row follows that link already"


def names(vendor: str) -> set[str]:
    """The guards that a database of this vendor must have."""
    verbs = ["update", "delete", "insert"] + (["truncate"] if vendor == "postgresql" else [])
    return {
        f"{PREFIX}{table}_{verb}"
        for table in TABLES
        for verb in verbs
        if verb != "insert" or vendor == "sqlite" or table in OTHER_LINKS
    }


def missing(connection: Any) -> set[str]:
    """The guards that this database should have and has not, or has switched off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relname LIKE 'record_%%'"
            " AND pg_table_is_visible(c.oid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        present = {row[0] for row in cursor.fetchall()}
    return names(connection.vendor) - present


def install(connection: Any) -> None:
    """Put every guard in its place, replacing what stands there. Safe to repeat."""
    drop(connection)
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(connection: Any) -> None:
    """Take every guard away: for tests, and for `install` before it puts them back."""
    with connection.cursor() as cursor:
        for name in sorted(names(connection.vendor)):
            table = next(table for table in TABLES if name.startswith(f"{PREFIX}{table}_"))
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _sqlite() -> list[str]:
    statements = []
    for table in TABLES:
        columns = [" AND ".join(f'"{c}" = NEW."{c}"' for c in key) for key in UNIQUE[table]]
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE " + " OR ".join(f"({c})" for c in columns) + ")"
        if other := OTHER_LINKS.get(table):
            taken += f" OR EXISTS (SELECT 1 FROM {other} WHERE previous = NEW.previous OR position = NEW.position)"
        statements.append(
            f"CREATE TRIGGER {PREFIX}{table}_insert BEFORE INSERT ON {table} WHEN {taken}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL.format(verb='REPLACE', table=table)}'); END"
        )
        when = f" WHEN NOT ({_destruction('IS')})" if table == "record_part" else ""
        statements.append(
            f"CREATE TRIGGER {PREFIX}{table}_update BEFORE UPDATE ON {table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL.format(verb='UPDATE', table=table)}'); END"
        )
        statements.append(
            f"CREATE TRIGGER {PREFIX}{table}_delete BEFORE DELETE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL.format(verb='DELETE', table=table)}'); END"
        )
    return statements


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION ledger_guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE FUNCTION ledger_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_destruction('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE FUNCTION ledger_guard_link() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE taken boolean;"
        " BEGIN EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE previous = $1 OR position = $2)', TG_ARGV[0])"
        " INTO taken USING NEW.previous, NEW.position;"
        f" IF taken THEN RAISE EXCEPTION '{FORK}'; END IF; RETURN NEW; END $$",
    ]
    for table in TABLES:
        function = "ledger_guard_part" if table == "record_part" else "ledger_guard_refuse"
        statements += [
            f"CREATE TRIGGER {PREFIX}{table}_update BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER {PREFIX}{table}_delete BEFORE DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION ledger_guard_refuse()",
            f"CREATE TRIGGER {PREFIX}{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_refuse()",
        ]
        if other := OTHER_LINKS.get(table):
            statements.append(
                f"CREATE TRIGGER {PREFIX}{table}_insert BEFORE INSERT ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION ledger_guard_link('{other}')"
            )
    return statements


def _destruction(same: str) -> str:
    kept = " AND ".join(f'OLD."{c}" {same} NEW."{c}"' for c in KEPT_BY_DESTRUCTION)
    return (
        f"NEW.content IS NULL AND NEW.salt IS NULL AND {kept} AND EXISTS (SELECT 1 FROM record_withholding w"
        " WHERE w.part_id = OLD.id AND w.state = 'destroyed')"
    )
