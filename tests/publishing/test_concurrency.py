"""Many publish at once: one chain, because each waits for the one before."""

import threading
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection

from investigations.publishing import correct, ledger, publish
from investigations.publishing.signatures import sign
from investigations.record import chain
from investigations.record.models import Edition, Page
from tests import builders

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
EIGHT = 8


@pytest.fixture
def stories(investigation, reporter, editor):
    """Eight stories, each signed by two."""
    made = [builders.make_ready_story(investigation=investigation, by=reporter) for _ in range(EIGHT)]
    for story in made:
        sign(story, by=reporter)
        sign(story, by=editor)
    return made


@pytest.fixture
def meeting_point(monkeypatch):
    """Makes the threads wait for each other between reading the chain's end and writing behind it."""
    barrier, once, read_head = threading.Barrier(EIGHT), threading.local(), chain.head

    def head():
        end = read_head()
        if not getattr(once, "passed", False):
            once.passed = True
            with suppress(threading.BrokenBarrierError):  # the others wait for the lock: they can't be here
                barrier.wait(timeout=1.5)
        return end

    monkeypatch.setattr(chain, "head", head)
    return barrier


def publish_all(stories, editor) -> list[Exception]:
    """Publish each story in a thread of its own; the errors."""
    errors: list[Exception] = []

    def run(story):
        try:
            publish.publish(story, by=editor)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[story]) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_eight_threads_publish_eight_editions_in_one_chain(stories, editor):
    assert publish_all(stories, editor) == []
    assert list(Edition.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert chain.verify() == []
    assert Page.objects.filter(path__startswith="/stories/", variant="").exclude(path__contains="/editions/").count()


def test_the_lock_keeps_all_others_from_the_end_of_the_chain(stories, editor, meeting_point):
    assert publish_all(stories, editor) == []
    assert meeting_point.broken
    assert chain.verify() == []
    assert Edition.objects.count() == EIGHT


def test_without_the_lock_the_same_run_fails(stories, editor, meeting_point, monkeypatch):
    for module in (publish, correct, ledger):
        monkeypatch.setattr(module, "lock_chain", lambda: None)
    errors = publish_all(stories, editor)
    assert not meeting_point.broken
    assert len(errors) == EIGHT - 1
    assert Edition.objects.count() == 1


def test_the_front_page_shows_all_eight_stories(stories, editor):
    publish_all(stories, editor)
    front = bytes(Page.objects.get(path="/").body).decode()
    assert [story.headline for story in stories if story.headline not in front] == []


def test_the_chain_is_locked_only_inside_a_transaction():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        ledger.lock_chain()
