"""No-surprises letters: written from the passages that somebody chose, edited, and taken out past the leak gate."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations.lint import check_story
from investigations.models import Claim, CommentRequest, Contribution, Letter, Source, Story
from investigations.pages.instants import day_words
from investigations.publishing.gate import gate, names_given
from investigations.publishing.letter_words import TO_BE_FILLED_IN, letter_words
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import project_story, work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_on_team
from investigations.text import sentences_around
from investigations.vocabulary import GateStage, Outcome

AGREED_OTHERWISE = frozenset(f"story.E{number:03}" for number in range(30, 40))
"""Findings on what a source agreed to: words that may not be published may not be put to anybody either."""

SAYS_OTHERWISE = (Outcome.NO_RESPONSE, Outcome.NOT_STATED)
"""Outcomes that no longer hold once somebody is written to."""


@transaction.atomic
def write_letter(
    request: CommentRequest, marks: Collection[str], *, deadline: datetime, by: Any, now: datetime | None = None
) -> Letter:
    """A letter to edit, with the sentences of these passages as the story has them, in the order of its text.

    Passages in one sentence share its number. Raises Refused for somebody who doesn't write this story, for no
    passage, for one that isn't in the text, and for a deadline that is over.
    """
    now = now or timezone.now()
    request = _held(request, by)
    sentences = sentences_around(request.story.parsed())
    passages = {passage.mark: passage for passage in request.story.passages.filter(mark__in=marks)}
    if not marks:
        raise Refused("Tick the passages that speak of them.")
    if not set(marks) <= sentences.keys() & passages.keys():
        raise Refused("One of these passages is not in the text any more: choose again.")
    if deadline <= now:
        raise Refused("Give them time to answer: this deadline is over.")
    chosen = [mark for mark in sentences if mark in marks]
    numbers = {words: n for n, words in enumerate(dict.fromkeys(sentences[mark] for mark in chosen), start=1)}
    claims = {number: words for words, number in numbers.items()}
    words = letter_words(request, claims, deadline=deadline, by=by)
    letter = _kept(Letter(request=request, words=words, deadline=deadline, written_by=by, written_at=now))
    Claim.objects.bulk_create(
        Claim(letter=letter, passage=passages[mark], number=numbers[sentences[mark]], words=sentences[mark])
        for mark in chosen
    )
    return letter


@transaction.atomic
def edit_letter(letter: Letter, words: str, *, by: Any, seen: str = "", now: datetime | None = None) -> Letter:
    """Change the words of a letter that was not sent; `seen` is the `state` that they began from.

    Raises Refused for one that was sent, for an empty one, and when somebody wrote on it since.
    """
    letter = _unsent(letter, by)
    if seen and seen != letter.state:
        raise Refused(
            f"{letter.written_by} wrote on this letter meanwhile. Copy yours, open the page again, put both together."
        )
    if not words.strip():
        raise Refused("The letter is empty: write it anew.")
    letter.words, letter.written_by, letter.written_at = _lines(words), by, now or timezone.now()
    return _kept(letter)


def send_letter(letter: Letter, *, by: Any, how: str = "", now: datetime | None = None) -> Letter:
    """Take a letter out, to be sent: from now on it stays as it is, and the request has its day and its deadline.

    The leak gate reads it first. Raises Refused for one that was sent, that is not filled in, whose deadline is over,
    that has a source's code name, or that no longer has the sentences as the story has them now; and what the gate
    holds back.
    """
    now = now or timezone.now()
    story = letter.request.story
    require_writer(story, by)
    about = {"by": by, "work": work_of(story), "investigation": story.investigation, "now": now}
    with gate(GateStage.LETTER, **about) as reading, transaction.atomic():
        letter = _unsent(letter, by)
        _require_ready(letter, now)
        reading.read([("a letter to somebody in the story", letter.words)], named=_names(letter.request))
        letter.sent_by, letter.sent_at = by, now
        _kept(letter)
        _keep_asked(letter.request, letter.deadline, how, now)
        Contribution.objects.record(story, by=by, now=now)
    return letter


def require_writer(story: Story, by: Any) -> None:
    """Raise Refused for somebody who doesn't write this story."""
    require_on_team(story, by)
    if not by.has_perm("investigations.change_commentrequest"):
        raise Refused("Only reporters and editors ask for comment.")


