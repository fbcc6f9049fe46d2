"""Fuzzy dates as readers see them."""

import re
from dataclasses import dataclass
from typing import Any

from investigations import dates


@dataclass(frozen=True)
class DateView:
    """A fuzzy date in words, and for machines only if it is exact to a day, month or year."""

    words: str
    machine: str


def date_view(date: dict[str, Any] | None, missing: str = "date not stated") -> DateView:
    """A projected date; `missing` in its place when nothing is stated."""
    if not date:
        return DateView(missing, "")
    return DateView(date["words"], dates.html_datetime(dates.parse(date["words"])) or "")


def date_behind(what: str, when: DateView) -> str:
    """What follows `what` to say its date: a comma and the date, or nothing where it ends in that date already."""
    ends_in_it = re.search(rf"(,| in| on) {re.escape(when.words)}$", what, re.IGNORECASE)
    return "" if ends_in_it else f", {when.words}"
