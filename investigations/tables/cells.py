"""Cells as text that no spreadsheet runs, and rows a few hundred at a time."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

PIECE = 100
"""How many rows go into one piece of a file."""

BATCH = 500
"""How many of something are read or looked up together."""

# An apostrophe makes a spreadsheet take a cell as text. Text that has one there already gets another, so that
# reading takes back exactly what writing added. The full-width signs are formulas in East Asian editions.
_RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_NEUTRALIZED = re.compile(r"'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def neutralized(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would run it."""
    if text[:1].isalnum():  # by far the most, and quicker
        return text
    return f"'{text}" if _RUNS.match(text) else text


def restored(text: str) -> str:
    """The text as it was before it was neutralized."""
    return text[1:] if _NEUTRALIZED.match(text) else text


def batches(values: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The values, so many at a time."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
