"""What single rules find."""

from typing import Any

from django.utils import timezone

from investigations.lint.context import StoryContext


def told(story: Any, *rules: Any) -> list[tuple[str, int | None, str]]:
    """What these rules alone say of a story: id, paragraph and mark of each finding."""
    context = StoryContext.of(story, now=timezone.now())
    return [(finding.id, finding.paragraph, finding.mark) for rule in rules for finding in rule(context)]
