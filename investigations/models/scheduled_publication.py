"""Publications set for an instant: bound to what was signed, and kept with what came of them."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import ScheduleOutcome

WAITING = Q(outcome="")


class ScheduledPublicationQuerySet(VisibleQuerySet):
    """Publications set for an instant, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def waiting(self) -> Self:
        """Those of which nothing has come yet."""
        return self.filter(WAITING)

    def due(self, now: datetime) -> Self:
        """Those that wait and whose instant has come, the earliest first."""
        return self.waiting().filter(due__lte=now).order_by("due", "pk")


class ScheduledPublication(models.Model):
    """A story that goes out by itself at an instant, if it is then what two people signed and nothing forbids it."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="schedules")
    due = models.DateTimeField("goes out")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("set when")
    outcome = models.CharField(max_length=10, choices=ScheduleOutcome, blank=True)
    reason = models.TextField("why not", blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScheduledPublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["due"], condition=WAITING, name="schedule_waiting_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=WAITING,
                name="schedule_once_at_a_time",
                violation_error_message="This story is set for an instant already: cancel that first.",
            ),
            models.CheckConstraint(
                name="schedule_ended_whole_or_not",
                condition=Q(WAITING, reason="", ended_by__isnull=True, ended_at__isnull=True)
                | (~WAITING & Q(ended_by__isnull=False, ended_at__isnull=False)),
                violation_error_message="What came of it names on whose behalf, and when.",
            ),
            models.CheckConstraint(
                name="schedule_refused_says_why",
                condition=~Q(outcome=ScheduleOutcome.REFUSED) | ~Q(reason=""),
                violation_error_message="A publication that was refused says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"scheduled publication {self.pk}"


def stories_missed(stories: Any) -> Any:
    """Those of a queryset of stories whose last set instant came and that did not go out."""
    last = ScheduledPublication.objects.filter(story=OuterRef("pk")).order_by("-id").values("outcome")[:1]
    return stories.annotate(last_schedule=Subquery(last)).filter(last_schedule=ScheduleOutcome.REFUSED)
