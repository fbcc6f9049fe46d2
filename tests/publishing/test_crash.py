"""A publication whose process is killed: readers have the old edition or the new one whole, and a retry completes."""

import os
import signal

import pytest
from django.db import connection, connections

from investigations.publishing.compare import compare_pages, compare_rows
from investigations.publishing.correct import correct
from investigations.publishing.steps import approve
from investigations.record import chain
from investigations.record.models import CorrectionRow, Edition, Page
from tests import builders
from tests.publishing.corrections import mend, notes

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE_COMMIT, AFTER_COMMIT = -2, -1


@pytest.fixture
def approved(published, reporter, editor):
    """An approved correction by the reporter."""
    correction = mend(published, by=reporter)
    approve(correction, by=editor, now=builders.NEXT_DAY)
    return correction


def die():
    """As a machine does: no exception, no rollback, no goodbye to the database."""
    os.kill(os.getpid(), signal.SIGKILL)


def publish_and_die(correction, editor, *, before):
    """In a process of its own: publish, and be killed before that statement, or after the COMMIT.

    Returns whether it was killed; a publication with fewer statements ends by itself.
    """
    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    try:
        _publish(correction, editor, before)
    finally:
        os._exit(0)  # nothing of the test run's own happens twice
    return False


def _publish(correction, editor, before):
    count = iter(range(1, 10_000))

    def one(execute=None, *given):
        if next(count) == before:
            die()
        return execute(*given) if execute else None

    connection.ensure_connection()
    commit = connection._commit

    def commit_or_die():
        one()
        if before == BEFORE_COMMIT:
            die()
        commit()
        if before == AFTER_COMMIT:
            die()

    connection._commit = commit_or_die
    with connection.execute_wrapper(one):
        correct(correction, by=editor, now=builders.DAY_AFTER)


def assert_old_or_new(correction, *, pages):
    """Whether the new edition is there, and all of it; the old one is there whole otherwise."""
    correction.refresh_from_db()
    went_out = correction.state == "published"
    assert Edition.objects.count() == 1 + went_out
    assert CorrectionRow.objects.count() == went_out
    assert correction.steps.filter(act="published").count() == went_out
    assert [note["number"] for edition in Edition.objects.all() for note in notes(edition)] == [1] * went_out
    assert Page.objects.filter(path__endswith="/editions/2/").exists() == went_out
    assert chain.verify() == []
    if pages:
        assert [*compare_rows(), *compare_pages()] == []
    return went_out


def test_a_publication_killed_before_any_of_its_statements_leaves_the_old_edition_or_the_new(approved, editor):
    """The new one where its COMMIT was behind it: then those concerned get no mail, and readers miss nothing."""
    before, went_out = 1, False
    while not went_out and publish_and_die(approved, editor, before=before):
        went_out = assert_old_or_new(approved, pages=before % 20 == 1)
        before += 1
    assert before > 60
    assert assert_old_or_new(approved, pages=True)


@pytest.mark.parametrize("at", [BEFORE_COMMIT, AFTER_COMMIT])
def test_a_publication_killed_at_its_commit_is_out_only_after_it(approved, editor, at):
    assert publish_and_die(approved, editor, before=at)
    assert assert_old_or_new(approved, pages=True) == (at == AFTER_COMMIT)


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_a_retry_completes_what_was_killed(approved, editor, part):
    assert publish_and_die(approved, editor, before=10 + 20 * part)
    correct(approved, by=editor, now=builders.DAY_AFTER)
    assert assert_old_or_new(approved, pages=True)
