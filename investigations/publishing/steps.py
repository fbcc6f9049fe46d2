"""A correction's way to readers: submitted, sent back, declined, approved. Each step holds its row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.models import Correction
from investigations.models.correction_step import name_of
from investigations.publishing.elsewhere import look_elsewhere, refresh_elsewhere, require_looked_at
from investigations.publishing.gate import Gate, gate, names_given, texts_of_parts
from investigations.publishing.mailing import tell
from investigations.publishing.outgoing import Outgoing, history_of, outgoing
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_attributed, require_on_team
from investigations.publishing.two_people import contributions, require_no_hand, require_right
from investigations.record.reading import EditionContent
from investigations.vocabulary import ANSWERS_FOR_AN_ERROR, ChangeKind, CorrectionAct, CorrectionState, GateStage

LEGAL = {
    CorrectionState.DRAFT: "submitted, or declined",
    CorrectionState.SUBMITTED: "approved, sent back, or declined",
    CorrectionState.APPROVED: "published, sent back, or declined",
    CorrectionState.PUBLISHED: "corrected by a correction of its own",
    CorrectionState.DECLINED: "taken up again",
}
UNWRITTEN = "[What was wrong, and what is right, in one sentence.]"
"""The note of a draft that began with a reader's report, until somebody writes it."""


def require_state(correction: Correction, *states: CorrectionState, to_be: str) -> None:
    """Raise Refused, saying what can be done instead, unless the correction is in one of these states."""
    if correction.state in states:
        return
    state = CorrectionState(correction.state)
    named = f"published as number {correction.number}" if correction.number else state.label.lower()
    raise Refused(f"This correction is {named}: it can’t be {to_be}, it can be {LEGAL[state]}.")


def submit(correction: Correction, *, by: Any, now: datetime | None = None) -> None:
    """Give a draft to the editors.

    Raises Refused while something is missing, when it is no draft, and when the leak gate holds it back.
    """
    with _step(correction, by=by, now=now) as (correction, reading, now):
        _require_desk(correction, by)
        require_state(correction, CorrectionState.DRAFT, to_be="submitted")
        _require_complete(correction)
        going = fit(correction, history_of(correction)[-1])
        look_elsewhere(correction, going, by=by, now=now)
        _hold(reading, correction, going)
        correction.state = CorrectionState.SUBMITTED
        _keep(correction, CorrectionAct.SUBMITTED, by=by, now=now)
        tell(CorrectionAct.SUBMITTED, correction, by=by)


def send_back(correction: Correction, *, by: Any, comment: str, now: datetime | None = None) -> None:
    """Give a submitted or approved one back to its author, with a comment on what to change; an approval is void.

    Raises Refused for somebody who doesn't approve corrections, and without a comment.
    """
    _turn_down(correction, CorrectionAct.SENT_BACK, CorrectionState.DRAFT, by=by, said=comment, now=now)


def decline(correction: Correction, *, by: Any, reason: str, now: datetime | None = None) -> None:
    """Say that no correction is needed, and why; it can be taken up again.

    Raises Refused for somebody who doesn't approve corrections, and without a reason.
    """
    _turn_down(correction, CorrectionAct.DECLINED, CorrectionState.DECLINED, by=by, said=reason, now=now)


@transaction.atomic
def take_up_again(correction: Correction, *, by: Any, now: datetime | None = None) -> None:
    """Make a declined one a draft again. Raises Refused for one that is not declined."""
    correction = correction.locked()
    _require_desk(correction, by)
    require_state(correction, CorrectionState.DECLINED, to_be="taken up again")
    correction.state = CorrectionState.DRAFT
    _keep(correction, CorrectionAct.REOPENED, by=by, now=now or timezone.now())


@transaction.atomic
def suggest_wording(correction: Correction, *, by: Any, wording: str, now: datetime | None = None) -> None:
    """Suggest another sentence; whoever suggests it doesn't become an author, and may still approve.

    The author takes it by editing the note. Raises Refused for an empty one, and once it is published or declined.
    """
    correction = correction.locked()
    require_right(correction, by)
    if not correction.is_open:
        require_state(correction, to_be="reworded")
    if not wording.strip() or wording.strip() == correction.note:
        raise Refused("Write the sentence as you would have it.")
    correction.note_step(CorrectionAct.SUGGESTED, by=by, now=now or timezone.now(), comment=wording.strip())


def approve(
    correction: Correction,
    *,
    by: Any,
    seen: str = "",
    opened: datetime | None = None,
    minor_anyway: bool = False,
    now: datetime | None = None,
) -> None:
    """Approve a correction: its wording and all that would go out with it, as they stand now.

    `seen` is the digest of what was read, `opened` when; an approval of something else is refused with what changed.
    `minor_anyway` is the editor's word that a change is minor although it touches a number, date, name, negation,
    quoted words or a passage. Raises Refused for its author and for everybody who contributed to the story since its
    last edition, superusers included, unless it was submitted, while nobody looked at a place where the error ran as
    well, and when the leak gate holds it back.
    """
    refresh_elsewhere(correction, by=by, now=now or timezone.now())  # by itself: a refusal below keeps what is found
    with _step(correction, by=by, now=now) as (correction, reading, now):
        going = approve_held(correction, by=by, seen=seen, opened=opened, minor_anyway=minor_anyway, now=now)
        _hold(reading, correction, going)
        tell(CorrectionAct.APPROVED, correction, by=by)


