"""An answer to numbered claims, split where it takes up their numbers."""

import re
from collections.abc import Collection

_NUMBERED = re.compile(
    r"^\W{0,3}(?:(?:re|ad|to|on|answer|claim|point|item|question|number|no)\.?\s+)?[#(\[]{0,2}(?P<number>\d{1,3})"
    r"(?:[.):\]]{1,2}(?!\d)|\s*[–—-](?=\s)|(?=\s*$))\s*",
    re.IGNORECASE,
)
_QUOTED_BACK = re.compile(r"^\s*>")


def split_answer(words: str, numbers: Collection[int]) -> dict[int, str]:
    """What is said to each of these numbers, where an answer takes them up in order, each at the start of a line.

    Lines that quote our letter back (“> …”) are left out. An answer to one claim alone is all of it; one without
    numbers is nobody's guess, and splits into nothing.
    """
    lines = [line for line in words.splitlines() if not _QUOTED_BACK.match(line)]
    found: dict[int, list[str]] = {}
    at = 0
    for line in lines:
        numbered = _NUMBERED.match(line)
        if numbered and int(numbered["number"]) in numbers and int(numbered["number"]) > at:
            at = int(numbered["number"])
            line = line[numbered.end() :]
        if at:
            found.setdefault(at, []).append(line)
    if not found and len(numbers) == 1:
        found = {next(iter(numbers)): lines}
    joined = {number: "\n".join(said).strip() for number, said in found.items()}
    return {number: said for number, said in joined.items() if said}
