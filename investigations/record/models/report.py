"""The inbox: what readers report."""

import uuid

from django.db import models

from investigations.vocabulary import ReportState


class Report(models.Model):
    """A reader's report of an error. The only row that a public node may write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField()
    work = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    wrong = models.TextField()
    right = models.TextField(blank=True)
    in_this_story = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)

    class Meta:
        ordering = ["received_at"]
        indexes = [models.Index(fields=["state", "received_at"], name="report_state_received")]

    def __str__(self) -> str:
        return f"report {self.id}"
