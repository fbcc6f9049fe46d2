"""Reading many times as of one moment, however long it takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router

from investigations.record.models import Edition

_BEGIN = {
    # What Django's own transactions do on SQLite, taking the write lock at once, would stop all publishing.
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read of the record inside is as of the first read, whatever is published meanwhile; nothing waits.

    Inside a transaction it is that one.
    """
    connection = connections[router.db_for_read(Edition)]
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield
    finally:
        if connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
