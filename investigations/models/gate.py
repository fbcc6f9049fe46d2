"""What the leak gate did: each run, and what it met of which source. Neither says the words."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from investigations.models.base import sees_everything
from investigations.vocabulary import GateStage, GateVerdict, GateWeight


class GateRunQuerySet(models.QuerySet[Any]):
    """Runs, for those who answer for what was sent or for what was met."""

    def visible_to(self, user: Any) -> Self:
        """All for standards editors; else those of investigations one handles, and those that met one's sources."""
        if not user.is_active or not user.is_staff:
            return self.none()
        if sees_everything(user):
            return self.all()
        met = GateFinding.objects.visible_to(user).values("run")
        return self.filter(Q(investigation__handling_reporter=user) | Q(pk__in=met))

    def not_passed(self) -> Self:
        """Runs that held something back, or read nothing."""
        return self.exclude(verdict=GateVerdict.PASSED)


class GateRun(models.Model):
    """One time that the leak gate read what somebody sent on its way: what of, at which stage, what came of it."""

    investigation = models.ForeignKey(
        "Investigation", null=True, blank=True, on_delete=models.PROTECT, related_name="gate_runs"
    )
    work = models.CharField(max_length=40)
    stage = models.CharField(max_length=12, choices=GateStage)
    verdict = models.CharField(max_length=8, choices=GateVerdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="gate_runs")
    at = models.DateTimeField(default=timezone.now)

    objects = GateRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["by", "-at"], name="gate_run_by_at")]
        verbose_name = "run of the leak gate"
        verbose_name_plural = "runs of the leak gate"

    def __str__(self) -> str:
        return f"run {self.pk} of the leak gate"


class GateFindingQuerySet(models.QuerySet[Any]):
    """What was met, for those named on the source and its handling reporter alone."""

    def visible_to(self, user: Any) -> Self:
        """What concerns sources on which this person is named, or whose investigation they handle."""
        if not user.is_active or not user.is_staff:
            return self.none()
        concerns = Q(source__confidants__user=user) | Q(source__investigation__handling_reporter=user)
        return self.filter(concerns).distinct()

    def to_confirm(self) -> Self:
        """Names that stood there with good reason, and nobody named on the source has said so yet."""
        return self.filter(weight=GateWeight.NAMED_ANYWAY, confirmed_at__isnull=True)


class GateFinding(models.Model):
    """Something of a source that the gate met: what, where, how often; never the words themselves."""

    run = models.ForeignKey(GateRun, on_delete=models.CASCADE, related_name="findings")
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="gate_findings")
    what = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)
    weight = models.CharField(max_length=12, choices=GateWeight)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = GateFindingQuerySet.as_manager()

    class Meta:
        ordering = ["-run", "id"]
        constraints = [
            models.CheckConstraint(
                name="gate_finding_confirmed_by_whom_and_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="A confirmation names who gave it, and when.",
            )
        ]

    def __str__(self) -> str:
        return f"finding {self.pk} of the leak gate"
