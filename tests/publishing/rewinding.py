"""A database kept as it stands, and brought back: many runs from one beginning, without making it each time."""

from django.db import connection

CHANGED = ("record_", *(f"investigations_{name}" for name in ("story", "correction", "contribution", "withhold")))
"""How the tables begin that publishing and correcting write."""


class Kept:
    """The rows of the moment it was made, on PostgreSQL. Only for tests that commit: the tables are theirs alone."""

    def __init__(self) -> None:
        self.tables = [name for name in connection.introspection.table_names() if name.startswith(CHANGED)]
        self._run("DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept")
        self._run(*(f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in self.tables))

    def rewind(self) -> None:
        """Bring every row back, past triggers and keys."""
        again = (f"DELETE FROM public.{name}; INSERT INTO public.{name} TABLE kept.{name}" for name in self.tables)
        self._run("SET session_replication_role = replica", *again, "SET session_replication_role = DEFAULT")

    def drop(self) -> None:
        """Leave nothing behind."""
        self._run("DROP SCHEMA kept CASCADE")

    def _run(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("; ".join(statements))
