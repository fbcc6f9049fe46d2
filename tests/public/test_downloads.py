"""Lists to take away: the same rows as the list's pages in every format, and nothing that runs."""

import csv
import json
import zipfile
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.pages.download_tables import TABLES
from investigations.public import downloads, listing, taking
from investigations.record.models import Edition
from tests.public.index_rows import attend, count, facet, meeting_row, quote_row, source_row, story_row
from tests.public.taken_away import ENDINGS, lines, of_csv, on_pages, take

ASKED = [
    ("meetings", {}),
    ("meetings", {"since": "2016-04-01", "until": "2016-08-05"}),
    ("meetings", {"person": "alba"}),
    ("meetings", {"person": "alba", "until": "2016-08-05", "kind": "dinner"}),
    ("meetings", {"in_dispute": "on"}),
    ("meetings", {"kind": "hearing"}),
    ("quotes", {}),
    ("quotes", {"since": "2016-05-02"}),
    ("quotes", {"story": "first"}),
    ("sources", {}),
    ("sources", {"kind": "person"}),
    ("people", {}),
    ("organizations", {}),
]
PORT = {"title": "harbor master", "organization": {"key": "port", "name": "The port"}}


@pytest.fixture
def record(db, monkeypatch):
    """More rows of each list than a page and than what is read at a time, with every kind of date."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 4)
    monkeypatch.setattr(taking, "CHUNK", 3)
    story_row("first", "The first story")
    words = ["April 14, 2016", "early August 2016", "", "2016", "before July 2016", "spring 2016", "2016-08-05"]
    for n in range(11):
        row = meeting_row(
            f"meeting{n:02}", words[n % 7], kind="dinner" if n % 3 else "speech", role_in_dispute=n == 4
        )
        attend(row, "alba" if n % 2 else "brook", presence="came" if n % 4 else "disputed")
        if n % 2:
            facet(row, "organization", "port")
            row.attendances.update(roles=[PORT | {"since": None, "until": None, "in_office": False}])
    for n in range(9):
        cited = {"work": "story:first", "href": f"/stories/first/#p{n}", "by": "a diplomat"} if n % 3 else {}
        row = quote_row(f"quote{n:02}", words[n % 7], **cited)
        facet(row, "story", "first", edition=1, counted=not cited)
    for n in range(7):
        facet(source_row(f"source{n:02}", f"Minutes {n}"), "story", "first")
    facet(
        source_row("albaherself", "Robin Alba", kind="person", person="alba", person_name="Robin Alba"),
        "person",
        "alba",
    )
    count()


def path_of(line):
    """Where a line's page is."""
    return line["page"].removeprefix("http://127.0.0.1:8000")


# The same rows.


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("name", "questions"), ASKED, ids=str)
def test_a_download_holds_each_row_of_every_page_in_their_order(record, client, name, questions, ending):
    found = lines(client, ending, name, **questions)
    told = [(path_of(line), line.get("may_fall_in_range") == "true") for line in found]
    assert told == on_pages(client, name, **questions)
    assert bool(told) == (questions != {"kind": "hearing"})


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_place_of_a_page_is_no_question(record, client, ending):
    whole = lines(client, ending)
    assert lines(client, ending, after="2016-08-01.meeting01") == whole
    assert len(whole) == 11


def test_whether_a_date_may_fall_in_range_is_empty_where_no_days_are_asked_for(record, client):
    assert {line["may_fall_in_range"] for line in lines(client, "csv")} == {""}
    asked = lines(client, "csv", since="2016-04-14", until="2016-04-14")
    assert {line["may_fall_in_range"] for line in asked} == {"true", "false"}


def test_a_date_has_its_words_and_its_first_and_last_day(record, client):
    dated = {line["when"]: (line["earliest"], line["latest"]) for line in lines(client, "csv")}
    assert dated["early August 2016"] == ("2016-08-01", "2016-08-10")
    assert dated["before July 2016"] == ("", "2016-06-30")
    assert dated[""] == ("", "")


