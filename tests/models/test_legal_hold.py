"""Legal holds: placed and lifted by standards editors; while one stands, nothing of the investigation is deleted."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from investigations.models import Attendance, LegalHold
from investigations.models.legal_hold import ON_HOLD, OnHold, lift_hold, place_hold
from investigations.models.merging import merge
from tests import builders
from tests.models.test_visibility import OF_A_TEAM

WHY = "A letter of the prosecutor."
# What refuses every deletion anyway, hold or none; and what erases nothing: a note of who may open what, and the
# words by which records are searched.
KEPT_ANYWAY = {"Consent", "Correction", "CorrectionStep", "LegalHold", "Withdrawal", "WithholdingOrder"}
FREE = {"Confidant", "DeskText", "KeptWords"}
HELD = pytest.mark.parametrize("name", sorted(OF_A_TEAM.keys() - KEPT_ANYWAY - FREE - {"Investigation"}))


@pytest.fixture
def hold(investigation, standards):
    """A hold that stands."""
    return place_hold(investigation, by=standards, reason=WHY)


def test_a_hold_names_who_placed_it_when_and_why(hold, standards):
    assert (hold.placed_by, hold.reason, hold.stands) == (standards, WHY, True)
    assert hold.placed_at <= timezone.now()


@pytest.mark.parametrize("who", ["reporter", "editor", "counsel"])
def test_only_standards_editors_place_and_lift(hold, who, request):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        place_hold(builders.make_investigation(team=[user]), by=user, reason=WHY)
    with pytest.raises(PermissionDenied):
        lift_hold(hold, by=user)
    assert LegalHold.objects.standing().count() == 1


def test_a_hold_without_a_reason_is_refused(investigation, standards):
    with pytest.raises(ValidationError):
        place_hold(investigation, by=standards, reason="  ")


def test_one_hold_stands_at_a_time_and_a_lifted_one_stays_in_the_list(hold, investigation, standards):
    with pytest.raises(ValidationError, match="already"):
        place_hold(investigation, by=standards, reason=WHY)
    lifted = lift_hold(hold, by=standards)
    assert (lifted.lifted_by, lifted.stands) == (standards, False)
    place_hold(investigation, by=standards, reason="Another letter.")
    assert [row.stands for row in LegalHold.objects.order_by("pk")] == [False, True]


def test_a_hold_is_lifted_once(hold, standards):
    lift_hold(hold, by=standards)
    with pytest.raises(ValidationError, match="lifted already"):
        lift_hold(hold, by=standards)


def test_a_hold_is_never_deleted(hold):
    for delete in (hold.delete, LegalHold.objects.all().delete):
        with pytest.raises(ValidationError):
            delete()


@HELD
@pytest.mark.parametrize("at_once", [False, True])
def test_nothing_of_an_investigation_on_hold_is_deleted(name, at_once, investigation, hold):
    row = OF_A_TEAM[name](investigation)
    rows = type(row)._base_manager.filter(pk=row.pk)
    with pytest.raises(OnHold, match=ON_HOLD), transaction.atomic():
        rows.delete() if at_once else row.delete()
    assert rows.exists()


def test_the_investigation_itself_is_not_deleted(investigation, hold):
    with pytest.raises(ProtectedError), transaction.atomic():
        investigation.delete()


def test_an_investigation_beside_it_is_free(hold):
    row = builders.make_attendance()
    row.delete()
    assert not Attendance.objects.filter(pk=row.pk).exists()


def test_once_it_is_lifted_rows_are_deleted_again(investigation, hold, standards):
    row = builders.make_comment_request(story=builders.make_story(investigation=investigation))
    lift_hold(hold, by=standards)
    row.delete()
    assert row.pk is None


def test_what_hangs_on_a_row_is_held_too(investigation, hold):
    byline = builders.make_byline(story=builders.make_story(investigation=investigation))
    with pytest.raises(OnHold), transaction.atomic():
        byline.delete()
    with pytest.raises(OnHold), transaction.atomic():
        byline.story.delete()


def test_the_identity_of_a_source_is_not_erased(investigation, hold):
    source = builders.make_source(investigation=investigation, descriptor="an official", identity="known")
    identity = builders.make_source_identity(source=source)
    with pytest.raises(OnHold), transaction.atomic():
        identity.delete()


def test_a_merger_that_would_delete_a_row_is_refused(investigation, hold, standards):
    kept, merged = builders.make_person(), builders.make_person()
    meeting = builders.make_meeting(investigation=investigation)
    for person in (kept, merged):
        builders.make_attendance(meeting=meeting, person=person)
    with pytest.raises(OnHold), transaction.atomic():
        merge(kept, merged, by=standards)
    assert meeting.attendances.count() == 2
