"""XLSX, read by openpyxl after what it would unpack to is known."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook  # type: ignore[import-untyped]

from investigations.dates import MONTHS
from investigations.exchange.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED,
    Misread,
    Sheet,
    SheetDate,
    Unreadable,
    table,
)
from investigations.tables.cells import restored
from investigations.tables.xlsx import unescaped

MAX_MEMBERS = 200
MAX_PART = 512 * 1024
"""How large a part may unpack that holds no cells: 46 kB of styles unpacked to 28 MB and took 96 seconds to read."""

NOT_XLSX = "This file can't be read as XLSX; open it in a spreadsheet and save it as “Excel workbook (.xlsx)”."


def read(data: bytes) -> Sheet:
    """The first sheet of a workbook. Raises Unreadable."""
    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return table(_lines(book.worksheets[0]), padded=True)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file fails in many ways, deep inside the reader
        raise Unreadable(NOT_XLSX) from error


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            # zipfile never unpacks more of a member than it declares.
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise Unreadable(
                    f"This workbook unpacks to more than {MAX_UNPACKED // 1024**2} MB; take out other sheets and"
                    " formats, or save it as CSV."
                )
            for member in members:
                if b"<!DOCTYPE" in archive.read(member).replace(b"\0", b"").upper():
                    raise Unreadable(NOT_XLSX)
            holding_cells = _parts_with_cells(archive)
            if any(member.file_size > MAX_PART and member.filename not in holding_cells for member in members):
                raise Unreadable(
                    "This workbook holds more formats, pictures or names than rows; copy the rows into a new one, or"
                    " save it as CSV."
                )
    except Unreadable:
        raise
    except Exception as error:  # as in `read`
        raise Unreadable(NOT_XLSX) from error


def _parts_with_cells(archive: zipfile.ZipFile) -> set[str]:
    """The parts that hold rows and texts, by their names and by what the workbook itself says of them."""
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314 - entities are refused above
    return {
        name
        for part in types
        if (name := part.get("PartName", "").lstrip("/")).startswith(("xl/worksheets/", "xl/sharedStrings."))
        and part.get("ContentType", "").endswith((".worksheet+xml", ".sharedStrings+xml"))
    }


def _lines(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and rows would be missing
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if number > MAX_ROWS + 1:
            raise Unreadable(
                f"This sheet goes on below row {MAX_ROWS + 1:,}; split it into several files, or delete the empty"
                " rows under your table."
            )
        yield number, [_value(cell) for cell in cells]


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        return Misread(value) if cell.data_type == "e" else restored(unescaped(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return SheetDate(_date_words(value.date(), cell.number_format))
    return value if value is None or isinstance(value, bool | int | float) else Misread(value)


def _date_words(day: date, number_format: str) -> str:
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if "d" in shown:
        return day.isoformat()
    return f"{MONTHS[day.month]} {day.year}" if "m" in shown else str(day.year)
