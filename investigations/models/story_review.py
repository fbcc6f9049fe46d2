"""What was done with a story on its way: sent to the editors, sent back, ready. Kept, never changed."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from investigations.models.base import VisibleQuerySet
from investigations.models.contribution import Contribution
from investigations.vocabulary import ReviewAct, ReviewState


class StoryReviewQuerySet(VisibleQuerySet):
    """Steps, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def note(self, story: Any, act: ReviewAct, *, by: Any, comment: str = "", now: Any = None) -> "StoryReview":
        """Keep a step, with the digest of the words as they stand."""
        wording = story.wording_digest()
        return self.create(story=story, act=act, by=by, at=now or timezone.now(), comment=comment, wording=wording)

    def last_of(self, story: Any) -> Self:
        """The story's steps, the last one first."""
        return self.filter(story=story).order_by("-id")


class StoryReview(models.Model):
    """One step of a story on its way to readers. Triggers keep it from being changed."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="reviews")
    act = models.CharField(max_length=10, choices=ReviewAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(blank=True, help_text="What should change. Whoever wrote the story reads it.")
    wording = models.CharField(max_length=64)

    objects = StoryReviewQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"step {self.pk} of story {self.story_id}"


def desk_state(story: Any) -> ReviewState:
    """Where a story that readers don't have stands: ready only as long as its words are those that were called so."""
    last = StoryReview.objects.last_of(story).first()
    if last is None or last.act == ReviewAct.SENT_BACK:
        return ReviewState.DRAFT
    ready = last.act == ReviewAct.READY and last.wording == story.wording_digest()
    return ReviewState.READY if ready else ReviewState.IN_REVIEW


def stories_in(stories: Any, state: ReviewState) -> Any:
    """Those of a queryset of stories that stand there, whether readers have them or not; asked of the database alone.

    The words of a story are those of its last contribution: a change that is nobody's is refused elsewhere.
    """
    steps = _steps()
    words = Contribution.objects.filter(story=OuterRef("pk")).order_by("-at", "-id").values("wording")[:1]
    rows = stories.annotate(
        review_act=Subquery(steps.values("act")[:1]),
        review_words=Subquery(steps.values("wording")[:1]),
        words_now=Subquery(words),
    )
    ready = models.Q(review_act=ReviewAct.READY, review_words=F("words_now"))
    if state == ReviewState.READY:
        return rows.filter(ready)
    if state == ReviewState.IN_REVIEW:
        return rows.filter(review_act__in=[ReviewAct.SENT, ReviewAct.READY]).exclude(ready)
    return rows.filter(models.Q(review_act__isnull=True) | models.Q(review_act=ReviewAct.SENT_BACK))


def returned_to(user: Any, stories: Any) -> Any:
    """Those of a queryset of stories that this person sent to the editors and that came back."""
    steps = _steps()
    sent = steps.filter(act=ReviewAct.SENT).values("by")[:1]
    rows = stories.annotate(review_act=Subquery(steps.values("act")[:1]), sent_by=Subquery(sent))
    return rows.filter(review_act=ReviewAct.SENT_BACK, sent_by=user.pk)


def _steps() -> Any:
    return StoryReview.objects.filter(story=OuterRef("pk")).order_by("-id")
