"""A file's table as read: column names and numbered rows, within stated limits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 5 * 1024 * 1024
"""How large an upload may be."""

MAX_UNPACKED = 20 * 1024 * 1024
"""How large an XLSX may be when unpacked: a small one can unpack to gigabytes."""

MAX_ROWS = 10_000
"""How many rows a file may hold under its column names."""

MAX_COLUMNS = 60
"""How many columns a file may have."""


class Unreadable(ValueError):
    """A file that can't be read as a table; the message says why, and what to do."""


class Misread(str):
    """A cell in which the spreadsheet put something else than what was typed: a time, an error."""

    __slots__ = ()


class SheetDate(str):
    """A cell that the spreadsheet made a date of, in the words of its own format: no day where it shows none."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """One row: its number as the file's program shows it, and its cells by column name as the file has it."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A table. `unit` is what its rows are called: row, or object in JSON."""

    headers: list[str]
    rows: list[Row]
    unit: str = "row"

    def __len__(self) -> int:
        return len(self.rows)


def normal(header: str) -> str:
    """A column name as it is compared: “Checked by”, checked_by and CheckedBy are one."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(header))
    return re.sub(r"[\W_]+", " ", spaced).strip().casefold()


def as_text(value: Any) -> str:
    """A cell as the text somebody would have typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def quoted(text: str) -> str:
    """A cell's text in quotation marks, as a sentence repeats it: its first words."""
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


def table(lines: Iterable[tuple[int, list[Any]]], *, padded: bool = False) -> Sheet:
    """Make a table of numbered lines, the first of which names the columns; blank lines are left out.

    `padded` is for files whose lines have no end of their own: cells are added or, when blank, cut off.
    Raises Unreadable for a file without rows, with too many, or with a line of another length.
    """
    headers: list[str] = []
    rows: list[Row] = []
    for number, cells in lines:
        if all(as_text(cell).strip() == "" for cell in cells):
            continue
        if not headers:
            headers = _headers(cells)
            continue
        if len(rows) == MAX_ROWS:
            raise Unreadable(f"This file has more than {MAX_ROWS:,} rows; split it into several.")
        if padded:
            cells = _fitted(cells, len(headers), number)
        elif len(cells) != len(headers):
            raise Unreadable(
                f"Row {number} has {len(cells)} cells, and the first row names {len(headers)} columns;"
                " put text that holds commas or quotes into quotes."
            )
        rows.append(Row(number, dict(zip(headers, cells, strict=True))))
    if not rows:
        raise Unreadable("This file holds no rows under its column names.")
    return Sheet(headers, rows)


def _headers(cells: list[Any]) -> list[str]:
    headers = [as_text(cell).strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(f"This file has more than {MAX_COLUMNS} columns; keep those that are imported.")
    if "" in headers:
        raise Unreadable(f"Column {headers.index('') + 1} has no name in the first row; name it or take it out.")
    seen: set[str] = set()
    for header in headers:
        if normal(header) in seen:
            raise Unreadable(f"This file has the column {header} twice; keep one of them.")
        seen.add(normal(header))
    return headers


def _fitted(cells: list[Any], width: int, number: int) -> list[Any]:
    if any(as_text(cell).strip() for cell in cells[width:]):
        raise Unreadable(f"Row {number} has a cell beyond the last column that the first row names.")
    return [*cells[:width], *[""] * (width - len(cells))]
