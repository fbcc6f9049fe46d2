"""What is kept of an upload and for how long, and files that are refused before a row is read."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from investigations.exchange import sheet as limits
from investigations.exchange.uploads import InMemoryUpload
from investigations.models import Person, Quote, Source
from tests import builders
from tests.admin.files import PEOPLE, address, confirm, kept_uploads, told, upload
from tests.admin.test_markup import refused
from tests.exchange.conftest import written

# --- Between preview and confirmation ---


def test_an_upload_is_kept_in_no_file_and_nobodys_session(as_user, reporter, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client = as_user(reporter)
    rows = [{"short name": f"p{n}", "name": "xyz " * 45} for n in range(9000)]
    for extension in ("csv", "xlsx"):
        preview = upload(client, "person", rows, f"rows.{extension}")
        assert preview.context["upload"] not in {"", client.session.session_key}
    assert "newsroom_upload" not in client.session
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("outcome", ["written", "refused"])
def test_an_upload_is_gone_once_confirmed_whatever_came_of_it(outcome, as_user, investigation, reporter):
    source = builders.make_source(investigation=investigation, code_name="red fern")
    client = as_user(reporter)
    row = {"slug": "q-1", "investigation": investigation.slug, "source": "red fern", "words": "Yes"}
    preview = upload(client, "quote", [row])
    assert len(kept_uploads()) == 1
    if outcome == "refused":
        Source.objects.filter(pk=source.pk).update(code_name="blue fern")
    confirm(client, "quote", preview)
    assert (Quote.objects.count(), len(kept_uploads())) == ((1, 0) if outcome == "written" else (0, 0))
    again = confirm(client, "quote", preview)
    assert again.url == address("quote", "import")
    assert "This preview has been used or has expired" in told(client.get(again.url))[-1]


def test_an_upload_nobody_confirms_expires_and_is_deleted_with_the_next(as_user, reporter):
    client = as_user(reporter)
    first = upload(client, "person", PEOPLE)
    Session.objects.filter(pk=first.context["upload"]).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert confirm(client, "person", first).url == address("person", "import")
    upload(client, "person", PEOPLE)
    assert not Session.objects.filter(pk=first.context["upload"]).exists()
    assert not Person.objects.exists()


def test_an_upload_expires_after_half_an_hour(as_user, reporter):
    preview = upload(as_user(reporter), "person", PEOPLE)
    left = Session.objects.get(pk=preview.context["upload"]).expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)


def test_nobody_else_confirms_an_upload_nor_for_another_noun(as_user, reporter, outsider):
    preview = upload(as_user(reporter), "person", PEOPLE)
    assert confirm(as_user(outsider), "person", preview).url == address("person", "import")
    assert confirm(as_user(reporter), "organization", preview).url == address("organization", "import")
    assert not Person.objects.exists()
    assert confirm(as_user(reporter), "person", preview).url == address("person", "changelist")


def test_the_key_of_an_upload_logs_nobody_in(client, as_user, reporter):
    key = upload(as_user(reporter), "person", PEOPLE).context["upload"]
    stranger = Client()
    stranger.cookies["sessionid"] = key
    assert stranger.get(address("person", "changelist")).status_code == 302


def test_what_has_changed_since_the_preview_is_shown_again_before_anything_is_written(as_user, reporter):
    client = as_user(reporter)
    preview = upload(client, "person", PEOPLE)
    builders.make_person(name="Kim Other", slug="kim")
    response = confirm(client, "person", preview)
    page = response.content.decode()
    assert "The desk&#x27;s records have changed since the preview" in page
    assert "Preview: 1 new, 1 changed" in page
    assert list(Person.objects.values_list("name", flat=True)) == ["Kim Other"]
    assert confirm(client, "person", response).url == address("person", "changelist")
    assert Person.objects.count() == 2


def test_rows_whose_names_are_drawn_can_be_confirmed(as_user, investigation, reporter):
    client = as_user(reporter)
    row = {"investigation": investigation.slug, "kind": "document", "title": "Minutes"}
    assert confirm(client, "source", upload(client, "source", [row])).url == address("source", "changelist")


def test_a_short_name_that_a_hidden_row_has_is_free(as_user, outsider):
    hidden = builders.make_meeting(slug="visit")
    own = builders.make_investigation(slug="own", team=[outsider])
    client = as_user(outsider)
    row = {"slug": "visit", "investigation": "own", "title": "Visit", "kind": "dinner", "established": "document"}
    row |= {"person": "", "descriptor": "a pilot", "headcount": 1, "presence": "came"}
    response = confirm(client, "meeting", upload(client, "meeting", [row]))
    assert told(client.get(response.url)) == ["Imported: 1 new, 0 changed, 0 unchanged."]
    assert type(hidden).objects.get(investigation=own).slug == "visit"


# --- What is refused ---


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("rows.xls", b"x", "ends in .csv, .xlsx or .json"),
        ("rows.csv", "name\nCafé".encode("latin-1"), "isn&#x27;t in UTF-8"),
        ("rows.xlsx", b"name\nLee", "can&#x27;t be read as XLSX"),
        ("rows.json", b"{", "isn&#x27;t a JSON list"),
        ("rows.csv", b"name\n", "holds no rows"),
        ("rows.csv", b"", "empty"),
        ("rows.csv", b"checked_by\nx", "has the column checked_by, which is never imported"),
    ],
)
def test_a_file_that_cant_be_imported_is_told_on_the_page_and_not_kept(name, data, says, as_user, reporter):
    response = upload(as_user(reporter), "person", data, name)
    assert says in response.content.decode()
    assert refused(response) == []
    assert kept_uploads() == []


def test_a_file_over_the_limit_is_refused_before_anything_looks_into_it(as_user, reporter):
    response = upload(as_user(reporter), "person", b"\xff" * (limits.MAX_BYTES + 1))
    assert "This file has 5.0 MB; up to 5 MB are read." in response.content.decode()
    assert "UTF-8;" not in response.content.decode()


def test_of_a_file_over_the_limit_only_the_size_is_kept_in_memory(rf):
    handler = InMemoryUpload(rf.post("/"))
    handler.new_file("import_file", "rows.csv", "text/csv", None)
    for start in range(0, 4 * limits.MAX_BYTES, limits.MAX_BYTES // 2):
        handler.receive_data_chunk(b"x" * (limits.MAX_BYTES // 2), start)
    file = handler.file_complete(4 * limits.MAX_BYTES)
    assert (file.size, len(file.read())) == (4 * limits.MAX_BYTES, limits.MAX_BYTES)


def test_a_form_without_a_file_is_told(as_user, reporter):
    page = as_user(reporter).post(address("person", "import"), {}).content.decode()
    assert "This field is required." in page


def test_both_steps_need_the_token_of_the_form(reporter):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)
    assert upload(strict, "person", PEOPLE).status_code == 403
    assert strict.post(address("person", "process_import"), {"upload": "x"}).status_code == 403
    page = strict.get(address("person", "import"))
    token = str(page.context["csrf_token"])
    file = SimpleUploadedFile("rows.csv", written(PEOPLE))
    preview = strict.post(address("person", "import"), {"import_file": file, "csrfmiddlewaretoken": token})
    assert "Preview: 2 new" in preview.content.decode()


def test_confirmation_is_a_post(as_user, reporter):
    assert as_user(reporter).get(address("person", "process_import")).status_code == 405
