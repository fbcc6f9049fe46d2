"""The site's one chain: where it ends, and whether every link holds."""

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Any

from django.db.models import Prefetch

from investigations.record import digests
from investigations.record.models import Edition, Part, Withholding
from investigations.vocabulary import WithholdingState

BATCH = 200


@dataclass(frozen=True)
class Head:
    """The chain's last link: its place, counted from 1 (0: nothing published yet), and its digest."""

    position: int
    digest: str


@dataclass(frozen=True)
class Fault:
    """A row that is not what was written: which one, and what is wrong with it."""

    row: str
    problem: str


def head() -> Head:
    """Where the chain ends now."""
    ends = [
        end
        for model in (Edition, Withholding)
        if (end := model.objects.order_by("-position").values_list("position", "digest").first())
    ]
    return Head(*max(ends)) if ends else Head(0, digests.GENESIS)


def links() -> Iterator[Edition | Withholding]:
    """Every link in its place: editions with their parts, withholdings with theirs. Memory is bounded."""
    parts = Prefetch("parts", Part.objects.order_by("order"))
    editions = Edition.objects.order_by("position").prefetch_related(parts).iterator(chunk_size=BATCH)
    acts = Withholding.objects.order_by("position").select_related("part__edition").iterator(chunk_size=BATCH)
    return merge(editions, acts, key=lambda link: link.position)


def verify(*, known_head: str = "", step: Callable[[], Any] | None = None) -> list[Fault]:
    """Walk the chain from its first link; the faults found, the first bad row first.

    `known_head` is a digest that was the head once: a chain that no longer holds it has lost its tail.
    `step` is called after each link, for a progress bar.
    """
    faults: list[Fault] = []
    previous, position, seen_head = digests.GENESIS, 0, known_head in {"", digests.GENESIS}
    destroyed = set(Withholding.objects.filter(state=WithholdingState.DESTROYED).values_list("part_id", flat=True))
    for link in links():
        position += 1
        row = f"{link._meta.db_table} {link.pk} ({link})"
        if link.position != position:
            faults.append(Fault(row, f"stands in place {link.position} of the chain; place {position} is missing"))
            position = link.position
        if link.previous != previous:
            faults.append(Fault(row, "does not follow the link before it"))
        faults += _broken_parts(link, destroyed) if isinstance(link, Edition) else []
        if not hmac.compare_digest(_digest(link), link.digest):
            faults.append(Fault(row, "its digest is not that of what it holds"))
        previous = link.digest
        seen_head = seen_head or link.digest == known_head
        if step:
            step()
    if not seen_head:
        faults.append(
            Fault("the chain's end", f"{known_head} is not in the chain: what followed or held it has been cut off")
        )
    return faults


def _digest(link: Edition | Withholding) -> str:
    if isinstance(link, Withholding):
        return digests.digest("withholding", link.facts(), link.previous)
    commitments = [[part.kind, part.key, part.commitment] for part in link.parts.all()]
    return digests.digest("edition", link.facts(commitments), link.previous)


def _broken_parts(edition: Edition, destroyed: set[int]) -> list[Fault]:
    faults = []
    for part in edition.parts.all():
        row = f"record_part {part.pk} ({part.kind} {part.order} of {edition})"
        if part.content is None or part.salt is None:
            if part.pk not in destroyed:
                faults.append(Fault(row, "its content is gone, and nothing in the record says who destroyed it"))
            continue
        if part.pk in destroyed:
            faults.append(Fault(row, "the record says that it was destroyed, and its content is still there"))
        made = digests.commitment(kind=part.kind, key=part.key, content=part.content, salt=bytes(part.salt))
        if not hmac.compare_digest(made, part.commitment):
            faults.append(Fault(row, "its content is not what was committed to"))
    return faults
