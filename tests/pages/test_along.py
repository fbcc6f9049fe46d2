"""A person's offices and moments along one axis."""

from datetime import date

from investigations.pages.along import MOST, Along, along
from investigations.pages.offices import offices

MARCH = {"words": "March 3, 2016", "earliest": "2016-03-03", "latest": "2016-03-03"}
OFFICE = {"title": "harbor master", "organization": None, "since": MARCH, "until": None, "in_office": True}
TALK = Along("June 2016", "Talk at the pier", date(2016, 6, 1), date(2016, 6, 30))
NOWHERE = Along("not stated", "Dinner", None, None)


def words(view):
    return " ".join(line.text for line in view.wide.words)


def test_offices_and_moments_are_drawn_with_their_words():
    view = along("Lee Sample", offices([OFFICE]), [TALK], until=date(2017, 3, 2))
    assert "Harbor master" in words(view)
    assert "Talk at the pier" in words(view)
    office = "harbor master, since March 3, 2016, and still when this was published"
    assert view.summary == f"{office}; June 2016: Talk at the pier."


def test_one_thing_alone_is_no_picture():
    assert along("Lee Sample", (), [TALK], until=None) is None


def test_what_has_no_date_is_not_drawn():
    assert along("Lee Sample", (), [TALK, NOWHERE], until=None) is None
    later = Along("July 2016", "Walk", date(2016, 7, 1), date(2016, 7, 31))
    assert "Dinner" not in words(along("Lee Sample", (), [TALK, NOWHERE, later], until=None))


def test_of_very_many_the_first_are_drawn():
    many = [Along(f"{year}", f"Meeting {year}", date(year, 1, 1), date(year, 12, 31)) for year in range(1950, 2010)]
    drawn = words(along("Lee Sample", (), many, until=None))
    assert f"Meeting {1950 + MOST - 1}" in drawn
    assert f"Meeting {1950 + MOST}" not in drawn
