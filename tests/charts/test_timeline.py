"""Timelines and offices: days where they are known, spans where they are not, and nothing outside."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigations.charts.axis import axis_of
from investigations.charts.roles import HELD, THEN, role_bars
from investigations.charts.shapes import NARROW, WIDE, Meaning
from investigations.charts.timeline import Heading, Moment, Tenure, timeline
from tests.charts.drawn import faults, said

MEANING = Meaning("held", "some day in this span", "date not stated")
LAYOUTS = [NARROW, WIDE]
DAYS = st.one_of(st.none(), st.dates(date(1000, 1, 1), date(9999, 12, 31)))
MAY, JUNE, JULY, AUGUST = (date(2016, month, 1) for month in (5, 6, 7, 8))


@st.composite
def in_order(draw, number):
    """So many days, each known or not, the known ones in order."""
    days = [draw(DAYS) for _ in range(number)]
    known = iter(sorted(day for day in days if day))
    return [next(known) if day else None for day in days]


@st.composite
def rows(draw):
    kind = draw(st.sampled_from(["moment", "tenure", "heading"]))
    words = draw(st.text("abc ", min_size=1, max_size=120)).strip() or "x"
    if kind == "heading":
        return Heading(words)
    if kind == "moment":
        return Moment("in May", words, *draw(in_order(2)), event=draw(st.booleans()))
    days = draw(in_order(4))
    lasting = days[2] is None and days[3] is None and draw(st.booleans())
    return Tenure("in May", words, *days, lasting=lasting)


def tenure(*days, lasting=False):
    return Tenure("since then", "harbor master", *days, lasting=lasting)


def looks(*given_, until=AUGUST):
    """What is drawn of these rows beside the legend."""
    picture = timeline(given_, MEANING, NARROW, until=until)
    lanes = [box for box in picture.boxes if box.height == "12" and float(box.y) > 60]
    return [(box.look) for box in sorted(lanes, key=lambda box: float(box.x[:-1]))], [
        dot.look for dot in picture.dots
    ]


@given(st.lists(rows(), max_size=8), st.sampled_from(LAYOUTS), DAYS)
def test_nothing_is_drawn_outside_and_all_words_are_said(given_, layout, until):
    picture = timeline(given_, MEANING, layout, until=until)
    assert faults(picture) == []
    told = said(picture).replace(" ", "")
    for row in given_:
        assert row.what.replace(" ", "") in told


@pytest.mark.parametrize("layout", LAYOUTS)
@given(days=st.lists(st.dates(date(1000, 1, 1), date(9999, 12, 31)), min_size=1, max_size=4))
def test_the_names_of_days_stand_beside_each_other_and_none_over_another(layout, days):
    axis = axis_of(days, layout.lanes)
    ticks = axis.ticks(layout)
    assert all(left.ends < right.begins for left, right in pairwise(ticks))
    assert all(tick.begins >= 0 and tick.ends <= 100 for tick in ticks)
    assert all(axis.at(day) <= axis.at(day + timedelta(days=1)) for day in days if day < date(9999, 12, 31))


def test_a_day_is_a_dot_and_a_span_of_days_is_hatched():
    day, span = Moment("June 1", "a visit", JUNE, JUNE), Moment("June or July", "a visit", JUNE, JULY)
    assert looks(day) == ([], ["certain"])
    assert looks(span) == (["possible"], [])


def test_a_date_that_nobody_states_is_a_dashed_box():
    assert looks(Moment("date not stated", "a visit", None, None)) == (["unknown"], [])


def test_an_open_end_reaches_the_edge():
    picture = timeline([Moment("before June", "a visit", None, JUNE)], MEANING, NARROW, until=AUGUST)
    assert [box.x for box in picture.boxes if box.look == "possible"][-1] == "0.00%"


def test_an_event_is_a_ring_and_a_line_through_the_lanes():
    picture = timeline(
        [Moment("June 1", "closed", JUNE, JUNE, event=True), Moment("July", "x", JULY, JULY)], MEANING, WIDE
    )
    assert [dot.look for dot in picture.dots] == ["mark", "certain"]
    assert len([rule for rule in picture.rules if rule.look == "mark"]) == 2


@pytest.mark.parametrize(
    ("days", "lasting", "drawn", "dots"),
    [
        ((MAY, MAY, JULY, JULY), False, ["certain"], []),
        ((MAY, JUNE, JULY, JULY), False, ["possible", "certain"], []),
        ((MAY, MAY, JUNE, JULY), False, ["certain", "possible"], []),
        ((None, MAY, JULY, JULY), False, ["possible", "certain"], []),
        ((MAY, MAY, None, None), False, ["unknown"], ["certain"]),
        ((MAY, JUNE, None, None), False, ["possible", "unknown"], []),
        ((None, MAY, None, None), False, ["possible", "unknown"], []),
        ((MAY, MAY, None, None), True, ["certain"], []),
        ((None, None, None, None), True, ["unknown"], ["certain"]),
        ((None, None, JULY, JULY), False, ["unknown"], []),
        ((None, None, None, None), False, ["unknown"], []),
        ((MAY, JULY, JUNE, AUGUST), False, ["possible", "possible"], []),
    ],
)
def test_an_office_is_solid_only_where_it_was_certainly_held(days, lasting, drawn, dots):
    assert looks(tenure(*days, lasting=lasting)) == (drawn, dots)


def test_offices_stand_under_the_name_of_who_held_them_if_there_are_several():
    held = tenure(MAY, MAY, JULY, JULY)
    assert said(role_bars([("Lee Sample", [held])], WIDE)).count("Lee Sample") == 0
    both = said(role_bars([("Lee Sample", [held]), ("Robin Example", [held])], WIDE))
    assert both.index("Lee Sample") < both.index("harbor master") < both.index("Robin Example")


def test_what_took_place_stands_along_the_axis_of_the_offices():
    visit = Moment("June 1", "a visit", JUNE, JUNE)
    picture = role_bars([("Lee Sample", [tenure(MAY, MAY, JULY, JULY)])], NARROW, [visit])
    assert [dot.look for dot in picture.dots] == ["certain"]
    assert said(picture).endswith("a visit June 1")


def test_the_legend_says_what_hatching_means_of_an_office_and_what_of_a_meeting_where_both_are_hatched():
    sure, unsure = tenure(MAY, MAY, JULY, JULY), tenure(MAY, JUNE, JULY, JULY)
    day, span = Moment("June 1", "a visit", JUNE, JUNE), Moment("June", "a visit", JUNE, JULY)
    told = [
        [means.possible in said(role_bars([("Lee Sample", [office])], WIDE, [moment])) for means in (HELD, THEN)]
        for office in (sure, unsure)
        for moment in (day, span)
    ]
    assert told == [[False, False], [False, True], [True, False], [True, True]]
