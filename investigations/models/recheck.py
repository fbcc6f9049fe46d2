"""Records changed at the desk after readers got them: each asks whether a story needs a correction."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from investigations.models.base import VisibleQuerySet
from investigations.models.meeting import Meeting
from investigations.models.passage import Evidence
from investigations.models.quote import Quote
from investigations.models.source import Source
from investigations.vocabulary import RecheckOutcome

OPEN = Q(outcome="")


class RecheckQuerySet(VisibleQuerySet):
    """Rechecks, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def waiting(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(OPEN)


class Recheck(models.Model):
    """A record that readers have in a story and that says something else at the desk since.

    `part` names it within the edition, like `meeting/2f7k…`, or `note/…` for a citation that holds the words of an
    unnamed source; `content` is the digest of what the desk has now, empty for what can no longer go out.
    """

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="rechecks")
    part = models.CharField("record", max_length=60)
    content = models.CharField("digest", max_length=64, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=RecheckOutcome, blank=True)
    reason = models.TextField(blank=True, help_text="Why readers need no correction. Colleagues read it.")
    correction = models.ForeignKey(
        "Correction", null=True, blank=True, on_delete=models.PROTECT, related_name="rechecks"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "part"],
                condition=OPEN,
                name="recheck_once_at_a_time",
                violation_error_message="That is asked already.",
            ),
            models.CheckConstraint(
                name="recheck_closed_whole_or_not",
                condition=Q(OPEN, reason="", correction__isnull=True, closed_by__isnull=True, closed_at__isnull=True)
                | (~OPEN & Q(closed_by__isnull=False, closed_at__isnull=False)),
                violation_error_message="An answer names who gave it, and when.",
            ),
            models.CheckConstraint(
                name="recheck_says_why",
                condition=OPEN
                | (Q(outcome=RecheckOutcome.NOT_NEEDED, correction__isnull=True) & ~Q(reason=""))
                | Q(outcome=RecheckOutcome.CORRECTED, correction__isnull=False)
                | Q(outcome=RecheckOutcome.PUT_BACK, correction__isnull=True),
                violation_error_message="Say why no correction is needed, or by which it was corrected.",
            ),
        ]

    def __str__(self) -> str:
        return f"recheck {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return not self.outcome

    @property
    def record(self) -> Any:
        """The record at the desk; None when it is gone."""
        kind, _, key = self.part.partition("/")
        if kind == "note":
            evidence = Evidence.objects.filter(public_key=key).first()
            return evidence.record if evidence else None
        kinds: dict[str, Any] = {"quote": Quote, "meeting": Meeting, "source": Source}
        return kinds[kind].objects.filter(public_key=key).first()
