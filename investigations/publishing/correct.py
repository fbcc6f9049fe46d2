"""Corrections: the fix and its note go out together, as a new edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from investigations.models import Correction
from investigations.models.correction_step import name_of
from investigations.publishing.address import require_free_address
from investigations.publishing.carrying import keep_withheld
from investigations.publishing.changes import carried_notes, kept_notes
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import Gate, gate, hold_against_vault
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.mailing import tell
from investigations.publishing.outgoing import Outgoing, history_of, outgoing, since_when_wrong
from investigations.publishing.projection.story import work_of
from investigations.publishing.publish import prepared, require_editor
from investigations.publishing.rechecks import settle
from investigations.publishing.refusal import Refused
from investigations.publishing.reports import answered_by
from investigations.publishing.returning import require_nothing_withheld
from investigations.publishing.steps import require_attributed_wording, require_minor, require_state
from investigations.publishing.two_people import require_no_hand, require_right, right_to_approve
from investigations.record import digests
from investigations.record.models import CorrectionRow, Edition, Part
from investigations.record.reading import EditionContent
from investigations.vocabulary import ChangeKind, CorrectionAct, CorrectionState, GateStage

CAN_GO_ALONE = (CorrectionState.DRAFT, CorrectionState.SUBMITTED)


def correct(correction: Correction, *, by: Any, alone: str = "", now: datetime | None = None) -> Edition:
    """Publish an approved correction: mended text and note as the story's next edition, in one transaction.

    `alone` is the reason why it goes out at once, without a second person's approval: every editor is told until one
    signs. Raises Refused when it is not approved as it stands now, when nothing was mended, and for all that refuses
    a first publication.
    """
    story = correction.story
    about = {"by": by, "work": work_of(story), "investigation": story.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        edition = bring_out(correction.locked(), reading, by=by, alone=alone, now=now)
    return edition


def bring_out(
    correction: Correction, reading: Gate, *, by: Any, alone: str = "", now: datetime | None = None
) -> Edition:
    """Publish a correction whose row is held, under the chain's lock and the leak gate's eyes, as `correct` does."""
    now = now or timezone.now()
    require_editor(correction.story, by)
    going = _going_out(correction, by=by, alone=alone, now=now)
    history = history_of(correction)
    if now < going.latest.published_at:
        raise Refused("A correction can't be older than the edition it corrects.")
    number = None if correction.kind == ChangeKind.MINOR else _next_number()
    parts = [*going.parts, *_notes(correction, history, going, number, now)]
    change, work = ChangeKind(correction.kind), work_of(correction.story)
    edition = append_edition(work=work, change=change, parts=parts, published_at=now)
    keep_withheld(edition, now=now)
    _mark_published(correction, edition, number, by=by, alone=alone, now=now)
    settle(correction, going, by=by, now=now)
    answered_by(correction)
    hold_against_vault(reading, parts, compile_work(edition.work), edition)
    return edition


@transaction.atomic
def sign_afterwards(correction: Correction, *, by: Any, now: datetime | None = None) -> None:
    """Put a second person's name under a correction that went out without one.

    Raises Refused for everybody who had a hand in it, for whoever published it, and when nobody is waited for.
    """
    correction = correction.locked()
    require_right(correction, by)
    if not Correction.objects.unsigned().filter(pk=correction.pk).exists():
        raise Refused("This correction needs no signature: it was approved, or signed, or is not published.")
    if by.pk == correction.published_by_id:
        raise Refused("You published it: somebody else signs.")
    require_no_hand(correction, by)
    correction.signed_by, correction.signed_at = by, now or timezone.now()
    correction.save()
    correction.note_step(CorrectionAct.SIGNED, by=by, now=correction.signed_at)


def _going_out(correction: Correction, *, by: Any, alone: str, now: datetime) -> Outgoing:
    """What goes out, approved as it stands or with a reason why not."""
    if alone.strip():
        require_state(correction, *CAN_GO_ALONE, to_be="published without second approval")
        if not by.has_perm(right_to_approve(correction)):
            raise Refused("A standards editor publishes this kind of correction.")
    elif correction.state in CAN_GO_ALONE:
        raise Refused("Somebody who had no hand in it approves the correction first.")
    else:
        require_state(correction, CorrectionState.APPROVED, to_be="published")
    require_attributed_wording(correction)
    going = _checked(correction, by=by, now=now)
    if alone.strip():
        require_minor(correction, going, anyway=False)
        return going
    if correction.approved_digest != going.digest(correction):
        raise Refused("The note or the story was changed after the approval: it is approved anew.")
    try:
        require_right(correction, correction.approved_by)
        require_no_hand(correction, correction.approved_by)
    except Refused as refused:
        name = name_of(correction.approved_by)
        raise Refused(f"{name} approved it and may not any more: it is approved anew.") from refused
    return going


def _checked(correction: Correction, *, by: Any, now: datetime) -> Outgoing:
    """What would go out; a mended text passes the story check that a first publication passes."""
    try:
        going = outgoing(correction, history_of(correction)[-1])
    except Refused:
        raise
    except ValueError:  # words that can't go out: the story check says which
        prepared(correction.story, by=by, now=now)
        raise
    if going.projection:
        prepared(correction.story, by=by, now=now)
        require_nothing_withheld(going.projection)
        require_free_address(going.projection)
    return going


def _notes(
    correction: Correction, history: list[EditionContent], going: Outgoing, number: int | None, now: datetime
) -> list[NewPart]:
    """The notes of earlier corrections, and this one's unless the change is minor."""
    latest = going.latest
    notes = carried_notes(latest, going.projection) if going.projection else kept_notes(latest)
    if number is None:
        return notes
    return [
        *notes,
        NewPart(Part.Kind.CORRECTION, f"correction-{number}", _note(correction, history, going, number, now)),
    ]


def _note(
    correction: Correction, history: list[EditionContent], going: Outgoing, number: int, now: datetime
) -> dict[str, Any]:
    """What the record keeps of a correction: its sentence, and where, what and since when, as found."""
    note = {
        "number": number,
        "kind": correction.kind,
        "severity": correction.severity,
        "note": correction.note,
        "published_at": digests.instant(now),
        "edition": going.latest.number + 1,
        "wrong_since": since_when_wrong(correction, history, going),
        "changes": [change.content() for change in going.changes],
    }
    if correction.noted:
        note["noted"] = correction.noted.isoformat()
    if correction.corrects:
        note["corrects"] = correction.corrects.number
    if correction.basis and correction.basis_shown:
        note["basis"] = correction.basis
    return note


def _mark_published(
    correction: Correction, edition: Edition, number: int | None, *, by: Any, alone: str, now: datetime
) -> None:
    correction.state, correction.number, correction.edition = CorrectionState.PUBLISHED, number, edition.number
    correction.published_by, correction.published_at, correction.alone_because = by, now, alone.strip()
    correction.save()
    act = CorrectionAct.PUBLISHED_ALONE if alone.strip() else CorrectionAct.PUBLISHED
    correction.note_step(act, by=by, now=now, comment=alone.strip())
    tell(act, correction, by=by)


def _next_number() -> int:
    """The site's next correction number; the chain's lock keeps it from being given twice."""
    known = (
        Correction.objects.aggregate(last=Max("number"))["last"],
        CorrectionRow.objects.aggregate(last=Max("number"))["last"],
    )
    return max(number or 0 for number in known) + 1
