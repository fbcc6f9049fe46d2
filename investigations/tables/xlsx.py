"""XLSX, written piece by piece: openpyxl would write each sheet to a temporary folder in clear text first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from investigations.tables.cells import PIECE, batches, neutralized
from investigations.tables.zipped import zipped

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELL = 32_767
"""How many characters a cell of a spreadsheet holds."""

MAX_SHEET = 1_048_576
"""How many rows a sheet of a spreadsheet holds."""

_PARTS = {
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
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
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _listing(sheets: Sequence["Sheet"], names: Sequence[str]) -> dict[str, str]:
    """The parts that name every sheet and its file."""
    numbered = list(enumerate(zip(sheets, names, strict=True), start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/{name}" ContentType="{_SPREADSHEET}.worksheet+xml"/>' for name in names
    )
    tabs = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="r{number}"/>'
        for number, (sheet, _) in numbered
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/{name}"/>'
        for number, (_, name) in numbered
    )
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>{types}'
            f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>'
        ),
        "xl/workbook.xml": (
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' xmlns:r="{_RELATIONS}"><sheets>{tabs}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'{relations}<Relationship Id="styles" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
    }


class Unfit(ValueError):
    """What no spreadsheet holds, said in a sentence."""


class Sheet(NamedTuple):
    """A sheet: what its tab says (31 characters at most), the columns and the rows."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write(headers: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """A workbook of one sheet, in pieces. Raises Unfit for a text longer than a cell of a spreadsheet may be."""
    return write_sheets([Sheet("Records", headers, rows)])


def write_sheets(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """A workbook of these sheets, one behind the other, as `write` makes it."""
    names = [f"sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    parts = [(name, [(_PROLOG + text).encode()]) for name, text in (_PARTS | _listing(sheets, names)).items()]
    cells = (
        (f"xl/worksheets/{name}", _in_pieces(_sheet_xml(sheet))) for name, sheet in zip(names, sheets, strict=True)
    )
    return zipped(chain(parts, cells))


def _in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    return ("".join(some).encode() for some in batches(texts, PIECE))


def _sheet_xml(sheet: Sheet) -> Iterator[str]:
    letters = [_letters(number) for number in range(1, len(sheet.headers) + 1)]
    yield (
        f'{_PROLOG}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<cols><col min="1" max="{len(sheet.headers)}" width="20" style="1" customWidth="1"/></cols><sheetData>'
    )
    for number, row in enumerate(chain([sheet.headers], sheet.rows), start=1):
        if number > MAX_SHEET:
            raise Unfit(f"There are more lines than the {MAX_SHEET:,} that a sheet holds.")
        cells = (_cell_xml(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        yield f'<row r="{number}">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"


def _letters(number: int) -> str:
    """What a spreadsheet calls its column of this number, counted from 1: A to Z, AA and so on."""
    above, last = divmod(number - 1, 26)
    return f"{_letters(above) if above else ''}{chr(ord('A') + last)}"


def _cell_xml(place: str, value: Any) -> str:
    if value == "":
        return ""
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = neutralized(value)
    if len(text) > MAX_CELL:
        raise Unfit(
            f"A text of {len(text):,} characters is too long for a spreadsheet, whose cells hold {MAX_CELL:,}:"
            " export CSV or JSON."
        )
    return f'<c r="{place}" s="1" t="inlineStr"><is><t xml:space="preserve">{escape(escaped(text))}</t></is></c>'


# Control characters are no XML; spreadsheets write them as _x000D_, and a literal _x000D_ as _x005F_x000D_.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")


def escaped(text: str) -> str:
    """The text with what no XML holds written as spreadsheets write it."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text as it was before it was escaped."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
