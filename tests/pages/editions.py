"""A published story as the record has it, and its page."""

from typing import Any

from investigations.pages.story import StoryPage, story_page
from investigations.publishing.projection.story import work_of
from investigations.record.models import Edition, Page
from investigations.record.reading import EditionContent, read


def history(story: Any) -> list[EditionContent]:
    """Every edition of the story."""
    return read(Edition.objects.filter(work=work_of(story)).order_by("number"))


def page(story: Any, number: int = 0, evidence: str = "") -> StoryPage:
    """The page of that edition; of the latest if none is named."""
    editions = history(story)
    return story_page(editions, number or len(editions), evidence)


def sent(path: str, variant: str = "") -> str:
    """What readers get at an address."""
    return bytes(Page.objects.get(path=path, variant=variant).body).decode()
