"""Fuzzy dates as readers see them."""

import pytest

from investigations.pages.dating import DateView, date_behind
from investigations.pages.investigation import CountedItem
from investigations.pages.meeting import meeting_view

HALF = "second half of April 2016"


@pytest.mark.parametrize(
    ("title", "when", "behind"),
    [
        ("Meetings with six ambassadors, June 2016", "June 2016", ""),
        (f"Meetings, {HALF}", HALF, ""),
        ("Meetings in June 2016", "June 2016", ""),
        ("A dinner on June 2, 2016", "June 2, 2016", ""),
        (f"Meetings, {HALF}", "April 2016", ", April 2016"),
        ("A dinner, 2 June 2016", "June 2016", ", June 2016"),
        ("A dinner", "June 2016", ", June 2016"),
        ("A dinner, June 2016", "July 2016", ", July 2016"),
        ("A dinner", "date not stated", ", date not stated"),
    ],
)
def test_a_date_stands_once_behind_what_ends_in_it(title, when, behind):
    assert date_behind(title, DateView(when, "")) == behind
    assert CountedItem(title, DateView(when, ""), 1, "/").date_behind == behind


@pytest.mark.parametrize(
    ("title", "named"), [("Talks, June 2016", "Talks, June 2016"), ("Talks", "Talks, June 2016")]
)
def test_a_citation_of_a_meeting_has_its_date_once(title, named):
    when = {"words": "June 2016", "earliest": "2016-06-01", "latest": "2016-06-30"}
    entry = {"kind": "meeting", "established": "document", "place": "", "locator": "", "description": "", "key": "k"}
    entry |= {"title": title, "when": when, "source": None, "relay": None, "attendances": []}
    assert meeting_view(entry).named == named
