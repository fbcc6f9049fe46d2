"""What was done with a correction, by whom and when: kept, never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import CorrectionAct


class CorrectionStepQuerySet(VisibleQuerySet):
    """Steps, limited by their story's investigation."""

    team_path = "correction__story__investigation_id"


class CorrectionStep(models.Model):
    """One act upon a correction, with the wording as it then stood. Triggers keep it from being changed."""

    correction = models.ForeignKey("Correction", on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=CorrectionAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    wording = models.JSONField(default=dict)

    objects = CorrectionStepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"step {self.pk} of correction {self.correction_id}"

    def who_and_when(self) -> str:
        """Like “Lee, at 9:40 p.m.,”."""
        return f"{name_of(self.by)}, {clock(self.at)},"


def name_of(user: Any) -> str:
    """How colleagues call somebody: first name, else the account."""
    return str(user.first_name or user.get_username())


def clock(at: Any) -> str:
    """An instant as colleagues say it: “at 9:40 p.m.” today, “on June 14 at 9:40 p.m.” before."""
    local, today = timezone.localtime(at), timezone.localdate()
    time = f"at {date_format(local, 'g:i a')}"
    if local.date() == today:
        return time
    return f"on {date_format(local, 'F j' if local.year == today.year else 'F j, Y')} {time}"
