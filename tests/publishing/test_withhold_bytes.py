"""What is destroyed is nowhere in the database: in no row of any table, and in no byte of SQLite's files."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from investigations.fulltext.index import TextIndex
from investigations.models.desk_text import DESK_INDEX
from investigations.publishing.withhold import make_final
from investigations.record.models import Part
from investigations.record.models.search import PUBLIC_INDEX
from tests import builders
from tests.publishing.withheld import VOTE, mend

SCOPES: dict[str, dict[str, Any]] = {
    "paragraph": {"paragraph": 2},
    "words": {"paragraph": 2, "words": VOTE},
    "edition": {},
}


def rows() -> bytes:
    """Every row of every table of the newsroom."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.all().values_list():
            found += [bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row]
    return b"\n".join(found)


def files() -> bytes:
    """Every byte of the database's files, the journal's too."""
    path = Path(str(connection.settings_dict["NAME"]))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


@pytest.fixture(params=SCOPES)
def destroyed(request, transactional_db, published, reporter, editor, standards):
    """The salts of what was destroyed, and the words."""
    if request.param == "edition":
        published.edit(by=reporter, now=builders.NEXT_DAY, headline="Another", body="Other words.")
    else:
        builders.correct_story(published, reporter=reporter, editor=editor, old="the gallery", new="the balcony")
        mend(published, reporter, old=published.body.split("\n\n")[1], new="The board said nothing.\n")
    order = builders.withhold(by=standards, story=published, **SCOPES[request.param])
    parts = [part for part in Part.objects.all() if VOTE in (part.content or "")]
    assert parts
    salts = [bytes(part.salt) for part in parts]
    connection.close()  # as a newsroom's process ends: what it wrote is in the files
    assert VOTE.encode() in rows()
    make_final(order, by=editor)
    return [VOTE.encode(), *salts]


def test_no_row_of_any_table_has_it(destroyed):
    found = rows()
    assert [secret for secret in destroyed if secret in found] == []


@pytest.mark.sqlite
def test_no_byte_of_the_files_has_it(destroyed):
    found = files()
    assert [secret for secret in destroyed if secret in found] == []


def test_both_searches_are_written_anew(published, reporter, editor, standards, monkeypatch):
    forgotten = []
    monkeypatch.setattr(TextIndex, "forget", lambda index, connection: forgotten.append(index))
    published.edit(by=reporter, now=builders.NEXT_DAY, headline="Another", body="Other words.")
    make_final(builders.withhold(by=standards, story=published), by=editor)
    assert forgotten == [PUBLIC_INDEX, DESK_INDEX]


@pytest.mark.sqlite
def test_the_files_are_read_whole(transactional_db, published):
    salt = bytes(Part.objects.get(kind="block", key="b2").salt)
    found = files()
    assert VOTE.encode() in found
    assert salt in found


@pytest.mark.sqlite
def test_sqlite_writes_over_what_it_frees(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
