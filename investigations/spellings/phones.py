"""Telephone numbers, however they are punctuated, with or without the codes of country and area."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from investigations.spellings.folding import SOFT

SHORTEST = 7
"""Digits; fewer are no telephone number."""

FARTHEST = 18
"""Digits; more are none either."""

_RUN = re.compile(rf"(?<![^\W_])[+(]{{0,2}}[0-9](?:[\s().\-/·+*_{SOFT}]{{0,4}}[0-9])++")
_GROUP = re.compile(r"\S+")
_TRUNK = re.compile(r"\(0\)")
_BOOK = ("978", "979")


def digits_of(number: str) -> str:
    """A number's digits, with a + before them where it has one or says so by 00; without the (0) of +44 (0)20."""
    digits = "".join(re.findall(r"[0-9]", _TRUNK.sub("", number)))
    if digits.startswith("00"):
        return "+" + digits[2:]
    return ("+" if number.strip().lstrip("(").startswith("+") else "") + digits


def same_number(one: str, other: str) -> bool:
    """Whether two numbers, as ``digits_of`` gives them, may be one: the shorter ends the longer, from 7 digits on.

    What the longer has more is a code of country or area that the other left out.
    """
    short, long = sorted((one, other), key=lambda number: len(_core(number)))
    core, whole = _core(short), _core(long)
    if len(core) < SHORTEST or not whole.endswith(core):
        return False
    return len(core) == len(whole) or not short.startswith("+")


def _core(number: str) -> str:
    return number.lstrip("+0")


class Phones:
    """Protected numbers, found by their last digits."""

    def __init__(self, numbers: Iterable[tuple[str, str]]) -> None:
        self.by_end: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for ref, number in numbers:
            digits = digits_of(number)
            if len(_core(digits)) >= SHORTEST:
                self.by_end[digits[-SHORTEST:]].append((ref, digits))

    def found(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Whose number stands where. It ends with a group of digits; it begins with the run of groups, or
        behind a space with a +, a bracket or a zero."""
        for run in _RUN.finditer(text) if self.by_end else ():
            # spaces in the place of (0) keep the places of the rest
            yield from self._in(text, run.start(), _TRUNK.sub("   ", run[0]))

    def _in(self, text: str, offset: int, run: str) -> Iterator[tuple[str, int, int]]:
        tail, count = "", 0
        starts: list[tuple[int, int, str]] = []
        for group in _GROUP.finditer(run):
            if not count or group[0][0] in "+(0":
                starts.append((count, group.start(), "+" if "+" in group[0][:2] else ""))
            digits = "".join(re.findall("[0-9]", group[0]))
            tail, count = (tail + digits)[-FARTHEST:], count + len(digits)
            end = offset + group.end()
            if text[end : end + 1].isalpha():
                continue
            for ref, number in self.by_end.get(tail[-SHORTEST:], ()):
                for at, start, sign in reversed(starts):
                    if count - at > FARTHEST:
                        break
                    if _written(sign + tail[at - count :], number):
                        yield ref, offset + start, end
                        break


def _written(written: str, number: str) -> bool:
    """Whether what a text has is this number: more digits than it has must read as a country's code."""
    found = digits_of(written)
    if not same_number(found, number):
        return False
    extra = len(_core(found)) - len(_core(number))
    if extra <= 0 or (found.startswith("+") and extra <= 3):
        return True
    return (extra == 1 and found[0] == "1") or (extra <= 2 and len(_core(number)) >= 9 and found[:3] not in _BOOK)
