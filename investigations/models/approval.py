"""Signatures under what is about to go out."""

from django.conf import settings
from django.db import models

from investigations.models.base import VisibleQuerySet


class ApprovalQuerySet(VisibleQuerySet):
    """Approvals, limited by their story's investigation."""

    team_path = "story__investigation_id"


class Approval(models.Model):
    """A person's signature under exactly what readers would get: bound to its digest, void when that changes."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    as_editor = models.BooleanField(help_text="Whether they held the editor's right when they signed.")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "digest", "by"],
                name="approval_once_a_person",
                violation_error_message="You have signed this already.",
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"
