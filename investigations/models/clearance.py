"""Clearances: a lawyer is asked to read a story, and says what they think of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import ClearanceOutcome

OPEN = Q(outcome="", taken_back_at__isnull=True)


class ClearanceQuerySet(VisibleQuerySet):
    """Clearances, limited by their story's investigation; to counsel, those that wait for their answer."""

    team_path = "story__investigation_id"

    def visible_to(self, user: Any) -> Self:
        """Those of stories that this person sees at the desk, and those that wait for them."""
        return super().visible_to(user) | self.waiting_for(user)

    def waiting_for(self, user: Any) -> Self:
        """Those that this lawyer is asked for and that are neither answered nor taken back."""
        if not may_clear(user):
            return self.none()
        return self.filter(OPEN, counsel=user)


def may_clear(user: Any) -> bool:
    """Whether this person can be asked to clear a story."""
    return bool(user.is_active and user.is_staff and user.has_perm("investigations.clear_story"))


class Clearance(models.Model):
    """A lawyer's word on a story, bound to the digest of what readers would get: first as asked, then as answered."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="clearances")
    counsel = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="clearances")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, choices=ClearanceOutcome, blank=True)
    note = models.TextField(blank=True, help_text="What has to change, or why not. Those who asked read it.")
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        default_permissions = ()
        permissions = [("clear_story", "Can be asked to clear stories, and reads those")]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "counsel"],
                condition=OPEN,
                name="clearance_once_at_a_time",
                violation_error_message="That lawyer has been asked already and has not answered yet.",
            ),
            models.CheckConstraint(
                name="clearance_by_another",
                condition=~Q(counsel=F("asked_by")),
                violation_error_message="A story is cleared by somebody else than who asks.",
            ),
            models.CheckConstraint(
                name="clearance_answered_whole_or_not",
                condition=Q(outcome="", note="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False)),
                violation_error_message="An answer says what came of it, and when.",
            ),
            models.CheckConstraint(
                name="clearance_says_what_is_wrong",
                condition=Q(outcome__in=["", ClearanceOutcome.CLEARED]) | ~Q(note=""),
                violation_error_message="Say what has to change, or why it isn't cleared.",
            ),
            models.CheckConstraint(
                name="clearance_taken_back_by_whom_and_when",
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False, outcome=""),
                violation_error_message="A request that is taken back names by whom and when, and has no answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"clearance {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return not self.outcome and self.taken_back_at is None
