"""Interviews: what is agreed once holds for every quote."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from investigations.models.agreement import Agreed, AgreedQuerySet
from investigations.models.base import SluggedManager, SluggedWithin, new_key, once_an_investigation
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.models.quote import INHERITED, Quote
from investigations.models.withdrawal import is_withdrawn
from investigations.vocabulary import InterviewManner, Terms


class InterviewQuerySet(AgreedQuerySet):
    """Interviews by what they still need."""

    def without_quotes(self) -> Self:
        """Interviews of which no quote has been entered."""
        return self.filter(quotes__isnull=True)

    def consent_withdrawn(self) -> Self:
        """Interviews of which nothing may go out any more, by themselves or with their source."""
        return self.filter(is_withdrawn(interview="pk", source="source_id"))


class Interview(Agreed, SluggedWithin):
    """A talk with a source: when, how, by whom, and on what terms, once for all its quotes."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="interviews")
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="interviews")
    said = FuzzyDateField("when", blank=True)
    said_earliest = span_field()
    said_latest = span_field()
    said_edtf = edtf_field()
    manner = models.CharField("how", max_length=12, choices=InterviewManner)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    terms = models.CharField(
        max_length=20,
        choices=Terms,
        blank=True,
        help_text="As agreed before it began; for every quote of it. Unset, none of them can be published.",
    )
    terms_wording = models.TextField(
        "terms, as agreed", blank=True, help_text="In plain text: people mean different things by these words."
    )
    setting = models.CharField(max_length=200, blank=True, help_text="Shown to readers: “interview”, “by telephone”.")
    to_whom = models.CharField(max_length=200, blank=True, help_text="Shown to readers: “to The Record Desk”.")

    objects = SluggedManager.from_queryset(InterviewQuerySet)()

    class Meta:
        ordering = ["-said_earliest", "-id"]
        indexes = [models.Index(fields=["investigation", "-said_earliest"], name="interview_investigation")]
        constraints = [
            once_an_investigation("interview_once_a_short_name"),
            span_in_order("interview_said_in_order", "said"),
        ]

    def __str__(self) -> str:
        return self.slug

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and give its quotes what it says now."""
        super().save(*args, **kwargs)
        for quote in Quote.objects.filter(interview=self):
            quote.interview = self
            quote.inherit()
            quote.save(update_fields=[*INHERITED, "said_earliest", "said_latest", "said_edtf"])

    def clean(self) -> None:
        """Refuse a source of another investigation, and looser terms that nobody consented to."""
        super().clean()
        if self.source_id and self.source.investigation_id != self.investigation_id:
            raise ValidationError({"source": "That source belongs to another investigation."})
        self.require_consent()

    def slug_words(self) -> str:
        """The source's code name and a random end."""
        return f"{self.source.code_name} interview {new_key()[:6]}"
