"""Give the database login of public nodes exactly what they need."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from investigations.record.models import DERIVED, LEDGER, Report
from investigations.record.models.report import SENDER


class Command(BaseCommand):
    """On PostgreSQL: SELECT on the record, INSERT on the inbox and SELECT but for who sent it, the limits' table."""

    help = "Let a PostgreSQL login read the record and write the inbox, and take every other right from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The login."""
        parser.add_argument("login", help="An existing PostgreSQL login, like newsroom_public.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError on SQLite, which has no logins, and for a login that doesn't exist."""
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no logins: public nodes with a login of their own need PostgreSQL.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [options["login"]])
            if cursor.fetchone() is None:
                raise CommandError(f"There is no login {options['login']}: create it first, with createuser.")
            login = connection.ops.quote_name(options["login"])
            record = ", ".join(model._meta.db_table for model in (*LEDGER, *DERIVED))
            fields = ", ".join(f'"{f.column}"' for f in Report._meta.concrete_fields if f.name not in SENDER)
            for statement in (
                f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {login}",
                f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {login}",
                f"GRANT USAGE ON SCHEMA public TO {login}",
                f"GRANT SELECT ON {record} TO {login}",
                f"GRANT SELECT ({fields}), INSERT ON {Report._meta.db_table} TO {login}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {settings.LIMITS_TABLE} TO {login}",
            ):
                cursor.execute(statement)
        self.stdout.write(f"{options['login']} may read the record and write the inbox, and nothing else.")
