"""Exports of many rows: sent while they are read, the same whatever their number, refused before they begin."""

import csv
import io
import json
import zipfile
from io import StringIO

import pytest
from django.db import connection

from investigations.exchange import workbook
from investigations.exchange.base import BATCH
from investigations.exchange.exporting import exported
from investigations.exchange.formats import FORMATS, format_of
from investigations.exchange.meeting import MeetingResource
from investigations.exchange.people import PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.sheet import Unreadable
from investigations.models import Meeting, Person, Quote
from investigations.tables import xlsx
from tests import builders
from tests.admin.files import address

MANY = 2 * BATCH + 100
EVERY_FORMAT = pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.title)


@pytest.fixture
def people(db):
    """More people than are read at a time, written in another order than a list has them."""
    written = [
        Person(slug=f"p-{n}", name=f"Robin {n}", family_name=f"{n * 7919 % MANY:04}", description="=1+1")
        for n in range(MANY)
    ]
    return Person.objects.bulk_create(written)


def rows_of(people):
    in_order = sorted(people, key=lambda person: person.family_name)
    return [[person.slug, person.name, person.family_name, person.description] for person in in_order]


def export(client, noun, extension, query=""):
    return client.post(address(noun, "export") + query, {"format": extension})


# --- Sent while it is read ---


@EVERY_FORMAT
def test_no_more_is_read_than_what_is_sent_next(chosen, people, as_user, reporter):
    read = []

    def listen(execute, sql, params, many, context):
        if " IN (" in sql and "investigations_person" in sql:
            read.append(len(params))
        return execute(sql, params, many, context)

    response = export(as_user(reporter), "person", chosen.extension)
    with connection.execute_wrapper(listen):
        assert response.streaming
        assert read == []
        while not read:
            next(response.streaming_content)
        assert read == [BATCH]
        response.getvalue()
        assert read == [BATCH, BATCH, MANY - 2 * BATCH]


def test_a_long_csv_holds_every_row_once_and_in_the_lists_order(people, as_user, reporter):
    data = export(as_user(reporter), "person", "csv").getvalue()
    out = StringIO(newline="")
    escaped = [[slug, name, family, f"'{description}"] for slug, name, family, description in rows_of(people)]
    csv.writer(out).writerows([["short name", "name", "family name", "description"], *escaped])
    assert data == out.getvalue().encode("utf-8-sig")


def test_a_long_json_holds_every_row_once_and_in_the_lists_order(people, as_user, reporter):
    data = export(as_user(reporter), "person", "json").getvalue()
    names = ["short name", "name", "family name", "description"]
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows_of(people))
    assert data.decode() == "[\n" + ",\n".join(lines) + "\n]\n"


def test_a_long_workbook_holds_every_row_once_and_in_the_lists_order(people, as_user, reporter):
    data = export(as_user(reporter), "person", "xlsx").getvalue()
    assert [list(row.cells.values()) for row in workbook.read(data).rows] == rows_of(people)


