"""Policies: what a newsroom holds itself to, published in editions like a story."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from investigations import text
from investigations.models.base import PublicKeyed, Slugged, SluggedManager, VisibleQuerySet


class Policy(PublicKeyed, Slugged):
    """How the newsroom corrects, treats unnamed sources, checks: each at its own address."""

    title = models.CharField(max_length=200)
    body = models.TextField(help_text="Markdown. Readers get it as a new edition when it is published.")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SluggedManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "policies"
        permissions = [("publish_policy", "Can publish policies")]
        constraints = [
            models.CheckConstraint(
                name="policy_edited_by_whom_and_when",
                condition=models.Q(edited_by__isnull=True, edited_at__isnull=True)
                | models.Q(edited_by__isnull=False, edited_at__isnull=False),
                violation_error_message="An edit names who made it and when.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Put typographic quotes and dashes in, where the writer sees them."""
        super().clean()
        self.title, self.body = text.typographic(self.title), text.typographic(self.body)

    def slug_words(self) -> str:
        """The title."""
        return self.title

    def edit(self, *, by: Any, now: Any = None) -> None:
        """Save as this person's work. Raises ValidationError for a field that is refused."""
        self.edited_by, self.edited_at = by, now or timezone.now()
        self.full_clean()
        self.save()