@pytest.mark.parametrize("name", TABLES)
def test_as_many_queries_are_made_however_many_rows_are_read_at_a_time(record, client, monkeypatch, name):
    def queries(size):
        monkeypatch.setattr(taking, "CHUNK", size)
        with CaptureQueriesContext(connection) as found:
            rows = lines(client, "csv", name)
        return len(found) / -(-(len(rows) + 1) // size), len(rows)

    one, rows = queries(1000)
    two, _ = queries(-(-rows // 2))
    assert two <= one
    assert one < 25


def test_the_head_of_a_download_reads_no_rows(record, client, monkeypatch):
    monkeypatch.setattr(downloads, "taken", None)
    for name in TABLES:
        for ending in downloads.MAKERS:
            head = client.head(f"/{name}.{ending}")
            assert (head.status_code, head.content) == (200, b"")
            assert head["Content-Disposition"].endswith(f'.{ending}"')


# What cannot be taken.


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_question_that_can_not_be_read_is_answered_in_a_sentence(record, client, ending):
    answer = client.get(f"/meetings.{ending}", {"kind": "séance"})
    assert answer.status_code == 400
    assert "These questions can’t be read" in answer.content.decode()
    assert "Content-Disposition" not in answer


def test_beyond_its_rows_a_workbook_is_refused_with_the_way_to_the_same_rows_as_csv(record, client, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_IN_WORKBOOK", 10)
    answer = client.get("/meetings.xlsx", {"since": "2016-01-01", "kind": ""})
    assert answer.status_code == 413
    assert "These are more than 10 rows" in answer.content.decode()
    assert 'href="/meetings.csv?since=2016-01-01"' in answer.content.decode()
    assert len(lines(client, "xlsx", kind="dinner")) == 7
    assert len(lines(client, "csv")) == 11


def test_a_workbook_has_as_many_rows_as_it_may(record, client, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_IN_WORKBOOK", 11)
    assert len(lines(client, "xlsx")) == 11


def test_a_text_longer_than_a_cell_is_told_before_anything_is_sent(record, client):
    quote_row("long", words="x" * 32_768)
    answer = client.get("/quotes.xlsx")
    assert answer.status_code == 413
    assert "too long for a spreadsheet" in answer.content.decode()
    assert any(len(line["words"]) == 32_768 for line in lines(client, "csv", "quotes"))


# What goes with it.


def test_a_file_bears_the_day_in_the_newsrooms_time_zone(record, client, time_machine):
    time_machine.move_to("2026-11-24T03:00:00+00:00")
    named = {ending: client.head(f"/meetings.{ending}")["Content-Disposition"] for ending in ENDINGS}
    assert named == {ending: f'attachment; filename="meetings-2026-11-23.{ending}"' for ending in ENDINGS}
    roles = client.head("/meetings/roles.csv")["Content-Disposition"]
    assert roles == 'attachment; filename="meetings-roles-2026-11-23.csv"'


def test_search_engines_are_asked_to_leave_it_out(record, client):
    for ending in ENDINGS:
        assert client.head(f"/meetings.{ending}")["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/meetings.csv", {"kind": "séance"})["X-Robots-Tag"] == "noindex, nofollow"


def test_a_package_says_what_was_asked_and_in_which_state_the_record_was(record, client, settings):
    settings.DATA_LICENSE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    asked = {"since": "2016-04-01", "kind": "dinner"}
    with zipfile.ZipFile(BytesIO(take(client, "/meetings.zip", **asked))) as package:
        said = json.loads(package.read("datapackage.json"))
        assert package.namelist() == ["datapackage.json", *(each["path"] for each in said["resources"])]
    address = "http://127.0.0.1:8000/meetings/?since=2016-04-01&kind=dinner"
    assert said["query"] == {"address": address, "words": ["From: April 1, 2016", "Kind: Dinner"]}
    assert address in said["citation"]
    assert said["sources"][0]["path"] == said["homepage"] == address
    assert said["licenses"] == [settings.DATA_LICENSE]
    assert said["record"]["head"]
    assert all(field["description"].endswith(".") for each in said["resources"] for field in each["schema"]["fields"])


def test_the_head_of_a_json_file_says_the_same(record, client):
    said = json.loads(take(client, "/quotes.json", terms="on_record"))
    assert said["query"]["words"] == ["Terms: On the record"]
    assert "No license is stated: ask newsroom@example.org" in said["description"]
    assert "licenses" not in said


def test_the_list_leads_to_its_downloads_with_its_questions(record, client):
    told = client.get("/meetings/", {"kind": "dinner", "person": "", "after": "2016-04-14.meeting"}).content.decode()
    for ending in ENDINGS:
        assert f'<a href="/meetings.{ending}?kind=dinner" rel="nofollow">' in told
    assert '<a href="/meetings/roles.csv?kind=dinner" rel="nofollow">' in told
    assert "Take this list away" not in client.get("/meetings/", {"kind": "hearing"}).content.decode()
    assert '<a href="/people.csv" rel="nofollow">' in client.get("/people/").content.decode()


def test_downloads_are_only_read(record, client):
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(client, method)("/meetings.csv").status_code == 405


# What a spreadsheet would run.

HOSTILE = [
    "=1+1",
    "@sum",
    "+1",
    "-1",
    "\t=1",
    "'=1",
    '"quoted", and more',
    "a\nb",
    "\u2028=1",
    "\x0b\x01",
    "_x0041_",
    "＝1",
    "é",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_text_comes_back_as_it_was(record, client, ending):
    for n, text in enumerate(HOSTILE):
        meeting_row(f"hostile{n:02}", place=text, kind="speech")
    told = {line["key"]: line["place"] for line in lines(client, ending, kind="speech")}
    assert [told[f"hostile{n:02}"] for n in range(len(HOSTILE))] == HOSTILE


def test_json_has_every_text_raw(record, client):
    meeting_row("hostile", place="=1+1")
    assert b'"place": "=1+1"' in take(client, "/meetings.json")


def test_no_cell_of_a_csv_begins_like_a_formula(record, client):
    for n, text in enumerate(HOSTILE):
        meeting_row(f"hostile{n:02}", place=text)
    read = csv.reader(StringIO(take(client, "/meetings.csv").decode("utf-8-sig"), newline=""))
    cells = [cell for line in read for cell in line]
    assert [cell for cell in cells if cell.startswith("'")]
    assert [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))] == []


def test_an_empty_record_is_taken_away_empty(db, client):
    assert not Edition.objects.exists()
    for name in TABLES:
        for ending in ENDINGS:
            assert lines(client, ending, name) == []
    assert of_csv(take(client, "/meetings/roles.csv")) == []