def test_a_workbooks_sheet_announces_no_sizes_in_64_bits():
    """Excel calls a file damaged whose sizes are announced in 64 bits before they are known."""
    data = b"".join(xlsx.write(["words"], [["one"]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        (sheet,) = (member for member in archive.infolist() if "sheet1" in member.filename)
    length = int.from_bytes(data[sheet.header_offset + 28 : sheet.header_offset + 30], "little")
    assert (sheet.extra, length) == (b"", 0)


@EVERY_FORMAT
def test_an_export_of_nothing_is_a_file(chosen, as_user, reporter):
    data = export(as_user(reporter), "person", chosen.extension).getvalue()
    assert data.decode() == "[]\n" if chosen.extension == "json" else data


@EVERY_FORMAT
def test_an_export_opens_no_file(chosen, people, as_user, reporter, monkeypatch):
    response = export(as_user(reporter), "person", chosen.extension)

    def refuse(*args, **kwargs):
        raise AssertionError(args)

    for name in ("builtins.open", "io.open", "os.open", "tempfile.mkstemp", "tempfile.TemporaryFile"):
        monkeypatch.setattr(name, refuse)
    assert len(response.getvalue()) > 1000


def test_a_search_that_matches_somebody_twice_exports_them_once(as_user, investigation, reporter):
    meeting = builders.make_meeting(investigation=investigation, slug="dinner")
    for number in range(2):
        builders.make_attendance(meeting=meeting, person=builders.make_person(name=f"Robin Fir {number}"))
    lines = export(as_user(reporter), "meeting", "json", "?q=robin").getvalue()
    assert [row["person"] for row in json.loads(lines)] == ["robin-fir-0", "robin-fir-1"]


# --- Refused before it begins ---


@pytest.fixture
def long_quote(investigation):
    """A quote on the team's desk, and how to give it words of a length."""
    quote = builders.make_quote(investigation=investigation, slug="long")

    def words(text):
        Quote.objects.filter(pk=quote.pk).update(words=text)

    return words


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * xlsx.MAX_CELL, True),
        ("x" * (xlsx.MAX_CELL + 1), False),
        ("=" + "x" * (xlsx.MAX_CELL - 1), False),
    ],
    ids=["the longest", "one longer", "the longest, as a formula that gets an apostrophe"],
)
def test_a_workbook_is_refused_for_what_no_cell_holds(text, fits, long_quote, as_user, reporter):
    long_quote(text)
    response = export(as_user(reporter), "quote", "xlsx")
    assert response.streaming == fits
    if fits:
        assert workbook.read(response.getvalue()).rows[0].cells["words"] == text
    else:
        assert "is too long for a spreadsheet" in response.content.decode()


def test_a_hidden_text_refuses_an_outsider_nothing(long_quote, outsider):
    long_quote("x" * 40_000)
    pieces = exported(QuoteResource(user=outsider), Quote.objects.all(), format_of(".xlsx"))
    with pytest.raises(Unreadable, match="no rows"):
        workbook.read(b"".join(pieces))


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(investigation, reporter):
    for _ in range(3):
        builders.make_quote(investigation=investigation)
    for rows, said in ((3, None), (2, "3 rows are too many for a spreadsheet, whose sheets hold 2: narrow the list")):
        chosen = format_of(".xlsx")._replace(max_rows=rows)
        if said:
            with pytest.raises(ValueError, match=said):
                exported(QuoteResource(user=reporter), Quote.objects.all(), chosen)
        else:
            assert exported(QuoteResource(user=reporter), Quote.objects.all(), chosen)


def test_the_rows_of_meetings_are_counted_as_they_are_written(investigation, reporter, outsider):
    builders.make_meeting(investigation=investigation)
    for people in (1, 3):
        meeting = builders.make_meeting(investigation=investigation)
        for _ in range(people):
            builders.make_attendance(meeting=meeting)
    resource = MeetingResource(user=reporter)
    assert resource.line_count(Meeting.objects.all()) == len(list(resource.lines(Meeting.objects.all()))) == 5
    assert MeetingResource(user=outsider).line_count(Meeting.objects.all()) == 0


def test_words_that_grow_too_long_meanwhile_break_the_file_off(long_quote, reporter):
    pieces = exported(QuoteResource(user=reporter), Quote.objects.all(), format_of(".xlsx"))
    long_quote("x" * 40_000)
    sent = []
    with pytest.raises(ValueError, match="too long"):
        sent.extend(pieces)
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(sent)))


# --- What it costs ---


@EVERY_FORMAT
def test_queries_of_an_export_are_those_of_a_batch(chosen, reporter, django_assert_num_queries):
    counted = 1 if chosen.max_rows else 0
    assert reporter.has_perm("investigations.view_person")  # asked once a request, whatever it does
    for count in (10, 200):
        Person.objects.bulk_create(Person(slug=f"p-{count}-{n}", name="Robin Fir") for n in range(count))
        with django_assert_num_queries(2 + counted):
            list(exported(PersonResource(user=reporter), Person.objects.all(), chosen))
