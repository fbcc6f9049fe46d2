"""Fuzzy dates: every form that is read, every form that is refused, and that what is printed reads back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.dates import (
    MONTHS,
    PARTS,
    SEASONS,
    DateNotUnderstood,
    FuzzyDate,
    describe,
    display,
    falls_within,
    html_datetime,
    is_exact,
    overlaps,
    parse,
)


def span(words: str) -> tuple[str | None, str | None, str]:
    value = parse(words)
    return (
        value.earliest and value.earliest.isoformat(),
        value.latest and value.latest.isoformat(),
        value.edtf,
    )


@pytest.mark.parametrize(
    "words",
    [
        "14 April 2016",
        "April 14, 2016",
        "April 14 2016",
        "2016-04-14",
        "14 APRIL 2016",
        "  14   april\t2016 ",
        "Apr. 14, 2016",
        "14 Apr 2016",
        "14th of April 2016",
        "the 14th of April, 2016",
        "April 14th, 2016",
    ],
)
def test_a_day_is_read_in_every_order_newsrooms_use(words):
    assert span(words) == ("2016-04-14", "2016-04-14", "2016-04-14")


@pytest.mark.parametrize("words", ["Sept. 2016", "Sept 2016", "Sep. 2016", "September 2016", "2016-09"])
def test_a_month_is_all_its_days(words):
    assert span(words) == ("2016-09-01", "2016-09-30", "2016-09")


def test_the_words_are_kept_as_typed():
    assert parse(" 14 APR 2016 ").words == " 14 APR 2016 "


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "edtf"),
    [
        ("2016", "2016-01-01", "2016-12-31", "2016"),
        ("February 2016", "2016-02-01", "2016-02-29", "2016-02"),
        ("February 2015", "2015-02-01", "2015-02-28", "2015-02"),
        ("spring 2016", "2016-03-01", "2016-05-31", "2016-21"),
        ("Summer 2016", "2016-06-01", "2016-08-31", "2016-22"),
        ("fall of 2016", "2016-09-01", "2016-11-30", "2016-23"),
        ("autumn 2016", "2016-09-01", "2016-11-30", "2016-23"),
        ("early August 2016", "2016-08-01", "2016-08-10", "[2016-08-01..2016-08-10]"),
        ("mid-August 2016", "2016-08-11", "2016-08-20", "[2016-08-11..2016-08-20]"),
        ("mid August 2016", "2016-08-11", "2016-08-20", "[2016-08-11..2016-08-20]"),
        ("late August 2016", "2016-08-21", "2016-08-31", "[2016-08-21..2016-08-31]"),
        ("late February 2015", "2015-02-21", "2015-02-28", "[2015-02-21..2015-02-28]"),
        ("early 2016", "2016-01-01", "2016-04-30", "[2016-01..2016-04]"),
        ("mid-2016", "2016-05-01", "2016-08-31", "[2016-05..2016-08]"),
        ("late 2016", "2016-09-01", "2016-12-31", "[2016-09..2016-12]"),
        ("first half of April 2016", "2016-04-01", "2016-04-15", "[2016-04-01..2016-04-15]"),
        ("the second half of April 2016", "2016-04-16", "2016-04-30", "[2016-04-16..2016-04-30]"),
        ("second half of 2016", "2016-07-01", "2016-12-31", "[2016-07..2016-12]"),
        ("about 3 May 2016", "2016-04-30", "2016-05-06", "2016-05-03~"),
        ("circa May 2016", "2016-04-01", "2016-06-30", "2016-05~"),
        ("around January 2016", "2015-12-01", "2016-02-29", "2016-01~"),
        ("c. 1850", "1849-01-01", "1851-12-31", "1850~"),
        ("ca.1850", "1849-01-01", "1851-12-31", "1850~"),
        ("before 3 March 2016", None, "2016-03-02", "[..2016-03-02]"),
        ("before March 2016", None, "2016-02-29", "[..2016-02]"),
        ("before 2016", None, "2015-12-31", "[..2015]"),
        ("before spring 2016", None, "2016-02-29", "[..2016-02]"),
        ("after 3 March 2016", "2016-03-04", None, "[2016-03-04..]"),
        ("after March 2016", "2016-04-01", None, "[2016-04..]"),
        ("after fall 2016", "2016-12-01", None, "[2016-12..]"),
        ("between 3 and 5 May 2016", "2016-05-03", "2016-05-05", "[2016-05-03..2016-05-05]"),
        ("between May 3 and 5, 2016", "2016-05-03", "2016-05-05", "[2016-05-03..2016-05-05]"),
        ("between 2016-05-03 and 2016-05-05", "2016-05-03", "2016-05-05", "[2016-05-03..2016-05-05]"),
        ("between 28 April and 3 May 2016", "2016-04-28", "2016-05-03", "[2016-04-28..2016-05-03]"),
        ("between April 28 and May 3, 2016", "2016-04-28", "2016-05-03", "[2016-04-28..2016-05-03]"),
        ("between April and June 2016", "2016-04-01", "2016-06-30", "[2016-04..2016-06]"),
        ("between Dec. 2015 and Feb. 2016", "2015-12-01", "2016-02-29", "[2015-12..2016-02]"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31", "[2014..2016]"),
    ],
)
def test_a_form_means_this_span_and_this_edtf(words, earliest, latest, edtf):
    assert span(words) == (earliest, latest, edtf)


@pytest.mark.parametrize(
    "words", ["", "soon", "May", "3 May", "16 May 99", "0999", "early 3 May 2016", "spring", "about early 2016"]
)
def test_words_that_are_no_date_are_refused_with_forms_that_work(words):
    with pytest.raises(DateNotUnderstood, match=r"We can't read .*14 April 2016.*between 3 and 5 May 2016"):
        parse(words)


@pytest.mark.parametrize("words", ["01/02/2016", "1.2.2016", "14/04/2016", "01-02-2016"])
def test_figures_for_a_month_are_refused(words):
    with pytest.raises(DateNotUnderstood, match="Write the month as a word"):
        parse(words)


def test_winter_is_refused_because_it_may_be_either_end_of_the_year():
    with pytest.raises(DateNotUnderstood, match=r"either end of the year\. Write the months"):
        parse("winter 2016")


@pytest.mark.parametrize(
    "words", ["from 3 to 5 May 2016", "3–5 May 2016", "May 3-5, 2016", "April to June 2016", "2014-2016"]
)
def test_something_that_lasted_is_refused_and_asks_for_two_dates(words):
    with pytest.raises(DateNotUnderstood, match="Enter two dates"):
        parse(words)


@pytest.mark.parametrize("words", ["31 June 2016", "February 29, 2015", "2016-06-31", "between 3 and 32 May 2016"])
def test_a_day_that_does_not_exist_is_refused(words):
    with pytest.raises(DateNotUnderstood, match="has no day"):
        parse(words)


@pytest.mark.parametrize("words", ["2016-13", "2016-00-01"])
def test_a_month_that_does_not_exist_is_refused(words):
    with pytest.raises(DateNotUnderstood, match="There is no month"):
        parse(words)


@pytest.mark.parametrize("words", ["between 5 and 3 May 2016", "between December and January 2016"])
def test_a_between_that_runs_backward_is_refused(words):
    with pytest.raises(DateNotUnderstood, match="come after the first"):
        parse(words)


def test_a_between_of_unlike_ends_is_refused():
    with pytest.raises(DateNotUnderstood, match="Write both ends alike"):
        parse("between 3 May and June 2016")


@pytest.mark.parametrize("words", ["between May 3, 2016 and June 5", "between 3 and 5 2016"])
def test_a_between_without_its_last_year_or_month_is_refused(words):
    with pytest.raises(DateNotUnderstood):
        parse(words)


@pytest.mark.parametrize(
    "words", ["after 9999", "after December 31, 9999", "about 9999", "about 1000", "before 1000"]
)
def test_dates_outside_four_figure_years_are_refused(words):
    with pytest.raises(DateNotUnderstood, match="from the year 1000 to the year 9999"):
        parse(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2016-04-14", "April 14, 2016"),
        ("Sept 2016", "September 2016"),
        ("autumn 2016", "fall 2016"),
        ("mid August 2016", "mid-August 2016"),
        ("early 2016", "early 2016"),
        ("2nd half of April 2016", None),
        ("second half of April 2016", "second half of April 2016"),
        ("c. May 2016", "about May 2016"),
        ("before 3 March 2016", "before March 3, 2016"),
        ("after 2016", "after 2016"),
        ("between 3 and 5 May 2016", "between May 3 and 5, 2016"),
        ("between 1 and 10 August 2016", "between August 1 and 10, 2016"),
        ("some day from August 1 to 10, 2016", "early August 2016"),
        ("between 28 April and 3 May 2016", "between April 28 and May 3, 2016"),
        ("between 28 Dec 2015 and 3 Jan 2016", "between December 28, 2015, and January 3, 2016"),
        ("between April and June 2016", "between April and June 2016"),
        ("between Dec 2015 and Feb 2016", "between December 2015 and February 2016"),
        ("between 2014 and 2016", "between 2014 and 2016"),
    ],
)
def test_readers_see_american_newspaper_words(words, shown):
    if shown is None:
        with pytest.raises(DateNotUnderstood):
            parse(words)
    else:
        assert display(parse(words)) == shown


@pytest.mark.parametrize(
    ("words", "echo"),
    [
        ("14 April 2016", "April 14, 2016"),
        ("April 2016", "some day from April 1 to 30, 2016"),
        ("early August 2016", "some day from August 1 to 10, 2016"),
        ("spring 2016", "some day from March 1 to May 31, 2016"),
        ("about January 2016", "some day from December 1, 2015, to February 29, 2016"),
        ("before 3 March 2016", "some day before March 3, 2016"),
        ("after 2016", "some day after December 31, 2016"),
    ],
)
def test_the_writer_is_told_what_was_understood(words, echo):
    assert describe(parse(words)) == echo


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14 April 2016", "2016-04-14"),
        ("April 2016", "2016-04"),
        ("2016", "2016"),
        ("spring 2016", None),
        ("early April 2016", None),
        ("about 2016", None),
        ("before 2016", None),
    ],
)
def test_only_a_plain_date_goes_into_a_time_element(words, value):
    assert html_datetime(parse(words)) == value


def test_only_a_known_day_is_exact():
    assert is_exact(parse("14 April 2016"))
    assert not any(is_exact(parse(words)) for words in ("April 2016", "before 2016", "about 14 April 2016"))


def test_nothing_overlaps_a_range_that_runs_backward():
    assert not overlaps(parse("2016"), date(2016, 6, 2), date(2016, 6, 1))


days = st.dates(date(1001, 1, 1), date(9998, 12, 31))


@st.composite
def units(draw):
    day = draw(days)
    month = MONTHS[day.month]
    return draw(
        st.sampled_from([f"{day.day} {month} {day.year}", day.isoformat(), f"{month[:3]}. {day.year}", str(day.year)])
    )


@st.composite
def parts(draw):
    day = draw(days)
    whole = draw(st.sampled_from([str(day.year), f"{MONTHS[day.month]} {day.year}"]))
    return f"{draw(st.sampled_from(sorted(PARTS)))} {whole}"


@st.composite
def betweens(draw):
    first = draw(days)
    last = draw(st.dates(first, date(9998, 12, 31)).filter(lambda day: day > first))
    if draw(st.booleans()) and (first.year, first.month) < (last.year, last.month):
        return f"between {MONTHS[first.month]} {first.year} and {MONTHS[last.month]} {last.year}"
    return f"between {first.isoformat()} and {last.isoformat()}"


seasons = st.builds("{} {}".format, st.sampled_from(sorted(SEASONS)), st.integers(1001, 9998))
prefixed = st.builds("{} {}".format, st.sampled_from(["about", "before", "after"]), units())
words = st.one_of(units(), parts(), betweens(), seasons, prefixed)
values = words.map(parse)


def known(value: FuzzyDate) -> tuple[date | None, date | None]:
    return value.earliest, value.latest


@given(values)
def test_what_readers_see_reads_back_to_the_same_date(value):
    again = parse(display(value))
    assert (known(again), again.edtf) == (known(value), value.edtf)


@given(values)
def test_what_the_writer_is_told_reads_back_to_the_same_span(value):
    assert known(parse(describe(value))) == known(value)


@given(values)
def test_no_date_ends_before_it_begins(value):
    assert value.earliest is None or value.latest is None or value.earliest <= value.latest


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True))
def test_any_words_are_read_or_refused_in_a_sentence(typed):
    try:
        outcome = display(parse(typed))
    except DateNotUnderstood as refusal:
        outcome = str(refusal)
    assert outcome


base = date(2016, 3, 10)
near = st.none() | st.integers(0, 20).map(lambda count: base + timedelta(days=count))


@given(near, near, near, near)
def test_overlap_and_certainty_agree_with_counting_days(earliest, latest, start, end):
    if (earliest and latest and earliest > latest) or (earliest is latest is None):
        return
    horizon = [base + timedelta(days=count) for count in range(-30, 60)]
    possible = {day for day in horizon if (earliest or day) <= day <= (latest or day)}
    wanted = {day for day in horizon if (start or day) <= day <= (end or day)}
    value = FuzzyDate("", earliest, latest, "")
    assert overlaps(value, start, end) == bool(possible & wanted)
    assert falls_within(value, start, end) == (possible <= wanted)
