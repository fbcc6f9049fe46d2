"""Fuzzy dates agree with the strict bounds of the edtf package on the forms that both know."""

import calendar
import warnings
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from investigations import dates

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's own parser is built with names its library has retired
    from edtf import parse_edtf

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31))


def strict(text: str) -> tuple[date, date]:
    """The first and the last day of an EDTF text, by the package."""
    found = parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


def ours(words: str) -> tuple[dates.FuzzyDate, tuple[date | None, date | None]]:
    """Our reading, and its span."""
    value = dates.parse(words)
    return value, (value.earliest, value.latest)


@given(DAYS)
def test_days_months_and_years_have_the_packages_bounds(day):
    for words in (day.isoformat(), f"{calendar.month_name[day.month]} {day.year}", str(day.year)):
        value, span = ours(words)
        assert strict(value.edtf) == span


@given(st.integers(1000, 9998), st.sampled_from(["spring", "summer", "fall"]))
def test_seasons_have_the_packages_bounds(year, season):
    value, span = ours(f"{season} {year}")
    assert strict(value.edtf) == span


@given(DAYS, st.sampled_from(["early", "mid", "late", "first half of", "second half of"]))
def test_parts_of_a_month_are_one_of_their_days_to_the_package_too(day, part):
    value, span = ours(f"{part} {calendar.month_name[day.month]} {day.year}")
    assert strict(value.edtf) == span


@given(DAYS, st.integers(1, 400))
def test_one_of_two_days_and_those_between_has_the_packages_bounds(day, length):
    value, span = ours(f"between {day.isoformat()} and {(day + timedelta(days=length)).isoformat()}")
    assert strict(value.edtf) == span
