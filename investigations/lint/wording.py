"""Rules on what stands over a story and whether there is one."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding


def wording(context: StoryContext) -> Iterator[Finding]:
    """A story without text, and a story nobody's name stands over."""
    if not context.parsed.blocks:
        yield Finding("story.E040", "The story has no text.", "Write it.", str(context.story))
    if not context.story.bylines.all():
        yield Finding("story.W041", "No byline stands over the story.", "Add one.", str(context.story))
