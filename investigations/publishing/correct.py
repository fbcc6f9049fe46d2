"""Corrections: the fix and its note go out together, as a new edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from investigations.models import Correction
from investigations.publishing.changes import WordChange, carried_notes, changed_words, wrong_since
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import gate, hold_against_vault
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection, project_story, work_of
from investigations.publishing.publish import prepared
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import correction_digest
from investigations.publishing.withhold import require_nothing_withheld
from investigations.record import digests
from investigations.record.models import CorrectionRow, Edition, Part
from investigations.record.reading import EditionContent, read
from investigations.vocabulary import ChangeKind, CorrectionState, GateStage


def correct(correction: Correction, *, by: Any, now: datetime | None = None) -> Edition:
    """Publish an approved correction: mended text and note as the story's next edition, in one transaction.

    Raises Refused when it is not approved as it stands now, when nothing was mended, and for all that
    refuses a first publication.
    """
    now = now or timezone.now()
    story = correction.story
    about = {"by": by, "work": work_of(story), "investigation": story.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        projection = prepared(correction.story, by=by, now=now)
        correction = Correction.objects.select_for_update().select_related("story").get(pk=correction.pk)
        _require_approved(correction, projection)
        history = read(Edition.objects.filter(work=projection.work).order_by("number"))
        require_nothing_withheld(projection)
        note = _note(correction, history, projection, now)
        parts = [
            *parts_of(projection),
            *carried_notes(history[-1], projection),
            NewPart(Part.Kind.CORRECTION, f"correction-{note['number']}", note),
        ]
        edition = append_edition(work=projection.work, change=ChangeKind.CORRECTION, parts=parts, published_at=now)
        correction.state, correction.number = CorrectionState.PUBLISHED, note["number"]
        correction.published_by, correction.published_at = by, now
        correction.save()
        hold_against_vault(reading, parts, compile_work(projection.work), edition)
    return edition


def _note(
    correction: Correction, history: list[EditionContent], projection: Projection, now: datetime
) -> dict[str, Any]:
    """What the record keeps of a correction: its sentence, and where, what and since when, as found."""
    if not history:
        raise Refused("Readers haven't seen this story yet: mend it, and publish it.")
    latest = history[-1]
    if latest.header["slug"] != projection.header["slug"]:
        raise Refused(f"Readers know this story as {latest.header['slug']}: its short name stays.")
    if now < latest.published_at:
        raise Refused("A correction can't be older than the edition it corrects.")
    changes = changed_words(latest, projection)
    if not changes:
        raise Refused(f"Nothing was mended: the text is the one of edition {latest.number}.")
    return {
        "number": _next_number(),
        "kind": ChangeKind.CORRECTION,
        "severity": correction.severity,
        "note": correction.note,
        "published_at": digests.instant(now),
        "edition": latest.number + 1,
        "wrong_since": wrong_since(history, changes),
        "changes": [change.content() for change in changes],
    }


def _next_number() -> int:
    """The site's next correction number; the chain's lock keeps it from being given twice."""
    known = (
        Correction.objects.aggregate(last=Max("number"))["last"],
        CorrectionRow.objects.aggregate(last=Max("number"))["last"],
    )
    return max(number or 0 for number in known) + 1


def readers_would_see(correction: Correction) -> list[WordChange]:
    """The changes of words that publishing this correction would bring readers; none once it is published."""
    editions = Edition.objects.filter(work=work_of(correction.story)).order_by("number")
    latest = editions.last()
    if latest is None or correction.state == CorrectionState.PUBLISHED:
        return []
    try:
        projection = project_story(correction.story)
    except ValueError:
        return []
    return changed_words(read([latest])[0], projection)


def _require_approved(correction: Correction, projection: Projection) -> None:
    if correction.state == CorrectionState.PUBLISHED:
        raise Refused(f"This correction is published already, as number {correction.number}.")
    if correction.state != CorrectionState.APPROVED:
        raise Refused("Somebody who had no hand in it approves the correction first.")
    if correction.approved_digest != correction_digest(correction, projection):
        raise Refused("The note or the story was changed after the approval: it is approved anew.")
