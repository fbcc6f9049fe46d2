"""What is taken away of published stories: what their pages say and nothing more, in files that other tools read."""

import csv
import json
import os
import re
import shutil
import subprocess
import threading
import warnings
import zipfile
from io import BytesIO, StringIO

import pytest
from django.db import connection

from investigations.pages.download_tables import TABLES
from investigations.public import taking
from investigations.record.models import Edition, MeetingRow, Part
from tests import builders
from tests.demonstrated import read
from tests.public.index_rows import meeting_row
from tests.public.taken_away import ENDINGS, lines, of_json, take

RUNS = ["=1+1", "@SUM(1)", "+1", "-1", "\t=1", "'=1", "\n=1", '=HYPERLINK("http://nowhere.test")', "＝1", "\u2028=1"]


def everything(client) -> bytes:
    """Every download of every list, unpacked."""
    found = [take(client, "/meetings/roles.csv")]
    for name in TABLES:
        found += [take(client, f"/{name}.{ending}") for ending in ("csv", "json")]
        for ending in ("zip", "xlsx"):
            with zipfile.ZipFile(BytesIO(take(client, f"/{name}.{ending}"))) as archive:
                found += [archive.read(member) for member in archive.namelist()]
    return b"\n".join(found)


@pytest.fixture
def told(investigation, reporter, editor):
    """A published story with a meeting whose roles several people speak of, one of them unnamed, cited twice."""
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    relay = builders.make_source(investigation=investigation, kind="publication", title="The Harbor Review")
    source = builders.make_source(investigation=investigation, descriptor="a diplomat of the region", relay=relay)
    unnamed = builders.make_quote(source=source, terms="as_printed", words="It was decided before they met")
    meeting = builders.make_meeting(
        investigation=investigation, title="Dinner at the port", when="early August 2016", description="By candle."
    )
    person = builders.make_attendance(meeting=meeting, role_in_dispute=True, role_note="Both may be true.").person
    officer = builders.make_role(organization=builders.make_organization()).person
    builders.make_attendance(meeting=meeting, person=officer)
    builders.make_attendance(meeting=meeting, descriptor="ambassadors of the region", headcount=7)
    builders.make_attendance(meeting=meeting, presence="did_not_come")
    builders.make_role_account(meeting=meeting, person=person)
    builders.make_role_account(
        meeting=meeting, person=person, quote=unnamed, wording="as a guest", stance="questions"
    )
    first, second = story.passages.all()
    for passage in (first, second):
        builders.make_evidence(passage=passage, quote=unnamed)
    builders.make_evidence(passage=first, meeting=meeting)
    builders.make_evidence(passage=second, source=builders.make_source(investigation=investigation))
    builders.publish_story(story, reporter=reporter, editor=editor)
    return {"story": story, "meeting": meeting, "person": person, "source": source, "quote": unnamed}


# What the pages say.


def test_nothing_is_taken_away_that_the_pages_do_not_say(told, client):
    def words(path):
        answer = client.get(path.removeprefix("http://127.0.0.1:8000").partition("#")[0])
        assert answer.status_code == 200, path
        return read(answer.content.decode()).casefold()

    for name, table in [(name, table) for name, tables in TABLES.items() for table in tables]:
        found = lines(client, "csv", name, "" if table.name == name else table.name)
        assert found
        plain = [column.name for column in table.columns if column.type == "string" and column.format == "default"]
        for line in found:
            said = f"{words(line['page'])} {words(line['edition'])} {words(f'/{name}/')}"
            for column in set(plain) - {"key", "meeting"}:
                for piece in line[column].split(" | "):
                    for part in filter(None, re.split(r" \((?=invited|disputed|in part)", piece)):
                        assert part.rstrip(")").casefold() in said or part.casefold() in said, (column, part)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_account_of_a_role_is_a_line_of_its_own(told, client, ending):
    found = lines(client, ending, "meetings", "roles")
    assert [(line["participant"], line["stance"], line["role"]) for line in found] == [
        (told["person"].name, "Affirmed", "As harbor master"),
        (told["person"].name, "Questioned", "As a guest"),
        (found[2]["participant"], "", ""),
        ("Ambassadors of the region", "", ""),
        (found[-1]["participant"], "", ""),
    ]
    first, second, _, several, absent = found
    assert first["quote"].startswith("http://127.0.0.1:8000/quotes/")
    assert (second["quote"], second["said_by"]) == ("", "A diplomat of the region")
    assert second["terms"] == "As printed by The Harbor Review"
    assert first["role_note"] == second["role_note"] == "Both may be true."
    assert (several["headcount"], several["person"]) == ("7", "")
    assert absent["presence"] == "Invited, did not come"
    assert {line["meeting"] for line in found} == {told["meeting"].public_key}


def test_a_meeting_counts_who_came_and_names_who_is_named(told, client):
    (line,) = lines(client, "csv")
    assert line["headcount"] == "9"
    first, _, second = line["people"].split(" | ")
    assert first == told["person"].name
    assert second.endswith(" (invited, did not come)")


def test_a_row_leads_to_the_edition_that_said_it_last(told, client, reporter, editor):
    editions = f"http://127.0.0.1:8000/stories/{told['story'].slug}/editions"
    assert {line["edition"] for line in lines(client, "csv")} == {f"{editions}/1/"}
    builders.correct_story(told["story"], reporter=reporter, editor=editor)
    for name in TABLES:
        assert {line["edition"] for line in lines(client, "csv", name)} == {f"{editions}/2/"}


def test_json_has_the_roles_of_a_meeting_in_the_meeting(told, client):
    data = take(client, "/meetings.json")
    (row,) = json.loads(data)["meetings"]
    assert len(row["roles"]) == 5
    assert of_json(data, "meetings", "roles") == lines(client, "csv", "meetings", "roles")
    assert row["headcount"] == 9
    assert row["may_fall_in_range"] is None


