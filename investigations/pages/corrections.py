"""The list of notes as plain data, and what is counted of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from investigations import dates
from investigations.pages.correction import TAGS, CorrectionView
from investigations.pages.select import Select
from investigations.vocabulary import ChangeKind


@dataclass(frozen=True)
class CorrectionList:
    """The list, the questions put to it, what is counted, and where it goes on."""

    items: tuple[CorrectionView, ...]
    selects: tuple[Select, ...]
    filtered: bool
    counted: str
    speed: str
    emptied: tuple[str, ...]
    next: str
    head: str
    notices: tuple[str, ...]
    noindex: bool


def month_words(month: str) -> str:
    """A month in words: “June 2017” for 2017-06."""
    year, _, number = month.partition("-")
    return f"{dates.MONTHS[int(number)]} {year}"


def counted_words(numbers: Mapping[str, int]) -> str:
    """How many notes there are, in all and of each kind: “3 notes: 2 corrections, 1 retraction.”"""
    kinds = [_of_kind(numbers[kind], kind) for kind in TAGS if numbers.get(kind)]
    total = sum(numbers.values())
    return f"{_plural(total, 'note')}: {', '.join(kinds)}." if kinds else "No notes."


def _of_kind(number: int, kind: ChangeKind) -> str:
    label = kind.label[:1].lower() + kind.label[1:]
    return _plural(number, label)


def speed_words(timed: int, middle: timedelta | None, total: int) -> str:
    """Within what time half of the errors were corrected, of how many notes that is known; empty if of none."""
    if middle is None:
        return ""
    took = duration_words(middle)
    said = (
        f"The error was corrected within {took}."
        if timed == 1
        else f"Half of the errors were corrected within {took}."
    )
    left = total - timed
    if not left:
        return said
    of = "1 note is left out" if left == 1 else f"{left:,} notes are left out"
    return f"{said} {of}: nothing was wrong, or since when it was isn’t on record."


def duration_words(took: timedelta) -> str:
    """A span of time in minutes, hours or days, rounded up: “within 3 days” is then never too little."""
    minutes = max(1, ceil(took / timedelta(minutes=1)))
    if minutes < 120:
        return _plural(minutes, "minute")
    if minutes <= 48 * 60:
        return _plural(ceil(minutes / 60), "hour")
    return _plural(ceil(minutes / (24 * 60)), "day")


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
