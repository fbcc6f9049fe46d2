"""Tables to take away: text in UTF-8 that every spreadsheet reads, and that runs nothing in any."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from investigations.tables.cells import restored
from investigations.tables.comma import csv_bytes

CELLS = st.text(st.one_of(st.sampled_from("='+-@\t\r\n\",;"), st.characters(codec="utf-8")), max_size=8).map(
    lambda text: text.replace("\0", "")
)


def read(data):
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_every_text_comes_back_as_it_was(rows):
    header, *found = read(csv_bytes(["one", "two"], rows))
    assert header == ["one", "two"]
    assert [[restored(cell) for cell in row] for row in found] == rows


@given(st.lists(CELLS, min_size=2, max_size=2))
def test_no_cell_runs_and_no_column_is_named_like_a_formula(row):
    cells = [cell for line in read(csv_bytes(row, [row])) for cell in line]
    assert [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@"))] == []


def test_it_says_in_its_first_bytes_that_it_is_utf_8():
    assert csv_bytes(["year"], []).startswith(b"\xef\xbb\xbfyear\r\n")
