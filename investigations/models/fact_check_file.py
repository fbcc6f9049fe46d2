"""Fact-check files: every time that somebody had one made, who, when, and which."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from investigations.models.base import VisibleQuerySet
from investigations.vocabulary import FileFormat, FileGrouping, FileVersion


class FactCheckFileOpenedQuerySet(VisibleQuerySet):
    """Files that were opened, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def last_of(self, story: Any) -> Self:
        """The story's files, the last one first."""
        return self.filter(story=story).select_related("by").order_by("-at", "-id")


class FactCheckFileOpened(models.Model):
    """A fact-check file of a story that somebody had made. Triggers keep the line; of the file nothing is kept."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="fact_check_files")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.CharField(max_length=10, choices=FileVersion)
    grouping = models.CharField(max_length=10, choices=FileGrouping)
    format = models.CharField(max_length=4, choices=FileFormat)
    names = models.PositiveIntegerField("identities named", default=0)
    wording = models.CharField(max_length=64)

    objects = FactCheckFileOpenedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "fact-check file opened"
        verbose_name_plural = "fact-check files opened"
        default_permissions = ()
        indexes = [models.Index(fields=["story", "-at"], name="fact_check_story_at")]
        constraints = [
            models.CheckConstraint(
                name="fact_check_names_only_in_full",
                condition=models.Q(names=0) | models.Q(version=FileVersion.FULL),
                violation_error_message="Only the full file names a source.",
            )
        ]

    def __str__(self) -> str:
        return f"fact-check file {self.pk} of story {self.story_id}"
