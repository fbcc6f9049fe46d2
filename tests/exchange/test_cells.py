"""Cells that a spreadsheet would run as a formula are neutralized, and read back as they were."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from investigations.exchange.formats import FORMATS, format_of
from investigations.tables.cells import neutralized, restored

TRICKY = st.text(
    st.one_of(st.sampled_from("='+-@\t\r\n\" ,;_x000D＝\x0b"), st.characters(codec="utf-8")), max_size=12
)
FORMULAS = ["=1+1", "+49 30", "-2", "@sum", "\t=1", "\r=1", "\n=1", " =1+1", "＝1", "=HYPERLINK(0)"]
LEFT_ALONE = ["plain", "'tis", "a=b", "O'Neill", "", "3-4", "“−2”"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert neutralized(text) == f"'{text}"
    assert restored(neutralized(text)) == text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_text_stays_as_it_is(text):
    assert neutralized(text) == restored(text) == text


@given(TRICKY)
def test_neutralizing_is_undone_exactly_for_every_text(text):
    assert restored(neutralized(text)) == text


@given(TRICKY)
def test_no_neutralized_text_begins_like_a_formula(text):
    assert not neutralized(text).lstrip().startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.title)
@given(cells=st.lists(TRICKY.filter(str.strip), min_size=2, max_size=2))
def test_every_format_gives_back_every_text(chosen, cells):
    cells = [cell.replace("\0", "") or "x" for cell in cells]
    sheet = chosen.read(b"".join(chosen.write(["one", "two"], [cells])))
    assert list(sheet.rows[0].cells.values()) == cells


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_exported_csv_is_a_formula(text):
    data = b"".join(format_of(".csv").write(["words"], [[text]]))
    (_, line) = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    assert line == [f"'{text}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_exported_workbook_is_a_formula(text):
    book = load_workbook(BytesIO(b"".join(format_of(".xlsx").write(["words"], [[text]]))))
    cell = book.active["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value.startswith("'")
