"""JSON: a list of objects, one a line. Nothing is neutralized, since no spreadsheet runs it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from investigations.tables.cells import PIECE, batches

JSON = "application/json"


def write(headers: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """A table as a list of flat objects, in pieces."""
    return in_pieces(dict(zip(headers, row, strict=True)) for row in rows)


def in_pieces(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A list of objects, in pieces of a hundred."""
    for lines in batches(_lines(objects), PIECE):
        yield "".join(lines).encode()


def _lines(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for each in objects:
        yield before + json.dumps(each, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
