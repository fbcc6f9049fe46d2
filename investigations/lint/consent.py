"""Rules on what a source agreed to: withdrawn consent, and people who go out as sources without terms."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Evidence, Interview, Quote, Source
from investigations.models.withdrawal import is_withdrawn
from investigations.vocabulary import NAMING_TERMS, PUBLISHABLE_TERMS, Showing, SourceKind


def consent(context: StoryContext) -> Iterator[Finding]:
    """Evidence that rests on withdrawn consent, and people cited as sources whom no terms let go out."""
    yield from _withdrawn(context)
    yield from _without_terms(context)


def _withdrawn(context: StoryContext) -> Iterator[Finding]:
    ours = context.story.investigation_id
    sources = Source.objects.filter(investigation=ours).consent_withdrawn().values_list("pk", flat=True)
    relying = Source.objects.relying_on(sources)
    withdrawn = Quote.objects.filter(is_withdrawn(quote="pk", interview="interview_id"), investigation=ours)
    quotes = set(withdrawn.values_list("pk", flat=True))
    for mark, piece in context.pieces(Showing.SHOWN, Showing.COUNTED):
        if {quote.pk for quote in piece.quotes()} & quotes or {source.pk for source in piece.sources()} & relying:
            yield Finding(
                "story.E037",
                "The source has withdrawn consent to what this passage rests on.",
                "Make this evidence “desk only”, or take it away.",
                context.place(mark),
                context.paragraph_of(mark),
                mark,
            )


def _without_terms(context: StoryContext) -> Iterator[Finding]:
    """A person cited without a quote goes out on the terms of what else they said to us; a relay printed the rest."""
    cited = [
        (mark, behind, said and behind is source)
        for mark, piece in context.pieces(Showing.SHOWN)
        for source, said in _cited(piece)
        for behind in context.with_those_behind(source)
    ]
    ours = {source.pk for _, source, _ in cited if source.kind == SourceKind.PERSON and not source.relay_id}
    terms: dict[int, set[str]] = {pk: set() for pk in ours}
    for rows in (Quote.objects, Interview.objects):
        for pk, agreed in rows.filter(source__in=ours).values_list("source_id", "terms"):
            terms[pk].add(agreed)
    told: set[tuple[str, int]] = set()
    for mark, source, said in cited:
        if source.pk not in ours or (mark, source.pk) in told:
            continue
        allowed = terms[source.pk] & (PUBLISHABLE_TERMS if source.is_unnamed else NAMING_TERMS)
        if not allowed and (terms[source.pk] or said):
            told.add((mark, source.pk))
            yield Finding(
                "story.E039",
                "Somebody goes out here as a source, and no terms on file let them.",
                "Cite their words with the terms of these, or enter the terms: a name needs “on the record”.",
                f"{context.place(mark)}, source “{source.code_name}”",
                context.paragraph_of(mark),
                mark,
            )


def _cited(piece: Evidence) -> Iterator[tuple[Source, bool]]:
    """The sources that readers are told of without a quote, and whether they are said to have said something."""
    for account in piece.accounts():
        if account.source:
            yield account.source, True
    for source in (piece.source, piece.meeting and piece.meeting.source):
        if source:
            yield source, False
