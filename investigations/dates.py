"""Fuzzy dates: what a newsroom knows of a day, kept as typed and as a span.

A date here is *one* day that may not be known exactly. "Between 3 and 5 May 2016" is one day out of three;
something that lasted three days has two dates. Nothing is filled in: a form with two readings is refused.

The notation is the Extended Date/Time Format (https://www.loc.gov/standards/datetime/): level 0 dates, the
seasons and ``~`` of level 1, the one-of-a-set of level 2. ``2016-08~`` means *about August 2016*; "early
August 2016" has no sign of its own and is written as the set of its days.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1000, 9999
"""Years of four figures, as EDTF level 0 and ``<time>`` write them."""

# Not calendar.month_name: that follows the locale of the process.
MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Names of the months, January at 1."""

SEASONS = {"spring": (21, 3, 5), "summer": (22, 6, 8), "fall": (23, 9, 11)}
"""EDTF number, first and last month. Winter is missing: "winter 2016" may be either end of the year."""

PARTS = {
    "early": ((1, 10), (1, 4)),
    "mid": ((11, 20), (5, 8)),
    "late": ((21, 31), (9, 12)),
    "first half": ((1, 15), (1, 6)),
    "second half": ((16, 31), (7, 12)),
}
"""First and last day of that part of a month (31: its last day), first and last month of that of a year."""

CIRCA_DAYS = 3
"""How far "about" reaches around a day; around a month it reaches one month, around a year one year."""

FORMS = (
    "14 April 2016, April 14, 2016, 2016-04-14, April 2016, 2016, spring 2016, early August 2016, "
    "second half of April 2016, about May 2016, before 3 March 2016, after 3 March 2016, "
    "between 3 and 5 May 2016"
)
"""Forms to copy, named to whoever typed something else."""


class DateNotUnderstood(ValueError):
    """The words are no date that can be kept; the message says in plain words what to type instead."""


@dataclass(frozen=True)
class FuzzyDate:
    """One day as far as it is known: the words as typed, its first and last possible day, its EDTF text.

    Both days are inclusive. ``None`` is an open end: the ``earliest`` of a "before", the ``latest`` of an
    "after".
    """

    words: str
    earliest: date | None
    latest: date | None
    edtf: str


