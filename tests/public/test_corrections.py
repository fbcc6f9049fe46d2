"""The list of notes: its questions, its pages, what is counted, its speed."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from investigations.pages.corrections import duration_words, month_words
from investigations.record import chain
from investigations.record.models import CorrectionRow
from tests.demonstrated import read

DAY = date(2017, 6, 14)


def make_row(number: int, day: date = DAY, *, took: timedelta | None = None, **values) -> CorrectionRow:
    """A published note's row."""
    published_at = timezone.make_aware(datetime.combine(day, datetime.min.time()) + timedelta(hours=12))
    return CorrectionRow(
        **{
            "number": number,
            "work": "story:harbor",
            "slug": "harbor",
            "headline": "The harbor",
            "edition": 2,
            "kind": "correction",
            "severity": "ordinary",
            "note": f"Note {number} says what is right.",
            "published_at": published_at,
            "day": day,
            "month": f"{day:%Y-%m}",
            "took": took,
            "wrong_since": published_at - took if took else None,
            "wrong_edition": 1 if took else None,
            **values,
        }
    )


def row(number: int, day: date = DAY, **values) -> CorrectionRow:
    """A published note's row, stored."""
    made = make_row(number, day, **values)
    made.save()
    return made


def numbers(answer) -> list[int]:
    """The notes on the page, in order."""
    return [int(found) for found in re.findall(r'id="correction-(\d+)"', answer.content.decode())]


def ask(client, **questions) -> list[int]:
    """The notes that answer these questions."""
    answer = client.get("/corrections/", questions)
    assert answer.status_code == 200
    return numbers(answer)


def told(client, **questions) -> str:
    """What is said over the list."""
    html = client.get("/corrections/", questions).content.decode()
    return read(re.search(r'<p role="status"[^>]*>(.*?)</p>', html, re.DOTALL)[1])


@pytest.fixture
def years(db):
    """Notes of several kinds, months and stories."""
    row(1, date(2017, 5, 2))
    row(2, date(2017, 6, 1), kind="clarification")
    row(3, date(2017, 6, 14), slug="quarry", headline="The quarry", work="story:quarry", severity="serious")
    row(4, date(2017, 6, 14), kind="retraction", slug="quarry", headline="The quarry", work="story:quarry")


# What is listed.


def test_every_note_is_listed_newest_first(years, client):
    assert ask(client) == [4, 3, 2, 1]


def test_a_note_from_before_the_record_stands_at_its_own_day(years, client):
    row(5, date(2012, 5, 3), noted=date(2012, 5, 3))
    assert ask(client) == [4, 3, 2, 1, 5]
    assert "Note of May 3, 2012, from before this record was kept" in read(
        client.get("/corrections/").content.decode()
    )


def test_a_note_shows_its_kind_its_words_and_its_story(years, client):
    html = client.get("/corrections/?kind=clarification").content.decode()
    assert '<a href="/corrections/2/">Clarification 2</a>' in html
    assert "Note 2 says what is right." in html
    assert '<a href="/stories/harbor/#correction-2">The harbor</a>' in html


def test_what_it_said_and_what_it_says_now_stand_beside_each_other(db, client):
    row(1, changes=[{"where": "text", "old": "1878", "new": "1886", "lead": "Of ", "tail": " ships"}])
    assert "It said “Of 1878 ships” It now says “Of 1886 ships”" in read(
        client.get("/corrections/").content.decode().replace("<dd>", " <dd>").replace("<dt>", " <dt>")
    )


def test_a_serious_note_says_so(years, client):
    html = client.get("/corrections/").content.decode()
    assert html.count('<span class="serious">Serious</span>') == 1


def test_a_note_and_the_one_that_corrects_it_lead_to_each_other(db, client):
    row(1, corrected_by=2)
    row(2, corrects=1)
    html = client.get("/corrections/").content.decode()
    assert '<a href="/corrections/2/">note 2 corrects it</a>' in html
    assert 'It corrects <a href="/corrections/1/">note 1</a>' in html


def test_what_shows_it_is_told_where_the_newsroom_prints_it(db, client):
    row(1, basis="The list of the ministry, page 4.")
    row(2)
    html = client.get("/corrections/").content.decode()
    assert html.count("What shows it:") == 1
    assert "What shows it: The list of the ministry, page 4." in html


def test_the_records_end_is_printed(site, client):
    assert f"<code>{chain.head().digest}</code>" in client.get("/corrections/").content.decode()


def test_before_anything_was_corrected_the_list_says_so(published, client):
    assert told(client) == "Nothing has been corrected yet."


# Questions.


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ({"kind": "clarification"}, [2]),
        ({"kind": "retraction"}, [4]),
        ({"month": "2017-06"}, [4, 3, 2]),
        ({"month": "2017-05"}, [1]),
        ({"story": "quarry"}, [4, 3]),
        ({"story": "quarry", "kind": "correction", "month": "2017-06"}, [3]),
        ({"kind": "", "month": "", "story": ""}, [4, 3, 2, 1]),
        ({"nonsense": "1"}, [4, 3, 2, 1]),
    ],
)
def test_notes_are_found_by_kind_month_and_story(years, client, questions, expected):
    assert ask(client, **questions) == expected


