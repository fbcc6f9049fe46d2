"""Withholding: readers no longer get something; the record says so, and the chain still holds.

One standards editor hides at once and can give it back; another editor makes it final: content and salt are
destroyed wherever the record holds them. No digest of the words is kept that somebody could test a guess with.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from investigations.models import WithholdingOrder
from investigations.models.desk_text import DESK_INDEX
from investigations.models.legal_hold import require_no_hold
from investigations.models.withholding_order import may_withhold
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import gate
from investigations.publishing.ledger import append_withholding, lock_chain
from investigations.publishing.refusal import Refused
from investigations.publishing.returning import require_gone_from_the_desk
from investigations.publishing.scope import name_of, named, parts_in_scope
from investigations.publishing.signatures import is_editor
from investigations.record.models import Part
from investigations.record.models.search import PUBLIC_INDEX
from investigations.record.reading import withheld_now
from investigations.vocabulary import GateStage, WithholdingState


def hide(order: WithholdingOrder, *, by: Any, now: datetime | None = None) -> WithholdingOrder:
    """Keep what a new order names from readers, at once: every page is compiled anew in the same transaction.

    Raises Refused without the right, for something that readers never had, and when the leak gate holds the
    authority back; ValidationError for an order that doesn't say what, on what authority and why.
    """
    require_may_withhold(by)
    now = now or timezone.now()
    order.ordered_by, order.ordered_at = by, now
    order.settle()
    order.full_clean()
    about = {"by": by, "work": "withholding", "investigation": order.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        reading.read([("the authority for a withholding", order.authority)], named=())
        parts = parts_in_scope(order)
        if not parts:
            raise Refused("Nothing of it is left in the record: it was destroyed before.")
        order.parts = [name_of(part) for part in parts]
        order.save(force_insert=True)
        withheld = withheld_now(part.pk for part in parts)
        for part in parts:
            if part.pk not in withheld:
                append_withholding(part=part, state=WithholdingState.HIDDEN, authority=order.authority, at=now)
        _compile(parts)
    return order


def restore(order: WithholdingOrder, *, by: Any, now: datetime | None = None) -> WithholdingOrder:
    """Give readers back what an order hid, but for what another order holds too or what was destroyed.

    Raises Refused without the right, and for an order that was taken back or made final before.
    """
    require_may_withhold(by)
    now = now or timezone.now()
    with transaction.atomic():
        lock_chain()
        order = _locked(order)
        order.restored_by, order.restored_at = by, now
        order.save()
        held = _held_by_others(order)
        parts = [part for part in named(order.parts) if part.content is not None]
        for part in parts:
            other = held.get(name_of(part), "")
            state = WithholdingState.HIDDEN if other else WithholdingState.RESTORED
            append_withholding(part=part, state=state, authority=other or order.authority, at=now)
        _compile(parts)
    return order


def make_final(order: WithholdingOrder, *, by: Any, now: datetime | None = None) -> WithholdingOrder:
    """Destroy content and salt of everything an order holds, for good, as another editor than who ordered it.

    What has come to the record since and shows the same is destroyed with it. Raises Refused for others, for an order
    that was taken back or made final before, and while the desk's story still has the words; OnHold under a legal
    hold.
    """
    now = now or timezone.now()
    with transaction.atomic():
        lock_chain()
        order = _locked(order)
        require_may_make_final(order, by)
        require_no_hold(order.investigation)
        require_gone_from_the_desk(order)
        parts = {part.pk: part for part in [*named(order.parts), *parts_in_scope(order)] if part.content is not None}
        order.parts = sorted({*order.parts, *(name_of(part) for part in parts.values())})
        order.final_by, order.final_at, order.words = by, now, ""
        order.save()
        for part in parts.values():
            append_withholding(part=part, state=WithholdingState.DESTROYED, authority=order.authority, at=now)
        Part.objects.filter(pk__in=parts).update(content=None, salt=None)
        _compile(parts.values())
        for index in (PUBLIC_INDEX, DESK_INDEX):
            index.forget(connection)
        transaction.on_commit(_forget_the_journal)
    return order


def require_may_withhold(user: Any) -> None:
    """Raise Refused for somebody who isn't a standards editor."""
    if not may_withhold(user):
        raise Refused("Only standards editors withhold anything of the record, and give it back.")


def require_may_make_final(order: WithholdingOrder, user: Any) -> None:
    """Raise Refused for whoever ordered it, and for somebody who is no editor or not on the team."""
    if not is_editor(user) or not WithholdingOrder.objects.visible_to(user).filter(pk=order.pk).exists():
        raise Refused("Only editors who see this investigation make a withholding final.")
    if user.pk == order.ordered_by_id:
        raise Refused("You ordered this: another editor makes it final.")


def _locked(order: WithholdingOrder) -> WithholdingOrder:
    """The order as it stands, until the transaction ends. Raises Refused unless it is waiting."""
    order = WithholdingOrder.objects.select_for_update().get(pk=order.pk)
    if order.state == WithholdingState.DESTROYED:
        raise Refused("This is final: what it was about is destroyed, and nothing can be done with it any more.")
    if order.state == WithholdingState.RESTORED:
        raise Refused("Readers have this back: to withhold it again, order it anew.")
    return order


def _held_by_others(order: WithholdingOrder) -> dict[str, str]:
    """The names of the parts that other orders hold, each with the authority for it."""
    others = WithholdingOrder.objects.waiting().exclude(pk=order.pk).order_by("ordered_at", "pk")
    return {name: other.authority for other in others for name in other.parts}


def _compile(parts: Iterable[Part]) -> None:
    """Compile everything anew that shows these parts."""
    for work in sorted({part.edition.work for part in parts}):
        compile_work(work)


def _forget_the_journal() -> None:
    """SQLite's journal still has what was destroyed: write it back to the file and empty it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