def test_the_record_ends_in_the_digest_that_readers_are_told(told, client):
    said = json.loads(take(client, "/sources.json"))["record"]
    last = Edition.objects.order_by("-position").first()
    assert said == {"head": last.digest, "last_published": last.published_at.isoformat(timespec="seconds")}
    assert said["head"] in client.get("/corrections/").content.decode()


# What may not be known.


def test_nothing_taken_away_links_two_citations_of_somebody_unnamed(told, client):
    data = everything(client)
    for kept in ("source", "quote"):
        assert told[kept].public_key.encode() not in data
    cited = [line for line in lines(client, "csv", "quotes") if line["is_citation"] == "true"]
    assert {line["key"] for line in cited} == {piece.public_key for piece in told["quote"].evidence.all()}
    assert len({line["page"] for line in cited}) == len(cited) == 2
    for column in ("person", "source", "reported_by", "where_in_it", "to_whom"):
        assert {line[column] for line in cited} == {""}


def test_of_an_unnamed_source_and_of_the_desk_nothing_is_in_any_file(told, client):
    data = everything(client)
    assert told["source"].code_name.encode() not in data
    assert lines(client, "csv", "sources")
    assert not [line for line in lines(client, "csv", "sources") if "diplomat" in line["title"]]
    assert not [line for line in lines(client, "csv", "people") if "diplomat" in line["name"]]


def test_what_is_withheld_is_in_no_file(told, client, standards):
    assert b"Dinner at the port" in everything(client)
    builders.withhold(by=standards, entry=f"meeting/{told['meeting'].public_key}")
    data = everything(client)
    texts = ("Dinner at the port", "By candle.", "As harbor master", "Both may be true.")
    assert [gone for gone in (*texts, told["meeting"].public_key) if gone.encode() in data] == []


def test_what_is_withheld_of_the_ledger_alone_is_not_read(told, client):
    """Rows are made anew with every act; should one ever stand too long, the ledger decides."""
    row = MeetingRow.objects.get()
    builders.withhold_part(Part.objects.get(key=f"meeting/{row.key}"), "hidden")
    MeetingRow(
        key=row.key, **{each: getattr(row, each) for each in ("position", "title", "kind", "established")}
    ).save()
    (line,) = lines(client, "csv")
    assert line["description"] == line["people"] == ""
    assert lines(client, "csv", "meetings", "roles") == []


# While something is published.


@pytest.mark.django_db(transaction=True)
def test_a_download_is_as_of_one_moment_and_keeps_nobody_from_publishing(client, monkeypatch):
    monkeypatch.setattr(taking, "CHUNK", 50)
    for n in range(120):
        meeting_row(f"meeting{n:03}", "April 14, 2016")
    answer = client.get("/meetings.csv")
    pieces = iter(answer)
    sent = [next(pieces), next(pieces)]  # the mark of UTF-8, and the first rows

    def publish():
        meeting_row("published", "April 15, 2016")
        connection.close()

    publishing = threading.Thread(target=publish)
    publishing.start()
    publishing.join(timeout=10)
    assert not publishing.is_alive()
    sent += pieces
    answer.close()
    keys = [line["key"] for line in csv.DictReader(StringIO(b"".join(sent).decode("utf-8-sig")))]
    assert len(keys) == 120
    assert "published" not in keys
    assert len(lines(client, "csv")) == 121


@pytest.mark.django_db(transaction=True)
def test_a_download_that_is_broken_off_leaves_no_transaction_behind(client):
    for n in range(300):
        meeting_row(f"meeting{n:03}")
    answer = client.get("/meetings.csv")
    pieces = iter(answer)
    next(pieces), next(pieces)
    answer.close()
    del pieces
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # which fails inside another one on SQLite
        cursor.execute("ROLLBACK")
    meeting_row("afterwards")
    assert len(lines(client, "csv")) == 301


# Tools of others.


@pytest.fixture
def hostile(told, db):
    """Rows with texts that a spreadsheet would run."""
    for n, text in enumerate(RUNS):
        meeting_row(f"hostile{n:02}", title=text, place=text)


def test_frictionless_accepts_every_package(hostile, client, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        for name in TABLES:
            file = tmp_path / f"{name}.zip"
            file.write_bytes(take(client, f"/{name}.zip"))
            report = Package(str(file)).validate()
            assert report.flatten(["type", "note"]) == []
            assert report.stats["tasks"] == len(TABLES[name])


@pytest.fixture
def spreadsheet(tmp_path):
    """Opens files in LibreOffice and saves them as flat XML; without it left out, but in CI that is a failure."""
    if not shutil.which("soffice") and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")

    def opened(**files):
        for name, data in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path / "out")]
        paths = [str(tmp_path / name.replace("_", ".")) for name in files]
        subprocess.run([*command, *paths], check=True, capture_output=True, timeout=240)
        return [(tmp_path / "out" / f"{name.partition('_')[0]}.fods").read_text() for name in files]

    return opened


@pytest.mark.once
def test_in_libreoffice_no_cell_is_a_formula(hostile, client, spreadsheet):
    csv_file, workbook, running = spreadsheet(
        csvfile_csv=take(client, "/meetings.csv"),
        workbook_xlsx=take(client, "/meetings.xlsx"),
        running_csv=b'a,b\r\n"=1+1",x\r\n',
    )
    assert "table:formula" in running  # so it would be seen
    for opened in (csv_file, workbook):
        assert "table:formula" not in opened
        assert "Dinner at the port" in opened
        assert opened.count("HYPERLINK") >= 2