def approve_held(
    correction: Correction, *, by: Any, seen: str, opened: datetime | None, minor_anyway: bool, now: datetime
) -> Outgoing:
    """Approve a correction whose row is held, by the rules of `approve`; what would go out is still to be read."""
    require_right(correction, by)
    require_state(correction, CorrectionState.SUBMITTED, CorrectionState.APPROVED, to_be="approved")
    require_no_hand(correction, by)
    going = fit(correction, history_of(correction)[-1])
    if correction.approved_by and correction.approved_digest == going.digest(correction):
        raise Refused(f"{name_of(correction.approved_by)} has approved this as it stands.")
    if seen and seen != going.digest(correction):
        raise Refused(" ".join(what_changed(correction, opened)))
    require_minor(correction, going, minor_anyway)
    require_looked_at(correction)
    correction.minor_anyway = minor_anyway and bool(going.touches)
    correction.approved_by, correction.approved_at = by, now
    correction.approved_digest = going.digest(correction)
    correction.state = CorrectionState.APPROVED
    _keep(correction, CorrectionAct.APPROVED, by=by, now=now)
    return going


def require_minor(correction: Correction, going: Outgoing, anyway: bool) -> None:
    """Raise Refused for a minor change that touches what minor changes don't, unless an editor says that it is."""
    if correction.kind == ChangeKind.MINOR and going.touches and not anyway:
        raise Refused(
            f"This touches {', '.join(going.touches)}: make it a correction, or say that it is minor all the same."
        )


def what_changed(correction: Correction, opened: datetime | None) -> list[str]:
    """What was done since somebody opened it, by whom and when, a sentence each."""
    said = ["This was changed while you had it open; look at it as it is now."]
    if opened is None:
        return said
    acts = (CorrectionAct.WRITTEN, CorrectionAct.CHANGED)
    steps = correction.steps.filter(at__gt=opened, act__in=acts).select_related("by").order_by("id")
    before = correction.steps.filter(at__lte=opened).order_by("-id").first()
    if steps:
        said += correction.changed_since(before.revision if before else 0)[1:]
    noted = {(step.by_id, step.at) for step in steps}
    for row in contributions(correction).filter(at__gt=opened).select_related("by").order_by("id"):
        if (row.by_id, row.at) not in noted:
            said.append(f"{name_of(row.by)} changed the story or its evidence.")
    return list(dict.fromkeys(said))


@contextmanager
def _step(correction: Correction, *, by: Any, now: datetime | None) -> Iterator[tuple[Correction, Gate, datetime]]:
    """A step that the leak gate reads along: the held row, the gate's run, the instant."""
    now = now or timezone.now()
    about = {"by": by, "work": work_of(correction.story), "investigation": correction.story.investigation}
    with gate(GateStage.SUBMISSION, now=now, **about) as reading, transaction.atomic():
        yield correction.locked(), reading, now


def _turn_down(
    correction: Correction, act: CorrectionAct, state: CorrectionState, *, by: Any, said: str, now: datetime | None
) -> None:
    with transaction.atomic():
        correction = correction.locked()
        require_on_team(correction.story, by)
        own = by.pk == correction.written_by_id and correction.state == CorrectionState.DRAFT
        if not own:
            require_right(correction, by)
        waiting = [CorrectionState.SUBMITTED, CorrectionState.APPROVED]
        if act == CorrectionAct.DECLINED:
            waiting.append(CorrectionState.DRAFT)
        require_state(correction, *waiting, to_be=act.label.lower())
        if not said.strip():
            raise Refused("Say why: its author reads it.")
        correction.void_approval()
        correction.state = state
        _keep(correction, act, by=by, now=now or timezone.now(), comment=said.strip())
        tell(act, correction, by=by)


def _keep(correction: Correction, act: CorrectionAct, *, by: Any, now: datetime, comment: str = "") -> None:
    correction.save()
    correction.note_step(act, by=by, now=now, comment=comment)


def fit(correction: Correction, latest: EditionContent) -> Outgoing:
    """What would go out after this edition, attributed. Raises Refused when it can't."""
    require_attributed_wording(correction)
    require_attributed(correction.story)
    try:
        return outgoing(correction, latest)
    except Refused:
        raise
    except ValueError as error:
        raise Refused("The story holds words that can't go out: the story check says which.") from error


def _hold(reading: Gate, correction: Correction, going: Outgoing) -> None:
    """Hold what would go out, and the note that comes with it, against the vault."""
    texts = texts_of_parts(going.parts)
    named = names_given([part.content for part in going.parts])
    said = [("the correction's note", correction.note), ("the correction's basis", correction.basis)]
    reading.read([*texts, *said], named=named)


def require_attributed_wording(correction: Correction) -> None:
    """Raise Refused if the note is still to be written, or was changed by nobody knows whom."""
    if correction.note == UNWRITTEN:
        raise Refused("Write the note first: what was wrong, and what is right.")
    if not correction.is_attributed():
        raise Refused("The note was changed and nobody stands for it: whoever changed it opens it and saves it.")


def _require_desk(correction: Correction, by: Any) -> None:
    require_on_team(correction.story, by)
    if not by.is_active or not by.has_perm("investigations.change_correction"):
        raise Refused("Only reporters and editors write corrections.")


def _require_complete(correction: Correction) -> None:
    if correction.kind not in ANSWERS_FOR_AN_ERROR or correction.noted:
        return
    missing = [
        words
        for value, words in (
            (correction.cause, "how the error came in"),
            (correction.came_to_light, "who noticed it"),
        )
        if not value
    ]
    if missing:
        raise Refused(f"Say {' and '.join(missing)}: it stays inside, and is asked once.")
