"""Corrections: drafted by one person, approved by another."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import CorrectionState, Severity

UNPUBLISHED = Q(published_by__isnull=True, published_at__isnull=True, number__isnull=True)


class CorrectionQuerySet(VisibleQuerySet):
    """Corrections, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def waiting(self) -> "CorrectionQuerySet":
        """Corrections that readers don't see yet."""
        return self.exclude(state=CorrectionState.PUBLISHED)


class Correction(models.Model):
    """One sentence to readers about an error, with the mended text of its story."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="corrections")
    note = models.TextField(
        help_text=(
            "One sentence: what was wrong, and what is right. Mend the text in the story; where it stood and what"
            " it says now is found for you. Shown to readers word for word."
        )
    )
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.ORDINARY)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.DRAFT, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    number = models.PositiveIntegerField(null=True, blank=True, unique=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        permissions = [("approve_correction", "Can approve corrections written by others")]
        constraints = [
            models.CheckConstraint(
                name="correction_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                violation_error_message="A correction is approved by someone who did not write it.",
            ),
            models.CheckConstraint(
                name="correction_approved_whole_or_not",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, approved_digest="")
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_digest="")),
                violation_error_message="An approval names who gave it, when, and to what.",
            ),
            models.CheckConstraint(
                name="correction_state_has_its_facts",
                condition=Q(UNPUBLISHED, state=CorrectionState.DRAFT, approved_by__isnull=True)
                | Q(UNPUBLISHED, state=CorrectionState.APPROVED, approved_by__isnull=False)
                | Q(
                    state=CorrectionState.PUBLISHED,
                    approved_by__isnull=False,
                    published_by__isnull=False,
                    published_at__isnull=False,
                    number__isnull=False,
                ),
                violation_error_message="A correction is a draft, approved, or published with its number.",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction {self.number}" if self.number else f"Correction draft {self.pk or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a changed wording voids an approval that was given to the old one."""
        if self.pk and self.state == CorrectionState.APPROVED:
            kept = Correction.objects.get(pk=self.pk)
            if (kept.note, kept.severity) != (self.note, self.severity):
                self.void_approval()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a change to a note that readers have."""
        super().clean()
        if self._state.adding:
            return
        kept = Correction.objects.get(pk=self.pk)
        if kept.state == CorrectionState.PUBLISHED and (kept.note, kept.severity) != (self.note, self.severity):
            raise ValidationError("A published note is never changed: write a correction of it.")

    def void_approval(self) -> None:
        """Make it a draft again."""
        self.state = CorrectionState.DRAFT
        self.approved_by, self.approved_at, self.approved_digest = None, None, ""
