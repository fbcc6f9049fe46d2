"""Who has a story open: two people who write in it are told of each other."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from investigations.models.base import VisibleQuerySet
from investigations.models.correction_step import clock, name_of

TOLD_FOR = timedelta(minutes=15)
"""So long after its last sign of somebody a story counts as open with them."""


class StoryOpenedQuerySet(VisibleQuerySet):
    """Who has which story open, limited by the story's investigation."""

    team_path = "story__investigation_id"

    def touch(self, story: Any, *, by: Any, now: datetime | None = None) -> None:
        """Keep that this person has the story open now; after a pause it counts as opened anew."""
        now = now or timezone.now()
        row, made = self.get_or_create(story=story, by=by, defaults={"since": now, "at": now})
        if not made:
            row.since = row.since if now - row.at <= TOLD_FOR else now
            row.at = now
            row.save(update_fields=["since", "at"])

    def beside(self, user: Any, story: Any, *, now: datetime | None = None) -> Self:
        """The others who have this story open now, the longest first."""
        lately = (now or timezone.now()) - TOLD_FOR
        return self.filter(story=story, at__gte=lately).exclude(by=user).select_related("by").order_by("since", "pk")


class StoryOpened(models.Model):
    """Somebody with a story's screen before them: since when, and the last sign of them."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="opened")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField("open since")
    at = models.DateTimeField("last sign")

    objects = StoryOpenedQuerySet.as_manager()

    class Meta:
        ordering = ["story", "since"]
        verbose_name_plural = "stories open"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["story", "by"],
                name="story_opened_once_a_person",
                violation_error_message="That is known already.",
            )
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} open"

    def in_words(self) -> str:
        """Like “Lee has had this open since 9:40 p.m.”."""
        return f"{name_of(self.by)} has had this open since {clock(self.since).removeprefix('at ')}"
