"""The three formats of files: CSV, XLSX and JSON, each read into a table and written from one."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, NamedTuple, Protocol

from investigations.exchange import workbook
from investigations.exchange.sheet import MAX_BYTES, MAX_ROWS, Row, Sheet, Unreadable, normal, table
from investigations.tables import comma, objects, xlsx
from investigations.tables.cells import restored

csv.field_size_limit(MAX_BYTES)


class Reader(Protocol):
    """Reads a file's bytes. Raises Unreadable."""

    def __call__(self, data: bytes, /) -> Sheet: ...


class Writer(Protocol):
    """Writes a file's bytes, in pieces of a few hundred rows: it takes no more of them before it yields."""

    def __call__(self, headers: list[str], rows: Iterable[list[Any]], /) -> Iterator[bytes]: ...


class Format(NamedTuple):
    """A format: what it is called, its ending, its type, how it is read and written, and what it can't hold."""

    title: str
    extension: str
    content_type: str
    read: Reader
    write: Writer
    max_rows: int | None = None
    max_text: int | None = None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "This file isn't in UTF-8; in a spreadsheet, save it as “CSV UTF-8”, or upload it as XLSX."
        ) from error


# --- CSV ---


def read_csv(data: bytes) -> Sheet:
    """A table of comma-separated values; semicolons or tabs, as some spreadsheets write them, are seen."""
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return table((number, [restored(cell) for cell in line]) for number, line in enumerate(reader, start=1))
    except csv.Error as error:
        raise Unreadable(
            f"This file stops being CSV at line {reader.line_num}: look for a quotation mark that isn't closed, or"
            " upload it as XLSX."
        ) from error


# --- JSON ---

NOT_JSON = "This file isn't a JSON list of objects, each with column names and values."


def read_json(data: bytes) -> Sheet:
    """A list of flat objects; one that leaves a column out leaves that column alone."""
    try:
        found = json.loads(_decoded(data), object_pairs_hook=_once)
    except Unreadable:
        raise
    except (ValueError, RecursionError) as error:
        raise Unreadable(NOT_JSON) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unreadable(NOT_JSON)
    if not found:
        raise Unreadable("This file holds no objects.")
    if len(found) > MAX_ROWS:
        raise Unreadable(f"This file has more than {MAX_ROWS:,} objects; split it into several.")
    headers = list(dict.fromkeys(name for row in found for name in row))
    return Sheet(headers, [Row(number, row) for number, row in enumerate(found, start=1)], unit="object")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    seen: set[str] = set()
    for name, value in pairs:
        if normal(name) in seen:
            raise Unreadable(f"An object has {name} twice; keep one of them.")
        if isinstance(value, list | dict):
            raise Unreadable(f"{name} holds a list or an object; a value is a text, a number, true, false or null.")
        seen.add(normal(name))
        found[name] = value
    return found


FORMATS = (
    Format("CSV", "csv", comma.CSV, read_csv, comma.write),
    Format(
        "XLSX",
        "xlsx",
        xlsx.CONTENT_TYPE,
        workbook.read,
        xlsx.write,
        max_rows=xlsx.MAX_SHEET - 1,
        max_text=xlsx.MAX_CELL,
    ),
    Format("JSON", "json", objects.JSON, read_json, objects.write),
)


def format_of(file_name: str) -> Format:
    """The format that a file's name ends in. Raises Unreadable."""
    ending = file_name.rpartition(".")[2].lower()
    for found in FORMATS:
        if found.extension == ending:
            return found
    raise Unreadable("Upload a file whose name ends in .csv, .xlsx or .json.")
