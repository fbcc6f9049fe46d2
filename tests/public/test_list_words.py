"""What a list says around its rows: how much there is, what is wrong with a question, the way back."""

import re

import pytest

from investigations.public import listing
from investigations.record.models import MeetingRow
from tests.public.index_rows import attend, count, facet, meeting_row, quote_row


def said(client, name: str, address: str = "", **questions) -> str:
    """The page of a list, or of what its address says."""
    answer = client.get(address or f"/{name}/", None if address else questions)
    assert answer.status_code == 200
    return answer.content.decode()


def status(html: str) -> str:
    """What is said of the answer."""
    return re.findall(r'<p role="status" class="counted">(.*?)</p>', html)[0]


def pages(client, name: str, **questions) -> list[str]:
    """Every page of a list."""
    read = [said(client, name, **questions)]
    while following := re.search(r'href="(\?[^"]*)" rel="next"', read[-1]):
        read.append(said(client, name, f"/{name}/{following[1].replace('&amp;', '&')}"))
    return read


@pytest.fixture
def five(db, monkeypatch):
    """Five meetings, two on a page; somebody at three of them."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    for n in range(5):
        row = meeting_row(f"m{n}", f"March {n + 1}, 2016", kind="dinner" if n < 4 else "speech")
        if n < 3:
            attend(row, "alba")
        attend(row, "brook")
    count()


# How much there is.


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ({}, ["The first 2 of 5 meetings.", "The next 2 of 5 meetings.", "The last of 5 meetings."]),
        ({"person": "alba"}, ["The first 2 of 3 meetings.", "The last of 3 meetings."]),
        ({"person": "brook", "kind": "dinner"}, ["The first 2 of 4 meetings.", "The last 2 of 4 meetings."]),
        ({"since": "2016-03-03"}, ["The first 2 of 3 meetings.", "The last of 3 meetings."]),
        ({"kind": "speech"}, ["1 meeting."]),
    ],
    ids=str,
)
def test_each_page_says_how_much_answers_in_all(five, client, questions, told):
    assert [status(page) for page in pages(client, "meetings", **questions)] == told


def test_beyond_a_bound_it_says_that_there_is_more(five, client, monkeypatch):
    monkeypatch.setattr(listing, "TOTALED_TO", 2)
    asked = {"person": "brook", "since": "2016-01-01"}
    assert status(said(client, "meetings", **asked)) == "The first 2 of more than 2 meetings."
    assert status(said(client, "meetings", person="brook")) == "The first 2 of 5 meetings."


def test_what_would_take_too_long_to_count_is_not_counted(five, client, monkeypatch):
    monkeypatch.setattr(listing, "_total", lambda chosen: None)
    told = [status(page) for page in pages(client, "meetings", person="alba")]
    assert told == ["The first 2 meetings, and more on the next page.", "The last meeting."]


def test_no_total_counts_what_sources_said_who_are_not_named(db, client, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    for n in range(4):
        row = quote_row(
            f"q{n}", f"March {n + 1}, 2016", **({"work": "story:one", "terms": "background"} if n else {})
        )
        facet(row, "story", "one", counted=not row.work)
    count()
    others = "what sources said who are not named"
    assert [status(page) for page in pages(client, "quotes")] == [
        f"The first of 1 quote by name, and of {others}.",
        f"The last of 1 quote by name, and of {others}.",
    ]
    assert status(said(client, "quotes", terms="background")) == f"The first of {others}."
    assert status(said(client, "quotes", terms="background", since="2016-03-03")) == f"W{others[1:]}."


def test_a_place_behind_the_last_row_says_so(five, client):
    told = said(client, "meetings", after="2030-01-01.x")
    assert status(told) == "Nothing comes behind this place."
    assert '<a href="/meetings/">From the beginning</a>' in told


def test_from_a_later_page_one_gets_back_to_the_first_with_the_same_questions(five, client):
    first, second = pages(client, "meetings", person="alba")
    assert "From the beginning" not in first
    assert '<a href="/meetings/?person=alba">From the beginning</a>' in second
    assert '<a href="/meetings/">From the beginning</a>' in pages(client, "meetings")[1]


# Who came.


@pytest.mark.parametrize(
    ("named", "headcount", "told"),
    [
        ({"alba": "came"}, 4, "Robin Alba</a>, and others who are not named, counted as 3</p>"),
        ({"alba": "came"}, 2, "Robin Alba</a>, and one who is not named</p>"),
        ({"alba": "came"}, 1, "Robin Alba</a></p>"),
        ({"alba": "disputed"}, 1, "(coming disputed), and one who is not named</p>"),
        ({}, 3, "<p>people who are not named, counted as 3</p>"),
    ],
    ids=str,
)
def test_a_meeting_says_how_many_came_who_are_not_named(db, client, named, headcount, told):
    row = meeting_row("one", "March 2016", headcount=headcount)
    for person, presence in named.items():
        attend(row, person, presence)
    count()
    label = row.attendances.first().get_presence_display().lower() if named else ""
    assert told.replace("coming disputed", label) in said(client, "meetings")


# What is wrong with a question.


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ({"person": "nonsense"}, "Nobody of this key is in this list."),
        ({"organization": "nonsense"}, "No body of this key is in this list."),
        ({"investigation": "nonsense"}, "No investigation of this key is in this list."),
        ({"kind": "séance"}, "“séance” is none of these: choose one of them."),
        ({"stance": "x"}, "“x” is none of these: choose one of them."),
        ({"q": "a" * 401}, "Type at most 400 letters and figures."),
        ({"since": "2016-03-02", "until": "2016-03-01"}, "“From” is later than “To”."),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_question_stands_at_it_in_plain_words(five, client, questions, told):
    html = said(client, "meetings", **questions)
    name = next(iter(questions))
    assert f'<p class="error" id="id_{name}_error">{told}</p>' in html
    assert "Nothing was looked for" in status(html)


def test_one_day_is_no_reversed_span(five, client):
    assert status(said(client, "meetings", since="2016-03-02", until="2016-03-02")) == "1 meeting."


def test_a_list_says_which_questions_it_does_not_have(five, client):
    html = said(client, "meetings", disputed="on", kind="speech")
    assert status(html) == "This list has no question “disputed”: it was left out. 1 meeting."
    assert "disputed=on" not in html
    hostile = said(client, "meetings", **{"<b>" + "x" * 90: "1"})
    assert "“&lt;b&gt;" in status(hostile)
    assert "x" * 50 not in hostile


@pytest.mark.parametrize("name", ["utm_source", "fbclid", "gclid", "after"])
def test_what_other_sites_add_to_an_address_is_no_question(five, client, name):
    assert "no question" not in said(client, "meetings", **{name: "x"})
    assert client.get("/meetings.csv", {name: "x"}).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "zip"])
def test_a_download_with_a_question_that_the_list_does_not_have_is_refused(five, client, ending):
    answer = client.get(f"/meetings.{ending}", {"disputed": "on", "kind": "speech"})
    assert answer.status_code == 400
    assert "This list has no question “disputed”" in answer.content.decode()
    assert "Content-Disposition" not in answer


def test_a_refused_download_leads_to_its_questions_in_the_list(five, client):
    html = client.get("/meetings.csv", {"person": "nonsense"}).content.decode()
    (again,) = re.findall(r'href="([^"]*)" rel="nofollow">These questions in the list', html)
    assert "Nobody of this key" in said(client, "meetings", again)


# What emptied an answer.


def test_questions_that_find_nothing_by_themselves_are_named_and_no_others(five, client):
    asked = {"person": "alba", "kind": "dinner", "in_dispute": "on", "established": "photo"}
    assert MeetingRow.objects.filter(role_in_dispute=True).count() == 0
    del asked["established"]
    told = status(said(client, "meetings", **asked, q="zzzz"))
    assert "“With the words: zzzz” finds nothing by itself." in told
    assert "“Role in dispute” finds nothing by itself." in told
    assert told.count("finds nothing by itself") == 2
    assert "none either" not in told