class _Unit(NamedTuple):
    """A plain day, month or year; 0 where no month or day is named. Units of one grain sort by time."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, day: date) -> "_Unit":
        return cls(day.year, day.month, day.day)

    @classmethod
    def of_edtf(cls, edtf: str) -> "_Unit":
        return cls(*map(int, edtf.split("-")))

    @property
    def grain(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def edtf(self) -> str:
        return "-".join(f"{part:02}" for part in self if part)

    @property
    def words(self) -> str:
        day = f" {self.day}," if self.day else ""
        return f"{MONTHS[self.month]}{day} {self.year}".lstrip()

    def moved(self, count: int) -> "_Unit":
        """The unit ``count`` days, months or years away; raises outside the years kept."""
        try:
            unit = self._shifted(count)
        except (OverflowError, ValueError):
            unit = _Unit(0)
        if FIRST_YEAR <= unit.year <= LAST_YEAR:
            return unit
        raise DateNotUnderstood(f"Dates run from the year {FIRST_YEAR} to the year {LAST_YEAR}.")

    def _shifted(self, count: int) -> "_Unit":
        if self.day:
            return _Unit.of(self.first + timedelta(days=count))
        if self.month:
            year, month = divmod(self.year * 12 + self.month - 1 + count, 12)
            return _Unit(year, month + 1)
        return _Unit(self.year + count)


_Reading = tuple[date | None, date | None, str]
"""Earliest, latest and EDTF text of what a form says."""

_MONTH = "(?P<month>" + "|".join(MONTHS[1:]).lower() + ")"
_YEAR = "(?P<year>[1-9][0-9]{3})"
_DAY = "(?P<day>[0-9]{1,2})"
_UNIT_FORMS = (
    f"{_DAY} {_MONTH} {_YEAR}",
    f"{_MONTH} {_DAY} {_YEAR}",
    f"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
    f"{_MONTH} {_YEAR}",
    f"{_YEAR}-(?P<month>[0-9]{{2}})",
    _YEAR,
)
_END_FORMS = (*_UNIT_FORMS, f"{_DAY} {_MONTH}", f"{_MONTH} {_DAY}", f"{_DAY} {_YEAR}", _MONTH, _DAY)
"""How an end of a "between" may be written: the other end says what is missing."""

_SEASON = f"(?P<season>{'|'.join(SEASONS)}) {_YEAR}"
_PART = "(?:(?P<part>early|mid|late)[ -]|(?P<half>first half|second half) )(?P<whole>.+)"
_CIRCA = r"(?:(?:about|around|approximately|circa) |ca?(?:\. ?| ))(?P<unit>.+)"
_OPEN = "(?:some day )?(?P<side>before|after) (?P<rest>.+)"
_BETWEEN = "(?:between (.+?) and|some day from (.+?) to) (.+)"

_ABBREVIATION = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\b\.?")
_NUMERIC = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")
_LASTED = re.compile(
    r"\b(from|to|until|till|through)\b|[–—]|(?<![\d-])(\d{1,2} ?- ?\d{1,2}|\d{4} ?- ?\d{4})(?![\d-])"
)


def parse(words: str) -> FuzzyDate:
    """Read a date as newsrooms write it, in American, day-first or ISO order.

    Raises ``DateNotUnderstood`` for other words, for a day that does not exist, for a form with two readings.
    """
    text = _tidied(words)
    for read in (_read_unit, _read_season, _read_part, _read_circa, _read_open, _read_between):
        if reading := read(text):
            return FuzzyDate(words, *reading)
    raise DateNotUnderstood(_advice(words, text))


def _tidied(words: str) -> str:
    """Lower case, months in full, without commas, ordinals, "the" and "of"."""
    text = re.sub(r"\b(the|of)\b|,", " ", words.casefold())
    text = re.sub(r"(?<=[0-9])(st|nd|rd|th)\b", "", text)
    text = _ABBREVIATION.sub(lambda found: next(m.lower() for m in MONTHS if found[1][:3] == m[:3].lower()), text)
    return " ".join(text.replace("autumn", "fall").split())


def _advice(words: str, text: str) -> str:
    shown = " ".join(words.split())
    quoted = f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"
    if _NUMERIC.fullmatch(text):
        return f"{quoted} can be read in more than one way. Write the month as a word, like 14 April 2016."
    if re.fullmatch(f"winter {_YEAR}", text):
        return (
            f"{quoted} could be either end of the year. Write the months, like between January and "
            f"February 2016, or between December 2015 and February 2016."
        )
    if _LASTED.search(text):
        return (
            f"{quoted} looks like something that lasted. Enter two dates, the first day and the last; "
            f"for one day that can't be fixed, write it like between 3 and 5 May 2016."
        )
    return f"We can't read {quoted}. Write it like {FORMS}."


def _fields(text: str, forms: tuple[str, ...]) -> dict[str, int]:
    """Year, month and day as far as they are named; empty when no form fits."""
    for form in forms:
        if found := re.fullmatch(form, text):
            return {name: _number(value) for name, value in found.groupdict().items()}
    return {}


def _number(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.index(word.capitalize())


def _unit(text: str) -> _Unit | None:
    fields = _fields(text, _UNIT_FORMS)
    return _existing(**fields) if fields else None


def _existing(year: int, month: int | None = None, day: int | None = None) -> _Unit:
    """The unit; raises where there is no such month or day."""
    if month is None:
        return _Unit(year)
    if not 1 <= month <= 12:
        raise DateNotUnderstood(f"There is no month {month}. Write the month as a word, like April {year}.")
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise DateNotUnderstood(f"{MONTHS[month]} {year} has no day {day}. Check the date.")
    return _Unit(year, month, day or 0)


def _read_unit(text: str) -> _Reading | None:
    unit = _unit(text)
    return (unit.first, unit.last, unit.edtf) if unit else None


def _season(text: str) -> tuple[_Unit, _Unit] | None:
    """First and last month of the season."""
    if not (found := re.fullmatch(_SEASON, text)):
        return None
    _, first, last = SEASONS[found["season"]]
    return _Unit(int(found["year"]), first), _Unit(int(found["year"]), last)


def _read_season(text: str) -> _Reading | None:
    if not (months := _season(text)):
        return None
    first, last = months
    return first.first, last.last, f"{first.year}-{SEASONS[text.split()[0]][0]}"


def _part(name: str, whole: _Unit) -> tuple[_Unit, _Unit]:
    """First and last day of a part of a month; first and last month of a part of a year."""
    days, months = PARTS[name]
    if whole.grain == "year":
        return whole._replace(month=months[0]), whole._replace(month=months[1])
    return whole._replace(day=days[0]), whole._replace(day=min(days[1], whole.last.day))


def _read_part(text: str) -> _Reading | None:
    found = re.fullmatch(_PART, text)
    whole = _unit(found["whole"]) if found else None
    if not found or not whole or whole.grain == "day":
        return None
    return _one_of(*_part(found["part"] or found["half"], whole))


def _one_of(start: _Unit, stop: _Unit) -> _Reading:
    return start.first, stop.last, f"[{start.edtf}..{stop.edtf}]"


def _read_circa(text: str) -> _Reading | None:
    found = re.fullmatch(_CIRCA, text)
    unit = _unit(found["unit"]) if found else None
    if not unit:
        return None
    reach = CIRCA_DAYS if unit.grain == "day" else 1
    return unit.moved(-reach).first, unit.moved(reach).last, f"{unit.edtf}~"


def _read_open(text: str) -> _Reading | None:
    if not (found := re.fullmatch(_OPEN, text)):
        return None
    unit = _unit(found["rest"])
    ends = (unit, unit) if unit else _season(found["rest"])
    if not ends:
        return None
    if found["side"] == "before":
        before = ends[0].moved(-1)
        return None, before.last, f"[..{before.edtf}]"
    after = ends[1].moved(1)
    return after.first, None, f"[{after.edtf}..]"


def _read_between(text: str) -> _Reading | None:
    """Both ends count. The year stands at the second end, the month at either: May 3 and 5, 2016."""
    if not (found := re.fullmatch(_BETWEEN, text)):
        return None
    start, stop = _fields(found[1] or found[2], _END_FORMS), _fields(found[3], _END_FORMS)
    if not start or "year" not in stop:
        return None
    start.setdefault("year", stop["year"])
    for one, other in ((start, stop), (stop, start)):
        if "day" in one and "month" in other:
            one.setdefault("month", other["month"])
    if any("day" in end and "month" not in end for end in (start, stop)):
        return None
    return _one_of(*_in_order(_existing(**start), _existing(**stop)))


def _in_order(start: _Unit, stop: _Unit) -> tuple[_Unit, _Unit]:
    if start.grain != stop.grain:
        raise DateNotUnderstood("Write both ends alike: two days, two months or two years.")
    if start >= stop:
        raise DateNotUnderstood(
            "The second date has to come after the first. Where the year changes, write it at both ends, "
            "like between December 2015 and February 2016."
        )
    return start, stop


def display(value: FuzzyDate) -> str:
    """The date in American newspaper words; ``parse`` reads them back to the same span and EDTF text."""
    edtf = value.edtf
    if edtf.endswith("~"):
        return f"about {_Unit.of_edtf(edtf[:-1]).words}"
    if not edtf.startswith("["):
        return _plain_words(edtf)
    start, stop = edtf[1:-1].split("..")
    if not start:
        return f"before {_Unit.of_edtf(stop).moved(1).words}"
    if not stop:
        return f"after {_Unit.of_edtf(start).moved(-1).words}"
    ends = _Unit.of_edtf(start), _Unit.of_edtf(stop)
    typed_between = value.words.casefold().startswith("between")
    return (None if typed_between else _part_words(*ends)) or f"between {_range_words(*ends, 'and')}"


def _plain_words(edtf: str) -> str:
    year, _, number = edtf.partition("-")
    seasons = {str(season[0]): name for name, season in SEASONS.items()}
    return f"{seasons[number]} {year}" if number in seasons else _Unit.of_edtf(edtf).words


def _part_words(start: _Unit, stop: _Unit) -> str | None:
    """The name of the part of a month or year that runs from start to stop, if it has one."""
    whole = start._replace(day=0) if start.grain == "day" else _Unit(start.year)
    for name in PARTS if start.grain != "year" else ():
        if _part(name, whole) == (start, stop):
            joint = "-" if name == "mid" else " of " if "half" in name else " "
            return f"{name}{joint}{whole.words}"
    return None


def _range_words(start: _Unit, stop: _Unit, joint: str) -> str:
    """Two ends with what they share said once: May 3 and 5, 2016; December 28, 2015, and January 3, 2016."""
    left, right = start.words, stop.words
    if start.month and start.year == stop.year:
        left = left.removesuffix(f" {start.year}").removesuffix(",")
    elif start.day:
        left += ","
    if start.day and start[:2] == stop[:2]:
        right = right.removeprefix(f"{MONTHS[stop.month]} ")
    return f"{left} {joint} {right}"


def describe(value: FuzzyDate) -> str:
    """What was understood, to echo beside the field; ``parse`` reads it back to the same span."""
    if value.earliest is None or value.latest is None:
        return f"some day {_open_words(value)}"
    if is_exact(value):
        return _Unit.of(value.earliest).words
    return f"some day from {_range_words(_Unit.of(value.earliest), _Unit.of(value.latest), 'to')}"


def _open_words(value: FuzzyDate) -> str:
    if value.latest:
        return f"before {_Unit.of(value.latest).moved(1).words}"
    return f"after {_Unit.of(value.earliest).moved(-1).words}" if value.earliest else "not stated"


def is_exact(value: FuzzyDate) -> bool:
    """Whether the day itself is known."""
    return value.earliest is not None and value.earliest == value.latest


def overlaps(value: FuzzyDate, start: date | None, end: date | None) -> bool:
    """Whether the day may fall in the range, both ends of it included; ``None`` is an open end."""
    return (
        not (start and end and start > end)
        and (end is None or value.earliest is None or value.earliest <= end)
        and (start is None or value.latest is None or start <= value.latest)
    )


def falls_within(value: FuzzyDate, start: date | None, end: date | None) -> bool:
    """Whether the day certainly falls in the range, both ends of it included; ``None`` is an open end."""
    return (start is None or (value.earliest is not None and start <= value.earliest)) and (
        end is None or (value.latest is not None and value.latest <= end)
    )


def html_datetime(value: FuzzyDate) -> str | None:
    """A plain day, month or year as ``<time datetime>`` allows it; ``None`` for every vaguer date.

    https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value
    """
    return value.edtf if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", value.edtf) else None
