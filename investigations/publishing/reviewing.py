"""A story's way through the newsroom: sent to the editors, sent back, ready. Each step holds the story's row."""

from datetime import datetime
from typing import Any

from django.db import transaction

from investigations.lint import check_story, must_fix
from investigations.models import Approval, Contribution, Story, StoryReview
from investigations.models.story_review import desk_state, returned_to, stories_in
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import is_editor, require_attributed, require_on_team
from investigations.record.models import Edition, StoryRow
from investigations.vocabulary import ReviewAct, ReviewState

LEGAL = {
    ReviewState.DRAFT: "it can be sent to the editors",
    ReviewState.IN_REVIEW: "it can be called ready, or sent back",
    ReviewState.READY: "it can be signed and published, or sent back",
    ReviewState.PUBLISHED: "changes reach readers through a correction",
}


def review_state(story: Story) -> ReviewState:
    """Where the story stands: published once readers have an edition, else what the desk says."""
    if Edition.objects.filter(work=work_of(story)).exists():
        return ReviewState.PUBLISHED
    return desk_state(story)


def stories_standing(stories: Any, state: str) -> Any:
    """Those of a queryset of stories that stand there; none for a state that nobody knows."""
    if state not in ReviewState.values:
        return stories.none()
    if state == ReviewState.PUBLISHED:
        return stories.filter(public_key__in=published_keys())
    return stories_in(stories, ReviewState(state)).exclude(public_key__in=published_keys())


def stories_returned(stories: Any, user: Any) -> Any:
    """Those that this person sent to the editors, that came back, and that readers don't have."""
    return returned_to(user, stories).exclude(public_key__in=published_keys())


def stories_signed_by_others(stories: Any, user: Any) -> Any:
    """Those that somebody signed and this person did not, and that readers don't have."""
    signed = stories.filter(pk__in=Approval.objects.order_by().values("story"))
    own = Approval.objects.filter(by=user).order_by().values("story")
    return signed.exclude(pk__in=own).exclude(public_key__in=published_keys())


def stories_of(stories: Any, user: Any) -> Any:
    """Those in which this person had a hand and that readers don't have."""
    own = Contribution.objects.filter(by=user).order_by().values("story")
    return stories.filter(pk__in=own).exclude(public_key__in=published_keys())


@transaction.atomic
def send_to_editor(story: Story, *, by: Any, comment: str = "", now: datetime | None = None) -> StoryReview:
    """Give a draft to the editors, with a word to them if there is one.

    Raises Refused for somebody who doesn't write this story, for a text that is nobody's, and for one that is no
    draft.
    """
    story = _held(story, by)
    _require(story, ReviewState.DRAFT, to_be="sent to the editors")
    require_attributed(story)
    return StoryReview.objects.note(story, ReviewAct.SENT, by=by, comment=comment.strip(), now=now)


@transaction.atomic
def send_back(story: Story, *, by: Any, comment: str, now: datetime | None = None) -> StoryReview:
    """Give a story back to whoever wrote it, with what should change.

    Raises Refused for reporters, unless it is in review or ready, and without a word of what should change.
    """
    story = _held(story, by)
    _require_editor(by, "send a story back")
    _require(story, ReviewState.IN_REVIEW, ReviewState.READY, to_be="sent back")
    if not comment.strip():
        raise Refused("Say what should change: whoever wrote the story reads it.")
    return StoryReview.objects.note(story, ReviewAct.SENT_BACK, by=by, comment=comment.strip(), now=now)


@transaction.atomic
def mark_ready(story: Story, *, by: Any, now: datetime | None = None) -> StoryReview:
    """Say that the words may go out as they stand; when they change, it is in review again.

    Raises Refused for reporters, while something must be fixed, and unless it is in review.
    """
    story = _held(story, by)
    _require_editor(by, "call a story ready")
    _require(story, ReviewState.IN_REVIEW, to_be="called ready")
    require_attributed(story)
    if findings := must_fix(check_story(story, now=now)):
        raise Refused(f"It isn’t ready: {findings[0].msg}", findings)
    return StoryReview.objects.note(story, ReviewAct.READY, by=by, now=now)


def published_keys() -> list[str]:
    """The public keys of the stories that readers have."""
    return [work.partition(":")[2] for work in StoryRow.objects.values_list("work", flat=True)]


def _held(story: Story, by: Any) -> Story:
    require_on_team(story, by)
    if not by.has_perm("investigations.change_story"):
        raise Refused("Only reporters and editors send a story on.")
    return Story.objects.select_for_update().get(pk=story.pk)


def _require_editor(by: Any, act: str) -> None:
    if not is_editor(by):
        raise Refused(f"Only editors {act}.")


def _require(story: Story, *states: ReviewState, to_be: str) -> None:
    state = review_state(story)
    if state not in states:
        raise Refused(f"This story is {state.label.lower()}: it can’t be {to_be}; {LEGAL[state]}.")
