"""Rules on the terms of quotes: what may go out, and how attributed."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Quote
from investigations.vocabulary import NAMING_TERMS, Showing, Terms


def terms(context: StoryContext) -> Iterator[Finding]:
    """A quote on its way to readers whose terms are not set, forbid it, or can't be kept."""
    seen: set[tuple[str, int]] = set()
    for mark, piece in context.pieces(Showing.SHOWN):
        for quote in piece.quotes():
            if (mark, quote.pk) not in seen:
                seen.add((mark, quote.pk))
                yield from _quote(context, mark, quote)


def _quote(context: StoryContext, mark: str, quote: Quote) -> Iterator[Finding]:
    for id_, msg, hint in filter(None, (_said(quote), _embargo(quote, context.now))):
        obj = f"{context.place(mark)}, quote “{quote.slug}”"
        yield Finding(id_, msg, hint, obj, context.paragraph_of(mark), mark)


def _embargo(quote: Quote, now: datetime) -> tuple[str, str, str] | None:
    if quote.embargo_until is None or quote.embargo_until <= now:
        return None
    until = dateformat.format(quote.embargo_until.astimezone(ZoneInfo(settings.TIME_ZONE)), "F j, Y, g:i a T")
    return (
        "story.E036",
        f"These words may not go out before {until}.",
        "Wait until then, or make this evidence “desk only”.",
    )


def _said(quote: Quote) -> tuple[str, str, str] | None:
    source = quote.source
    if not quote.terms:
        return (
            "story.E030",
            "Nobody has set the terms on which these words were spoken.",
            "Set them on the quote, as they were agreed.",
        )
    if quote.terms == Terms.OFF_RECORD:
        return (
            "story.E031",
            "These words were spoken off the record.",
            "Make this evidence “desk only”, or get the source's consent.",
        )
    if quote.terms == Terms.AS_PRINTED and source.relay_id is None:
        return (
            "story.E032",
            "The terms are its relay's, and no relay is named.",
            "Say on the source by whom it was reported, or set terms of our own.",
        )
    if quote.terms == Terms.ON_RECORD and source.is_unnamed:
        return (
            "story.E033",
            "On the record means by name, and this source has none.",
            "Set the terms that were agreed with the source.",
        )
    if quote.terms == Terms.BACKGROUND and not (source.is_unnamed or quote.speaker_label):
        return (
            "story.E034",
            "On background needs the descriptor that was agreed, and there is none.",
            "Make a source with a descriptor, or describe the speaker on the quote.",
        )
    if quote.terms in NAMING_TERMS and not (source.is_unnamed or quote.speaker_id or quote.speaker_label):
        return (
            "story.W035",
            "Readers are not told who said this.",
            "Name the speaker on the quote.",
        )
    return None
