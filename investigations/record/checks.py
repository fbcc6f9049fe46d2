"""A check at the start: are the ledger's guards in the database?"""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

from investigations.record import guards


def check_guards(*, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each database whose ledger could be changed without a trigger refusing it."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            if "record_edition" not in connection.introspection.table_names():
                continue
            missing = guards.missing(connection)
        except DatabaseError:
            continue
        if missing:
            found.append(
                Error(
                    f"The ledger's guards are missing: {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate: it puts them back.",
                    obj=alias,
                    id="record.E001",
                )
            )
    return found
