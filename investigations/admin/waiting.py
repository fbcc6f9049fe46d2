"""What waits for whom."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from investigations.models import (
    CommentRequest,
    Correction,
    GateFinding,
    GateRun,
    IdentityAccess,
    Meeting,
    Passage,
    Quote,
    Recheck,
    Story,
    WithholdingOrder,
    secrecy,
)
from investigations.models.base import works_at_desk
from investigations.models.words_changed import words_changed
from investigations.publishing.reports import visible_reports
from investigations.publishing.reviewing import stories_returned, stories_standing
from investigations.publishing.scheduling import missed
from investigations.record.models import StoryRow
from investigations.vocabulary import CorrectionState, IdentityAct, ReportState, ReviewState


@dataclass(frozen=True)
class Waiting:
    """A line on the front page: a count that is a link."""

    count: int
    words: str
    href: str


def secrecy_lines(user: Any) -> list[tuple[int, str, str, str]]:
    """What those named on sources, their handling reporters and standards editors are told."""
    week_ago = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=7)
    tries = IdentityAccess.objects.visible_to(user).filter(act=IdentityAct.REFUSED, at__gte=week_ago)
    lines = [
        (
            tries.count(),
            "tries to open an identity that were refused, in the last week",
            "identityaccess",
            "?" + urlencode({"act__exact": IdentityAct.REFUSED, "at__gte": week_ago.isoformat(" ")}),
        ),
        (
            secrecy.holds_beside(user).values("user").distinct().count(),
            "colleagues named on your sources whose password was set by somebody else",
            "source",
            "?needs=in_vault",
        ),
    ]
    held = GateRun.objects.visible_to(user).not_passed().filter(at__gte=week_ago)
    lines.append(
        (
            held.count(),
            "texts that the leak gate held back, in the last week",
            "gaterun",
            "?" + urlencode({"needs": "not_passed", "at__gte": week_ago.isoformat(" ")}),
        )
    )
    lines.append(
        (
            GateFinding.objects.visible_to(user).to_confirm().values("source").distinct().count(),
            "sources of yours whose name readers have anyway: confirm it",
            "source",
            "?needs=in_vault",
        )
    )
    if secrecy.sees_everything(user):
        orphans = secrecy.without_anybody().count()
        lines.append(
            (orphans, "sources in the vault that nobody here can open", "source", "?needs=without_confidant")
        )
    return lines


def correction_lines(user: Any) -> list[tuple[int, str, str, str]]:
    """What writers and editors of corrections are told."""
    visible = Correction.objects.visible_to(user)
    drafts = visible.filter(state=CorrectionState.DRAFT, written_by=user).count()
    lines = [(drafts, "corrections of yours to finish and submit", "correction", "?state__exact=draft")]
    elsewhere = visible.ran_elsewhere().count()
    lines.append((elsewhere, "errors that ran elsewhere too: fixed there?", "correction", "?needs=ran_elsewhere"))
    if user.has_perm("investigations.approve_correction"):
        approved = visible.filter(state=CorrectionState.APPROVED).count()
        lines += [
            (visible.waiting_for(user).count(), "corrections by others to approve", "correction", "queue/"),
            (approved, "approved corrections to publish", "correction", "?state__exact=approved"),
            (
                visible.unsigned().count(),
                "corrections published without second approval",
                "correction",
                "?needs=unsigned",
            ),
        ]
    rechecks = Recheck.objects.visible_to(user).waiting().count()
    lines.append((rechecks, "stories whose records changed: needs a correction?", "recheck", "?needs=waiting"))
    return lines


def story_lines(user: Any) -> list[tuple[int, str, str, str]]:
    """What those who write are told of stories on their way."""
    changed = len(words_changed(Passage.objects.visible_to(user)))
    lines = [(changed, "passages whose words changed: still held?", "passage", "words-changed/")]
    visible = Story.objects.visible_to(user)
    if user.has_perm("investigations.publish_story"):
        sent = stories_standing(visible, ReviewState.IN_REVIEW).count()
        ready = stories_standing(visible, ReviewState.READY).count()
        lines += [
            (sent, "stories sent to you for review", "story", "?standing=in_review"),
            (missed(visible).count(), "stories that were due and did not go out", "story", "?standing=missed"),
            (ready, "stories that are ready: sign and publish", "story", "?standing=ready"),
        ]
    returned = stories_returned(visible, user).count()
    lines.append((returned, "stories of yours that were sent back", "story", "?standing=returned"))
    for model, noun in ((Quote, "quote"), (Meeting, "meeting")):
        waiting = model.objects.visible_to(user).to_check_by(user).count()
        lines.append((waiting, f"{noun}s that stories use, to check", noun, "?check=mine"))
    return lines


def report_lines(user: Any) -> list[Waiting]:
    """What readers say is wrong."""
    unread = visible_reports(user).filter(state=ReportState.RECEIVED).count()
    href = reverse("admin:record_report_changelist") + f"?state__exact={ReportState.RECEIVED}"
    return [Waiting(unread, "readers’ reports to read", href)] if unread else []


def waiting_for(user: Any) -> list[Waiting]:
    """What this person is waited for; lines with nothing, or of nouns that they may not see, are left out."""
    if not works_at_desk(user):
        return []
    lines = correction_lines(user)
    if user.has_perm("investigations.publish_story"):
        orders = WithholdingOrder.objects.visible_to(user).waiting().exclude(ordered_by=user).count()
        words = "withheld passages, entries and editions that wait for a second editor"
        lines.append((orders, words, "withholdingorder", "?needs=waiting"))
    published = [work.partition(":")[2] for work in StoryRow.objects.values_list("work", flat=True)]
    signed = Story.objects.visible_to(user).filter(approvals__isnull=False).exclude(approvals__by=user)
    unpublished = signed.exclude(public_key__in=published).distinct().count()
    lines.append((unpublished, "stories that others signed and you have not", "story", ""))
    lines += story_lines(user)
    unanswered = CommentRequest.objects.visible_to(user).without_reply().count()
    lines.append((unanswered, "requests for comment without a reply", "commentrequest", "?needs=without_reply"))
    quotes = Quote.objects.visible_to(user).without_terms().count()
    lines.append((quotes, "quotes without terms", "quote", "?needs=without_terms"))
    meetings = Meeting.objects.visible_to(user).without_source().count()
    lines.append((meetings, "meetings that nothing on file shows", "meeting", "?needs=without_source"))
    lines += secrecy_lines(user)
    return report_lines(user) + [
        Waiting(count, words, reverse(f"admin:investigations_{noun}_changelist") + query)
        for count, words, noun, query in lines
        if count and user.has_perm(f"investigations.view_{noun}")
    ]
