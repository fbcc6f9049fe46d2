"""Rules on quotation marks: the words between them are somebody's, character by character, and were checked."""

import re
from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Quote
from investigations.text import stands_in
from investigations.vocabulary import QuoteForm, Showing

QUOTED = re.compile(r"“([^“”]+)(?:”|$)")


def quotation(context: StoryContext) -> Iterator[Finding]:
    """Words that a passage quotes and that its quotes haven't, or have in our words alone; one finding a passage."""
    for block in context.parsed.blocks:
        spans = [match.span(1) for match in QUOTED.finditer(block.text)]
        for mark in block.marks:
            within = [(max(start, mark.start), min(end, mark.end)) for start, end in spans]
            quoted = [block.text[start:end] for start, end in within if start < end]
            if any(any(map(str.isalnum, words)) for words in quoted):
                yield from _held_against(context, mark.id, quoted)


def _held_against(context: StoryContext, mark: str, quoted: list[str]) -> Iterator[Finding]:
    exact, loose = _on_file(context, mark)
    missing = [words for words in quoted if not any(stands_in(words, text) for text in exact)]
    if not missing or not (exact or loose):
        return
    if loose and (not exact or all(any(stands_in(words, text) for text in loose) for words in missing)):
        yield context.finding(
            "story.W061",
            "Words stand in quotation marks that the desk has as a translation or a paraphrase.",
            "Take the quotation marks away, or enter the words as they were said.",
            mark,
        )
        return
    yield context.finding(
        "story.E060",
        "Words stand in quotation marks that are not in the quote on file.",
        "Put the words as they are on file, leave out with “…”, or put your own in square brackets.",
        mark,
        f"“{missing[0].strip()}”",
    )


def _on_file(context: StoryContext, mark: str) -> tuple[list[str], list[str]]:
    """The words that a passage's records have as they were said, and those that they have in other words."""
    exact: list[str] = []
    loose: list[str] = []
    for piece in context.evidence.get(mark, []):
        for quote in piece.quotes():
            (exact if quote.form == QuoteForm.VERBATIM else loose).append(quote.words)
            if quote.form != QuoteForm.VERBATIM:
                exact += QUOTED.findall(quote.words)
        for source in piece.sources():
            exact += [source.full_text] if source.full_text else QUOTED.findall(source.description)
    return exact, loose


def checked(context: StoryContext) -> Iterator[Finding]:
    """Quotes on their way to readers that nobody has held against anything; what others printed is told as one."""
    told: set[int] = set()
    relayed = 0
    for mark, piece in context.pieces(Showing.SHOWN):
        for quote in piece.quotes():
            if quote.checked_at or quote.pk in told:
                continue
            told.add(quote.pk)
            if quote.source.relay_id:
                relayed += 1
            else:
                yield _unchecked(context, mark, quote)
    if relayed:
        yield Finding(
            "story.I063",
            "Quotes are as others printed them, and nobody has held them against the print.",
            "Hold each against it, and say so on the quote.",
            f"{relayed} quotes" if relayed > 1 else "1 quote",
        )


def _unchecked(context: StoryContext, mark: str, quote: Quote) -> Finding:
    return context.finding(
        "story.W062",
        "Nobody has held these words against a recording, notes or a document.",
        "Somebody else than who entered them holds them against it, and says so on the quote.",
        mark,
        f"quote “{quote.slug}”",
    )
