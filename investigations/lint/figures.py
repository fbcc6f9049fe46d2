"""Rules on figures, and on zeros that no source counts."""

import re
from collections.abc import Iterator

from django.db.models import Prefetch

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.lint.origins import supporting
from investigations.lint.strength import main_source
from investigations.models import Figure, MeetingClass
from investigations.models.month import counted_by_month
from investigations.vocabulary import FigureKind, MonthState, Showing, SourceKind

NONE = re.compile(r"\b(?:no|none|never|nobody|nothing|zero|no one|not one|not a single)\b", re.IGNORECASE)


def figures(context: StoryContext) -> Iterator[Finding]:
    """Pictures that say nothing to those who don't see them, and charts whose gaps nobody explains."""
    groups = MeetingClass.objects.prefetch_related("meetings__attendances", "coverages")
    rows = context.story.figures.defer("image").prefetch_related(Prefetch("meeting_class", groups)).order_by("pk")
    for figure in rows:
        if figure.kind == FigureKind.IMAGE and not figure.alt_text.strip():
            yield _of(
                figure,
                "story.E080",
                "A picture has no words for those who don't see it.",
                "Write in “alt text” what it shows.",
            )
        elif figure.kind == FigureKind.CHART and not figure.rests_on.strip() and _has_gaps(figure):
            yield _of(
                figure,
                "story.W081",
                "A chart has months that no source counts, and nothing beneath it says what it lacks.",
                "Enter what a source covers, or write under “rests on, and lacks” that it is not zero.",
            )


def _of(figure: Figure, id_: str, msg: str, hint: str) -> Finding:
    return Finding(id_, msg, hint, f"Figure “{figure.caption}”", about=figure.public_key)


def _has_gaps(figure: Figure) -> bool:
    if not (figure.meeting_class and figure.since and figure.until):
        return False
    months = counted_by_month(figure.meeting_class, figure.since, figure.until)
    return any(month["state"] == MonthState.NOT_STATED for month in months)


def not_found(context: StoryContext) -> Iterator[Finding]:
    """A passage that says none and rests on what was looked for and not found, where no source counts them all."""
    for mark in context.parsed.marks:
        pieces = supporting(context.evidence.get(mark.id, []))
        sources = [main_source(piece) for piece in pieces if piece.showing == Showing.SHOWN]
        known = [source for source in sources if source]
        if (
            known
            and NONE.search(mark.words)
            and all(source.kind == SourceKind.NOT_FOUND and not source.coverages.all() for source in known)
        ):
            yield context.finding(
                "story.W082",
                "The passage says none, and what it rests on was looked for and not found.",
                "Write that none was found, or enter a source that counts them all.",
                mark.id,
            )
