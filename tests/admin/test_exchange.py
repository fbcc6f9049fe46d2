"""Import and export on the screens: preview, confirmation, permissions, what is kept of an upload, how long."""

import csv
import json
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from investigations.exchange.formats import format_of
from investigations.models import Attendance, Meeting, Person, Quote
from investigations.models.groups import EXCHANGED
from tests import builders
from tests.admin.files import PEOPLE, address, confirm, kept_uploads, told, upload
from tests.admin.test_markup import refused

EVERY_NOUN = pytest.mark.parametrize("noun", EXCHANGED)


# --- Entry points ---


@EVERY_NOUN
def test_a_list_has_buttons_for_both_and_export_keeps_its_filters(noun, as_user, reporter):
    page = as_user(reporter).get(f"{address(noun, 'changelist')}?q=visit").content.decode()
    assert address(noun, "import") in page
    assert f"{address(noun, 'export')}?q=visit" in page


@EVERY_NOUN
@pytest.mark.parametrize("page", ["import", "export"])
def test_the_pages_name_the_columns_and_send_nothing_that_is_refused(noun, page, as_user, reporter):
    response = as_user(reporter).get(address(noun, page))
    assert response.status_code == 200
    assert "investigation" in response.content.decode()
    assert refused(response) == []


def test_nouns_without_files_have_no_addresses_for_them(as_user, standards):
    assert as_user(standards).get("/admin/investigations/story/export/").status_code in {302, 404}


# --- Preview and confirmation ---


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_a_file_is_previewed_then_confirmed(extension, as_user, reporter):
    builders.make_person(name="Kim Old", slug="kim")
    client = as_user(reporter)
    preview = upload(client, "person", PEOPLE, f"people.{extension}")
    page = preview.content.decode()
    assert "Preview: 1 new, 1 changed, 0 unchanged" in page
    assert "<del>Kim Old</del> <ins>Kim Still</ins>" in page
    assert refused(preview) == []
    assert Person.objects.count() == 1
    response = confirm(client, "person", preview)
    assert response.url == address("person", "changelist")
    assert told(client.get(response.url)) == ["Imported: 1 new, 1 changed, 0 unchanged."]
    assert set(Person.objects.values_list("name", flat=True)) == {"Lee Sample", "Kim Still"}


def test_each_record_has_the_import_in_its_history_and_none_has_the_files_name(as_user, reporter):
    client = as_user(reporter)
    confirm(client, "person", upload(client, "person", PEOPLE, "zoe-nandu.csv"))
    entries = LogEntry.objects.values_list("user__username", "object_repr", "change_message")
    assert set(entries) == {("reporter", "Lee Sample", "By import."), ("reporter", "Kim Still", "By import.")}


def test_a_file_that_changes_nothing_has_nothing_to_confirm(as_user, reporter):
    builders.make_person(name="Lee Sample", slug="lee")
    preview = upload(as_user(reporter), "person", PEOPLE[:1])
    assert "Nothing would change" in preview.content.decode()
    assert (preview.context["upload"], kept_uploads()) == ("", [])


def test_one_bad_row_among_two_thousand_is_named_and_nothing_is_written(as_user, investigation, reporter):
    builders.make_source(investigation=investigation, code_name="red fern")
    rows = [
        {"short name": f"q-{n}", "investigation": investigation.slug, "source": "red fern", "words": f"Words {n}"}
        for n in range(2000)
    ]
    rows[1233]["source"] = "read fern"
    response = upload(as_user(reporter), "quote", rows)
    page = response.content.decode()
    assert "Nothing was written: 1 row must be mended" in page
    assert "Row 1235, column source: There is no source “read fern”" in page
    assert (Quote.objects.count(), kept_uploads()) == (0, [])
    assert refused(response) == []


def test_bad_rows_are_listed_fifty_at_a_time(as_user, reporter):
    page = upload(as_user(reporter), "person", [{"name": "", "family name": "x"}] * 80).content.decode()
    assert "80 rows must be mended" in page
    assert "These are the first 50." in page
    assert page.count("This field is required.") == 50


def test_a_long_preview_lists_its_first_records_and_counts_them_all(as_user, reporter):
    page = upload(as_user(reporter), "person", [{"name": f"P{n}"} for n in range(120)]).content.decode()
    assert "New: the first 50 of 120" in page


def test_what_a_cell_holds_is_shown_as_text(as_user, reporter):
    preview = upload(as_user(reporter), "person", [{"name": '<script>alert("x")</script>', "slug": "x"}])
    assert "&lt;script&gt;" in preview.content.decode()
    assert refused(preview) == []


# --- Who may ---


