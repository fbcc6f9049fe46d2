"""Requests for comment: whom, about what, and what came of it."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from investigations.models.agreement import SOON
from investigations.models.base import VisibleQuerySet
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.models.letter import Letter
from investigations.vocabulary import Outcome


class CommentRequestQuerySet(VisibleQuerySet):
    """Requests, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def without_reply(self) -> Self:
        """Requests nothing has come of yet."""
        return self.filter(outcome="")

    def overdue(self, *, now: datetime | None = None) -> Self:
        """Requests nothing has come of by their deadline."""
        return self.without_reply().filter(deadline__lt=now or timezone.now())

    def due_soon(self, *, now: datetime | None = None) -> Self:
        """Requests nothing has come of yet, whose deadline comes within a week."""
        now = now or timezone.now()
        return self.without_reply().filter(deadline__gte=now, deadline__lt=now + SOON)

    def with_letters(self) -> Self:
        """With whether a letter was sent: then readers are told until when no answer came."""
        return self.annotate(has_letter=Exists(Letter.objects.sent().filter(request=OuterRef("pk"))))


class CommentRequest(models.Model):
    """Somebody a story speaks of, asked for their side: when, how, until when, and the outcome."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="comment_requests")
    position = models.PositiveSmallIntegerField("order", default=0)
    person = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="comment_requests"
    )
    organization = models.ForeignKey(
        "Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="comment_requests"
    )
    about = models.TextField(blank=True, help_text="What was put to them. Stays inside.")
    asked = FuzzyDateField("asked when", blank=True)
    asked_earliest = span_field()
    asked_latest = span_field()
    asked_edtf = edtf_field()
    asked_how = models.CharField(max_length=200, blank=True, help_text="By telephone, by mail. Stays inside.")
    deadline = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, choices=Outcome, blank=True, help_text="Shown to readers as a sentence. Empty: no reply yet."
    )
    detail = models.CharField(
        max_length=300, blank=True, help_text="What follows the outcome, as readers should read it."
    )

    objects = CommentRequestQuerySet.as_manager()

    class Meta:
        ordering = ["story", "position", "id"]
        verbose_name = "request for comment"
        verbose_name_plural = "requests for comment"
        constraints = [
            models.CheckConstraint(
                name="request_to_a_person_or_organization",
                condition=Q(person__isnull=False) ^ Q(organization__isnull=False),
                violation_error_message="A request goes to one person or to one organization.",
            ),
            models.UniqueConstraint(
                fields=["story", "person"],
                name="request_once_a_person",
                violation_error_message="That person has a row already.",
            ),
            models.UniqueConstraint(
                fields=["story", "organization"],
                name="request_once_an_organization",
                violation_error_message="That organization has a row already.",
            ),
            span_in_order("request_asked_in_order", "asked"),
        ]

    def __str__(self) -> str:
        return f"request for comment {self.pk or ''}".strip()

    @property
    def whom(self) -> str:
        """The name of whoever is asked."""
        return str(self.person or self.organization)

    def clean(self) -> None:
        """Refuse silence before the deadline, the outcome of a question nobody put, a detail without an outcome."""
        super().clean()
        if self.outcome == Outcome.NO_RESPONSE and self.deadline and self.deadline > timezone.now():
            raise ValidationError({"outcome": "They still have time to answer: the deadline is not over."})
        if self.outcome == Outcome.NOT_STATED and (self.asked or self.deadline):
            raise ValidationError({"outcome": "They were asked: say what came of it, or leave it empty."})
        if self.detail and not self.outcome:
            raise ValidationError({"outcome": "Say what came of it: the detail is printed behind it."})
