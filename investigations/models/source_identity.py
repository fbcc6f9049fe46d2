"""The vault's rows: who a source is, who is named on it, and every time that somebody looked or tried."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from investigations.models.base import VisibleQuerySet, works_at_desk
from investigations.vault import Vault
from investigations.vocabulary import IdentityAct

FIELDS = ("name", "aliases", "contact", "employer", "notes")


def vault() -> Vault:
    """The vault under the keys of the environment; sealed when there are none."""
    return Vault(settings.VAULT_KEYS)


class SourceIdentityQuerySet(VisibleQuerySet):
    """Identities are in no list: whoever may see the source sees that there is one, and nothing of it."""

    team_path = "source__investigation_id"


class SourceIdentity(models.Model):
    """What names a source, encrypted; read and written through `investigations.models.secrecy` alone."""

    source = models.OneToOneField("Source", on_delete=models.PROTECT, related_name="sealed_identity")
    token = models.TextField(editable=False)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)

    objects = SourceIdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "source identities"

    def __str__(self) -> str:
        return f"identity {self.pk}"


class ConfidantQuerySet(VisibleQuerySet):
    """Confidants, limited by their source's investigation."""

    team_path = "source__investigation_id"

    def present(self) -> Self:
        """Those who are still with the newsroom."""
        return self.filter(user__is_active=True)


class Confidant(models.Model):
    """Somebody named on a source: they may open its identity, and nobody else may."""

    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="confidants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="confidences")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    objects = ConfidantQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "user"],
                name="confidant_once_a_source",
                violation_error_message="That person is named on this source already.",
            )
        ]

    def __str__(self) -> str:
        return f"confidant {self.pk}"


class IdentityAccessQuerySet(models.QuerySet[Any]):
    """The log; only whom it concerns reads it."""

    def visible_to(self, user: Any) -> Self:
        """What was done to sources on which this person is named, or whose handling reporter they are."""
        if not works_at_desk(user):
            return self.none()
        concerns = Q(source__investigation__handling_reporter=user) | Q(source__confidants__user=user)
        return self.filter(concerns).distinct()

    def update(self, **kwargs: Any) -> int:
        """Refused: a log is only added to."""
        raise TypeError("the log of identities is only added to")

    def delete(self) -> Any:
        """Refused: a log is only added to."""
        raise TypeError("the log of identities is only added to")


class IdentityAccess(models.Model):
    """A line of the log: who did what with a source's identity, or tried, when and why."""

    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="identity_log")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=12, choices=IdentityAct)
    reason = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="Until when it is open, for an opening.")

    objects = IdentityAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["source", "-at"], name="identity_log_source_at")]
        verbose_name = "line of the log of identities"
        verbose_name_plural = "log of identities"
        constraints = [
            models.CheckConstraint(
                name="identity_opening_ends",
                condition=Q(act=IdentityAct.OPENED, until__isnull=False) | ~Q(act=IdentityAct.OPENED) & Q(until=None),
                violation_error_message="An opening, and nothing else, says until when.",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of the log of identities"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line. Raises TypeError for one that is there already."""
        if self.pk:
            raise TypeError("the log of identities is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: a log is only added to."""
        raise TypeError("the log of identities is only added to")


class PasswordHoldQuerySet(models.QuerySet[Any]):
    """Holds by whether they still run."""

    def running(self, now: Any = None) -> Self:
        """Those that have not ended."""
        return self.filter(until__gt=now or timezone.now())


class PasswordHold(models.Model):
    """Somebody named on sources got a new password from elsewhere: identities stay closed to them for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_holds")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = PasswordHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-until"]
        constraints = [
            models.CheckConstraint(
                name="password_hold_in_order",
                condition=Q(until__gt=models.F("since")),
                violation_error_message="The hold ends before it begins.",
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
