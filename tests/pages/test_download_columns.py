"""The documents name every column of every download, and say of it what the data package says."""

import re
from pathlib import Path

import pytest

from investigations.pages.download_tables import TABLES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "downloads.md").read_text()
KINDS = {"string": "text", "integer": "number", "boolean": "true, false", "date": "date"}
ALL = [table for tables in TABLES.values() for table in tables]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_tables_columns_are_documented_as_they_are(table):
    (section,) = re.findall(rf"### {table.title}\n\n(.*?)(?=\n\n###|\Z)", PAGE, re.DOTALL)
    assert section.startswith(f"{table.description}\n")
    written = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", section, re.MULTILINE)
    assert written == [
        (column.name, "address" if column.format == "uri" else KINDS[column.type], column.description)
        for column in table.columns
    ]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_no_two_columns_of_a_table_have_one_name(table):
    assert len(set(table.headers)) == len(table.columns)
