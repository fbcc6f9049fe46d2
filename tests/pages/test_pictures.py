"""Pictures as readers get them: words beside every mark, a table with the same numbers, files of their own."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from investigations.pages import paths, render
from investigations.pages.along import HEADER
from investigations.pages.pictures import Marked, known, month_words, months_view
from investigations.pages.story import EditionView, instant
from investigations.pages.tenures import office_view, offices_view, person_view
from investigations.pages.timeline import timeline_item, timeline_view

BASE = "/investigations/harbor/editions/1/"
SVG = "{http://www.w3.org/2000/svg}"
EDITION = EditionView(1, "First edition", instant(datetime(2017, 6, 14, tzinfo=UTC)), BASE, "0" * 64, True, False)
HOSTILE = '=1+1 <script>&"'


def month(state, count=None, possible=0, covered=()):
    return {"month": "2016-03", "count": count, "state": state, "possible": possible, "covered": list(covered)}


def chart(*months, counted="ambassadors"):
    return months_view({"counted": counted, "months": list(months)}, name="chart", base=BASE)


def when(earliest, latest=None, words="then"):
    return {"words": words, "earliest": earliest, "latest": latest or earliest, "edtf": ""}


def office(title, since=None, until=None, in_office=False):
    return {"title": title, "organization": "", "since": since, "until": until, "in_office": in_office}


# --- By month ---


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (month("counted", 9), "9"),
        (month("counted", 9, 3), "9, possibly 3 more"),
        (month("partly", 1), "1, rest not stated"),
        (month("partly", 1, 2), "1, possibly 2 more, rest not stated"),
        (month("zero", 0), "0"),
        (month("zero", 0, 2), "0, possibly 2"),
        (month("not_stated"), "not stated"),
        (month("not_stated", None, 2), "possibly 2, rest not stated"),
    ],
)
def test_a_month_is_told_in_words(found, words):
    assert month_words(found) == words


def test_what_is_known_of_a_month_names_the_days_that_a_source_covers():
    told = known(month("partly", 1, 2, [["2016-03-01", "2016-03-13"], ["2016-03-20", "2016-03-20"]]))
    assert told == (
        "Counted on single days; the rest of the month is not stated. 2 may fall in it or in another month."
        " A source counts all from March 1 to 13. A source counts all on March 20."
    )


def test_a_chart_without_what_it_knows_of_possible_and_covered_is_read_as_before():
    view = chart({"month": "2016-03", "count": 2, "state": "counted"})
    assert [[cell.words for cell in row] for row in view.rows] == [["March 2016", "2", "Counted."]]


def test_a_chart_says_of_what_and_from_when_to_when():
    last = {**month("zero", 0), "month": "2016-11"}
    assert chart(month("zero", 0), last).title == "Ambassadors by month, March to November 2016"
    assert (
        chart(month("zero", 0), {**last, "month": "2017-01"}).title
        == "Ambassadors by month, March 2016 to January 2017"
    )
    assert chart(month("zero", 0), counted="").title == "People by month, March 2016"


@pytest.mark.parametrize(
    ("first", "last", "order"),
    [
        (3, 3, ["closed", "March 2016"]),
        (15, 15, ["closed", "March 2016"]),
        (16, 16, ["March 2016", "closed"]),
        (1, 15, ["closed", "March 2016"]),
        (16, 31, ["March 2016", "closed"]),
    ],
)
def test_an_event_is_drawn_on_the_side_of_the_days_that_lie_before_and_after_it(first, last, order):
    event = Marked(date(2016, 3, first), date(2016, 3, last), "closed")
    view = months_view({"counted": "", "months": [month("zero", 0)]}, name="x", base=BASE, events=[event])
    lines = sorted(view.wide.words, key=lambda line: float(line.y))
    assert [line.text for line in lines if line.look in {"event", "label"}] == order
    assert [rule.look for rule in view.wide.rules].count("mark") == 2


@pytest.mark.parametrize(("first", "last"), [(1, 31), (15, 16), (10, 20)])
def test_an_event_of_which_the_half_of_the_month_is_not_known_is_no_rule_over_or_under_a_bar(first, last):
    event = Marked(date(2016, 3, first), date(2016, 3, last), "In March 2016: closed")
    view = months_view({"counted": "", "months": [month("zero", 0)]}, name="x", base=BASE, events=[event])
    assert "In March 2016: closed" in [line.text for line in view.wide.words]
    assert "mark" not in [rule.look for rule in view.wide.rules]


def test_the_table_says_an_event_in_the_row_of_its_month():
    event = Marked(date(2016, 3, 3), date(2016, 3, 3), "March 3, 2016: closed.")
    months = [month("counted", 2), {**month("counted", 1), "month": "2016-04"}]
    view = months_view({"counted": "", "months": months}, name="x", base=BASE, events=[event])
    assert [row[2].words for row in view.rows] == ["Counted. Marked: March 3, 2016: closed.", "Counted."]
    assert [cells[-1] for cells in view.cells] == [row[2].words for row in view.rows]


# --- Files ---


def files(view, notices=()):
    made = render.picture_files(view, f"The harbor {HOSTILE}", EDITION, notices, ["What it rests on."])
    return dict(made)


def test_a_picture_is_a_file_of_its_own_that_says_where_it_comes_from():
    drawn = files(chart(month("counted", 9), counted=HOSTILE), ["Wholly invented."])[f"{BASE}chart.svg"]
    root = ElementTree.fromstring(drawn.body)  # noqa: S314 - ours
    words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert drawn.content_type == "image/svg+xml; charset=utf-8"
    assert "Wholly invented." in words
    assert "What it rests on." in words
    assert f"{BASE}" in words.replace(" ", "")
    assert "June 13, 2017" in words
    assert root.find(f"{SVG}title").text.startswith("=1+1 <script>")


def test_a_picture_alone_is_legible_on_white_and_asks_for_nothing():
    drawn = files(chart(month("partly", 9, 2)))[f"{BASE}chart.svg"].body.decode()
    assert not re.search(r"style=|<style|<script|xlink|href|@import|url\((?!#)", drawn)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - ours
    for shape in root.iter():
        if shape.tag in {f"{SVG}rect", f"{SVG}text", f"{SVG}circle"}:
            assert shape.get("fill"), ElementTree.tostring(shape)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_the_table_as_a_file_has_the_same_numbers_and_runs_nothing():
    table = files(chart(month("not_stated"), counted=HOSTILE), ["@notice"])[f"{BASE}chart.csv"].body.decode(
        "utf-8-sig"
    )
    header, row = table.splitlines()
    assert header == "month,counted,number,possibly_more,what_is_known,edition,notice"
    assert row.startswith('2016-03,"\'=1+1 <script>&""",,,Not stated.,http')
    assert row.endswith(f"{BASE},'@notice")