@EVERY_NOUN
@pytest.mark.parametrize("verb", ["import", "export"])
def test_whoever_may_only_read_and_write_records_has_no_files(noun, verb, as_user, db):
    clerk = builders.make_user("clerk")
    everything = Permission.objects.filter(content_type__app_label="investigations")
    clerk.user_permissions.set(everything.exclude(codename=f"{verb}_{noun}"))
    client = as_user(clerk)
    assert client.get(address(noun, verb)).status_code == 403
    assert client.post(address(noun, verb), {"format": "csv"}).status_code == 403
    assert address(noun, verb) not in client.get(address(noun, "changelist")).content.decode()
    if verb == "import":
        assert client.post(address(noun, "process_import"), {"upload": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("noun", "missing"),
    [
        ("quote", "add_quote"),
        ("quote", "change_quote"),
        ("meeting", "delete_attendance"),
        ("meeting", "add_attendance"),
    ],
)
def test_an_import_needs_the_rights_to_what_it_writes(noun, missing, as_user, db):
    clerk = builders.make_user("clerk")
    clerk.user_permissions.set(Permission.objects.exclude(codename=missing))
    assert as_user(clerk).get(address(noun, "import")).status_code == 403


@EVERY_NOUN
@pytest.mark.parametrize("page", ["import", "export", "process_import"])
def test_whoever_is_no_staff_is_sent_to_the_login(noun, page, client, db):
    assert client.post(address(noun, page), {"format": "csv"}).status_code == 302


# --- Export ---


def exported(client, noun, extension="csv", query=""):
    response = client.post(address(noun, "export") + query, {"format": extension})
    assert "no-store" in response.headers["Cache-Control"]
    if extension == "csv":
        return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"), newline="")))
    return json.loads(response.getvalue())


def test_an_export_holds_what_the_lists_filters_leave(as_user, investigation, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person(), code_name="red fern")
    builders.make_quote(source=source, slug="set", words="one", terms="on_record")
    builders.make_quote(source=source, slug="unset", words="two", terms="")
    client = as_user(reporter)
    assert {row["short name"] for row in exported(client, "quote")} == {"set", "unset"}
    assert [row["short name"] for row in exported(client, "quote", query="?terms__exact=")] == ["unset"]
    assert [row["short name"] for row in exported(client, "quote", "json", "?q=one")] == ["set"]


def test_an_export_holds_more_than_a_page_of_the_list(as_user, reporter):
    for _ in range(60):
        builders.make_person()
    assert len(exported(as_user(reporter), "person")) == 60


@pytest.mark.parametrize("noun", ["source", "quote", "meeting"])
def test_an_outsiders_export_holds_nothing_of_it(noun, rows, as_user, outsider, reporter):
    assert exported(as_user(outsider), noun) == []
    assert exported(as_user(reporter), noun) != []


def test_an_address_puts_no_question_to_rows_behind_a_row(rows, as_user, outsider):
    client = as_user(outsider)
    for query in ("?source__descriptor__startswith=a", "?source__identity=known"):
        response = client.post(address("quote", "export") + query, {"format": "csv"})
        assert response.status_code in {302, 400}


def test_a_filter_that_means_nothing_leads_back_to_the_list(as_user, reporter):
    response = as_user(reporter).post(f"{address('quote', 'export')}?speaker__exact=nobody", {"format": "csv"})
    assert response.status_code in {302, 400}


def test_what_a_format_cant_hold_is_told(as_user, investigation, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    builders.make_quote(source=source, words="x" * 40_000)
    response = as_user(reporter).post(address("quote", "export"), {"format": "xlsx"})
    assert "too long for a spreadsheet" in response.content.decode()
    assert refused(response) == []


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
@EVERY_NOUN
def test_what_is_exported_from_a_screen_is_imported_there_unchanged(noun, extension, rows, as_user, reporter):
    builders.make_quote(source=rows.source, words="=1+1", terms="background", slug="formula")
    builders.make_attendance(meeting=rows.meeting, descriptor="-aides", headcount=3)
    client = as_user(reporter)
    response = client.post(address(noun, "export"), {"format": extension})
    assert response.headers["Content-Type"] == format_of(f".{extension}").content_type
    page = upload(client, noun, response.getvalue(), f"rows.{extension}").content.decode()
    assert "Preview: 0 new, 0 changed" in page
    assert "Nothing would change" in page


def test_queries_of_an_import_grow_by_one_write_a_record_and_no_look_up(
    as_user, investigation, reporter, django_assert_max_num_queries
):
    builders.make_source(investigation=investigation, code_name="red fern", person=builders.make_person(slug="lee"))

    def rows(count):
        return [
            {
                "slug": f"q-{n}",
                "investigation": investigation.slug,
                "source": "red fern",
                "words": "x",
                "speaker": "lee",
            }
            for n in range(count)
        ]

    client = as_user(reporter)
    with django_assert_max_num_queries(3 * 100 + 40):  # a savepoint, a write and its release
        upload(client, "quote", rows(100))


def test_queries_of_an_export_dont_grow_with_its_rows(
    as_user, investigation, reporter, django_assert_max_num_queries
):
    for _ in range(10):
        meeting = builders.make_meeting(investigation=investigation)
        builders.make_attendance(meeting=meeting)
    client = as_user(reporter)
    with django_assert_max_num_queries(12):
        exported(client, "meeting")
    assert (Meeting.objects.count(), Attendance.objects.count()) == (10, 10)
