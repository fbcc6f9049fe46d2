"""What waits for whom, in groups; each count is a link to the rows that it counts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from investigations.models import (
    CommentRequest,
    Correction,
    GateFinding,
    GateRun,
    IdentityAccess,
    Interview,
    Meeting,
    Passage,
    Quote,
    Recheck,
    Story,
    WithholdingOrder,
    secrecy,
)
from investigations.models.base import works_at_desk
from investigations.models.story_comment import commented
from investigations.models.words_changed import words_changed
from investigations.publishing.reports import AGES, older_than, visible_reports
from investigations.publishing.reviewing import stories_returned, stories_signed_by_others, stories_standing
from investigations.publishing.scheduling import missed, set_to_go_out
from investigations.vocabulary import CorrectionState, IdentityAct, ReportState, ReviewState

Line = tuple[int, str, str, str]
"""A count, what it counts, and the noun and query of the list that shows it."""


@dataclass(frozen=True)
class Waiting:
    """A line on the front page: a count that is a link."""

    count: int
    words: str
    href: str
    group: str = ""


def secrecy_lines(user: Any) -> list[Line]:
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


def correction_lines(user: Any) -> list[Line]:
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


def story_lines(user: Any) -> list[Line]:
    """What those who write are told of stories on their way."""
    changed = len(words_changed(Passage.objects.visible_to(user)))
    visible = Story.objects.visible_to(user)
    lines = []
    if user.has_perm("investigations.publish_story"):
        sent = stories_standing(visible, ReviewState.IN_REVIEW).count()
        ready = stories_standing(visible, ReviewState.READY).count()
        lines += [
            (sent, "stories sent to you for review", "story", "?standing=in_review"),
            (missed(visible).count(), "stories that were due and did not go out", "story", "?standing=missed"),
            (ready, "stories that are ready: sign and publish", "story", "?standing=ready"),
        ]
    returned = stories_returned(visible, user).count()
    signed = stories_signed_by_others(visible, user).count()
    return [
        *lines,
        (returned, "stories of yours that were sent back", "story", "?standing=returned"),
        (signed, "stories that others signed and you have not", "story", "?standing=signed"),
        (changed, "passages whose words changed: still held?", "passage", "words-changed/"),
        (commented(visible).count(), "stories with comments to settle", "story", "?standing=commented"),
    ]


def deadline_lines(user: Any) -> list[Line]:
    """What comes to its end soon, or has."""
    asked = CommentRequest.objects.visible_to(user)
    lines = [
        (asked.overdue().count(), "requests for comment past their deadline", "commentrequest", "?needs=overdue"),
        (asked.due_soon().count(), "replies due within a week", "commentrequest", "?needs=due_soon"),
        (
            asked.without_reply().count(),
            "requests for comment without a reply",
            "commentrequest",
            "?needs=without_reply",
        ),
    ]
    for model, noun in ((Quote, "quote"), (Interview, "interview")):
        ends = model.objects.visible_to(user).embargo_ends_soon().count()
        lines.append((ends, f"{noun}s whose embargo ends within a week", noun, "?needs=embargo_ends_soon"))
    due = set_to_go_out(Story.objects.visible_to(user)).count()
    return [*lines, (due, "stories set to go out by themselves", "story", "?standing=scheduled")]


def record_lines(user: Any) -> list[Line]:
    """What records still need."""
    lines = [
        (model.objects.visible_to(user).to_check_by(user).count(), f"{noun}s that stories use, to check", noun, query)
        for model, noun, query in ((Quote, "quote", "?check=mine"), (Meeting, "meeting", "?check=mine"))
    ]
    quotes = Quote.objects.visible_to(user).without_terms().count()
    meetings = Meeting.objects.visible_to(user).without_source().count()
    return [
        *lines,
        (quotes, "quotes without terms", "quote", "?needs=without_terms"),
        (meetings, "meetings that nothing on file shows", "meeting", "?needs=without_source"),
    ]


def order_lines(user: Any) -> list[Line]:
    """What editors are told of withheld parts of the record."""
    if not user.has_perm("investigations.publish_story"):
        return []
    orders = WithholdingOrder.objects.visible_to(user).waiting().exclude(ordered_by=user).count()
    words = "withheld passages, entries and editions that wait for a second editor"
    return [(orders, words, "withholdingorder", "?needs=waiting")]


def report_lines(user: Any) -> list[Waiting]:
    """What readers say is wrong, and how long they have waited."""
    unread = visible_reports(user).filter(state=ReportState.RECEIVED)
    ages = {f"over_a_{age}": Count("pk", filter=older_than(age)) for age in AGES}
    counts = unread.aggregate(all=Count("pk"), **ages)
    href = reverse("admin:record_report_changelist") + f"?state__exact={ReportState.RECEIVED}"
    lines = [Waiting(counts["all"], "readers’ reports to read", href, REPORTS)]
    lines += [
        Waiting(counts[f"over_a_{age}"], f"of these came more than a {age} ago", f"{href}&age={age}", REPORTS)
        for age in AGES
    ]
    return [line for line in lines if line.count]


REPORTS = "Readers’ reports"
GROUPS = {
    "Stories": (story_lines,),
    "Deadlines and embargoes": (deadline_lines,),
    "Corrections": (correction_lines, order_lines),
    "Records": (record_lines,),
    "Sources": (secrecy_lines,),
}


def waiting_for(user: Any) -> list[Waiting]:
    """What this person is waited for, by group; lines with nothing, or of nouns they may not see, are left out."""
    if not works_at_desk(user):
        return []
    return report_lines(user) + [
        Waiting(count, words, reverse(f"admin:investigations_{noun}_changelist") + query, group)
        for group, parts in GROUPS.items()
        for lines_of in parts
        for count, words, noun, query in lines_of(user)
        if count and user.has_perm(f"investigations.view_{noun}")
    ]
