"""Where else an error ran: found in the record, or added by hand; looked at before its correction is approved."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import ADDED_BY_HAND, ElsewhereKind, ElsewhereState

IS_OPEN = Q(state=ElsewhereState.OPEN)


class ElsewhereQuerySet(VisibleQuerySet):
    """Places, limited by the investigation of their correction's story."""

    team_path = "correction__story__investigation_id"

    def waiting(self) -> Self:
        """Those that nobody has looked at yet."""
        return self.filter(IS_OPEN)


class Elsewhere(models.Model):
    """A place where the error of a correction ran as well.

    `found` is the digest of place and words; empty for one that was added by hand.
    """

    correction = models.ForeignKey("Correction", on_delete=models.PROTECT, related_name="elsewhere")
    kind = models.CharField(max_length=10, choices=ElsewhereKind)
    what = models.TextField(help_text="The words that ran there, or what was said.")
    place = models.TextField("where", help_text="An address, or which newsletter of which day.")
    found = models.CharField("found by the software as", max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ElsewhereState, default=ElsewhereState.OPEN)
    draft = models.ForeignKey(
        "Correction",
        verbose_name="in the correction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mends_elsewhere",
    )
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ticked_at = models.DateTimeField(null=True, blank=True)

    objects = ElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "elsewhere"
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "found"],
                condition=~Q(found=""),
                name="elsewhere_found_once",
                violation_error_message="That place is on the list already.",
            ),
            models.CheckConstraint(
                name="elsewhere_found_or_by_hand",
                condition=(Q(found="") & Q(kind__in=ADDED_BY_HAND)) | (~Q(found="") & ~Q(kind__in=ADDED_BY_HAND)),
                violation_error_message="Places in the record are found by the software; others are added by hand.",
            ),
            models.CheckConstraint(
                name="elsewhere_ticked_by_whom_and_when",
                condition=Q(IS_OPEN, ticked_by__isnull=True, ticked_at__isnull=True)
                | (~IS_OPEN & Q(ticked_by__isnull=False, ticked_at__isnull=False)),
                violation_error_message="An answer names who gave it, and when.",
            ),
            models.CheckConstraint(
                name="elsewhere_in_which_correction",
                condition=Q(draft__isnull=False, state=ElsewhereState.IN_DRAFT)
                | (Q(draft__isnull=True) & ~Q(state=ElsewhereState.IN_DRAFT)),
                violation_error_message="Say in which correction it is mended.",
            ),
            models.CheckConstraint(
                name="elsewhere_in_another_correction",
                condition=Q(draft__isnull=True) | ~Q(draft=F("correction")),
                violation_error_message="It is mended by another correction than this one.",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"

    def clean(self) -> None:
        """Refuse a correction that can't mend it: an earlier one of the same story, or one that was declined."""
        super().clean()
        if self.draft is None:
            return
        if self.draft.story_id == self.correction.story_id and self.draft.pk < self.correction.pk:
            raise ValidationError({"draft": "Choose a correction of another story, or a later one of this."})
        if not self.draft.is_open and self.draft.number is None:
            raise ValidationError({"draft": "That correction goes nowhere: it was declined."})

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self.state == ElsewhereState.OPEN