@pytest.mark.parametrize(
    ("found", "cells"),
    [
        (month("counted", 9), ("9", "0")),
        (month("zero", 0), ("0", "0")),
        (month("counted", 9, 3), ("9", "3")),
        (month("partly", 1), ("1", "")),
        (month("partly", 1, 2), ("1", "2")),
        (month("not_stated"), ("", "")),
        (month("not_stated", None, 2), ("", "2")),
    ],
)
def test_no_zero_stands_in_the_file_where_a_month_is_not_stated(found, cells):
    (row,) = chart(found).cells
    assert row[2:4] == cells


# --- Along an axis of days ---


def test_a_timeline_stands_in_the_order_of_days_and_says_what_is_not_known():
    items = [
        timeline_item(None, "an undated visit", "document"),
        timeline_item(when("2016-05-01", "2016-05-31", "May 2016"), "a visit", "document", href="/meetings/x/"),
        timeline_item(when("2016-04-01", words="April 1, 2016"), "the harbor is closed", "event", event=True),
    ]
    view = timeline_view(items, name="timeline", title="Timeline", base=BASE)
    assert [(row[0].words, row[1].words) for row in view.rows] == [
        ("the harbor is closed", "April 1, 2016"),
        ("a visit", "May 2016"),
        ("an undated visit", "Date not stated"),
    ]
    assert [cells[2:4] for cells in view.cells] == [
        ("2016-04-01", "2016-04-01"),
        ("2016-05-01", "2016-05-31"),
        ("", ""),
    ]
    assert view.rows[1][0].href == "/meetings/x/"
    assert [cells[-1] for cells in view.cells] == ["", paths.absolute("/meetings/x/"), ""]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (
            office("pilot", when("2010-01-01", words="2010"), when("2012-01-01", words="2012")),
            "Pilot, from 2010 to 2012",
        ),
        (office("pilot", when("2010-01-01", words="2010")), "Pilot, from 2010, end not stated"),
        (office("pilot", None, None, True), "Pilot, beginning not stated, in office at publication"),
        (office("pilot"), "Pilot, dates not stated"),
    ],
)
def test_an_office_is_told_with_what_is_stated_of_its_days(role, words):
    assert office_view(role).words == words


def test_offices_without_any_date_are_in_the_table_and_not_drawn():
    person = {"key": "k", "name": "Lee Sample", "sort_name": "Sample", "description": ""}
    dated, undated = office("pilot", when("2010-01-01", words="2010")), office("lobbyist")
    until = datetime(2017, 6, 14, tzinfo=UTC).date()
    one = person_view({**person, "roles": [dated, undated]})
    view = offices_view([one], name="offices", base=BASE, until=until)
    assert [row[0].words for row in view.rows] == ["Pilot", "Lobbyist"]
    assert "obbyist" not in " ".join(line.text for line in view.wide.words)
    assert offices_view([person_view({**person, "roles": [undated]})], name="x", base=BASE, until=until) is None


def test_the_file_of_offices_has_the_first_and_last_possible_day_of_each_end():
    held = office("pilot", when("2016-03-01", "2016-05-31", words="spring 2016"))
    person = person_view({"key": "k", "name": "Lee Sample", "sort_name": "", "description": "", "roles": [held]})
    view = offices_view([person], name="offices", base=BASE, until=date(2017, 6, 14))
    (cells,) = view.cells
    told = dict(zip(view.header, cells, strict=True))
    assert (told["since"], told["until"]) == ("spring 2016", "not stated")
    assert (told["since_earliest"], told["since_latest"]) == ("2016-03-01", "2016-05-31")
    assert (told["until_earliest"], told["until_latest"]) == ("", "")


def test_columns_of_files_are_named_like_those_of_other_downloads():
    item, held = timeline_item(None, "x", "y"), office("pilot", when("2010-01-01", words="2010"))
    person = person_view({"key": "k", "name": "Lee Sample", "sort_name": "", "description": "", "roles": [held]})
    views = [
        chart(month("zero", 0)),
        timeline_view([item], name="timeline", title="Timeline", base=BASE),
        offices_view([person], name="offices", base=BASE, until=date(2017, 6, 14)),
    ]
    names = [*(name for view in views for name in view.header), *HEADER]
    assert [name for name in names if not re.fullmatch("[a-z]+(_[a-z]+)*", name)] == []
    documented = (Path(__file__).resolve().parents[2] / "docs" / "pictures.md").read_text()
    assert [name for name in names if f"`{name}`" not in documented] == []
