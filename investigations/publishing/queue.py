"""The queue's one press: approved and published together, or neither."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.models import Correction
from investigations.publishing.correct import bring_out
from investigations.publishing.elsewhere import refresh_elsewhere
from investigations.publishing.gate import gate
from investigations.publishing.ledger import lock_chain
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve_held
from investigations.record.models import Edition
from investigations.vocabulary import GateStage


def approve_and_publish(
    correction: Correction,
    *,
    by: Any,
    seen: str,
    opened: datetime | None,
    minor_anyway: bool = False,
    now: datetime | None = None,
) -> Edition:
    """Approve a submitted correction and publish it, in one transaction that the leak gate reads once.

    `seen` is the digest of the card that was read, `opened` when; without it nothing goes out. Raises Refused for
    all that refuses an approval or a correction, and says what changed since the card was opened.
    """
    if not seen:
        raise Refused("Read it first: this would have gone out unread.")
    refresh_elsewhere(correction, by=by, now=now or timezone.now())
    story = correction.story
    about = {"by": by, "work": work_of(story), "investigation": story.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        correction = correction.locked()
        now = now or timezone.now()
        approve_held(correction, by=by, seen=seen, opened=opened, minor_anyway=minor_anyway, now=now)
        return bring_out(correction, reading, by=by, now=now)
