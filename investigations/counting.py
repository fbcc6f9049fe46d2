"""What a month counts, and what is known of it: not stated is not zero."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from investigations.vocabulary import MonthState

SPEAKS_FOR_THE_MONTH = 9
"""An entry whose date leaves so many days open speaks for the month that it falls in; else for its days alone."""

NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first"
    " second third half quarter dozen once twice both double".split()
)

Span = tuple[date, date]
"""A first and a last day, both included."""


@dataclass(frozen=True)
class Entry:
    """Something that took place on one day, as far as the day is known, and how many people it counts.

    `earliest` and `latest` are the first and the last possible day; None is an open end. Both are None where nothing
    is stated of the day.
    """

    earliest: date | None
    latest: date | None
    people: int


@dataclass(frozen=True)
class Month:
    """A month, by its first day: who certainly falls in it (None: nobody says), who may, what sources cover of it."""

    first: date
    count: int | None
    possible: int
    state: MonthState
    covered: tuple[Span, ...]

    @property
    def last(self) -> date:
        """Its last day."""
        return last_day(self.first)


def last_day(first: date) -> date:
    """The last day of the month that begins on this day."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def months_between(since: date, until: date) -> Iterator[date]:
    """The first day of each month from the one of `since` to the one of `until`."""
    first = since.replace(day=1)
    while first <= until:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def count_months(entries: Iterable[Entry], covered: Iterable[Span], since: date, until: date) -> list[Month]:
    """Each month from the one of `since` to the one of `until`.

    An entry is certain in the month that holds all of its possible days, and possible in every month that holds some
    of them: one that may fall in either of two is possible in both. A month without a certain entry is zero only
    where sources that count all cover every day of it; otherwise it is not stated.
    """
    known, spans = list(entries), list(covered)
    return [_month(first, known, spans) for first in months_between(since, until)]


def without_a_date(entries: Iterable[Entry]) -> int:
    """How many people are counted by entries of whose day nothing is stated: they stand in no month."""
    return sum(entry.people for entry in entries if _undated(entry))


def _month(first: date, entries: Sequence[Entry], covered: Sequence[Span]) -> Month:
    last = last_day(first)
    certain = [entry for entry in entries if _within(entry, first, last)]
    possible = sum(
        entry.people for entry in entries if _may_fall(entry, first, last) and not _within(entry, first, last)
    )
    stretches = _clipped(covered, first, last)
    whole = stretches == ((first, last),)
    if not certain:
        state = MonthState.ZERO if whole else MonthState.NOT_STATED
    elif whole or any(_speaks_for_the_month(entry) for entry in certain):
        state = MonthState.COUNTED
    else:
        state = MonthState.PARTLY
    stated = state != MonthState.NOT_STATED
    return Month(first, sum(entry.people for entry in certain) if stated else None, possible, state, stretches)


def _undated(entry: Entry) -> bool:
    return entry.earliest is None and entry.latest is None


def _within(entry: Entry, first: date, last: date) -> bool:
    return (
        entry.earliest is not None and entry.latest is not None and first <= entry.earliest and entry.latest <= last
    )


def _may_fall(entry: Entry, first: date, last: date) -> bool:
    return (
        not _undated(entry)
        and (entry.earliest is None or entry.earliest <= last)
        and (entry.latest is None or first <= entry.latest)
    )


def _speaks_for_the_month(entry: Entry) -> bool:
    if entry.earliest is None or entry.latest is None:
        return False
    return (entry.latest - entry.earliest).days >= SPEAKS_FOR_THE_MONTH


def _clipped(spans: Iterable[Span], first: date, last: date) -> tuple[Span, ...]:
    """What these spans cover of a month: stretches of days in order, none touching the next."""
    found: list[Span] = []
    for since, until in sorted(spans):
        begins, ends = max(since, first), min(until, last)
        if begins > ends:
            continue
        if found and begins <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def says_a_number(words: str) -> bool:
    """Whether a number stands in the words, in figures or spelled out: “more than 30”, “eight ambassadors”."""
    return bool(re.search(r"\d", words)) or not NUMBERS.isdisjoint(re.findall(r"[^\W\d_]+", words.lower()))
