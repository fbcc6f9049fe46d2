"""Counting by month: certain, possible, zero only under coverage, and not stated everywhere else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.counting import Entry, count_months, last_day, months_between, says_a_number, without_a_date
from investigations.vocabulary import MonthState

JANUARY, JUNE = date(2016, 1, 1), date(2016, 6, 30)
DAYS = st.dates(date(2015, 10, 1), date(2016, 9, 30))
PEOPLE = st.integers(0, 20)


@st.composite
def entries(draw):
    """An entry of any span, open ends included."""
    first, second = sorted([draw(DAYS), draw(DAYS)])
    return Entry(draw(st.sampled_from([first, None])), draw(st.sampled_from([second, None])), draw(PEOPLE))


@st.composite
def spans(draw):
    first, second = sorted([draw(DAYS), draw(DAYS)])
    return first, second


def only(entries_, covered=(), month=date(2016, 3, 1)):
    """The one month."""
    (found,) = count_months(entries_, covered, month, month)
    return found


def on(first, last=None, people=1):
    return Entry(date.fromisoformat(first), date.fromisoformat(last or first), people)


# --- What a month says ---


@pytest.mark.parametrize(
    ("entries_", "covered", "count", "possible", "state"),
    [
        ([], [], None, 0, "not_stated"),
        ([], [("2016-03-01", "2016-03-31")], 0, 0, "zero"),
        ([], [("2016-02-20", "2016-03-15"), ("2016-03-16", "2016-05-01")], 0, 0, "zero"),
        ([], [("2016-03-01", "2016-03-30")], None, 0, "not_stated"),
        ([], [("2016-03-01", "2016-03-14"), ("2016-03-16", "2016-03-31")], None, 0, "not_stated"),
        ([on("2016-03-11")], [], 1, 0, "partly"),
        ([on("2016-03-11")], [("2016-03-01", "2016-03-31")], 1, 0, "counted"),
        ([on("2016-03-01", "2016-03-31", 7)], [], 7, 0, "counted"),
        ([on("2016-03-16", "2016-03-31", 8), on("2016-03-14")], [], 9, 0, "counted"),
        ([on("2016-02-25", "2016-03-05", 3)], [], None, 3, "not_stated"),
        ([on("2016-02-25", "2016-03-05", 3)], [("2016-03-01", "2016-03-31")], 0, 3, "zero"),
        ([on("2016-03-11"), on("2016-01-01", "2016-12-31", 5)], [], 1, 5, "partly"),
        ([Entry(None, date(2016, 3, 2), 4)], [], None, 4, "not_stated"),
        ([Entry(date(2016, 3, 31), None, 4)], [], None, 4, "not_stated"),
        ([Entry(None, None, 4)], [], None, 0, "not_stated"),
    ],
)
def test_a_month_says_what_is_known_of_it_and_no_more(entries_, covered, count, possible, state):
    days = [tuple(map(date.fromisoformat, span)) for span in covered]
    found = only(entries_, days)
    assert (found.count, found.possible, found.state) == (count, possible, MonthState(state))


def test_what_is_covered_of_a_month_is_told_in_stretches_of_days():
    covered = [
        (date(2016, 3, 20), date(2016, 4, 2)),
        (date(2016, 2, 1), date(2016, 3, 4)),
        (JANUARY, date(2016, 3, 2)),
    ]
    assert only([], covered).covered == (
        (date(2016, 3, 1), date(2016, 3, 4)),
        (date(2016, 3, 20), date(2016, 3, 31)),
    )


def test_months_run_from_the_first_to_the_last_over_a_new_year():
    months = list(months_between(date(2015, 11, 30), date(2016, 2, 1)))
    assert months == [date(2015, 11, 1), date(2015, 12, 1), JANUARY, date(2016, 2, 1)]
    assert [last_day(month).day for month in months] == [30, 31, 31, 29]


def test_what_has_no_date_is_counted_in_no_month_and_told_apart():
    assert without_a_date([Entry(None, None, 4), on("2016-03-11"), Entry(None, JUNE, 2)]) == 4


# --- For every span ---


@given(st.lists(entries(), max_size=6), st.lists(spans(), max_size=3))
def test_nothing_is_zero_unless_every_day_of_the_month_is_covered(entries_, covered):
    for month in count_months(entries_, covered, JANUARY, JUNE):
        days = [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]
        whole = all(any(since <= day <= until for since, until in covered) for day in days)
        certain = any(
            one.earliest and one.latest and month.first <= one.earliest and one.latest <= month.last
            for one in entries_
        )
        assert (month.state == MonthState.ZERO) == (whole and not certain)
        assert (month.count is None) == (month.state == MonthState.NOT_STATED) == (not whole and not certain)


@given(entries())
def test_an_entry_is_certain_in_one_month_or_possible_in_each_that_its_days_reach(entry):
    months = count_months([entry], [], JANUARY, JUNE)
    certain = [month for month in months if month.count]
    possible = [month for month in months if month.possible]
    assert not (certain and possible)
    assert len(certain) <= 1
    for month in possible:
        assert entry.earliest is None or entry.earliest <= month.last
        assert entry.latest is None or month.first <= entry.latest


@given(st.lists(entries(), max_size=6), st.lists(spans(), max_size=3))
def test_nobody_is_lost_and_nobody_is_certain_twice(entries_, covered):
    first, last = date(2015, 1, 1), date(2017, 12, 31)
    months = count_months(entries_, covered, first, last)
    in_a_month = sum(
        one.people
        for one in entries_
        if one.earliest
        and one.latest
        and (one.earliest.year, one.earliest.month) == (one.latest.year, one.latest.month)
    )
    assert sum(month.count or 0 for month in months) == in_a_month


@given(st.lists(entries(), max_size=4), st.lists(spans(), max_size=3), st.randoms())
def test_the_order_of_entries_and_sources_says_nothing(entries_, covered, random):
    before = count_months(entries_, covered, JANUARY, JUNE)
    random.shuffle(entries_)
    random.shuffle(covered)
    assert count_months(entries_, covered, JANUARY, JUNE) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("more than 30 ambassadors", True),
        ("Eight ambassadors", True),
        ("twenty-one pilots", True),
        ("a dozen clerks", True),
        ("harbor pilots", False),
        ("somebody of the tenth floor", False),
        ("stone masons", False),
    ],
)
def test_words_that_say_a_number_are_known(words, says):
    assert says_a_number(words) is says
