"""Withholding: readers no longer get a part; the record says so, and the chain still holds."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations import diffs
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import gate
from investigations.publishing.ledger import append_withholding, lock_chain
from investigations.publishing.projection.story import Projection, entry_name
from investigations.publishing.refusal import Refused
from investigations.record.models import Edition, Part, Withholding
from investigations.record.reading import withheld_now
from investigations.vocabulary import GateStage, WithholdingState


def withhold(
    part: Part, *, state: WithholdingState, authority: str, by: Any, now: datetime | None = None
) -> Withholding:
    """Hide a part from readers, give it back, or destroy its content and salt for good.

    The part's pages are compiled anew in the same transaction. `authority` is shown to readers.
    Raises Refused without the standards editor's right, without an authority, for an edition's header,
    for a correction, and for a step that its present state doesn't allow: what is destroyed must be hidden before.
    """
    if not by.is_active or not by.has_perm("investigations.withhold_parts"):
        raise Refused("Only standards editors withhold parts of the record.")
    if not authority.strip():
        raise Refused("Say on what authority: readers are told.")
    if part.kind == Part.Kind.HEADER:
        raise Refused("A story's headline can't be withheld: its address must keep saying what stood there.")
    if part.kind == Part.Kind.CORRECTION:
        raise Refused("A correction can't be withheld: a wrong note gets a correction of its own.")
    now = now or timezone.now()
    with gate(GateStage.PUBLICATION, by=by, work=part.edition.work, now=now) as reading, transaction.atomic():
        lock_chain()
        _require_legal(part, state)
        reading.read([("the authority for a withholding", authority)], named=())
        act = append_withholding(part=part, state=state, authority=authority, at=now)
        if state == WithholdingState.DESTROYED:
            Part.objects.filter(pk=part.pk).update(content=None, salt=None)
        compile_work(part.edition.work)
    return act


def require_nothing_withheld(projection: Projection) -> None:
    """Raise Refused where the next edition would bring back what readers no longer get.

    A hidden block is known by its likeness, a withheld entry by its name. Words that were destroyed are
    known to nobody: that they stay out is for those who destroyed them to see to.
    """
    edition = Edition.objects.filter(work=projection.work).order_by("-number").first()
    parts = list(edition.parts.order_by("order")) if edition else []
    withheld = withheld_now(part.pk for part in parts)
    if not withheld:
        return
    names = {entry_name(entry) for entry in projection.entries}
    if any(part.pk in withheld and part.kind == Part.Kind.ENTRY and part.key in names for part in parts):
        raise Refused("The story rests on a record that is withheld: take it out, or have it restored first.")
    blocks = [part for part in parts if part.kind == Part.Kind.BLOCK]
    texts = [json.loads(part.content)["text"] if part.content else "" for part in blocks]
    for old, new in diffs.align_blocks(texts, [block["text"] for block in projection.blocks]):
        if old is not None and new is not None and blocks[old].pk in withheld and texts[old]:
            raise Refused(f"Paragraph {new + 1} is withheld: take it out, or have it restored first.")


def _require_legal(part: Part, state: WithholdingState) -> None:
    now = withheld_now([part.pk]).get(part.pk)
    if now and now.destroyed:
        raise Refused("That part is destroyed: nothing can be done with it any more.")
    if now is None and state != WithholdingState.HIDDEN:
        raise Refused("Readers get that part now: it can only be hidden.")
    if now is not None and state == WithholdingState.HIDDEN:
        raise Refused("That part is hidden already: restore it, or destroy it.")
