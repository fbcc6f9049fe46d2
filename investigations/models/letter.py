"""Letters to those whom a story criticizes, and the claims that each puts to them."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from investigations.models.base import VisibleQuerySet


class LetterQuerySet(VisibleQuerySet):
    """Letters, limited by their story's investigation."""

    team_path = "request__story__investigation_id"

    def sent(self) -> Self:
        """Those that were taken out to be sent."""
        return self.filter(sent_at__isnull=False)


class Letter(models.Model):
    """What is put to somebody before publication. Once sent its words stay; other words are another letter."""

    request = models.ForeignKey("CommentRequest", on_delete=models.PROTECT, related_name="letters")
    words = models.TextField("letter", help_text="Whoever is asked reads it: no source, no code name, no evidence.")
    deadline = models.DateTimeField("answer by")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="All that they answered, as it came in. Stays inside.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="answer entered by",
    )
    answered_at = models.DateTimeField("answer entered at", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="letter_says_something",
                condition=~Q(words=""),
                violation_error_message="The letter is empty.",
            ),
            models.CheckConstraint(
                name="letter_sent_by_whom_and_when",
                condition=Q(sent_by__isnull=True, sent_at__isnull=True)
                | Q(sent_by__isnull=False, sent_at__isnull=False),
                violation_error_message="A letter that was sent names by whom, and when.",
            ),
            models.CheckConstraint(
                name="letter_answered_whole_or_not",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False, sent_at__isnull=False)),
                violation_error_message="An answer is to a letter that was sent, and names who entered it, and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk or ''}".strip()

    @property
    def state(self) -> str:
        """What tells whether somebody wrote on it since: which letter it is, and when it was last written."""
        return f"{self.pk} {self.written_at.isoformat()}"

    def is_over(self, *, now: datetime | None = None) -> bool:
        """Whether the time to answer is over."""
        return self.deadline < (now or timezone.now())


class ClaimQuerySet(VisibleQuerySet):
    """Claims, limited by their story's investigation."""

    team_path = "letter__request__story__investigation_id"

    def last_put(self, story: Any) -> list["Claim"]:
        """The claims of the last letter that went to each of those asked about a story, in one query."""
        rows = self.filter(letter__request__story=story, letter__sent_at__isnull=False)
        rows = rows.select_related("passage", "letter__request__person", "letter__request__organization")
        found = list(rows.order_by("letter__request__position", "letter__request", "number", "pk"))
        last: dict[int, tuple[datetime, int]] = {}
        for claim in found:
            sent = (claim.letter.sent_at, claim.letter_id)
            last[claim.letter.request_id] = max(sent, last.get(claim.letter.request_id, sent))
        return [claim for claim in found if claim.letter_id == last[claim.letter.request_id][1]]


class Claim(models.Model):
    """A passage put to somebody: the sentence that holds it, as the letter has it, and what they answered to it."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="claims")
    passage = models.ForeignKey("Passage", on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("words put to them")
    answer = models.TextField("answer to this", blank=True, help_text="Laid at the passage, it becomes a quote.")
    evidence = models.ForeignKey(
        "Evidence", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "passage"],
                name="claim_once_a_letter",
                violation_error_message="That passage is in the letter already.",
            )
        ]

    def __str__(self) -> str:
        return f"claim {self.pk or ''}".strip()
