"""Comments among colleagues on a story, each pinned to a passage or to the whole; resolved, and kept."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from investigations.models.base import VisibleQuerySet


class StoryCommentQuerySet(VisibleQuerySet):
    """Comments, limited by their story's investigation. Counsel never sees one: it is the newsroom thinking aloud."""

    team_path = "story__investigation_id"

    def unresolved(self) -> Self:
        """Those that nobody has said are settled."""
        return self.filter(resolved_at__isnull=True)


class StoryComment(models.Model):
    """Something that a colleague says of a story, with the words that it was said of."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="comments")
    mark = models.CharField("passage", max_length=10, blank=True)
    words = models.TextField("words then", blank=True)
    said = models.TextField("comment", help_text="Colleagues on the team read it; readers and counsel never do.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = StoryCommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=~models.Q(said=""),
                violation_error_message="Write what you have to say.",
            ),
            models.CheckConstraint(
                name="comment_resolved_by_whom_and_when",
                condition=models.Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | models.Q(resolved_by__isnull=False, resolved_at__isnull=False),
                violation_error_message="What is settled names who says so, and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


def commented(stories: Any) -> Any:
    """Those of a queryset of stories with comments that are not settled."""
    return stories.filter(pk__in=StoryComment.objects.unresolved().order_by().values("story"))
