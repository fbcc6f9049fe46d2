"""A check at the start: are the ledger's guards in the database?"""

from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, connections

from investigations.record import guards


def check_guards(*, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each database whose ledger could be changed without a trigger refusing it.

    Not an error: that would stop the very migration which puts the guards back. `verify_record` fails without them.
    """
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
                Warning(
                    f"The ledger's guards are missing: {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate: it puts them back.",
                    obj=alias,
                    id="record.W001",
                )
            )
    return found
