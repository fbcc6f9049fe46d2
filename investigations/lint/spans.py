"""Rules on how passages are marked in the text: what would otherwise fail in silence."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.text import Fault

SAID: dict[Fault, tuple[str, str, str]] = {
    Fault.UNCLOSED_BRACKET: (
        "story.E001",
        "A bracket is opened and not closed.",
        "Close it, like [the words]{#p3}, or take it away.",
    ),
    Fault.DUPLICATE_ID: (
        "story.E002",
        "The same mark stands here a second time.",
        "Give this passage a number of its own.",
    ),
    Fault.BAD_ID: (
        "story.E003",
        "The braces hold something else than a mark.",
        "A mark is # and p and a number: {#p3}.",
    ),
    Fault.CROSSES_EMPHASIS: (
        "story.E004",
        "A passage begins inside emphasis and ends outside it, or the other way round.",
        "Put the asterisks wholly inside the brackets or wholly around them.",
    ),
    Fault.CROSSES_PARAGRAPHS: (
        "story.E005",
        "A passage runs over the end of a paragraph.",
        "Make two passages with the same evidence.",
    ),
    Fault.DETACHED: (
        "story.E006",
        "There is a space between a bracket and its mark.",
        "Write them together: [the words]{#p3}.",
    ),
    Fault.ON_LINK: (
        "story.E007",
        "A mark hangs on a link.",
        "Put the brackets around the whole link: [[the words](https://…)]{#p3}.",
    ),
    Fault.ON_CODE: ("story.E008", "A mark hangs on code.", "Put the brackets around words."),
    Fault.ON_IMAGE: ("story.E009", "A mark hangs on an image.", "Put the brackets around words."),
    Fault.NESTED: ("story.E010", "A passage stands inside another.", "Make two passages, one after the other."),
    Fault.EMPTY: ("story.E011", "A passage holds no words.", "Put the words between the brackets."),
    Fault.LEFTOVER: (
        "story.E012",
        "A mark is left in the text where readers would see it.",
        "Write it as [the words]{#p3}.",
    ),
    Fault.IMAGE: ("story.E013", "An image stands in the text.", "Images are added as figures, not in the text."),
    Fault.BAD_LINK: (
        "story.E014",
        "A link leads to an address that readers can't be sent to.",
        "Use https://, http:// or mailto: with the full address.",
    ),
    Fault.TOO_DEEP: (
        "story.E015",
        "Lists or quotations are nested too deep to be shown.",
        "Use fewer levels.",
    ),
}


def spans(context: StoryContext) -> Iterator[Finding]:
    """One finding for each mark that isn't what its writer meant, with its paragraph and words."""
    for problem in context.parsed.problems:
        id_, msg, hint = SAID[problem.code]
        obj = f"Paragraph {problem.block}" + (f", “{problem.excerpt}”" if problem.excerpt else "")
        yield Finding(id_, msg, hint, obj, problem.block, problem.mark)
