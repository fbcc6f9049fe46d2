"""Legal holds: while one stands on an investigation, nothing of it is destroyed or erased."""

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.utils import timezone

from investigations.models.base import InvestigationQuerySet
from investigations.models.investigation import Investigation

KEPT = "A legal hold is lifted, and stays in the list: it is never deleted."
ON_HOLD = "A legal hold stands on this investigation: nothing of it is destroyed or erased until it is lifted."

GO_UNDER_A_HOLD = {"Confidant", "KeptWords"}
"""Rows that go under a hold too. Whoever is named on a source may take themselves off it, which erases nothing of the
source; words that were never saved are written over as they are typed."""


class OnHold(ValidationError):
    """A legal hold bars it."""

    def __init__(self) -> None:
        super().__init__(ON_HOLD)


class LegalHoldQuerySet(InvestigationQuerySet):
    """Holds, limited by their investigation; they are kept."""

    def standing(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises ValidationError."""
        raise ValidationError(KEPT)


class LegalHold(models.Model):
    """A span of time in which nothing of an investigation is destroyed: placed and lifted by standards editors."""

    investigation = models.ForeignKey(
        Investigation,
        on_delete=models.PROTECT,
        related_name="legal_holds",
        help_text="Nothing of it can be deleted while the hold stands, and nothing withheld is made final.",
    )
    reason = models.TextField(help_text="On whose demand, and why. It stays inside.")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-id"]
        default_permissions = ("view",)
        permissions = [("place_legal_hold", "Can place and lift legal holds")]
        constraints = [
            models.UniqueConstraint(
                fields=["investigation"],
                condition=Q(lifted_at__isnull=True),
                name="legal_hold_once_at_a_time",
                violation_error_message="A legal hold stands on this investigation already.",
            ),
            models.CheckConstraint(
                name="legal_hold_lifted_by_whom_and_when",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                violation_error_message="A lifted hold names by whom and when.",
            ),
            models.CheckConstraint(
                name="legal_hold_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say on whose demand, and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk or 'not yet placed'}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError."""
        raise ValidationError(KEPT)

    @property
    def stands(self) -> bool:
        """Whether nobody has lifted it."""
        return self.lifted_at is None


def may_hold(user: Any) -> bool:
    """Whether this person may place and lift legal holds."""
    return bool(user.is_active and user.has_perm("investigations.place_legal_hold"))


@transaction.atomic
def place_hold(investigation: Investigation, *, by: Any, reason: str, now: datetime | None = None) -> LegalHold:
    """Bar destruction and erasure for an investigation from now on.

    Raises PermissionDenied without the right, ValidationError without a reason and while a hold stands.
    """
    if not may_hold(by):
        raise PermissionDenied("Only standards editors place legal holds.")
    Investigation.objects.select_for_update().get(pk=investigation.pk)
    hold = LegalHold(
        investigation=investigation, reason=reason.strip(), placed_by=by, placed_at=now or timezone.now()
    )
    hold.full_clean()
    hold.save()
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: Any, now: datetime | None = None) -> LegalHold:
    """Lift a hold. Raises PermissionDenied without the right, ValidationError for one that is lifted."""
    if not may_hold(by):
        raise PermissionDenied("Only standards editors lift legal holds.")
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if not hold.stands:
        raise ValidationError("This hold was lifted already.")
    hold.lifted_by, hold.lifted_at = by, now or timezone.now()
    hold.save()
    return hold


def is_on_hold(investigation_id: int | None) -> bool:
    """Whether a hold stands on this investigation."""
    return LegalHold.objects.standing().filter(investigation=investigation_id).exists()


def require_no_hold(investigation: Investigation) -> None:
    """Raise OnHold where a hold stands; none is placed before the transaction ends."""
    Investigation.objects.select_for_update().get(pk=investigation.pk)
    if is_on_hold(investigation.pk):
        raise OnHold


def watch_deletions() -> None:
    """Refuse the deletion of every row that belongs to an investigation on hold, by whatever way Django knows."""
    for model in apps.get_app_config("investigations").get_models():
        if _paths(model) and model.__name__ not in GO_UNDER_A_HOLD:
            pre_delete.connect(_refuse_on_hold, sender=model, dispatch_uid=f"hold_{model.__name__}")


def _paths(model: Any) -> tuple[str, ...]:
    """The ways from a row to its investigation."""
    if model.__name__ == "RoleAccount":
        return ("meeting__investigation_id", "meeting_class__investigation_id")
    path = getattr(model._default_manager.all(), "team_path", "")
    return (path,) if path else ()


def _refuse_on_hold(sender: Any, instance: Any, **kwargs: Any) -> None:
    held = LegalHold.objects.standing().values("investigation")
    for path in _paths(sender):
        if sender._base_manager.filter(**{"pk": instance.pk, f"{path}__in": held}).exists():
            raise OnHold
