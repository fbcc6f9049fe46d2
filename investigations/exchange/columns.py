"""Which columns a file may have, which are refused by name, and what was meant by the rest."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.sheet import normal

SIGNED = "it says who answers for a step, and only that step itself can write it"
CHECKED = "a check is recorded in the quote's form by whoever made it"
NUMBERED = "the software gives it, and the record rests on it"
SPAN = "it is worked out from the date in words"
IDENTITY = "who a source is stays out of files; the newsroom's editors know, or the vault"

REFUSED = {
    **dict.fromkeys(("id", "pk", "public key", "key"), NUMBERED),
    **dict.fromkeys(
        (
            *("state", "status", "number", "edition", "digest", "approved digest"),
            *("approved", "approved by", "approved at", "published", "published by", "published at"),
            *("edited by", "edited at", "written by", "written at", "signed by", "signed at"),
            *("created by", "created at", "updated at", "modified at"),
        ),
        SIGNED,
    ),
    **dict.fromkeys(("checked", "checked by", "checked at", "checked against"), CHECKED),
    **dict.fromkeys(
        f"{date} {part}"
        for date in ("when", "said", "since", "until", "dated", "date")
        for part in ("earliest", "latest", "edtf")
    ),
}
REFUSED = {name: reason or SPAN for name, reason in REFUSED.items()}
"""Refused for every noun."""

IDENTITY_COLUMNS = dict.fromkeys(
    (
        *("name", "full name", "real name", "true name", "first name", "last name", "family name", "surname"),
        *("identity name", "email", "e mail", "mail", "phone", "telephone", "mobile", "cell", "handle", "signal"),
        *("address", "home address", "employer", "contact", "contacts", "contact details", "birth date", "notes"),
    ),
    IDENTITY,
)
"""Refused for sources and quotes."""


def columns_of(
    headers: Iterable[str], columns: dict[str, Field], refused: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Which header is which field, by its column name or its field's; and a sentence for each that is neither."""
    known = {normal(name): name for name in columns}
    known |= {normal(column.column_name): name for name, column in columns.items()}
    reasons = {**REFUSED, **refused}
    found: dict[str, str] = {}
    sentences: list[str] = []
    for header in headers:
        name = known.get(normal(header))
        if name is not None and name not in found.values():
            found[header] = name
        elif name is not None:
            sentences.append(f"This file has the column {columns[name].column_name} twice; keep one of them.")
        elif normal(header) in reasons:
            sentences.append(
                f"This file has the column {header[:80]}, which is never imported: {reasons[normal(header)]}."
                " Take the column out."
            )
        else:
            sentences.append(_unknown(header, columns, known))
    return found, sentences


def _unknown(header: str, columns: dict[str, Field], known: dict[str, str]) -> str:
    close = get_close_matches(normal(header), list(known), 1)
    if close:
        meant = columns[known[close[0]]].column_name
        return f"This file has the column {header[:80]}, which nobody knows: did you mean {meant}?"
    names = ", ".join(column.column_name for column in columns.values())
    return f"This file has the column {header[:80]}, which nobody knows. Its columns can be: {names}."


def told(errors: dict[str, Any], needed: str) -> dict[str, list[str]]:
    """Errors in a form's words; those of a field that no file has belong to the row as a whole."""
    found: dict[str, list[str]] = {}
    for name, faults in errors.items():
        for fault in faults:
            sentences = [needed] if fault.code in {"blank", "null"} else fault.messages
            found.setdefault(name or NON_FIELD_ERRORS, []).extend(
                sentence for sentence in sentences if sentence not in found.get(name, [])
            )
    return found
