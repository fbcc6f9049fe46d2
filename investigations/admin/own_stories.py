"""My stories on the front page: the newest that readers don't have, each with what the story check says of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from investigations.lint import check
from investigations.models import Story
from investigations.models.base import works_at_desk
from investigations.publishing.reviewing import stories_of

MOST_STORIES = 5
"""How many are checked: a check reads all that a story rests on."""


@dataclass(frozen=True)
class OwnStory:
    """A story with how much its check says must be fixed and should be looked at, and where that is read."""

    story: Story
    must_fix: int
    look_at: int
    href: str


@dataclass(frozen=True)
class OwnStories:
    """The newest, and where the rest is listed when there are more."""

    shown: list[OwnStory]
    more: bool
    href: str


def own_stories(user: Any) -> OwnStories:
    """The stories in which this person had a hand, the last edited first; none for whoever isn't of the desk."""
    href = reverse("admin:investigations_story_changelist") + "?standing=mine"
    if not (works_at_desk(user) and user.has_perm("investigations.view_story")):
        return OwnStories([], False, href)
    visible = Story.objects.visible_to(user).select_related("investigation")
    found = list(stories_of(visible, user).order_by("-edited_at", "-pk")[: MOST_STORIES + 1])
    return OwnStories([_checked(story) for story in found[:MOST_STORIES]], len(found) > MOST_STORIES, href)


def _checked(story: Story) -> OwnStory:
    verdict = check(story, now=timezone.now())
    href = reverse("admin:investigations_story_change", args=[story.pk])
    return OwnStory(story, len(verdict.must_fix), len(verdict.look_at), href)
