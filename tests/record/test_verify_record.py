"""The command that verifies the record: what it says, and with what exit status."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from investigations.publishing.compare import compare_pages
from investigations.publishing.compile import recompile
from investigations.record import chain
from investigations.record.models import (
    DERIVED,
    AttendanceRow,
    CorrectionRow,
    CountRow,
    Edition,
    FacetRow,
    MeetingRow,
    OrganizationRow,
    Page,
    Part,
    PersonRow,
    QuoteRow,
    SourceRow,
    StoryRow,
)
from tests import builders
from tests.record.ledger import part_of, take_guards_away

MEETING_BODY = "The harbor board [met in secret in March]{#p1}, and the port was sold."


@pytest.fixture
def with_rows(investigation, reporter, editor, published):
    """A record with a row in each derived table: two stories, one of them corrected, a meeting with an officer."""
    meeting = builders.make_meeting(investigation=investigation)
    role = builders.make_role(organization=builders.make_organization(), since="2010", in_office=True)
    builders.make_attendance(meeting=meeting, person=role.person)
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=MEETING_BODY)
    builders.make_evidence(passage=story.passages.get(), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(published, reporter=reporter, editor=editor)
    assert all(model.objects.exists() for model in DERIVED)


def verify(**options: str) -> str:
    """Run the command; what it printed."""
    out = StringIO()
    call_command("verify_record", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refusal(**options: str) -> str:
    """Run the command on a record that does not hold; the sentence it ends with."""
    with pytest.raises(CommandError) as raised:
        verify(**options)
    assert raised.value.returncode == 1
    return str(raised.value)


def test_an_empty_record_holds(db):
    assert verify().startswith("The record holds: 0 links, 0 pages.")


def test_a_record_that_holds_is_told_with_its_end(with_rows):
    links, pages = Edition.objects.count(), Page.objects.count()
    end = chain.head().digest
    assert verify() == f"The record holds: {links} links, {pages} pages. Its end is {end}.\n"


def test_the_first_bad_row_is_in_the_sentence(with_rows):
    take_guards_away()
    part = part_of(Edition.objects.get(position=2), "block")
    Part.objects.filter(pk=part.pk).update(content=part.content.replace("port", "fort"))
    said = refusal()
    assert said.startswith(f"The record does not hold. First: record_part {part.pk} (block 1 of story:")
    assert "its content is not what was committed to." in said


def test_a_record_without_guards_does_not_hold(with_rows):
    take_guards_away()
    assert "lacks the guards ledger_guard_record_edition_delete" in refusal()


def test_a_head_from_before_is_found_in_the_chain(with_rows):
    for edition in Edition.objects.all():
        assert verify(head=f" {edition.digest.upper()} ").startswith("The record holds")


def test_a_head_that_never_was_is_not_found(with_rows):
    assert f"{'ab' * 32} is not in the chain" in refusal(head="ab" * 32)


def test_a_cut_tail_is_found_by_the_head_that_a_reader_kept(db):
    builders.append_plain_edition("story:1")
    kept = builders.append_plain_edition("story:2")
    take_guards_away()
    kept.parts.all().delete()
    Edition.objects.filter(pk=kept.pk).delete()
    assert "what followed or held it has been cut off" in refusal(head=kept.digest)


# Pages.


def test_one_byte_changed_in_a_page_is_found(with_rows):
    page = Page.objects.exclude(path__in=["/", "/404/"]).latest("pk")
    Page.objects.filter(pk=page.pk).update(body=bytes(page.body).replace(b"e", b"a", 1))
    said = refusal()
    assert f"record_page {page.pk} ({page})" in said
    assert "the page was changed" in said


@pytest.mark.parametrize(("field", "value"), [("etag", "0" * 64), ("status", 500), ("content_type", "text/plain")])
def test_a_changed_header_of_a_page_is_found(with_rows, field, value):
    Page.objects.filter(path="/").update(**{field: value})
    assert "(/): is not what the ledger compiles to: the page was changed" in refusal()


def test_every_stored_page_is_compared(with_rows):
    Page.objects.update(body=b"?")
    found = {fault.row.split()[1] for fault in compare_pages()}
    assert found == {str(pk) for pk in Page.objects.values_list("pk", flat=True)}


def test_a_page_of_another_build_is_stale_and_not_called_bad(with_rows):
    Page.objects.filter(path="/").update(build="0" * 16, body=b"An older look.")
    said = refusal()
    assert "stale, compiled by another build: recompile" in said
    assert "changed" not in said


def test_a_page_nobody_accounts_for_is_found(with_rows):
    extra = Page.objects.create(path="/planted/", content_type="text/html", body=b"!", etag="0" * 64, build="x")
    assert f"record_page {extra.pk} (/planted/): nothing in the ledger accounts for this page" in refusal()


def test_a_missing_page_is_found(with_rows):
    Page.objects.filter(path="/corrections/1/").delete()
    assert "(/corrections/1/): readers get nothing here, and should: recompile" in refusal()


# Index rows.

CHANGED = {
    StoryRow: {"headline": "Another headline"},
    MeetingRow: {"role_in_dispute": True},
    AttendanceRow: {"name": "Somebody Else"},
    QuoteRow: {"words": "Other words"},
    SourceRow: {"title": "Another title"},
    PersonRow: {"name": "Somebody Else"},
    OrganizationRow: {"people": 7},
    FacetRow: {"counted": False},
    CountRow: {"number": 7},
    CorrectionRow: {"kind": "minor"},
}


@pytest.mark.parametrize(("model", "changed"), CHANGED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_changed_index_row_is_found(with_rows, model, changed):
    row = model.objects.latest("pk")
    model.objects.filter(pk=row.pk).update(**changed)
    said = refusal()
    assert f"{model._meta.db_table} {row.pk} (" in f"{said}{refused_also()}"


def refused_also() -> str:
    """The further faults, as the command prints them."""
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_record", stdout=StringIO(), stderr=err)
    return err.getvalue()


@pytest.mark.parametrize("model", [AttendanceRow, CorrectionRow, MeetingRow, QuoteRow, PersonRow, CountRow])
def test_a_missing_index_row_is_found(with_rows, model):
    model.objects.all().delete()
    assert f"{model._meta.db_table} – (" in refusal() + refused_also()


def test_an_extra_index_row_is_found(with_rows):
    meeting = MeetingRow.objects.get()
    planted = AttendanceRow.objects.create(
        meeting=meeting, person="planted", name="N", sort_name="N", presence="came"
    )
    assert f"record_attendancerow {planted.pk}: nothing in the ledger accounts for this row" in refusal()


# Recompiling.


def stored() -> dict[tuple[str, str], tuple[bytes, str, str, int, str]]:
    """Everything that readers get, by address."""
    return {
        (page.path, page.variant): (bytes(page.body), page.etag, page.content_type, page.status, page.build)
        for page in Page.objects.all()
    }


def rows() -> list[dict]:
    """Every index row, without its number."""
    found = [row for model in DERIVED if model is not Page for row in model.objects.values()]
    return sorted(({name: value for name, value in row.items() if name != "id"} for row in found), key=repr)


def test_recompiling_gives_the_same_pages_byte_for_byte(with_rows):
    before = stored(), rows()
    recompile()
    assert (stored(), rows()) == before


def test_recompiling_mends_everything_derived(with_rows):
    before = stored(), rows()
    Page.objects.filter(path="/").update(body=b"!")
    Page.objects.filter(path="/corrections/").delete()
    Page.objects.create(path="/planted/", content_type="text/html", body=b"!", etag="0" * 64, build="x")
    MeetingRow.objects.all().delete()
    StoryRow.objects.update(headline="Another headline")
    call_command("recompile", stdout=StringIO())
    assert (stored(), rows()) == before
    assert verify()


def test_recompiling_writes_nothing_to_the_ledger(with_rows):
    end = chain.head()
    recompile()
    assert chain.head() == end
    assert chain.verify() == []


def test_recompiling_says_how_many_pages_there_are(with_rows):
    out = StringIO()
    call_command("recompile", stdout=out)
    assert out.getvalue() == f"Compiled {Page.objects.count()} pages.\n"
