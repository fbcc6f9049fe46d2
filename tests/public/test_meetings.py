"""The list of meetings: its questions, its pages, its speed."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations import dates
from investigations.public.free_text import PAGE_SIZE
from investigations.record.models import FacetRow, MeetingRow
from investigations.record.models.entries import UNDATED
from tests.public.index_rows import attend, count, meeting_row


def keys(answer) -> list[str]:
    """The meetings on the page, in order."""
    return re.findall(r'href="/meetings/(\w+)/"', answer.content.decode())


def ask(client, **questions) -> list[str]:
    """The meetings that answer these questions."""
    answer = client.get("/meetings/", questions)
    assert answer.status_code == 200
    return keys(answer)


@pytest.fixture
def spring(db):
    """Meetings with every kind of date."""
    meeting_row("april", "April 14, 2016", kind="speech")
    meeting_row("earlyaugust", "early August 2016")
    meeting_row("september", "September 2016", role_in_dispute=True)
    meeting_row("year", "2016")
    meeting_row("before", "before July 2016")
    meeting_row("after", "after July 2016")
    meeting_row("undated")


def test_all_meetings_stand_in_the_order_of_their_first_days(spring, client):
    listed = ask(client)
    assert listed[0] == "year"
    assert listed[-1] == "undated"
    assert listed.index("april") < listed.index("earlyaugust") < listed.index("september")
    assert len(listed) == 7


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ({"since": "2016-08-10", "until": "2016-08-20"}, {"earlyaugust", "year", "after", "undated"}),
        ({"since": "2016-08-11", "until": "2016-08-20"}, {"year", "after", "undated"}),
        ({"since": "2016-04-14", "until": "2016-04-14"}, {"april", "year", "before", "undated"}),
        ({"since": "2016-04-15", "until": "2016-04-30"}, {"year", "before", "undated"}),
        ({"since": "2016-09-30"}, {"september", "year", "after", "undated"}),
        ({"since": "2017-01-01"}, {"after", "undated"}),
        ({"until": "2016-01-01"}, {"year", "before", "undated"}),
        ({"until": "2015-12-31"}, {"before", "undated"}),
    ],
)
def test_a_span_finds_every_meeting_that_may_fall_into_it(spring, client, questions, expected):
    assert set(ask(client, **questions)) == expected


def test_a_meeting_that_only_may_fall_into_the_span_is_told_so(spring, client):
    answer = client.get("/meetings/", {"since": "2016-04-01", "until": "2016-04-30"}).content.decode()
    assert answer.count("may fall in range") == len({"year", "before", "undated"})
    assert "may fall in range" not in client.get("/meetings/").content.decode()


def test_meetings_are_found_by_person_whatever_is_said_of_their_coming(spring, client):
    for key, presence in (("april", "came"), ("september", "did_not_come"), ("year", "disputed")):
        attend(MeetingRow.objects.get(key=key), "alba", presence)
    attend(MeetingRow.objects.get(key="after"), "brook")
    count()
    assert set(ask(client, person="alba")) == {"april", "september", "year"}
    assert ask(client, person="alba", since="2017-01-01") == []


def test_meetings_are_found_by_kind(spring, client):
    assert ask(client, kind="speech") == ["april"]


@pytest.mark.parametrize("ticked", ["on", "true", "True"])
def test_meetings_with_a_role_in_dispute_are_found(spring, client, ticked):
    assert ask(client, in_dispute=ticked) == ["september"]


@pytest.mark.parametrize("unticked", ["", "false"])
def test_a_box_that_is_not_ticked_asks_nothing(spring, client, unticked):
    assert len(ask(client, in_dispute=unticked)) == 7


@pytest.mark.parametrize(
    "questions",
    [
        {"since": "yesterday"},
        {"until": "2016-02-30"},
        {"person": "nobody"},
        {"kind": "séance"},
        {"since": "9" * 400},
    ],
)
def test_a_question_that_can_not_be_read_is_told_and_answered_with_no_meeting(spring, client, questions):
    answer = client.get("/meetings/", questions)
    assert answer.status_code == 200
    assert keys(answer) == []
    assert '<p class="error"' in answer.content.decode()
    assert "Nothing was looked for: what is wrong stands at the question." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "value"), [("yesterday", None), ("2016-02-30", None), ("04/14/2016", None), ("2016-4-1", "2016-04-01")]
)
def test_a_field_for_a_day_holds_a_day_and_the_error_says_what_was_asked(spring, client, typed, value):
    html = client.get("/meetings/", {"since": typed}).content.decode()
    (field,) = re.findall(r'<input type="date" name="since"[^>]*>', html)
    assert re.findall(r'value="([^"]*)"', field) == ([value] if value else [])
    assert (f'id="id_since_error">“{typed}” is no day: write it like 2016-04-14.' in html) is (value is None)
    assert ('aria-describedby="id_since_error"' in field) is (value is None)


def test_a_question_comes_back_harmless_in_the_form(spring, client):
    answer = client.get("/meetings/", {"since": '"><script>alert(1)</script>', "after": "<b>"})
    assert b"<script>alert" not in answer.content
    assert b"<b>" not in answer.content


@pytest.mark.parametrize("after", ["", "nonsense", "2016-13-01.x", "2016-04-14", ".", "\x00"])
def test_a_place_that_is_none_begins_at_the_beginning_or_behind_that_day(spring, client, after):
    assert set(ask(client, after=after)) <= set(ask(client))
    assert "undated" in ask(client, after=after)


# Pages.


@pytest.fixture
def hundred_and_twenty(db):
    """120 meetings, many of them on the same day, some without one."""
    start = date(2016, 1, 1)
    days = [None if n >= 115 else start + timedelta(days=n // 7) for n in range(120)]
    MeetingRow.objects.bulk_create(
        MeetingRow(
            key=f"m{n * 77 % 120:03}",
            title=f"Meeting {n}",
            kind="meeting",
            when=dates.display(dates.parse(day.isoformat())) if day else "",
            earliest=day,
            latest=day,
            sort_day=day or UNDATED,
            established="document",
            role_in_dispute=n % 2 == 0,
        )
        for n, day in enumerate(days)
    )
    disputed = MeetingRow.objects.filter(role_in_dispute=True)
    FacetRow.objects.bulk_create(
        FacetRow(list="meetings", name="in_dispute", value="on", sort=str(row.sort_day), key=row.key)
        for row in disputed
    )


def page_through(client, **questions) -> list[list[str]]:
    """Every page of the list, following its own link to the next one."""
    answer, pages = client.get("/meetings/", questions), []
    while True:
        pages.append(keys(answer))
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', answer.content.decode())
        if not following or len(pages) > 10:
            return pages
        answer = client.get("/meetings/" + following[1].replace("&amp;", "&"))


def test_page_after_page_shows_each_meeting_once(hundred_and_twenty, client):
    pages = page_through(client)
    assert [len(page) for page in pages] == [50, 50, 20]
    listed = [key for page in pages for key in page]
    assert listed == list(MeetingRow.objects.order_by("sort_day", "key").values_list("key", flat=True))


def test_the_next_page_keeps_the_questions(hundred_and_twenty, client):
    pages = page_through(client, in_dispute="on", since="2016-01-01")
    assert [len(page) for page in pages] == [50, 10]
    listed = {key for page in pages for key in page}
    assert listed == set(MeetingRow.objects.filter(role_in_dispute=True).values_list("key", flat=True))


def test_a_full_last_page_leads_nowhere(hundred_and_twenty, client):
    MeetingRow.objects.filter(pk__in=MeetingRow.objects.order_by("-pk").values_list("pk", flat=True)[:20]).delete()
    assert [len(page) for page in page_through(client)] == [50, 50]


# Speed.


def queries_of(client, **questions) -> int:
    """How many queries the list takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/meetings/", questions).status_code == 200
    return len(queries)


def test_a_long_list_takes_as_many_queries_as_a_short_one(db, client):
    for n in range(PAGE_SIZE + 1):  # of what is on one page nothing is counted
        attend(meeting_row(f"one{n}", "April 2016"), "alba")
    count()
    few = queries_of(client), queries_of(client, person="alba", since="2016-01-01")
    for n in range(60):
        meeting = meeting_row(f"more{n}", "May 2016")
        attend(meeting, "alba")
        attend(meeting, f"person{n}")
    count()
    assert (queries_of(client), queries_of(client, person="alba", since="2016-01-01")) == few
    assert max(few) <= 12


def test_a_person_is_offered_once_by_family_name(db, client):
    for n in range(3):
        meeting = meeting_row(f"m{n}", "May 2016")
        attend(meeting, "zeller")
        attend(meeting, "alba")
    count()
    offered = re.findall(r'<option value="(\w+)"', client.get("/meetings/").content.decode())
    assert offered[:2] == ["alba", "zeller"]
    assert offered.count("alba") == 1
