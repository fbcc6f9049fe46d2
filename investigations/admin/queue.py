"""The queue: a card for each correction that waits, with all that an answer needs, for a phone at night."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.decorators.cache import never_cache

from investigations.admin.elsewhere import said
from investigations.lint import Finding, check_story, must_fix
from investigations.models import Correction
from investigations.pages.correction import ChangeView
from investigations.pages.instants import Instant, instant
from investigations.publishing.outgoing import Outgoing, history_of, since_when_wrong
from investigations.publishing.queue import approve_and_publish
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import decline, fit, send_back
from investigations.publishing.two_people import right_to_approve, why_not
from investigations.vocabulary import CorrectionState, Severity

MOST_CARDS = 10
MOST_WEIGHED = 20
"""So many, serious ones and those written first before others, are put in order by how long they were wrong."""


@dataclass(frozen=True)
class Card:
    """A correction that waits, as somebody decides on it."""

    correction: Correction
    refused: str
    changes: tuple[ChangeView, ...] = ()
    wrong_at: datetime | None = None
    wrong_edition: int | None = None
    wrong_for: str = ""
    touches: tuple[str, ...] = ()
    digest: str = ""
    findings: tuple[Finding, ...] = ()
    why_not: str = ""
    may_answer: bool = False
    elsewhere: list[str] = field(default_factory=list)

    @property
    def is_serious(self) -> bool:
        """Whether its note will stand at the top of the story."""
        return self.correction.severity == Severity.SERIOUS

    @property
    def wrong_since(self) -> Instant | None:
        """The instant from which readers had it."""
        return instant(self.wrong_at) if self.wrong_at else None

    @property
    def order(self) -> tuple[bool, bool, datetime, int]:
        """Serious ones first, then by how long readers have had it; last those of which nothing is known."""
        correction = self.correction
        return not self.is_serious, self.wrong_at is None, self.wrong_at or correction.written_at, correction.pk


@dataclass(frozen=True)
class Queue:
    """The cards on the page, how many more wait, and what is to be said of a card that waits no more."""

    cards: list[tuple[Card, int | None]]
    more: int
    gone: str


def queue_for(user: Any, *, first: int | None = None, now: datetime) -> Queue:
    """What waits for an approval among the corrections that this person may see; `first` is a card asked for."""
    visible = Correction.objects.visible_to(user).select_related("story__investigation", "written_by", "corrects")
    waiting = visible.filter(state=CorrectionState.SUBMITTED)
    weighed = list(waiting.order_by("-severity", "written_at", "pk")[:MOST_WEIGHED])
    asked = visible.filter(pk=first).first() if first else None
    gone = ""
    if asked and asked.state != CorrectionState.SUBMITTED:
        gone = f"{asked} waits no more: it is {asked.get_state_display().lower()}."
    elif asked and asked not in weighed:
        weighed.append(asked)
    found = sorted((weigh(correction, now=now) for correction in weighed), key=lambda pair: pair[0].order)
    found.sort(key=lambda pair: (pair[0].correction.pk != first, pair[0].correction.written_by_id == user.pk))
    shown = [whole(card, going, user, now=now) for card, going in found[:MOST_CARDS]]
    following = [card.correction.pk for card in shown[1:]]
    return Queue(list(zip_longest(shown, following)), waiting.count() - len(shown), gone)


def weigh(correction: Correction, *, now: datetime) -> tuple[Card, Outgoing | None]:
    """A card with what its place among the others rests on, and what would go out."""
    try:
        history = history_of(correction)
        going = fit(correction, history[-1])
    except Refused as refused:
        return Card(correction, str(refused)), None
    since = since_when_wrong(correction, history, going)
    at = datetime.fromisoformat(since["at"]) if since else None
    card = Card(
        correction,
        refused="",
        changes=tuple(ChangeView(c.where, c.old, c.new, c.lead, c.tail) for c in going.changes),
        wrong_at=at,
        wrong_edition=since["edition"] if since else None,
        wrong_for=timesince(at, now, depth=1) if at else "",
        touches=tuple(going.touches) if correction.kind == "minor" else (),
        digest=going.digest(correction),
    )
    return card, going


def whole(card: Card, going: Outgoing | None, user: Any, *, now: datetime) -> Card:
    """The card with what the story check finds, and why this person can't approve it."""
    checked = check_story(card.correction.story, now=now) if going is None or going.projection else []
    return replace(
        card,
        findings=tuple(must_fix(checked)),
        why_not=why_not(card.correction, user),
        may_answer=user.has_perm(right_to_approve(card.correction)),
        elsewhere=[said(row) for row in card.correction.elsewhere.select_related("draft")],
    )


def number_in(data: Any, name: str) -> int | None:
    """The number of a correction that an address or a form names; None for anything else."""
    said = data.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None


class QueuePages:
    """For the screen of corrections: the queue, and its three answers."""

    admin_site: Any

    def queue_urls(self) -> list[URLPattern]:
        """The addresses."""
        wrap = self.admin_site.admin_view
        answers = [
            path(f"queue/<int:pk>/{verb.replace('_', '-')}/", wrap(getattr(self, f"queue_{verb}_view")), name=name)
            for verb in ("approve", "send_back", "decline")
            for name in [f"investigations_correction_queue_{verb}"]
        ]
        page = never_cache(self.queue_view)
        return [path("queue/", wrap(page), name="investigations_correction_queue"), *answers]

    def queue_view(self, request: HttpRequest) -> HttpResponseBase:
        """The cards; with `?card=7` that one first."""
        self.require_approver(request)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": "Corrections to approve",
            "opts": Correction._meta,
            "queue": queue_for(request.user, first=number_in(request.GET, "card"), now=now),
            "opened": now.isoformat(),
        }
        return TemplateResponse(request, "admin/investigations/correction/queue.html", context)

    def queue_approve_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Approve and publish what was read."""

        def verb(correction: Correction) -> None:
            approve_and_publish(
                correction,
                by=request.user,
                seen=request.POST.get("digest", ""),
                opened=opened_at(request),
                minor_anyway="minor_anyway" in request.POST,
            )

        return self.answer(request, pk, verb, "Approved and published.")

    def queue_send_back_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give it back to its author with a comment."""
        said = request.POST.get("said", "")
        return self.answer(request, pk, lambda c: send_back(c, by=request.user, comment=said), "Sent back.")

    def queue_decline_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say that no correction is needed."""
        reason = request.POST.get("said", "")
        told = "No correction needed: that is noted."
        return self.answer(request, pk, lambda c: decline(c, by=request.user, reason=reason), told)

    def answer(
        self, request: HttpRequest, pk: int, verb: Callable[[Correction], None], told: str
    ) -> HttpResponseBase:
        """Call a verb; back to the queue, at the next card, or at the same one when it was refused."""
        self.require_approver(request)
        correction = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            verb(correction)
        except ValidationError as error:
            for sentence in error.messages:
                self.message_user(request, sentence, level="ERROR")  # type: ignore[attr-defined]
            card: int | None = pk
        else:
            self.message_user(request, told, level="SUCCESS")  # type: ignore[attr-defined]
            card = number_in(request.POST, "next")
        address = reverse("admin:investigations_correction_queue")
        return HttpResponseRedirect(f"{address}?card={card}" if card else address)

    def require_approver(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for whoever approves no corrections."""
        if not request.user.has_perm("investigations.approve_correction"):
            raise PermissionDenied


def opened_at(request: HttpRequest) -> datetime | None:
    """When the page was opened on which a button was pressed; None when that isn’t said."""
    try:
        opened = datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return None
    return opened if timezone.is_aware(opened) else None
