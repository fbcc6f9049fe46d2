"""Ways around the ledger's guards, as only the database's owner has them."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from investigations.record import guards
from investigations.record.models import Part


def execute(statement: str, *values: Any) -> None:
    """Run one statement, in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, *values: Any) -> None:
    """Run a statement that a guard must refuse."""
    with pytest.raises(DatabaseError, match="the record is append-only"):
        execute(statement, *values)


def take_guards_away() -> None:
    """Drop every trigger, as somebody would who means to change the past."""
    connection.check_constraints()  # PostgreSQL alters no table that still has checks waiting
    guards.drop(connection)


def part_of(edition: Any, kind: str) -> Part:
    """The first part of that kind."""
    return edition.parts.filter(kind=kind).order_by("order")[0]
