"""The desk's guards: history stays as it is, and nobody signs what they had a hand in, by SQL either."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from investigations.models import Contribution, Correction, CorrectionStep, FindingOverride, guards
from tests import builders

APPROVAL = (
    "UPDATE investigations_correction SET state = 'approved', approved_by_id = %s, approved_at = %s,"
    " approved_digest = 'd' WHERE id = %s"
)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sentence, sql, *values):
    with pytest.raises(DatabaseError, match=sentence):
        run(sql, *values)


@pytest.fixture
def submitted(published, reporter):
    """A submitted correction by the reporter, the text mended."""
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace(" from the gallery", ""))
    return builders.make_submitted(story=published, written_by=reporter)


@pytest.fixture
def corrected(published, reporter, editor):
    """A correction that readers have, a finding that an editor let pass, a step of a story, a fact-check file."""
    builders.make_fact_check_file(story=published, by=reporter)
    builders.make_finding_override(story=published, by=editor)
    builders.make_story_review(story=published, by=reporter)
    return builders.correct_story(published, reporter=reporter, editor=editor)


@pytest.mark.parametrize("table", guards.KEPT)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_done_is_neither_changed_nor_dropped(table, verb, corrected):
    sql = {"update": f"UPDATE {table} SET at = at", "delete": f"DELETE FROM {table}"}[verb]
    refused("what was done stays on file", sql)
    assert (Contribution.objects.count(), CorrectionStep.objects.count()) >= (3, 4)
    assert FindingOverride.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("table", [*guards.KEPT, guards.CORRECTION])
def test_what_was_done_is_not_truncated(table, corrected):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refused("stays on file", f"TRUNCATE {table} CASCADE")


FIELDS = [field.column for field in Correction._meta.concrete_fields]


@pytest.mark.parametrize("column", [column for column in FIELDS if column not in ("signed_by_id", "signed_at")])
def test_no_column_of_a_published_correction_changes(column, corrected, standards):
    field = next(field for field in Correction._meta.concrete_fields if field.column == column)
    value = {
        "ForeignKey": standards.pk,
        "DateTimeField": "2001-01-01 00:00:00+00:00",
        "DateField": "2001-01-01",
        "BooleanField": True,
        "UUIDField": "0" * 32,
        "PositiveIntegerField": 77,
        "BigAutoField": 77,
    }.get(field.get_internal_type(), "declined")
    refused("never changed or dropped", f'UPDATE investigations_correction SET "{column}" = %s', value)


def test_a_published_correction_is_not_dropped(corrected):
    refused("never changed or dropped", "DELETE FROM investigations_correction")
    assert Correction.objects.count() == 1


def test_a_draft_of_nobodys_may_be_changed_by_its_verbs(submitted, reporter):
    submitted.edit(by=reporter, note="Another sentence.")
    assert Correction.objects.get().note == "Another sentence."


def test_sql_gives_no_approval_to_whoever_changed_the_story(submitted, editor):
    submitted.story.edit(by=editor, now=builders.NEXT_DAY, standfirst="Another standfirst.")
    refused("contributed since the last edition", APPROVAL, editor.pk, builders.NEXT_DAY, submitted.pk)


def test_sql_gives_no_approval_to_its_author(submitted, reporter):
    refused("correction_approved_by_another|contributed", APPROVAL, reporter.pk, builders.NEXT_DAY, submitted.pk)
    assert Correction.objects.get().approved_by is None


def test_sql_gives_no_approval_to_whoever_rewrote_its_note_before_another_edition(submitted, reporter, editor):
    submitted.edit(by=editor, now=builders.NOON, note="The editor’s own sentence.")
    refused("contributed since the last edition", APPROVAL, editor.pk, builders.NEXT_DAY, submitted.pk)
    assert Correction.objects.get().approved_by is None


def test_sql_approves_for_somebody_without_a_hand_in_it(submitted, editor):
    run(APPROVAL, editor.pk, builders.NEXT_DAY, submitted.pk)
    assert Correction.objects.get().approved_by == editor


def test_sql_inserts_no_approval_by_whoever_changed_the_story(submitted, editor):
    submitted.story.edit(by=editor, now=builders.NEXT_DAY, standfirst="Another standfirst.")
    row = Correction.objects.get()
    facts = {"approved_by": editor, "approved_at": builders.NEXT_DAY, "approved_digest": "d", "state": "approved"}
    values = {name: getattr(row, name) for name in ("story", "note", "written_by", "revision")}
    with pytest.raises(DatabaseError, match="contributed since"), transaction.atomic():
        Correction.objects.bulk_create([Correction(**values, **facts)])


def test_a_hand_that_came_after_the_approval_bars_publication_by_sql(submitted, editor):
    run(APPROVAL, editor.pk, builders.NEXT_DAY, submitted.pk)
    Contribution.objects.bulk_create(
        [Contribution(story=submitted.story, by=editor, at=builders.NEXT_DAY, wording="")]
    )
    refused(
        "contributed since",
        "UPDATE investigations_correction SET state = 'published', number = 1, published_by_id = %s,"
        " published_at = %s WHERE id = %s",
        editor.pk,
        builders.NEXT_DAY,
        submitted.pk,
    )


def test_sql_signs_for_nobody_who_had_a_hand_in_what_went_out_alone(published, reporter, editor, standards):
    published.edit(by=standards, now=builders.DAY_AFTER, headline="A contract nobody saw")
    alone = builders.correct_alone(
        published, reporter=reporter, editor=editor, said="When?", alone="It stands there."
    )
    sign = "UPDATE investigations_correction SET signed_by_id = %s, signed_at = %s WHERE id = %s"
    refused("contributed since", sign, standards.pk, builders.DAY_AFTER, alone.pk)
    second = builders.make_user("second", "Editor")
    run(sign, second.pk, builders.DAY_AFTER, alone.pk)
    refused("never changed", sign, editor.pk, builders.DAY_AFTER, alone.pk)


def test_every_guard_stands_after_the_migrations(db):
    assert guards.missing(connection) == set()
    assert len(guards.names(connection.vendor)) == {"sqlite": 14, "postgresql": 20}[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_a_migration_run_puts_dropped_guards_back(db):
    guards.drop(connection)
    assert guards.missing(connection) == guards.names(connection.vendor)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == set()
