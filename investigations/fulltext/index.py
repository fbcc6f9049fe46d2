"""The index behind a table of searched rows: FTS5 on SQLite, a text-search vector on PostgreSQL, behind one class.

Triggers keep it: whatever writes the table, in whatever transaction, has written the index with it. Both are made of
words folded in Python, so both find the same.
"""

from dataclasses import dataclass
from typing import Any

from investigations.fulltext.question import Question

COLUMNS = ("head", "words", "marks")
"""What is searched of a row: the words of its title, those of its text, and marks that no word can be.

A mark has an underscore in it, and words have none.
"""


@dataclass(frozen=True)
class TextIndex:
    """The full-text index of one table that has the columns `id`, `head`, `words` and `marks`.

    Beginnings of words with so many letters as `prefixes` says are found as fast as whole words.
    """

    table: str
    prefixes: tuple[int, ...] = ()

    def install(self, connection: Any) -> None:
        """Make the index, if it isn't there, and the triggers that keep it. Safe to repeat."""
        make = self._install_sqlite if connection.vendor == "sqlite" else self._install_postgresql
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            connection.check_constraints()  # it alters no table of which a row waits to be looked at
        with connection.cursor() as cursor:
            make(cursor)

    def newest(self, connection: Any, asked: Question, limit: int) -> list[int]:
        """The ids of the rows that answer, the last written first, so many at most.

        A common word costs no more than a rare one: no more rows are read than are asked for.
        """
        if asked.is_empty:
            return []
        find = self._sqlite if connection.vendor == "sqlite" else self._postgresql
        statement, values = find(asked)
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} DESC LIMIT %s", [*values, limit])
            return [row[0] for row in cursor.fetchall()]

    def faults(self, connection: Any) -> list[str]:
        """What of the index isn't what its table says; empty when it holds."""
        look = self._sqlite_faults if connection.vendor == "sqlite" else self._postgresql_faults
        return look(connection)

    def forget(self, connection: Any) -> None:
        """Let no byte of the index keep a word that no row has any more: FTS5 only marks as gone what is deleted."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self._fts} ({self._fts}) VALUES ('optimize')")  # noqa: S608 - our name

    # --- SQLite ---

    @property
    def _fts(self) -> str:
        return f"{self.table}_fts"

    def _install_sqlite(self, cursor: Any) -> None:
        names = ", ".join(COLUMNS)
        old, new = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("old", "new"))
        leave = f"INSERT INTO {self._fts} ({self._fts}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
        enter = f"INSERT INTO {self._fts} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 - our names
        begun = f", prefix='{' '.join(map(str, self.prefixes))}'" if self.prefixes else ""
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._fts} USING fts5({names}, content='{self.table}',"
            f" content_rowid='id', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\"{begun})"
        )
        for when, does in (("INSERT", enter), ("DELETE", leave), ("UPDATE", leave + enter)):
            name = f"{self._fts}_{when.lower()}"
            of = f" OF {names}" if when == "UPDATE" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} AFTER {when}{of} ON {self.table} BEGIN {does} END")

    def _sqlite(self, asked: Question) -> tuple[str, list[Any]]:
        said = [f'"{" ".join(phrase)}"' for phrase in asked.phrases]
        if asked.unfinished:
            said[-1] += " *"
        said += ["(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in asked.marks]
        return f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s ORDER BY rowid", [" AND ".join(said)]  # noqa: S608

    def _sqlite_faults(self, connection: Any) -> list[str]:
        from django.db import DatabaseError, transaction

        with connection.cursor() as cursor:
            try:
                with transaction.atomic(connection.alias):
                    check = f"INSERT INTO {self._fts} ({self._fts}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
                    cursor.execute(check)
            except DatabaseError:
                return ["the search index is not what its rows say"]
        return []

    # --- PostgreSQL ---

    def _install_postgresql(self, cursor: Any) -> None:
        made = (
            "to_tsvector('simple', {0}head) || '''_'':1'::tsvector || to_tsvector('simple', {0}words)"
            " || array_to_tsvector(string_to_array({0}marks, ' '))"
        )
        for statement in (
            f"ALTER TABLE {self.table} ADD COLUMN IF NOT EXISTS vector tsvector",
            # of the words that aren't among those it counts PostgreSQL takes each for a common one: it counts more
            f"ALTER TABLE {self.table} ALTER COLUMN vector SET STATISTICS 1000",
            f"CREATE INDEX IF NOT EXISTS {self.table}_vector ON {self.table} USING gin (vector)",
            f"CREATE OR REPLACE FUNCTION {self.table}_made(searched {self.table}) RETURNS tsvector LANGUAGE sql"
            f" IMMUTABLE AS $$ SELECT {made.format('searched.')} $$",
            f"CREATE OR REPLACE FUNCTION {self.table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" NEW.vector := {made.format('NEW.')}; RETURN NEW; END $$",
            f"DROP TRIGGER IF EXISTS {self.table}_keep ON {self.table}",
            f"CREATE TRIGGER {self.table}_keep BEFORE INSERT OR UPDATE ON {self.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {self.table}_keep()",
        ):
            cursor.execute(statement)

    def _postgresql(self, asked: Question) -> tuple[str, list[Any]]:
        said = [("phraseto_tsquery('simple', %s)", " ".join(phrase)) for phrase in asked.phrases]
        if asked.unfinished:
            *before, last = asked.phrases[-1]
            said[-1] = ("to_tsquery('simple', %s)", " <-> ".join([*(f"'{word}'" for word in before), f"'{last}':*"]))
        said += [("%s::tsquery", " | ".join(f"'{mark}'" for mark in group)) for group in asked.marks]
        query = " && ".join(sql for sql, _ in said)
        # what PostgreSQL takes for no word at all would find every row
        words = " AND ".join(f"numnode({sql}) > 0" for sql, _ in said)
        statement = f"SELECT id FROM {self.table} WHERE vector @@ ({query}) AND {words} ORDER BY id"  # noqa: S608
        return statement, [value for _, value in said] * 2

    def _postgresql_faults(self, connection: Any) -> list[str]:
        with connection.cursor() as cursor:
            other = f"vector IS DISTINCT FROM {self.table}_made(r)"
            cursor.execute(f"SELECT id FROM {self.table} r WHERE {other} ORDER BY id LIMIT 1")  # noqa: S608 - our names
            found = cursor.fetchone()
        return [f"the search index is not what row {found[0]} says"] if found else []
