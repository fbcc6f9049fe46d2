"""Files as newsrooms have them: read with their row numbers, or refused in a sentence that says what to do."""

import json
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from investigations.exchange import sheet as limits
from investigations.exchange import workbook
from investigations.exchange.formats import FORMATS, format_of, read_csv, read_json
from investigations.exchange.sheet import Misread, SheetDate, Unreadable
from investigations.tables import xlsx


def workbook_of(*rows, formats=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(sheet):
    return [list(row.cells.values()) for row in sheet.rows]


# --- CSV ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_with_and_without_byte_order_mark(encoding):
    sheet = read_csv("title,place\nVisit,“Café”\n".encode(encoding))
    assert (sheet.headers, cells(sheet)) == (["title", "place"], [["Visit", "“Café”"]])


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_csv_in_another_encoding_is_refused_with_a_way_out(encoding):
    with pytest.raises(Unreadable, match="isn't in UTF-8; in a spreadsheet, save it as “CSV UTF-8”"):
        read_csv("title\nCafé\n".encode(encoding))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_other_countries_spreadsheets_write_it_is_read(delimiter):
    sheet = read_csv(f"title{delimiter}place\nVisit{delimiter}Rome\n".encode())
    assert cells(sheet) == [["Visit", "Rome"]]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them_and_blank_ones_are_left_out():
    sheet = read_csv(b'words,place\n"two\nlines",\n\n,\nlast,\n')
    assert [row.number for row in sheet.rows] == [2, 5]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows"),
        ("title\n", "no rows"),
        ("title,place\nVisit\n", "Row 2 has 1 cells, and the first row names 2 columns"),
        ("title,place\nVisit,Rome,Italy\n", "Row 2 has 3 cells"),
        ('title\n"Visit\n', "stops being CSV at line 2"),
        ("title,Title\na,b\n", "the column Title twice"),
        ("title,,place\na,b,c\n", "Column 2 has no name"),
    ],
)
def test_a_broken_csv_is_refused_with_its_place(text, says):
    with pytest.raises(Unreadable, match=says):
        read_csv(text.encode())


# --- JSON ---


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({}, "isn't a JSON list"),
        ([], "holds no objects"),
        ([1], "isn't a JSON list"),
        ([{"words": ["a"]}], "words holds a list"),
    ],
)
def test_json_of_another_shape_is_refused(found, says):
    with pytest.raises(Unreadable, match=says):
        read_json(json.dumps(found).encode())


@pytest.mark.parametrize("text", ["[", "nothing", "[" * 100_000, '[{"a": ' + "9" * 5000 + "}]"])
def test_broken_json_is_refused(text):
    with pytest.raises(Unreadable, match="isn't a JSON list"):
        read_json(text.encode())


def test_a_name_twice_in_an_object_is_refused():
    with pytest.raises(Unreadable, match="has Title twice"):
        read_json(b'[{"title": "a", "Title": "b"}]')


# --- XLSX ---


def test_a_workbook_is_read_from_its_first_sheet_with_numbers_and_words():
    sheet = workbook.read(workbook_of(["title", "headcount"], ["Visit", 7], [None, None], ["Dinner", 2.0]))
    assert cells(sheet) == [["Visit", 7], ["Dinner", 2]]
    assert [row.number for row in sheet.rows] == [2, 4]


@pytest.mark.parametrize(
    ("number_format", "words"),
    [
        ("d mmm yyyy", "2016-09-01"),
        ("yyyy-mm-dd", "2016-09-01"),
        ("mmm-yy", "September 2016"),
        ("mmmm yyyy", "September 2016"),
        ("yyyy", "2016"),
    ],
)
def test_a_date_cell_says_what_it_shows_and_no_day_that_it_doesnt(number_format, words):
    sheet = workbook.read(workbook_of(["when"], [date(2016, 9, 1)], formats={"A2": number_format}))
    (value,) = cells(sheet)[0]
    assert (value, type(value)) == (words, SheetDate)


@pytest.mark.parametrize("value", [time(12, 30), datetime(2016, 9, 1, 12, 30), "#REF!"])  # noqa: DTZ001
def test_a_cell_that_became_a_time_or_an_error_is_known_for_one(value):
    (found,) = cells(workbook.read(workbook_of(["locator"], [value])))[0]
    assert isinstance(found, Misread)


