"""One form for the many spellings of a text: escapes decoded, marks dropped, look-alikes read as what they look like.

Case is kept until the end, since it tells a name from a word; every step keeps the way back to the first text.
"""

import html
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from investigations.spellings.alike import ALIKE

SOFT = "\ue000"
"""Stands where markup was taken out: it may part two words or glue one together."""

ROUNDS = 4
"""How often escapes are decoded: JSON of HTML of an address encoded twice needs all four."""

ESCAPE = re.compile(
    r"""
    &(?:\#[xX][0-9a-fA-F]{1,32}|\#[0-9]{1,32}|[A-Za-z][A-Za-z0-9]{1,31});?
  | %u(?P<old>[0-9a-fA-F]{4})
  | (?P<bytes>(?:%[0-9a-fA-F]{2})+)
  | \\{1,4}u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\{1,4}u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})
  | \\{1,4}(?:u(?P<four>[0-9a-fA-F]{4})|u\{(?P<braced>[0-9a-fA-F]{1,5})\}|x(?P<two>[0-9a-fA-F]{2}))
    """,
    re.VERBOSE,
)
_LINE_ENDS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_QUOTES = "'’‘‛ʼʹ′´`ʻʽˈ＇"
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"


@dataclass(frozen=True, slots=True)
class Placed:
    """A text made of another; ``places`` says for each of its characters where in the first text it comes from."""

    text: str
    places: "array[int]"


Piece = tuple[str, int]
"""What is written, and how far behind the start of what was read it stands."""


def fold(text: str) -> str:
    """The text in one form: escapes decoded, no accents, look-alikes as Latin letters, lower case, single spaces."""
    return " ".join(folded(text).text.casefold().split())


def folded(text: str) -> Placed:
    """The text in one form, in the case it has."""
    placed = Placed(text, array("I", range(len(text))))
    for _ in range(ROUNDS):
        decoded = rewritten(placed, ESCAPE, _decoded)
        if decoded.text == placed.text:
            break
        placed = decoded
    signs = {sign: folded_sign(sign) for sign in set(placed.text) if not (sign.isascii() and sign.isprintable())}
    single = {ord(sign): found for sign, found in signs.items() if len(found) == 1}
    placed = Placed(placed.text.translate(single), placed.places)
    if others := "".join(sign for sign, found in signs.items() if len(found) != 1):
        run = re.compile(f"[{re.escape(others)}]+")
        placed = rewritten(placed, run, lambda found: ((signs[sign], at) for at, sign in enumerate(found[0])))
    return placed


def rewritten(placed: Placed, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Iterator[Piece]]) -> Placed:
    """The text with each match replaced by the pieces read from it."""
    text, places = placed.text, placed.places
    pieces: list[str] = []
    kept: array[int] = array("I")
    done = 0
    for found in pattern.finditer(text):
        pieces.append(text[done : found.start()])
        kept.extend(places[done : found.start()])
        for piece, at in read(found):
            pieces.append(piece)
            kept.extend([places[found.start() + at]] * len(piece))
        done = found.end()
    if not done:
        return placed
    pieces.append(text[done:])
    kept.extend(places[done:])
    return Placed("".join(pieces), kept)


def _decoded(escape: re.Match[str]) -> Iterator[Piece]:
    """What an escape stands for; bytes that are no UTF-8 are read as Latin-1."""
    kind = escape.lastgroup
    if kind is None:
        yield html.unescape(escape[0]), 0
    elif kind == "bytes":
        at = 0
        for sign in bytes.fromhex(escape[0].replace("%", "")).decode("utf-8", "surrogateescape"):
            alone = "\udc80" <= sign <= "\udcff"
            yield chr(ord(sign) - 0xDC00) if alone else sign, at
            at += 3 if alone else 3 * len(sign.encode())
    elif kind == "low":
        yield chr(0x10000 + ((int(escape["high"], 16) & 0x3FF) << 10) + (int(escape["low"], 16) & 0x3FF)), 0
    else:
        yield chr(int(escape[kind], 16)), 0


@lru_cache(maxsize=1 << 16)
def folded_sign(sign: str) -> str:
    """What one character is read as: letters without marks, in their case; nothing for what can't be seen."""
    if sign in _QUOTES:
        return "'"
    return "".join(map(_plain, "".join(ALIKE.get(part, part) for part in unicodedata.normalize("NFKD", sign))))


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in _LINE_ENDS or sign == "\t":
        return "\n" if sign != "\t" else " "
    if kind == "Co" or kind.startswith("Z"):
        return " "
    if kind[0] in "MC" or sign in _FILLERS:
        return ""
    if kind == "Pd" or sign == "\u2212":
        return "-"
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if sign in _QUOTES:
        return "'"
    low = sign.casefold()
    return sign if len(low) == 1 else low
