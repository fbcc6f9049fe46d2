"""Overrides: an editor lets one finding of the story check pass, and says why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from investigations.models.base import VisibleQuerySet


class FindingOverrideQuerySet(VisibleQuerySet):
    """Overrides, limited by their story's investigation."""

    team_path = "story__investigation_id"


class FindingOverride(models.Model):
    """An editor's word that one finding may stand. Triggers keep it; it lapses when the finding's place changes."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="overrides")
    finding = models.CharField(max_length=20)
    mark = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=64)
    reason = models.TextField(help_text="This may be read in court.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FindingOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["story", "at"], name="override_story_at")]
        constraints = [
            models.CheckConstraint(
                name="override_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why it may go out so.",
            )
        ]

    def __str__(self) -> str:
        return f"override {self.pk}"
