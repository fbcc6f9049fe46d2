"""Comma-separated values (RFC 4180) in UTF-8, each cell as text.

A byte-order mark stands before them: without it spreadsheets guess, and “Kočner” becomes “KoÄner”.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Any

from investigations.tables.cells import PIECE, batches, neutralized

CSV = "text/csv; charset=utf-8"


def write(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A table, in pieces of a hundred rows: no more of them are taken before it yields."""
    yield codecs.BOM_UTF8
    for lines in batches(chain([headers], rows), PIECE):
        out = StringIO(newline="")
        csv.writer(out).writerows([neutralized(str(value)) for value in row] for row in lines)
        yield out.getvalue().encode()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in one piece."""
    return b"".join(write(header, rows))
