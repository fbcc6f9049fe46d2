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
from investigations.vocabulary import WithholdingState


def keep_withheld(edition: Edition, *, now: datetime) -> None:
    """Withhold in a new edition what it carries on, as it was, from the one before and readers don't get there.

    Called in the transaction that writes the edition, before its pages are compiled.
    """
    parts = Part.objects.select_related("edition").filter(edition__work=edition.work)
    before = {(part.kind, part.key): part for part in parts.filter(edition__number=edition.number - 1)}
    withheld = withheld_now(part.pk for part in before.values())
    if not withheld:
        return
    standing = list(WithholdingOrder.objects.waiting().select_for_update())
    for part in parts.filter(edition=edition).order_by("order"):
        was = before.get((part.kind, part.key))
        why = withheld.get(was.pk) if was else None
        if was is None or why is None or why.destroyed or not _carried_on(was, part):
            continue
        append_withholding(part=part, state=WithholdingState.HIDDEN, authority=why.authority, at=now)
        for order in standing:
            if name_of(was) in order.parts:
                order.parts = [*order.parts, name_of(part)]
                order.save()


def _carried_on(was: Part, part: Part) -> bool:
    """Whether a part is the one before it; the places in a correction's note move with the text."""
    return part.kind == Part.Kind.CORRECTION or part.content == was.content


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
