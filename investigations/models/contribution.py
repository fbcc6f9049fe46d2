"""Who changed what in a story: kept, never changed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from investigations.models.base import VisibleQuerySet


def _void_approvals(stories: list[int], *, by: Any, now: datetime) -> None:
    from investigations.models.correction import Correction  # it imports this module

    Correction.objects.void_approvals(stories, by=by, now=now)


class ContributionQuerySet(VisibleQuerySet):
    """Contributions, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def hold(self, story: Any) -> None:
        """Hold the story's row until the transaction ends.

        Who then looks at the clock, changes and editions alike, has the time in the order in which they came.
        """
        list(type(story)._default_manager.select_for_update().filter(pk=story.pk).values_list("pk"))

    def record(self, story: Any, *, by: Any, now: datetime | None = None, wording: str | None = None) -> Any:
        """Keep that this person had a hand in the story.

        Without `wording` they changed what hangs on it, not its words: those stay whose they were. Approvals of
        corrections are void: they were given to something else. The story's row is held until the transaction ends,
        so nobody approves while it changes.
        """
        with transaction.atomic():
            self.hold(story)
            _void_approvals([story.pk], by=by, now=now or timezone.now())
            return self._record(story, by=by, now=now, wording=wording)

    def _record(self, story: Any, *, by: Any, now: datetime | None, wording: str | None) -> Any:
        if wording is None:
            last = story.contributions.order_by("-at", "-id").first()
            wording = last.wording if last else ""
        return self.create(story=story, by=by, at=now or timezone.now(), wording=wording)

    @transaction.atomic
    def record_all(self, stories: Any, *, by: Any, now: datetime | None = None) -> None:
        """Keep that this person changed what hangs on each story of a queryset; its words stay whose they were."""
        last = self.model._default_manager.filter(story=OuterRef("pk")).order_by("-at", "-id").values("wording")[:1]
        held = list(stories.order_by("pk").select_for_update().values_list("pk", flat=True))
        at = now or timezone.now()
        _void_approvals(held, by=by, now=at)
        wordings = (
            stories.model._default_manager.filter(pk__in=held)
            .order_by("pk")
            .values_list("pk", Coalesce(Subquery(last), models.Value("")))
        )
        self.bulk_create(self.model(story_id=pk, by=by, at=at, wording=wording) for pk, wording in wordings)


class Contribution(models.Model):
    """One person's change to a story, with the digest of the words they left. Triggers keep it from being changed."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="contributions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    wording = models.CharField(max_length=64, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["story", "at"], name="contribution_story_at")]

    def __str__(self) -> str:
        return f"change to story {self.story_id}"
