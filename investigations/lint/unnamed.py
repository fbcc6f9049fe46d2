"""Rules on what is on file of the sources that may not be named.

Whether somebody quoted without a name also declined to comment under it is not asked: that would open the vault.
The leak gate holds such a story.
"""

import re
from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Source
from investigations.vocabulary import IdentityState, Showing

SAYS_HOW = re.compile(
    r"\b(?:who|whose|with|familiar|present|attend\w*|briefed|told|informed|involved|knowledge|saw|seen|close)\b",
    re.IGNORECASE,
)


def unnamed(context: StoryContext) -> Iterator[Finding]:
    """Unnamed sources of our own without a reason, without “how they know”, and known to nobody; each told once.

    Of a source that somebody else reported, the relay has all three.
    """
    told: set[int] = set()
    for mark, piece in context.pieces(Showing.SHOWN):
        for source in piece.sources():
            if source.is_unnamed and not source.relay_id and source.pk not in told:
                told.add(source.pk)
                yield from _missing(context, mark, source)


def _missing(context: StoryContext, mark: str, source: Source) -> Iterator[Finding]:
    about = f"source “{source.code_name}”"
    if not source.reason_for_anonymity:
        yield context.finding(
            "story.W052",
            "Nobody has written down why this source is not named.",
            "Write it on the source: it stays inside.",
            mark,
            about,
        )
    if not (source.how_they_know or SAYS_HOW.search(source.descriptor)):
        yield context.finding(
            "story.W053",
            "Readers are not told how this unnamed source knows.",
            "Fill in “how they know” on the source, as far as it leads nobody to them.",
            mark,
            about,
        )
    if source.identity == IdentityState.NOT_HELD:
        yield context.finding(
            "story.W054",
            "Nobody here knows who this unnamed source is, and nobody else reported it.",
            "Let an editor know the name, or say on the source by whom it was reported.",
            mark,
            about,
        )