def test_a_workbook_that_understates_its_size_is_read_whole():
    data = workbook_of(["title"], *([f"Visit {n}"] for n in range(30)))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member, old.read(member).replace(b'<dimension ref="A1:A31"', b'<dimension ref="A1:A5"'))
    assert len(workbook.read(out.getvalue())) == 30


@pytest.mark.parametrize("data", [b"", b"title\nVisit\n", b"PK\x03\x04 nothing", workbook_of(["a"], ["b"])[:-200]])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(Unreadable, match="can't be read as XLSX"):
        workbook.read(data)


def member_of(name, data):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook_of(["a"], ["b"]))) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_small_workbook_that_unpacks_to_much_is_refused_before_it_is_parsed(monkeypatch):
    bomb = member_of("xl/media/nothing.bin", b"\0" * (limits.MAX_UNPACKED + 1))
    assert len(bomb) < 60_000
    monkeypatch.setattr(workbook, "load_workbook", None)
    with pytest.raises(Unreadable, match="unpacks to more than 20 MB"):
        workbook.read(bomb)


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>{}</cellXfs></styleSheet>'
)


@pytest.mark.parametrize("declared", ["styles", "worksheet"])
def test_formats_that_take_minutes_to_read_are_refused_before_they_are(declared, monkeypatch):
    data = member_of("xl/styles.xml", STYLES.format("<xf/>" * 200_000).encode())
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            text = old.read(member).replace(b"spreadsheetml.styles+xml", f"spreadsheetml.{declared}+xml".encode())
            new.writestr(member.filename, text)
    assert len(out.getvalue()) < 20_000
    monkeypatch.setattr(workbook, "load_workbook", None)
    with pytest.raises(Unreadable, match="more formats, pictures or names than rows"):
        workbook.read(out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(encoding):
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with pytest.raises(Unreadable, match="can't be read as XLSX"):
        workbook.read(member_of("xl/worksheets/sheet1.xml", xml.encode(encoding)))


def test_a_cell_in_the_last_row_a_sheet_can_have_is_refused_at_once():
    book = Workbook()
    book.active["A1"], book.active["A1048576"] = "title", "Visit"
    out = BytesIO()
    book.save(out)
    with pytest.raises(Unreadable, match="goes on below row 10,001"):
        workbook.read(out.getvalue())


def test_a_cell_beyond_the_named_columns_is_refused():
    with pytest.raises(Unreadable, match="Row 2 has a cell beyond the last column"):
        workbook.read(workbook_of(["title"], ["Visit", "Rome"]))


def test_a_text_too_long_for_a_spreadsheets_cell_is_refused_and_never_cut():
    with pytest.raises(ValueError, match="too long for a spreadsheet"):
        list(xlsx.write(["words"], [["x" * 40_000]]))


def test_a_workbook_is_written_without_a_temporary_file(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert len(workbook.read(b"".join(xlsx.write(["words"], [["a"], ["b"]])))) == 2


# --- All ---


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.title)
def test_more_rows_than_the_limit_are_refused(chosen, monkeypatch):
    for module in (limits, workbook, "investigations.exchange.formats"):
        name = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{name}.MAX_ROWS", 3)
    assert len(chosen.read(b"".join(chosen.write(["a"], [["x"]] * 3)))) == 3
    with pytest.raises(Unreadable, match=r"more than 3 |below row 4"):
        chosen.read(b"".join(chosen.write(["a"], [["x"]] * 4)))


def test_more_columns_than_the_limit_are_refused():
    names = [f"c{n}" for n in range(limits.MAX_COLUMNS + 1)]
    with pytest.raises(Unreadable, match="more than 60 columns"):
        read_csv(",".join(names).encode() + b"\n" + ",".join(names).encode())


@pytest.mark.parametrize("name", ["visits.xls", "visits", "visits.csv.exe", ""])
def test_a_file_of_another_ending_is_refused(name):
    with pytest.raises(Unreadable, match=r"\.csv, \.xlsx or \.json"):
        format_of(name)