def hold_letter(letter: Letter, by: Any) -> Letter:
    """The letter, locked behind its story as a publication does it, for those who write it. Raises Refused."""
    require_writer(letter.request.story, by)
    Contribution.objects.hold(letter.request.story)
    rows = Letter.objects.select_for_update(of=("self",)).select_related(
        "request__story__investigation", "request__person", "request__organization"
    )
    found: Letter = rows.get(pk=letter.pk)
    return found


def _held(request: CommentRequest, by: Any) -> CommentRequest:
    require_writer(request.story, by)
    Contribution.objects.hold(request.story)
    rows = CommentRequest.objects.select_related("story__investigation", "person", "organization")
    found: CommentRequest = rows.get(pk=request.pk)
    return found


def _unsent(letter: Letter, by: Any) -> Letter:
    letter = hold_letter(letter, by)
    if letter.sent_at:
        raise Refused("This letter was sent: it stays as it is. Write another.")
    return letter


def _kept(row: Any) -> Any:
    """Save under the model's own rules, told as a refusal."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    row.save()
    return row


def _require_ready(letter: Letter, now: datetime) -> None:
    if TO_BE_FILLED_IN in letter.words:
        raise Refused("One line in brackets still waits to be filled in: say what the story is about.")
    if letter.is_over(now=now):
        raise Refused("The deadline in the letter is over: write it anew.")
    said = _plain(letter.words)
    names = Source.objects.filter(investigation=letter.request.story.investigation).values_list(
        "code_name", flat=True
    )
    if any(re.search(rf"\b{re.escape(_plain(name))}\b", said, re.IGNORECASE) for name in names):
        raise Refused("A source’s code name stands in the letter: it never leaves the desk.")
    _require_terms(letter, now)
    sentences = sentences_around(letter.request.story.parsed())
    for claim in letter.claims.select_related("passage"):
        if sentences.get(claim.passage.mark) != claim.words:
            raise Refused(f"The story changed since the letter was written, at number {claim.number}: write it anew.")
        if _plain(claim.words) not in said:
            raise Refused(f"Number {claim.number} is not in the letter in the words of the story: put them back.")


def _require_terms(letter: Letter, now: datetime) -> None:
    """Raise Refused where a passage rests on what its source has not let out, or not yet."""
    numbers = {claim.passage.mark: claim.number for claim in letter.claims.select_related("passage")}
    for finding in check_story(letter.request.story, now=now):
        if finding.id in AGREED_OTHERWISE and finding.mark in numbers:
            raise Refused(f"Number {numbers[finding.mark]} can’t go out: {finding.msg} {finding.hint}", [finding])


def _names(request: CommentRequest) -> set[str]:
    """The full names that a letter gives with good reason: whose it is, and those that readers would get."""
    try:
        given = names_given([part.content for part in parts_of(project_story(request.story))])
    except ValueError:
        given = set()
    return given | {request.whom}


def _keep_asked(request: CommentRequest, deadline: datetime, how: str, now: datetime) -> None:
    request.deadline = deadline
    request.asked = request.asked or day_words(timezone.localtime(now).date())
    request.asked_how = (how.strip() or request.asked_how or "by letter")[:200]
    if request.outcome in SAYS_OTHERWISE:
        request.outcome = request.detail = ""
    _kept(request)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _lines(words: str) -> str:
    """As a browser sends it, with one kind of line break."""
    return words.replace("\r\n", "\n").strip() + "\n"


def marks_of(letter: Letter | None) -> set[str]:
    """The marks of the passages that a letter puts to somebody."""
    claims: Iterable[Claim] = letter.claims.select_related("passage") if letter else ()
    return {claim.passage.mark for claim in claims}
