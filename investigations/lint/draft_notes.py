"""A rule on what came in with a draft: comments and footnotes that nobody has settled."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding


def draft_notes(context: StoryContext) -> Iterator[Finding]:
    """Passages with a note from the draft that waits, once each; and notes that stand at no passage, once."""
    told: set[str] = set()
    for note in context.story.draft_notes.waiting().select_related("passage"):
        mark = note.passage.mark if note.passage else ""
        if mark not in told:
            told.add(mark)
            yield Finding(
                "story.W090",
                "A comment or footnote of the draft waits to be settled.",
                "Add the evidence that it names, then settle it.",
                context.place(mark) if mark else str(context.story),
                context.paragraph_of(mark) if mark else None,
                mark,
            )
