"""XLSX: read by openpyxl after what it would unpack to is known, written piece by piece.

openpyxl would write each sheet to a temporary folder in clear text first; here nothing is written to any file.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, RawIOBase
from itertools import chain
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from investigations.dates import MONTHS
from investigations.exchange.lookups import batches
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
from investigations.tables import neutralized, restored

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_MEMBERS = 200
MAX_PART = 512 * 1024
"""How large a part may unpack that holds no cells: 46 kB of styles unpacked to 28 MB and took 96 seconds to read."""

MAX_CELL = 32_767
"""How many characters a cell of a spreadsheet holds."""

MAX_SHEET = 1_048_576
"""How many rows a sheet of a spreadsheet holds."""

NOT_XLSX = "This file can't be read as XLSX; open it in a spreadsheet and save it as “Excel workbook (.xlsx)”."

# --- Reading ---


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
        return Misread(value) if cell.data_type == "e" else restored(_unescaped(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return SheetDate(_date_words(value.date(), cell.number_format))
    return value if value is None or isinstance(value, bool | int | float) else Misread(value)


def _date_words(day: date, number_format: str) -> str:
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if "d" in shown:
        return day.isoformat()
    return f"{MONTHS[day.month]} {day.year}" if "m" in shown else str(day.year)


# --- Writing ---

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"'
        ' Target="styles.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Records" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    # Style 1 is text (format 49): a spreadsheet then leaves “September 2016” as it is typed.
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Outlet(RawIOBase):
    """What an archive writes to, piece by piece: being no file, it can't be sought in."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since."""
        piece, self.waiting = bytes(self.waiting), bytearray()
        return piece


def write(headers: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """A workbook of one sheet, in pieces. Raises ValueError for a text longer than a cell of a spreadsheet may be.

    The sizes of the sheet follow behind it, in 32 bits: Excel calls a file damaged where they are announced in 64
    before they are known (COMPRESS-474). So a sheet of more than 2 GB breaks off with a RuntimeError.
    """
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _PROLOG + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for texts in batches(_sheet_xml(headers, rows)):
                sheet.write("".join(texts).encode())
                yield out.taken()
    yield out.taken()


def _sheet_xml(headers: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    letters = [get_column_letter(number) for number in range(1, len(headers) + 1)]
    yield (
        f'{_PROLOG}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<cols><col min="1" max="{len(headers)}" width="20" style="1" customWidth="1"/></cols><sheetData>'
    )
    for number, row in enumerate(chain([headers], rows), start=1):
        cells = (_cell_xml(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        yield f'<row r="{number}">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"


def _cell_xml(place: str, value: Any) -> str:
    if value == "":
        return ""
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = neutralized(value)
    if len(text) > MAX_CELL:
        raise ValueError(
            f"A text of {len(text):,} characters is too long for a spreadsheet, whose cells hold {MAX_CELL:,}:"
            " export CSV or JSON."
        )
    return f'<c r="{place}" s="1" t="inlineStr"><is><t xml:space="preserve">{escape(_escaped(text))}</t></is></c>'


# Control characters are no XML; spreadsheets write them as _x000D_, and a literal _x000D_ as _x005F_x000D_.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
