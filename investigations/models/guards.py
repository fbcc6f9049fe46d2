"""Guards in the database over the desk's history and its rule of two people, on both engines.

Triggers refuse: changing or dropping a contribution, a step of a correction or of a story, an override of a
finding, or the line of a fact-check file that somebody had made; changing or dropping a correction that readers
have; an approval or a later signature by anybody who contributed since the edition before it. They stand aside while
tables are migrated (SQLite makes a changed table anew, and its triggers go with the old one).
"""

from typing import Any

KEPT = tuple(
    f"investigations_{noun}"
    for noun in ("contribution", "correctionstep", "factcheckfileopened", "findingoverride", "storyreview")
)
CORRECTION = "investigations_correction"
PREFIX = "desk_guard_"
APPEND_ONLY = "what was done stays on file: {verb} on {table} is refused"
PUBLISHED = "a published correction is never changed or dropped"
TWO_PEOPLE = "whoever contributed since the last edition does not approve the correction"

# Somebody signs when their name is new in either column, or stands there when the correction goes out.
SIGNERS = ("approved_by_id", "signed_by_id")


def names(vendor: str) -> set[str]:
    """The guards that a database of this vendor must have."""
    verbs = ["update", "delete", *(["truncate"] if vendor == "postgresql" else [])]
    kept = {f"{PREFIX}{table}_{verb}" for table in (*KEPT, CORRECTION) for verb in verbs}
    return kept | {f"{PREFIX}{CORRECTION}_two_{verb}" for verb in ("insert", "update")}


def missing(connection: Any) -> set[str]:
    """The guards that this database should have and has not, or has switched off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return names(connection.vendor) - present


def have_their_tables(connection: Any) -> bool:
    """Whether this database has all that the guards speak of; one migrated half way has not."""
    if not {*KEPT, CORRECTION, "record_edition"} <= set(connection.introspection.table_names()):
        return False
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, CORRECTION)
    return set(_columns()) <= {column.name for column in description}


def install(connection: Any) -> None:
    """Put every guard in its place, replacing what stands there. Safe to repeat."""
    drop(connection)
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(connection: Any) -> None:
    """Take every guard away: while tables are migrated, and for tests."""
    with connection.cursor() as cursor:
        for name in sorted(names(connection.vendor)):
            table = next(table for table in (*KEPT, CORRECTION) if name.startswith(f"{PREFIX}{table}_"))
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _columns() -> list[str]:
    """What stays in a correction that readers have: everything but a later signature."""
    from investigations.models.correction import Correction

    columns = [str(field.column) for field in Correction._meta.concrete_fields]
    return [column for column in columns if column not in ("signed_by_id", "signed_at")]


def _changed_after_publication(differs: str) -> str:
    changed = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in _columns())
    resigned = f"(OLD.signed_by_id IS NOT NULL AND (OLD.signed_by_id {differs} NEW.signed_by_id"
    return f"OLD.state = 'published' AND ({changed} OR {resigned} OR OLD.signed_at {differs} NEW.signed_at)))"


def _contributed() -> str:
    """Whether one whose name stands under a correction had a hand in what it brings readers: story or wording."""
    work = "(SELECT 'story:' || s.public_key FROM investigations_story s WHERE s.id = NEW.story_id)"
    before = (
        f"(SELECT max(e.published_at) FROM record_edition e WHERE e.work = {work}"
        " AND (NEW.edition IS NULL OR e.number < NEW.edition))"
    )
    until = f"(SELECT e.published_at FROM record_edition e WHERE e.work = {work} AND e.number = NEW.edition)"
    return (
        "EXISTS (SELECT 1 FROM investigations_contribution c WHERE c.story_id = NEW.story_id"
        f" AND c.by_id IN (NEW.approved_by_id, NEW.signed_by_id) AND c.at > {before}"
        f" AND (NEW.edition IS NULL OR c.at <= {until}))"
        " OR EXISTS (SELECT 1 FROM investigations_correctionstep w WHERE w.correction_id = NEW.id"
        " AND w.act IN ('written', 'changed') AND w.by_id IN (NEW.approved_by_id, NEW.signed_by_id))"
    )


def _signs(differs: str) -> str:
    new = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in SIGNERS)
    return f"({new} OR OLD.state <> NEW.state)"


def _sqlite() -> list[str]:
    def guard(name: str, when: str, sentence: str) -> str:
        return f"CREATE TRIGGER {PREFIX}{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"

    statements = []
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            sentence = APPEND_ONLY.format(verb=verb, table=table)
            statements.append(guard(f"{table}_{verb.lower()}", f"{verb} ON {table}", sentence))
    changed, contributed = _changed_after_publication("IS NOT"), _contributed()
    return [
        *statements,
        guard(f"{CORRECTION}_update", f"UPDATE ON {CORRECTION} WHEN {changed}", PUBLISHED),
        guard(f"{CORRECTION}_delete", f"DELETE ON {CORRECTION} WHEN OLD.state = 'published'", PUBLISHED),
        guard(f"{CORRECTION}_two_insert", f"INSERT ON {CORRECTION} WHEN {contributed}", TWO_PEOPLE),
        guard(
            f"{CORRECTION}_two_update",
            f"UPDATE ON {CORRECTION} WHEN {_signs('IS NOT')} AND ({contributed})",
            TWO_PEOPLE,
        ),
    ]


def _postgresql() -> list[str]:
    def function(name: str, body: str) -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {PREFIX}{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        )

    def trigger(name: str, when: str, call: str, each: str = "ROW") -> str:
        return f"CREATE TRIGGER {PREFIX}{name} BEFORE {when} FOR EACH {each} EXECUTE FUNCTION {PREFIX}{call}()"

    refuse = "RAISE EXCEPTION 'what was done stays on file: % on % is refused', TG_OP, TG_TABLE_NAME;"
    stays = f"RAISE EXCEPTION '{PUBLISHED}';"
    changed = _changed_after_publication("IS DISTINCT FROM")
    two = f"IF {_contributed()} THEN RAISE EXCEPTION '{TWO_PEOPLE}'; END IF; RETURN NEW;"
    statements = [
        function("refuse", refuse),
        function("stays", f"IF {changed} THEN {stays} END IF; RETURN NEW;"),
        function("dropped", f"IF OLD.state = 'published' THEN {stays} END IF; RETURN OLD;"),
        function("two_people", two),
    ]
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            statements.append(trigger(f"{table}_{verb.lower()}", f"{verb} ON {table}", "refuse"))
        statements.append(trigger(f"{table}_truncate", f"TRUNCATE ON {table}", "refuse", "STATEMENT"))
    signs = f"UPDATE ON {CORRECTION} FOR EACH ROW WHEN ({_signs('IS DISTINCT FROM')})"
    return [
        *statements,
        trigger(f"{CORRECTION}_update", f"UPDATE ON {CORRECTION}", "stays"),
        trigger(f"{CORRECTION}_delete", f"DELETE ON {CORRECTION}", "dropped"),
        trigger(f"{CORRECTION}_truncate", f"TRUNCATE ON {CORRECTION}", "refuse", "STATEMENT"),
        trigger(f"{CORRECTION}_two_insert", f"INSERT ON {CORRECTION}", "two_people"),
        f"CREATE TRIGGER {PREFIX}{CORRECTION}_two_update BEFORE {signs} EXECUTE FUNCTION {PREFIX}two_people()",
    ]
