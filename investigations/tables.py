"""Tables that are taken away: text in UTF-8, with no cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

CSV = "text/csv; charset=utf-8"

# An apostrophe makes a spreadsheet take a cell as text. Text that has one there already gets another, so that
# reading takes back exactly what writing added. The full-width signs are formulas in East Asian editions.
_RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_NEUTRALIZED = re.compile(r"'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def neutralized(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would run it."""
    return f"'{text}" if _RUNS.match(text) else text


def restored(text: str) -> str:
    """The text as it was before it was neutralized."""
    return text[1:] if _NEUTRALIZED.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV (RFC 4180), each cell as text; with a byte-order mark, without which spreadsheets guess."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([neutralized(cell) for cell in row] for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig")
