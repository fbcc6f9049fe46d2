"""Takes down whatever the site gives out, and keeps which tokens were in it."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import mail
from django.core.cache import caches
from django.db import connection

from newsroom.logs import PlacesFormatter
from tests.canary import detector
from tests.canary.tokens import TOKENS, Token

# What a request writes that isn't a row of its own noun: who did what, what a browser's session holds.
TRACES = ("django_admin_log", "django_session")
# Statements with their values: Django logs them under DEBUG alone, with which production doesn't start.
NOT_LOGGED = "django.db.backends"


@dataclass(frozen=True)
class Meeting:
    """A token met: as what kind of thing, by whom, where."""

    token: Token
    kind: str
    role: str
    where: str

    def __str__(self) -> str:
        return f"{self.token.field} in a {self.kind} at {self.where}, as {self.role}"

    @property
    def is_leak(self) -> bool:
        """Whether nobody said that it may be met there."""
        return not self.token.may_be_met(self.kind, self.role, self.where)


class Collector:
    """Everything that was given out, by the tokens in it."""

    def __init__(self) -> None:
        self.met: set[Meeting] = set()
        self.kinds: set[str] = set()
        self._known: dict[bytes, set[str]] = {}

    def leaks(self) -> list[str]:
        """The tokens that were met where they may not be."""
        return sorted(str(meeting) for meeting in self.met if meeting.is_leak)

    def take(self, kind: str, role: str, where: str, data: bytes) -> None:
        """Search something that was given out."""
        self.kinds.add(kind)
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            self._known[digest] = detector.found((token.words for token in TOKENS), data)
        self.met |= {Meeting(token, kind, role, where) for token in TOKENS if token.words in self._known[digest]}

    # --- Answers ---

    def answer(self, role: str, where: str, response: Any) -> None:
        """Body, headers, cookies and messages of an answer; mails sent meanwhile."""
        body = b"".join(response.streaming_content) if response.streaming else response.content
        kind = "file" if response.headers.get("Content-Disposition", "").startswith("attachment") else "page"
        self.take(kind, role, where, body)
        self.take("header", role, where, "\n".join(f"{name}: {said}" for name, said in response.items()).encode())
        for cookie in response.cookies.values():
            self.take("cookie", role, where, f"{cookie.key}={cookie.value}\n{cookie.output()}".encode())
        told = getattr(getattr(response, "wsgi_request", None), "_messages", ())
        self.take("message", role, where, "\n".join(str(message) for message in told).encode())
        self.mails(role, where)

    def mails(self, role: str, where: str) -> None:
        """What was mailed, as it goes over the wire; the outbox is empty then."""
        for sent in getattr(mail, "outbox", []):
            self.take("mail", role, where, bytes(sent.message().as_bytes()) + sent.body.encode())
        mail.outbox = []

    # --- The database ---

    def tables(self, role: str, where: str, names: Iterable[str] | None = None) -> None:
        """Every value in these tables; in all of them, if none are named."""
        for name in connection.introspection.table_names() if names is None else names:
            self.take(f"table {name}", role, where, b"\n".join(_values(name)))

    def database(self, where: str) -> None:
        """The database's own bytes: SQLite's file with its free pages; of PostgreSQL a dump, as COPY writes it."""
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.take("database", "owner", where, connection.connection.serialize())
            return
        for name in connection.introspection.table_names():
            with connection.connection.cursor() as cursor, cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                self.take("database", "owner", where, b"".join(bytes(piece) for piece in copy))

    # --- Everything else ---

    def cache(self, role: str, where: str) -> None:
        """What the process's own cache holds. One in the database is among its tables."""
        kept = getattr(caches["default"], "_cache", {})
        self.take("cache", role, where, b"\n".join(key.encode() + b"\n" + kept[key] for key in kept))

    def folder(self, role: str, folder: Path) -> None:
        """Every file in a folder, with its name."""
        for path in folder.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            self.take("temporary file", role, str(path), path.name.encode() + b"\n" + data)

    @contextmanager
    def logs(self, role: str) -> Iterator[None]:
        """All that is logged meanwhile, at any level: each line as it is written, and with its query still in it."""
        handler = _Lines(lambda where, line: self.take("log", role, where, line))
        loggers = [logging.getLogger(name) for name in ("", "django", "django.server", "django.request")]
        before = [(logger, logger.level) for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
        kept = [logger for logger in loggers if not logger.name.startswith("django") or not logger.propagate]
        for logger in kept:
            logger.addHandler(handler)
        try:
            yield
        finally:
            for logger, level in before:
                logger.setLevel(level)
            for logger in kept:
                logger.removeHandler(handler)


class _Lines(logging.Handler):
    def __init__(self, take: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self.take = take
        self.setFormatter(PlacesFormatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(NOT_LOGGED):
            self.take(record.name, f"{self.format(record)}\n{record.getMessage()}".encode())


def _values(table: str) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        for row in cursor.fetchall():
            for value in row:
                yield bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
