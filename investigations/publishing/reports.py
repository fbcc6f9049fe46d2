"""Readers' reports at the desk: who sees them, what comes of them, when those who sent them are forgotten."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from investigations.models import Correction, Story
from investigations.models.base import sees_everything, works_at_desk
from investigations.publishing.gate import gate
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import UNWRITTEN
from investigations.record.models import CorrectionRow, Report
from investigations.record.models.report import KEPT_DAYS, KEPT_UNANSWERED_DAYS
from investigations.vocabulary import CameToLight, CorrectionState, GateStage, ReportOutcome, ReportState

AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
"""How long readers may have waited, in the words of the desk."""


def older_than(age: str, *, now: datetime | None = None) -> Q:
    """The reports that came in longer ago than a day, a week or a month."""
    return Q(received_at__lt=(now or timezone.now()) - AGES[age])


def inbox() -> "QuerySet[Report]":
    """The inbox by the desk's own connection: written in one transaction with the desk."""
    return Report.objects.using(DEFAULT_DB_ALIAS)


def visible_reports(user: Any) -> "QuerySet[Report]":
    """The reports of errors in stories that this person sees."""
    if not works_at_desk(user):
        return inbox().none()
    if sees_everything(user):
        return inbox()
    works = Story.objects.visible_to(user).annotate(work=Concat(Value("story:"), "public_key"))
    return inbox().filter(work__in=works.values("work"))


def story_of(report: Report, user: Any) -> Story:
    """The story that a report is about. Raises Refused for somebody who may not see it."""
    story = Story.objects.visible_to(user).filter(public_key=report.work.partition(":")[2]).first()
    if story is None:
        raise Refused("You are not on this investigation's team.")
    found: Story = story
    return found


def may_answer(user: Any) -> bool:
    """Whether this person answers readers, and so reads who they are: editors, of what they see."""
    return bool(user.is_active and user.has_perm("investigations.approve_correction"))


def answer(
    report: Report,
    outcome: ReportOutcome,
    sentence: str = "",
    *,
    by: Any,
    correction: int | None = None,
    now: datetime | None = None,
) -> Report:
    """Tell a reader on their receipt what came of their report.

    `correction` is the number of the one that corrects it. Raises Refused for whoever is no editor of the story, for
    what is answered already, for a number that is none of the story's, and when the leak gate holds it back.
    """
    story = story_of(report, by)
    if not may_answer(by):
        raise Refused("Only editors answer readers.")
    about = {"by": by, "work": report.work, "investigation": story.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        report = _unanswered(report)
        _require_number(report, outcome, correction)
        if sentence := " ".join(sentence.split()):
            reading.read([("an answer to a reader", sentence)], named=())
        return _write(report, outcome, sentence, correction, now or timezone.now())


@transaction.atomic
def draft_from(report: Report, *, by: Any) -> Correction:
    """A correction draft that begins with a report, written by this person, or the one that is there already.

    Its note is still to be written. What the reader wrote is not copied: it may name whom the newsroom may not.
    Raises Refused for whoever may not see the story or write corrections, and for a report that is answered.
    """
    story = story_of(report, by)
    if not by.has_perm("investigations.add_correction"):
        raise Refused("Only reporters and editors write corrections.")
    Story.objects.select_for_update().get(pk=story.pk)  # first the story, as a publication does
    report = _unanswered(report)
    begun = Correction.objects.filter(report=report.pk).exclude(state=CorrectionState.DECLINED).first()
    if begun is None:
        noticed = CameToLight.SUBJECT if report.in_this_story else CameToLight.READER
        begun = Correction(story=story, note=UNWRITTEN, came_to_light=noticed, report=report.pk)
        begun.write(by=by)
    return begun


def answered_by(correction: Correction) -> Report | None:
    """Answer the report that began a correction, once that is published; None if no report began it.

    It stands within the publication's transaction. It replaces the answer that no correction was needed.
    """
    report = inbox().select_for_update().filter(pk=correction.report).first() if correction.report else None
    if report is None or report.outcome == ReportOutcome.CORRECTED or correction.number is None:
        return report  # a minor change has no note that the receipt could lead to
    at = correction.published_at or timezone.now()
    return _write(report, ReportOutcome.CORRECTED, "", correction.number, at)


def forget_readers(days: int = KEPT_DAYS, *, now: datetime | None = None) -> int:
    """Empty names and addresses in reports answered so many days ago, and in very old ones; returns how many.

    Raises Refused for more days than readers are promised.
    """
    if not 0 <= days <= KEPT_DAYS:
        raise Refused(f"Readers are promised {KEPT_DAYS} days: keep their names for these or fewer.")
    now = now or timezone.now()
    due = Q(answered_at__lte=now - timedelta(days=days))
    due |= Q(received_at__lte=now - timedelta(days=KEPT_UNANSWERED_DAYS))
    return inbox().filter(due).exclude(name="", address="").update(name="", address="")


def _unanswered(report: Report) -> Report:
    report = inbox().select_for_update().get(pk=report.pk)
    if report.state == ReportState.ANSWERED:
        raise Refused("This report has been answered: its reader has the answer.")
    return report


def _require_number(report: Report, outcome: ReportOutcome, correction: int | None) -> None:
    if (outcome == ReportOutcome.CORRECTED) != (correction is not None):
        raise Refused("Say which correction corrects it, or that none is needed.")
    if correction and not CorrectionRow.objects.filter(work=report.work, number=correction).exists():
        raise Refused(f"This story has no correction {correction}.")


def _write(report: Report, outcome: ReportOutcome, sentence: str, correction: int | None, at: datetime) -> Report:
    report.state, report.outcome, report.answered_at = ReportState.ANSWERED, outcome, at
    report.sentence, report.correction = sentence, correction
    report.full_clean()
    report.save()
    return report
