"""Several at once: the rows of a merger are locked, so nobody merges them the other way or hangs anything on them."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from investigations.models import Merger, Person, Role
from investigations.models import merging as module
from investigations.models.desk_keeping import kept_together
from investigations.models.merging import merge
from tests import builders

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run each act in a thread of its own; the errors."""
    errors: list[Exception] = []

    def run(act):
        try:
            act()
        except (ValidationError, IntegrityError) as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_two_merged_both_ways_at_once_leave_one(two, standards, monkeypatch):
    kept, merged = two
    barrier, require = threading.Barrier(2), module._require

    def together(*args):
        require(*args)
        barrier.wait(timeout=20)

    monkeypatch.setattr(module, "_require", together)
    errors = at_once(lambda: merge(kept, merged, by=standards), lambda: merge(merged, kept, by=standards))
    assert [error.messages for error in errors] == [
        ["One of the two is no longer there: somebody has merged it already."]
    ]
    assert (Person.objects.count(), Merger.objects.count()) == (1, 1)


@pytest.mark.parametrize("noun", ["role", "attendance"])
def test_a_row_entered_while_its_person_is_merged_away_waits_and_is_refused(noun, two, standards, monkeypatch):
    kept, merged = two
    meeting, other = builders.make_meeting(), builders.make_meeting()
    builders.make_attendance(meeting=meeting, person=merged)
    planned, plan = threading.Event(), module._plan
    entered = threading.Event()

    def slowly(*args, **kwargs):
        found = plan(*args, **kwargs)
        planned.set()
        assert not entered.wait(timeout=1.5)
        return found

    def enter():
        planned.wait(timeout=20)
        if noun == "role":
            Role.objects.create(person=merged, title="pilot")
        else:
            with kept_together():  # as a form is saved
                builders.make_attendance(meeting=meeting, descriptor="an aide")
                builders.make_attendance(meeting=other, person=merged)
        entered.set()

    monkeypatch.setattr(module, "_plan", slowly)
    (error,) = at_once(lambda: merge(kept, merged, by=standards), enter)
    assert isinstance(error, IntegrityError)
    assert list(Person.objects.all()) == [kept]


def test_a_row_that_collides_is_not_changed_between_comparing_and_deleting(two, standards, monkeypatch):
    kept, merged = two
    for person in two:
        builders.make_role(person=person, title="ambassador")
    goes = Role.objects.get(person=merged)
    planned, plan = threading.Event(), module._plan
    changed = threading.Event()

    def slowly(*args, **kwargs):
        found = plan(*args, **kwargs)
        planned.set()
        assert not changed.wait(timeout=1.5)
        return found

    def change():
        planned.wait(timeout=20)
        rows = Role.objects.filter(pk=goes.pk).update(since="2008")
        changed.set()
        assert rows == 0

    monkeypatch.setattr(module, "_plan", slowly)
    assert at_once(lambda: merge(kept, merged, by=standards), change) == []
    assert Role.objects.get().since == "2010"
