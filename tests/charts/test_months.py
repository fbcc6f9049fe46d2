"""Charts by month: every value is said, nothing is drawn outside, what is not known looks unlike what is."""

from hypothesis import given
from hypothesis import strategies as st

from investigations.charts.months import MonthBar, months_chart
from investigations.charts.shapes import NARROW, WIDE, Meaning
from tests.charts.drawn import faults, said

MEANING = Meaning("counted", "may fall in this month", "not stated")
LAYOUTS = st.sampled_from([NARROW, WIDE])
WORDS = st.text(st.characters(codec="ascii", exclude_characters="\n\r\t\x0b\x0c"), min_size=1, max_size=60)


@st.composite
def bars(draw):
    certain, possible = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    words = str(certain) + (f", possibly {possible} more" if possible else "")
    events = [tuple(draw(st.lists(WORDS, max_size=2))) for _ in range(3)]
    return MonthBar("September", certain, possible, draw(st.booleans()), words, *events)


def bar(certain, possible=0, *, stated=True, words=""):
    return MonthBar("May", certain, possible, stated, words or str(certain))


def looks(*given_):
    chart = months_chart(given_, MEANING, NARROW)
    return [box.look for box in chart.boxes if box.x != "0.00%"]


@given(st.lists(bars(), max_size=14), LAYOUTS)
def test_nothing_is_drawn_outside_and_every_value_is_said(given_, layout):
    chart = months_chart(given_, MEANING, layout)
    assert faults(chart) == []
    for one in given_:
        assert one.words in said(chart)


@given(st.lists(bars(), min_size=1, max_size=8), LAYOUTS)
def test_bars_are_as_long_as_their_numbers_are_large(given_, layout):
    chart = months_chart(given_, MEANING, layout)
    solid = {}
    for box in chart.boxes:
        if box.look == "certain" and box.x != "0.00%":
            solid[float(box.y)] = float(box.width[:-1])
    numbers = [one.certain for one in given_ if one.certain]
    widths = [solid[y] for y in sorted(solid)]
    pairs = list(zip(widths, numbers, strict=True))
    assert all((a < b) <= (one < other) for a, one in pairs for b, other in pairs)


def test_zero_has_no_bar_and_no_box():
    assert looks(bar(0), bar(3)) == ["certain"]


def test_what_nobody_states_is_a_dashed_box_and_not_the_place_of_a_zero():
    assert looks(bar(0, stated=False, words="not stated")) == ["unknown"]


def test_what_is_stated_in_part_is_a_bar_with_a_dashed_box_behind_it():
    chart = months_chart([bar(1, stated=False, words="1, rest not stated"), bar(9)], MEANING, NARROW)
    (certain, unknown, _) = [box for box in chart.boxes if box.x != "0.00%"]
    assert (certain.look, unknown.look) == ("certain", "unknown")
    assert float(unknown.x[:-1]) == float(certain.x[:-1]) + float(certain.width[:-1])


def test_what_is_possible_is_hatched_behind_what_is_certain():
    assert looks(bar(2, 3)) == ["certain", "possible"]
    assert months_chart([bar(2, 3)], MEANING, NARROW).hatched


def test_solid_bars_alone_need_no_legend():
    assert said(months_chart([bar(2), bar(0)], MEANING, NARROW)) == "May 2 May 0"
    assert said(months_chart([bar(2), bar(0, stated=False)], MEANING, NARROW)).startswith("counted not stated May")


def test_an_event_stands_on_the_side_of_the_bar_on_which_its_half_of_the_month_lies():
    month = MonthBar("May", 1, 0, True, "1", early=("May 4: closed",), late=("May 30: opened",))
    assert (
        said(months_chart([bar(3), month, bar(2)], MEANING, WIDE)) == "May 3 May 4: closed May 1 May 30: opened May 2"
    )


def test_an_event_of_a_day_that_nobody_knows_is_said_at_the_bar_and_no_rule_takes_a_side():
    month = MonthBar("May", 1, 0, True, "1", within=("In May: closed",))
    chart = months_chart([month, bar(2)], MEANING, WIDE)
    assert said(chart) == "May 1 In May: closed May 2"
    assert [rule for rule in chart.rules if rule.look == "mark"] == []
    assert chart.dots == ()


def test_no_figure_has_a_decimal_comma(settings):
    settings.LANGUAGE_CODE = "de"
    chart = months_chart([bar(1), bar(7)], MEANING, WIDE)
    assert "," not in "".join(box.width + box.x + box.y for box in chart.boxes)
