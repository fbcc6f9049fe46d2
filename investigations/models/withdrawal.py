"""Withdrawn consent: a source takes back what it agreed to."""

from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from investigations.models.consent import Kept, KeptQuerySet, refuse_the_future
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order

ALREADY = "Consent is withdrawn already."


class WithdrawalQuerySet(KeptQuerySet):
    """Withdrawals, limited by the source, interview or quote that they are about."""

    about = ("source", "interview", "quote")

    def standing(self) -> Self:
        """Those after which the source has not consented again."""
        return self.filter(consents__isnull=True)


class Withdrawal(Kept):
    """A source's word that nothing of it, of an interview or of a quote goes out any more. It removes nothing."""

    source = models.ForeignKey("Source", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawals")
    interview = models.ForeignKey(
        "Interview", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawals"
    )
    quote = models.ForeignKey("Quote", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawals")
    withdrawn = FuzzyDateField("withdrawn when")
    withdrawn_earliest = span_field()
    withdrawn_latest = span_field()
    withdrawn_edtf = edtf_field()
    note = models.TextField(help_text="What the source said, how and to whom. Stays inside.")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_is_about_one_record",
                condition=Q(source__isnull=False, interview__isnull=True, quote__isnull=True)
                | Q(source__isnull=True, interview__isnull=False, quote__isnull=True)
                | Q(source__isnull=True, interview__isnull=True, quote__isnull=False),
                violation_error_message="Consent is withdrawn by one source, for one interview or for one quote.",
            ),
            models.CheckConstraint(
                name="withdrawal_says_when_and_what",
                condition=~Q(withdrawn="") & ~Q(note=""),
                violation_error_message="Say when consent was withdrawn, and what the source said.",
            ),
            span_in_order("withdrawal_in_order", "withdrawn"),
        ]

    def __str__(self) -> str:
        return f"consent withdrawn: {self.record}"

    @property
    def record(self) -> Any:
        """The source, interview or quote."""
        return self.source or self.interview or self.quote

    def clean(self) -> None:
        """Refuse a second one while the first stands, and a day that is still to come."""
        super().clean()
        refuse_the_future("withdrawn", self.withdrawn)
        if self._state.adding and self.record and self.record.withdrawals.standing().exists():
            raise ValidationError(ALREADY)


def withdraw_consent(record: Any, *, by: Any, when: str, note: str, now: datetime | None = None) -> Withdrawal:
    """Note that the source withdraws consent to a source, interview or quote: from then on it bars publication.

    `when` is a date in words. Raises ValidationError for one that isn't understood or still to come, for an empty
    note, and while an earlier withdrawal stands.
    """
    withdrawal = Withdrawal(withdrawn=when, note=note, noted_by=by, noted_at=now or timezone.now())
    setattr(withdrawal, type(record).__name__.lower(), record)
    withdrawal.full_clean()
    withdrawal.save()
    return withdrawal


def is_withdrawn(**columns: str) -> Q:
    """Rows for which a withdrawal stands.

    By `source`, `interview` or `quote`, the row's column that holds the number of the record that may be withdrawn.
    """
    found = Q()
    for about, column in columns.items():
        found |= Q(Exists(Withdrawal.objects.standing().filter(**{about: OuterRef(column)})))
    return found
