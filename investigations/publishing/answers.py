"""What came of a letter: the answer, laid at the passages that it is to, or silence once the deadline is over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from investigations.models import Claim, CommentRequest, Contribution, Evidence, Letter, Quote, Source
from investigations.pages.instants import day_words
from investigations.publishing.letters import hold_letter, require_writer
from investigations.publishing.refusal import Refused
from investigations.text import split_answer
from investigations.vocabulary import Outcome, Showing, SourceKind, Stance, Terms

ANSWERS = (Outcome.REPLIED, Outcome.ANSWERED_IN_PART)
"""What came of a request whose answer is laid: what others answered for somebody are not that person's words."""


class Said(NamedTuple):
    """What somebody answered to one number, and what it does for the passages there."""

    words: str
    stance: str = Stance.CONTEXT


@transaction.atomic
def take_answer(letter: Letter, words: str, *, by: Any, now: datetime | None = None) -> Letter:
    """Keep an answer as it came in, and split it where it takes up our numbers; what is laid already stays.

    Raises Refused for somebody who doesn't write this story, for a letter that was not sent, and for no answer.
    """
    letter = _sent(letter, by)
    if not words.strip():
        raise Refused("Paste the answer.")
    letter.answer = words.replace("\r\n", "\n").strip()
    letter.answered_by, letter.answered_at = by, now or timezone.now()
    letter.full_clean()
    letter.save()
    claims = list(letter.claims.all())
    split = split_answer(letter.answer, {claim.number for claim in claims})
    for claim in claims:
        if claim.evidence_id is None:
            claim.answer = split.get(claim.number, "")
            claim.save(update_fields=["answer"])
    return letter


@transaction.atomic
def lay_answers(
    letter: Letter,
    said: Mapping[int, Said],
    *,
    by: Any,
    outcome: str,
    answered: date | None = None,
    on_record: bool = False,
    now: datetime | None = None,
) -> list[Evidence]:
    """Lay what was answered to each number at its passages, as a quote for the desk alone, until somebody shows it.

    Without `on_record` the quotes have no terms yet. A number without words is passed over, and so is one that is
    laid already. Raises Refused for no words at all, for words that are not in the answer, and for another outcome
    than a reply.
    """
    letter, now = _sent(letter, by), now or timezone.now()
    if outcome not in ANSWERS:
        raise Refused("Say what came of the request: they replied, or answered in part.")
    claims = [claim for claim in letter.claims.select_related("passage") if claim.evidence_id is None]
    to_lay = {number: each for number, each in said.items() if each.words.strip()}
    to_lay = {n: each for n, each in to_lay.items() if n in {claim.number for claim in claims}}
    if not to_lay:
        raise Refused("Nothing is laid: write at a number what was answered to it.")
    for number, each in to_lay.items():
        if each.stance not in Stance.values:
            raise Refused("Say whether it contradicts the passage, supports it, or is context.")
        if not _stands_in(each.words, letter.answer):
            raise Refused(f"At number {number} stand words that are not in the answer: it is quoted word for word.")
    when = day_words(answered or timezone.localtime(now).date())
    source, made = _source(letter.request, when), []
    terms = Terms.ON_RECORD if on_record else ""
    for number, each in to_lay.items():
        quote = _quote(letter.request, source, each.words, when, terms, by)
        for claim in claims:
            if claim.number == number:
                made.append(_lay(claim, quote, each, by))
    if not letter.request.outcome:
        letter.request.outcome = outcome
        letter.request.full_clean()
        letter.request.save()
    Contribution.objects.record(letter.request.story, by=by, now=now)
    return made


@transaction.atomic
def say_silent(request: CommentRequest, *, by: Any, now: datetime | None = None) -> None:
    """Enter that nothing came by the deadline: readers are told so.

    Raises Refused for somebody who doesn't write this story, before the deadline is over, and when an outcome or an
    answer is entered.
    """
    require_writer(request.story, by)
    Contribution.objects.hold(request.story)
    request = CommentRequest.objects.select_related("story").get(pk=request.pk)
    if request.outcome or request.letters.exclude(answer="").exists():
        raise Refused("What came of this request is entered already.")
    if request.deadline is None or request.deadline > (now or timezone.now()):
        raise Refused("They still have time to answer: silence is entered once the deadline is over.")
    request.outcome = Outcome.NO_RESPONSE
    request.full_clean()
    request.save()
    Contribution.objects.record(request.story, by=by, now=now)


def _sent(letter: Letter, by: Any) -> Letter:
    letter = hold_letter(letter, by)
    if letter.sent_at is None:
        raise Refused("This letter was not sent: there can’t be an answer to it.")
    return letter


def _stands_in(words: str, answer: str) -> bool:
    return " ".join(words.split()) in " ".join(answer.replace("\n>", "\n").split())


def _source(request: CommentRequest, when: str) -> Source:
    """The source that an answer is from: the person, under their name, or the body's letter."""
    about: dict[str, Any] = {"kind": SourceKind.PERSON, "person": request.person}
    if request.organization:
        title = f"Answer of {request.whom} to {settings.SITE_NAME}"[:250]
        about = {"kind": SourceKind.DOCUMENT, "title": title, "dated": when}
    found = Source.objects.filter(investigation=request.story.investigation, **about).order_by("pk").first()
    if found is None:
        found = Source(investigation=request.story.investigation, **about)
        found.full_clean()
        found.save()
    source: Source = found
    return source


def _quote(request: CommentRequest, source: Source, words: str, when: str, terms: str, by: Any) -> Quote:
    quote = Quote(
        investigation=request.story.investigation,
        source=source,
        words=words.strip(),
        said=when,
        setting="in writing",
        to_whom=f"to {settings.SITE_NAME}"[:200],
        terms=terms,
    )
    quote.enter(by=by)
    try:
        quote.full_clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    quote.save()
    return quote


def _lay(claim: Claim, quote: Quote, said: Said, by: Any) -> Evidence:
    last = claim.passage.evidence.aggregate(last=Max("position"))["last"]
    piece = Evidence(
        passage=claim.passage,
        position=0 if last is None else last + 1,
        stance=said.stance,
        showing=Showing.DESK_ONLY,
        quote=quote,
        added_by=by,
    )
    piece.full_clean()
    piece.save()
    claim.answer, claim.evidence = said.words.strip(), piece
    claim.save(update_fields=["answer", "evidence"])
    return piece
