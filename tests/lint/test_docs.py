"""The list of findings in the documents: every id of the code stands there, and nothing else does."""

import re
from pathlib import Path

from investigations.lint.spans import SAID

HOUSE = Path(__file__).resolve().parents[2]
ID = re.compile(r"\b(?:story|record|desk)\.[EWI]\d{3}\b")
ROW = re.compile(r"^\| `(?P<id>[a-z]+\.[EWI]\d{3})` \| (?P<means>[^|]+) \| (?P<do>[^|]+) \|$", re.MULTILINE)
DOCUMENT = (HOUSE / "docs" / "findings.md").read_text(encoding="utf-8")


def ids_of_the_code():
    modules = (HOUSE / "investigations").rglob("*.py")
    return {id_ for path in modules for id_ in ID.findall(path.read_text(encoding="utf-8"))}


def test_every_id_of_the_code_stands_in_the_document():
    ids = ids_of_the_code()
    assert len(ids) >= 28
    assert ids - {row["id"] for row in ROW.finditer(DOCUMENT)} == set()


def test_every_id_of_the_document_stands_in_the_code():
    assert set(ID.findall(DOCUMENT)) - ids_of_the_code() == set()


def test_each_id_stands_once_in_order_with_what_it_means_and_what_to_do():
    rows = [row.groupdict() for row in ROW.finditer(DOCUMENT)]
    story = [row["id"] for row in rows if row["id"].startswith("story.")]
    assert story == sorted(set(story), key=lambda id_: int(id_[-3:]))
    assert all(row["means"].endswith(".") and row["do"].endswith(".") for row in rows)


def test_a_finding_on_marks_is_said_in_the_document_as_on_the_screen():
    rows = {row["id"]: row["means"] for row in ROW.finditer(DOCUMENT)}
    assert {id_: msg for id_, msg, _ in SAID.values()} == {id_: rows[id_] for id_, _, _ in SAID.values()}
