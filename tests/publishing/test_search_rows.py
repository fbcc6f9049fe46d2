"""The public search follows publication, in the same transaction: published words, and no others."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from investigations.fulltext.question import question
from investigations.publishing.compile import compile_work, recompile
from investigations.publishing.policy import publish_policy
from investigations.publishing.projection.story import work_of
from investigations.publishing.withhold import make_final, restore
from investigations.record.models import SearchRow
from investigations.record.models.search import PUBLIC_INDEX
from tests import builders
from tests.pages.notes import write_note
from tests.publishing.withheld import assert_the_record_holds, mend

GALLERY = "gallery"


def found(typed: str) -> set[str]:
    """The kinds of what is found."""
    ids = PUBLIC_INDEX.newest(connection, question(typed), 100)
    return set(SearchRow.objects.filter(pk__in=ids).values_list("kind", flat=True))


def standing() -> list[tuple]:
    """Every row, but for its number."""
    return list(SearchRow.objects.order_by("name").values_list(*(f.name for f in SearchRow._meta.fields[1:])))


def test_nothing_is_found_of_what_is_not_published(story, investigation):
    builders.make_meeting(investigation=investigation, title="Dinner at the pier")
    assert not SearchRow.objects.exists()


def test_words_of_a_story_lead_to_their_paragraph(published):
    row = SearchRow.objects.get(kind="text", text__contains=GALLERY)
    assert row.href == f"/stories/{published.slug}/#b2"
    assert row.title == published.headline
    assert found(GALLERY) == {"text"}


def test_a_meeting_is_found_by_its_title_its_guests_and_what_is_said_of_their_roles(dinner):
    guest = dinner.attendances.get().person.name
    for typed in ("dinner at the pier", guest):
        assert "meeting" in found(typed)
    assert found("came as the harbor master") == {"meeting", "quote"}
    row = SearchRow.objects.get(kind="meeting")
    assert row.href == f"/meetings/{dinner.public_key}/"
    assert row.work == ""


def test_a_policy_is_found(standards, reporter):
    policy = builders.make_policy(body="We name our blunders.")
    policy.edit(by=reporter)
    publish_policy(policy, by=standards)
    assert found("blunders") == {"policy"}
    assert_the_record_holds()


def test_a_picture_is_found_by_its_caption(story, reporter, editor):
    figure = builders.make_figure(story=story)
    builders.publish_story(story, reporter=reporter, editor=editor)
    row = SearchRow.objects.get(text__contains="The harbor at dawn.")
    assert row.href == f"/stories/{story.slug}/#figure-{figure.public_key}"


def test_after_a_correction_the_wrong_words_are_found_in_its_note_alone(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    assert found(GALLERY) == {"note"}
    assert found("did not watch the vote") == {"note"}
    assert_the_record_holds()


def test_of_a_retracted_story_only_its_notes_are_found(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    write_note(published, "retraction", note="The papers were forged.")
    kinds = set(SearchRow.objects.filter(work=work_of(published)).values_list("kind", flat=True))
    assert kinds == {"note"}
    assert found("the papers were forged") == {"note"}
    assert found("harbor board met in secret") == set()


# --- Unnamed sources ---


@pytest.fixture
def diplomat(story, investigation, reporter, editor):
    """A quote of somebody unnamed, cited twice in a published story."""
    paper = builders.make_source(investigation=investigation, title="Gazette")
    source = builders.make_source(investigation=investigation, descriptor="a diplomat of the region", relay=paper)
    quote = builders.make_quote(source=source, terms="as_printed", words="Nobody here slept", setting="")
    for passage in story.passages.all():
        builders.make_evidence(passage=passage, quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return quote


def test_what_an_unnamed_source_said_is_found_once_a_citation_and_leads_to_the_story(diplomat, story):
    ids = PUBLIC_INDEX.newest(connection, question("Nobody here slept"), 10)
    rows = SearchRow.objects.filter(pk__in=ids)
    assert {row.href for row in rows} == {f"/stories/{story.slug}/#{mark}" for mark in ("p1", "p2")}
    assert {row.title for row in rows} == {"A diplomat of the region"}
    assert {row.work for row in rows} == {work_of(story)}


def test_no_key_of_an_unnamed_source_or_their_quote_stands_in_the_search(diplomat):
    said = str(standing())
    assert diplomat.public_key not in said
    assert diplomat.source.public_key not in said
    assert diplomat.source.code_name not in said


@pytest.mark.parametrize("by_quote", [True, False])
def test_no_meeting_is_found_by_who_speaks_unnamed_of_a_role_nor_by_what_they_say_of_several(
    story, investigation, reporter, editor, by_quote
):
    paper = builders.make_source(investigation=investigation, title="Gazette")
    source = builders.make_source(investigation=investigation, descriptor="a diplomat of the region", relay=paper)
    pier, yard = (builders.make_meeting(investigation=investigation, title=title) for title in ("Pier", "Yard"))
    both = builders.make_meeting_class(investigation=investigation, meetings=[pier, yard])
    person = builders.make_person()
    for about, words in (({"meeting_class": both}, "spoke for the port"), ({"meeting": pier}, "came for himself")):
        told = {"source": source}
        if by_quote:
            told = {"quote": builders.make_quote(words=words, source=source, terms="as_printed")}
        builders.make_role_account(person=person, wording=words, **about, **told)
    for meeting in (pier, yard):
        builders.make_attendance(meeting=meeting, person=person, role_note="Said to be about the roof.")
        builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert found("diplomat") == found("spoke for the port") == set()
    ids = PUBLIC_INDEX.newest(connection, question("came for himself"), 10)
    assert [row.title for row in SearchRow.objects.filter(pk__in=ids)] == ["Pier"]
    assert found("about the roof") == {"meeting"}
    assert not SearchRow.objects.filter(text__contains="diplomat").exists()


# --- Withholding ---


def test_a_withheld_paragraph_is_not_found_and_a_restored_one_is_again(published, standards):
    before = standing()
    order = builders.withhold(by=standards, story=published, paragraph=2)
    assert found(GALLERY) == set()
    assert_the_record_holds()
    restore(order, by=standards)
    assert standing() == before


def test_a_withheld_meeting_is_not_found(dinner, standards):
    builders.withhold(by=standards, entry=f"meeting/{dinner.public_key}", investigation=dinner.investigation)
    assert found("dinner at the pier") == set()
    assert_the_record_holds()


def test_of_a_withheld_edition_no_word_is_found(published, standards):
    builders.withhold(by=standards, story=published)
    assert found(GALLERY) == set()
    assert not SearchRow.objects.filter(work=work_of(published)).exists()


@pytest.mark.sqlite
def test_no_byte_of_the_index_has_a_word_that_was_destroyed(transactional_db, published, reporter, editor, standards):
    mend(published, reporter, old=published.body.split("\n\n")[1], new="The board said nothing.\n")
    order = builders.withhold(by=standards, story=published, paragraph=2)
    make_final(order, by=editor)
    for word in ("gallery", "watched"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM record_searchrow_fts_data WHERE instr(block, %s)", [word[2:].encode()]
            )
            assert cursor.fetchone() == (0,)


# --- Made anew, and verified ---


def test_the_search_is_made_anew_from_the_ledger(dinner, story, reporter, editor):
    builders.correct_story(story, reporter=reporter, editor=editor)
    before = standing()
    SearchRow.objects.all().delete()
    steps = []
    recompile(lambda: steps.append(1))
    assert standing() == before
    assert len(steps) > 1
    assert PUBLIC_INDEX.faults(connection) == []


def test_what_has_not_changed_is_not_written_again(published):
    before = dict(SearchRow.objects.values_list("name", "pk"))
    compile_work(work_of(published))
    assert dict(SearchRow.objects.values_list("name", "pk")) == before


def test_the_search_is_verified_against_the_ledger(published):
    SearchRow.objects.filter(kind="text").update(words="planted")
    with pytest.raises(CommandError, match=r"record_searchrow .*differs from the ledger in words: recompile"):
        call_command("verify_record")


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_an_index_that_is_not_what_its_rows_say_is_found_by_the_verification(published, vendor):
    if connection.vendor != vendor:
        pytest.skip("the other engine’s index")
    with connection.cursor() as cursor:
        if vendor == "sqlite":
            cursor.execute("INSERT INTO record_searchrow_fts (rowid, head) VALUES (99999, 'planted')")
        else:
            cursor.execute("ALTER TABLE record_searchrow DISABLE TRIGGER record_searchrow_keep")
            cursor.execute("UPDATE record_searchrow SET vector = 'planted'")
            cursor.execute("ALTER TABLE record_searchrow ENABLE TRIGGER record_searchrow_keep")
    with pytest.raises(CommandError, match="the search index is not what"):
        call_command("verify_record")
