"""Rules on what a passage comes down to: one origin behind several sources, and nobody with a name."""

import re
from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.lint.strength import READERS_ARE_TOLD, main_source, strength
from investigations.models import Evidence, Source
from investigations.vocabulary import Showing, Stance

ARTICLE = re.compile(r"^(?:an?|the|one|another|some)\s+", re.IGNORECASE)


def support_shown(context: StoryContext) -> Iterator[Finding]:
    """A passage of whose evidence readers get some, and none that supports it."""
    for mark, pieces in context.evidence.items():
        shown = [piece for piece in pieces if piece.showing == Showing.SHOWN]
        if shown and all(piece.stance != Stance.SUPPORTS for piece in shown):
            yield context.finding(
                "story.W026",
                "Readers are shown nothing that supports the passage.",
                "Show what supports it, or write whose word it is.",
                mark,
            )


def origins(context: StoryContext) -> Iterator[Finding]:
    """Several sources that come down to one origin, or may."""
    for mark, pieces in context.evidence.items():
        told = [piece for piece in supporting(pieces) if piece.showing in READERS_ARE_TOLD]
        sources = {source.pk for piece in told if (source := main_source(piece))}
        if len(sources) > 1 and strength(told, context.sources).origins == 1:
            yield context.finding(
                "story.W050",
                "Several sources support the passage, and they may come down to one origin.",
                "Find another origin, or let the text say that they have it from one.",
                mark,
            )


def unnamed_alone(context: StoryContext) -> Iterator[Finding]:
    """A passage that readers are shown unnamed sources for and nothing else, where the text doesn't say so."""
    for mark, pieces in context.evidence.items():
        shown = [piece for piece in supporting(pieces) if piece.showing == Showing.SHOWN]
        sources = [main_source(piece) for piece in shown]
        unnamed = [source for source in sources if source and source.is_unnamed]
        if unnamed and len(unnamed) == len(sources) and not _said(unnamed, context.text_before(mark)):
            yield context.finding(
                "story.W051",
                "Unnamed sources alone stand behind the passage, and the paragraph doesn't say so.",
                "Write whose word it is, with the descriptor that was agreed, or find somebody who may be named.",
                mark,
            )


def supporting(pieces: list[Evidence]) -> list[Evidence]:
    """Those that support the passage."""
    return [piece for piece in pieces if piece.stance == Stance.SUPPORTS]


def _said(sources: list[Source], text: str) -> bool:
    return any(ARTICLE.sub("", source.descriptor).casefold() in text.casefold() for source in sources)