def test_months_that_have_notes_are_the_choice_latest_first(years, client):
    html = client.get("/corrections/").content.decode()
    assert re.findall(r'<option value="(\d{4}-\d\d)">([^<]+)<', html) == [
        ("2017-06", "June 2017"),
        ("2017-05", "May 2017"),
    ]


@pytest.mark.parametrize("questions", [{"kind": "minor"}, {"month": "2031-01"}, {"story": "nothing"}])
def test_a_question_that_is_not_among_the_choices_is_told_and_nothing_is_listed(years, client, questions):
    answer = client.get("/corrections/", questions)
    assert (answer.status_code, numbers(answer)) == (200, [])
    assert "Select a valid choice" in answer.content.decode()


def test_an_empty_answer_says_which_question_emptied_it(years, client):
    assert told(client, kind="retraction", month="2017-05") == (
        "No note answers these questions together. Without “Kind: Retraction” there is 1. "
        "Without “Month: May 2017” there is 1."
    )
    assert told(client, kind="update") == "No note answers this question. Without “Kind: Update” there are 4."


def test_a_question_that_shuts_nothing_out_is_told_too(years, client):
    assert "Without “Month: May 2017” there are none either." in told(client, kind="update", month="2017-05")


# What is counted.


def test_notes_are_counted_in_all_and_by_kind(years, client):
    assert told(client) == "4 notes: 2 corrections, 1 clarification, 1 retraction."
    assert told(client, month="2017-05") == "1 note: 1 correction."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([3], "The error was corrected within 3 days."),
        ([1, 3, 900], "Half of the errors were corrected within 3 days."),
        ([3, 4, 5, 6], "Half of the errors were corrected within 4 days."),
        ([9, 9, 3, 3, 3], "Half of the errors were corrected within 3 days."),
    ],
)
def test_the_time_in_which_half_of_the_errors_were_corrected_is_told(db, client, days, words):
    for number, took in enumerate(days, start=1):
        row(number, took=timedelta(days=took))
    assert told(client).endswith(words)


def test_notes_without_a_known_beginning_are_left_out_of_it_and_that_is_said(db, client):
    row(1, took=timedelta(days=3))
    row(2, took=timedelta(days=5))
    for number in (3, 4):
        row(number)
    assert told(client).endswith(
        "Half of the errors were corrected within 3 days. 2 notes are left out: nothing was wrong, or since when it "
        "was isn’t on record."
    )


@pytest.mark.parametrize(
    ("took", "words"),
    [
        (timedelta(seconds=2), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=2, seconds=1), "3 hours"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(hours=48, seconds=1), "3 days"),
        (timedelta(days=1200), "1,200 days"),
    ],
)
def test_a_span_of_time_is_never_told_too_short(took, words):
    assert duration_words(took) == words


def test_a_month_is_told_in_words():
    assert month_words("2017-06") == "June 2017"


def test_the_counts_are_those_of_what_was_asked(years, client):
    CorrectionRow.objects.filter(number=3).update(took=timedelta(days=9))
    assert "within 9 days" in told(client, story="quarry")
    assert "within" not in told(client, story="harbor")


# Pages and cost.


def test_a_long_list_goes_on_and_no_note_is_lost_or_told_twice(db, client):
    CorrectionRow.objects.bulk_create(make_row(n, DAY - timedelta(days=n // 7)) for n in range(1, 121))
    found, address = [], "/corrections/"
    while address:
        answer = client.get(address)
        found += numbers(answer)
        more = re.search(r'<a href="([^"]+)" rel="next"', answer.content.decode())
        address = more and f"/corrections/{more[1].replace('&amp;', '&')}"
    assert found == sorted(range(1, 121), key=lambda n: (n // 7, -n))


def test_the_next_page_asks_the_same_questions(db, client):
    CorrectionRow.objects.bulk_create(make_row(n, kind="update") for n in range(1, 60))
    html = client.get("/corrections/?kind=update").content.decode()
    assert 'href="?kind=update&amp;after=2017-06-14.10" rel="next"' in html


@pytest.mark.parametrize("after", ["", "nonsense", "2017-06-14", "2017-13-40.1", "2017-06-14.x", "2017-06-14.²"])
def test_a_place_that_makes_no_sense_is_the_first_page(years, client, after):
    assert ask(client, after=after) == [4, 3, 2, 1]


def queries(client, path="/corrections/"):
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_a_hundred_times_as_many_notes_take_no_more_queries(db, client):
    CorrectionRow.objects.bulk_create(make_row(n, took=timedelta(days=n)) for n in range(1, 16))
    few = queries(client), queries(client, "/corrections/?kind=correction&month=2017-06&story=harbor")
    rows = (
        make_row(n, DAY - timedelta(days=n), took=timedelta(hours=n), slug=f"story-{n % 300}")
        for n in range(16, 1516)
    )
    CorrectionRow.objects.bulk_create(rows)
    assert (queries(client), queries(client, "/corrections/?kind=correction&month=2017-06&story=harbor")) == few
    assert few[0] <= 9


def test_search_engines_are_sent_to_the_whole_list_alone(years, published, client):
    assert 'name="robots"' not in client.get("/corrections/").content.decode()
    assert 'content="noindex"' in client.get("/corrections/?kind=update").content.decode()
