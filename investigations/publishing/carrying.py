"""What an edition carries on from the one before stays withheld where it was."""

import json
from datetime import datetime
from typing import Any

from investigations.models import WithholdingOrder
from investigations.publishing.ledger import append_withholding
from investigations.publishing.scope import name_of
from investigations.record import digests
from investigations.record.models import Edition, Part
from investigations.record.reading import WITHHELD, EditionContent, Piece, withheld_now
from investigations.vocabulary import WithheldScope, WithholdingState


def keep_withheld(edition: Edition, *, now: datetime) -> None:
    """Withhold in a new edition what it carries on, as it was, from the one before and readers don't get there.

    What went with a whole edition comes back with the next one, but for the notes of corrections: they are the same
    notes. Called in the transaction that writes the edition, before its pages are compiled.
    """
    orders = list(WithholdingOrder.objects.waiting().order_by("ordered_at", "pk").select_for_update())
    parts = Part.objects.select_related("edition").filter(edition__work=edition.work)
    before = {(part.kind, part.key): part for part in parts.filter(edition__number=edition.number - 1)}
    for part in parts.filter(edition=edition).order_by("order") if orders else []:
        was = before.get((part.kind, part.key))
        holding = [order for order in orders if was and name_of(was) in order.parts and _carries_on(order, was, part)]
        if not holding:
            continue
        append_withholding(part=part, state=WithholdingState.HIDDEN, authority=holding[0].authority, at=now)
        for order in holding:
            order.parts = [*order.parts, name_of(part)]
            order.save()


def _carries_on(order: WithholdingOrder, was: Part, part: Part) -> bool:
    """Whether an order that holds a part holds the one that follows it, too."""
    if part.kind == Part.Kind.CORRECTION:
        return True  # the same note, whose places moved with the text
    return order.scope != WithheldScope.EDITION and part.content == was.content


def hidden_texts(edition: EditionContent) -> set[str]:
    """The paragraphs of an edition that are hidden, and still in the ledger."""
    if not any(piece.withheld for piece in edition.of_kind(Part.Kind.BLOCK)):
        return set()
    blocks = Part.objects.filter(
        kind=Part.Kind.BLOCK, edition__work=edition.work, edition__number=edition.number, content__isnull=False
    )
    withheld = withheld_now(blocks.values_list("pk", flat=True))
    return {json.loads(part.content or "{}").get("text", "") for part in blocks if part.pk in withheld}


def carried_content(edition: EditionContent, piece: Piece) -> dict[str, Any]:
    """What of a piece goes into the next edition, where that carries it on.

    A hidden one goes in as the ledger has it, to be hidden there too; of a destroyed one, that it was withheld.
    """
    if piece.withheld is None:
        return piece.content
    parts = Part.objects.filter(edition__work=edition.work, edition__number=edition.number)
    content = parts.get(kind=piece.kind, key=piece.key).content
    if content is not None:
        return dict(json.loads(content))
    return piece.content or {
        WITHHELD: {"at": digests.instant(piece.withheld.at), "authority": piece.withheld.authority}
    }
