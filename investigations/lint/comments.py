"""Rule on comments: what colleagues said of the text and nobody has settled. Their words are nobody else's."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding


def comments(context: StoryContext) -> Iterator[Finding]:
    """A passage, or the whole story, with comments that are not settled."""
    for mark in dict.fromkeys(context.story.comments.unresolved().values_list("mark", flat=True)):
        yield Finding(
            "story.W091",
            "A colleague’s comment on this is not settled.",
            "Answer it in the text, or say that it is settled.",
            context.place(mark) if mark else "The story",
            context.paragraph_of(mark) if mark else None,
            mark,
        )
