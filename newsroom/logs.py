"""Logs and error mail that say where something went wrong, and nothing of what people typed."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.core.mail import mail_admins

# From the question mark to the protocol behind the address, or to the end of the line.
QUERY = re.compile(r"\?.*(?= HTTP/\d)|\?.*$", re.M)


def places(error: BaseException) -> str:
    """A traceback's files, lines and code, with the kinds of the errors: no messages and no variables.

    An error's message may hold a row's values, as PostgreSQL's do. What caused an error comes before it.
    """
    return "\n".join(_places(error, set()))


def _places(error: BaseException, seen: set[int]) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _places(cause, {*seen, id(error)})
        yield "\nwhich led to:\n"
    yield "".join(traceback.format_tb(error.__traceback__)) + kind(error)


def kind(error: BaseException) -> str:
    """An error's class by its full name."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


class PlacesFormatter(logging.Formatter):
    """A log line without queries of addresses; an error by its places."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. A traceback that another handler has put into words is left aside."""
        plain = logging.makeLogRecord({**record.__dict__, "exc_text": None})
        plain.msg, plain.args = QUERY.sub("", record.getMessage()), None
        return super().format(plain)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The error's places."""
        return places(ei[1])


class PlacesMailHandler(logging.Handler):
    """Mails an error to ADMINS: kind, place, and the address's pattern with no value in it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Send the mail; a mail server that can't be reached is no second error."""
        error = record.exc_info[1] if record.exc_info else None
        lines = [f"Logged by {record.name} at {record.pathname}, line {record.lineno}."]
        request = getattr(record, "request", None)
        if match := getattr(request, "resolver_match", None):
            lines.append(f"Asked with {request.method} for an address like /{match.route}")  # type: ignore[union-attr]
        if error is not None:
            lines += ["", places(error)]
        mail_admins(_subject(record, error), "\n".join(lines), fail_silently=True)


def _subject(record: logging.LogRecord, error: BaseException | None) -> str:
    if error is None:
        return f"{record.levelname} of {record.name}"
    return f"{record.levelname}: {kind(error)} in {_innermost(error.__traceback__)}"


def _innermost(frames: TracebackType | None) -> str:
    *_, last = traceback.walk_tb(frames)
    return f"{last[0].f_globals.get('__name__')}, line {last[1]}"
