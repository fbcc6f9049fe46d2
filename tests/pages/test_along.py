"""A person's offices and moments along one axis."""

from datetime import date

from investigations.pages.along import MOST, Along, along
from investigations.pages.offices import offices

BASE = "/people/k/"
MARCH = {"words": "March 3, 2016", "earliest": "2016-03-03", "latest": "2016-03-03"}
OFFICE = {"title": "harbor master", "organization": None, "since": MARCH, "until": None, "in_office": True}


def make_moment(when, what, earliest, latest):
    """Somewhere that a record puts somebody."""
    return Along(when, what, earliest, latest, "on record", what, "", False, "A document", "/meetings/m/")


TALK = make_moment("June 2016", "Talk at the pier", date(2016, 6, 1), date(2016, 6, 30))
NOWHERE = make_moment("not stated", "Dinner", None, None)


def drawn(offices_, moments, until=None):
    return along("Lee Sample", offices_, moments, base=BASE, until=until)


def words(view):
    return " ".join(line.text for line in view.wide.words)


def test_offices_and_moments_are_drawn_with_their_words():
    view = drawn(offices([OFFICE]), [TALK], date(2017, 3, 2))
    assert "Harbor master" in words(view)
    assert "Talk at the pier" in words(view)
    office = "harbor master, since March 3, 2016, and still when this was published"
    assert view.summary == f"{office}; June 2016: Talk at the pier."


def test_one_thing_alone_is_no_picture():
    assert drawn((), [TALK]) is None


def test_what_has_no_date_is_not_drawn_and_is_in_the_file():
    assert drawn((), [TALK, NOWHERE]) is None
    later = make_moment("July 2016", "Walk", date(2016, 7, 1), date(2016, 7, 31))
    view = drawn((), [TALK, NOWHERE, later])
    assert "Dinner" not in words(view)
    assert [cells[1] for cells in view.cells] == ["Talk at the pier", "Dinner", "Walk"]
    assert view.undated == 1


def test_of_very_many_the_first_are_drawn_and_all_are_in_the_file():
    years = range(1950, 2010)
    many = [make_moment(f"{year}", f"Meeting {year}", date(year, 1, 1), date(year, 12, 31)) for year in years]
    view = drawn((), many)
    assert f"Meeting {1950 + MOST - 1}" in words(view)
    assert f"Meeting {1950 + MOST}" not in words(view)
    assert (view.drawn, view.dated, len(view.cells)) == (MOST, 60, 60)


def test_the_file_has_the_first_and_last_day_of_each_end_of_an_office():
    spring = {"words": "spring 2016", "earliest": "2016-03-01", "latest": "2016-05-31"}
    office, talk = drawn(offices([{**OFFICE, "since": spring, "in_office": False}]), [TALK]).cells
    columns = drawn(offices([OFFICE]), [TALK]).header
    told = dict(zip(columns, office, strict=True))
    assert (told["kind"], told["what"], told["since_earliest"], told["since_latest"], told["until_latest"]) == (
        "office",
        "harbor master",
        "2016-03-01",
        "2016-05-31",
        "",
    )
    told = dict(zip(columns, talk, strict=True))
    assert (told["kind"], told["earliest"], told["latest"]) == ("on record", "2016-06-01", "2016-06-30")
    assert told["address"].startswith("http")
