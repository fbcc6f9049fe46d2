"""Rules on requests for comment: a deadline still running, no outcome, nobody asked, other words than were put."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Claim, CommentRequest
from investigations.text import sentences_around
from investigations.vocabulary import Outcome, Showing, Stance

RUNNING = ("", Outcome.NO_RESPONSE)


def requests(context: StoryContext) -> Iterator[Finding]:
    """Requests for comment of which the story can't say yet what came of them."""
    rows = list(context.story.comment_requests.select_related("person", "organization"))
    unstated = 0
    for row in rows:
        running = row.deadline is not None and row.deadline > context.now
        if running and row.outcome in RUNNING:
            yield _of(
                row,
                "story.E070",
                "Somebody who was asked for comment still has time to answer.",
                "Wait for the answer or until the deadline is over, and enter what came of it.",
            )
        elif not row.outcome:
            yield _of(
                row,
                "story.W073",
                "Nobody has entered what came of a request for comment.",
                "Enter it: readers are told in a sentence.",
            )
        unstated += row.outcome == Outcome.NOT_STATED
    if unstated:
        yield Finding(
            "story.W071",
            "Of some it is not stated whether they were asked for comment.",
            "Ask them, or leave it so if nobody can know any more.",
            f"{unstated} requests for comment" if unstated > 1 else "1 request for comment",
        )
    if not rows:
        yield from _nobody_asked(context)


def letters(context: StoryContext) -> Iterator[Finding]:
    """Passages whose sentence is no longer as the last letter put it to somebody."""
    claims = Claim.objects.last_put(context.story)
    now = sentences_around(context.parsed) if claims else {}
    for claim in claims:
        if now.get(claim.passage.mark, claim.words) != claim.words:
            yield context.finding(
                "story.W074",
                "The words put to somebody have changed since the letter to them.",
                "Put the words to them as they are now, in a new letter, if what is said of them changed.",
                claim.passage.mark,
                f"letter to {claim.letter.request.whom}",
            )


def _of(row: CommentRequest, id_: str, msg: str, hint: str) -> Finding:
    asked = row.person or row.organization
    return Finding(id_, msg, hint, f"Request for comment to {asked}", about=f"{row.pk}, {row.deadline}")


def _nobody_asked(context: StoryContext) -> Iterator[Finding]:
    """The first passage that shown evidence contradicts and where somebody is named, in a story without requests.

    Whom a story criticizes stands nowhere on the desk; that accounts of named people contradict each other does.
    """
    for mark, pieces in context.evidence.items():
        shown = [piece for piece in pieces if piece.showing == Showing.SHOWN]
        named = any(quote.is_attributed_by_name for piece in shown for quote in piece.quotes())
        named = named or any(source.person_id for piece in shown for source in piece.sources())
        if named and any(piece.stance == Stance.CONTRADICTS for piece in shown):
            yield context.finding(
                "story.W072",
                "Accounts of people who are named contradict each other, and nobody was asked for comment.",
                "Ask those whom the story speaks of, and enter it under the story.",
                mark,
            )
            return
