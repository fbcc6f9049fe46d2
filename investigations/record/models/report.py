"""The inbox: what readers report."""

import uuid

from django.db import models
from django.db.models import Q

from investigations.vocabulary import ReportOutcome, ReportState

KEPT_DAYS = 30
"""Days after the answer for which a reader's name and address are kept at most: the form promises it."""

KEPT_UNANSWERED_DAYS = 365
"""The same for a report that nobody answers, from the day it came."""

WORDS_MOST = 2_000
"""Characters that a reader may write in each of the two fields."""


SENDER = ("name", "address")
"""Who sent it: public nodes write these and can't read them."""


class Report(models.Model):
    """A reader's report of an error. The only row that a public node may write.

    `place` is the passage's mark or the block's number in that edition, like p3 or b4; empty for the whole story. The
    words themselves are looked up there: a copy here would outlive their withholding.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField("received")
    work = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    place = models.CharField(max_length=12, blank=True)
    wrong = models.TextField("what is wrong")
    right = models.TextField("what is right", blank=True)
    in_this_story = models.BooleanField("in this story", default=False)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField("e-mail address", max_length=254, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    outcome = models.CharField("what came of it", max_length=16, choices=ReportOutcome, blank=True)
    correction = models.PositiveIntegerField("number of the correction", null=True, blank=True)
    sentence = models.CharField("our answer", max_length=500, blank=True)
    answered_at = models.DateTimeField("answered", null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        verbose_name = "reader’s report"
        verbose_name_plural = "readers’ reports"
        constraints = [
            models.CheckConstraint(
                name="report_answered_whole_or_not",
                condition=Q(
                    state=ReportState.RECEIVED,
                    outcome="",
                    correction__isnull=True,
                    sentence="",
                    answered_at__isnull=True,
                )
                | (Q(state=ReportState.ANSWERED, answered_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="report_corrected_by_number",
                condition=Q(outcome=ReportOutcome.CORRECTED, correction__isnull=False)
                | (~Q(outcome=ReportOutcome.CORRECTED) & Q(correction__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "id"], name="report_received"),
            models.Index(fields=["state", "-received_at", "id"], name="report_state_received"),
            models.Index(fields=["work", "-received_at", "id"], name="report_work_received"),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"
