"""Policies, published in editions like stories."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.models import Policy
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import gate, hold_against_vault
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.projection.story import project_block
from investigations.publishing.refusal import Refused
from investigations.record.models import Edition, Part
from investigations.text import parse
from investigations.vocabulary import ChangeKind, GateStage


def publish_policy(policy: Policy, *, by: Any, note: str = "", now: datetime | None = None) -> Edition:
    """Publish a policy's next edition, as somebody else than its last writer.

    From the second edition on, `note` tells readers what changed. Raises Refused without the right, for
    one's own words, for a text with faults, without a note, and when nothing changed.
    """
    if not by.is_active or not by.has_perm("investigations.publish_policy"):
        raise Refused("Only standards editors publish policies.")
    if policy.edited_by_id is None or policy.edited_by_id == by.pk:
        raise Refused("You wrote this: somebody else publishes it.")
    parsed = parse(policy.body)
    if parsed.problems:
        raise Refused(f"The text can't go out: {parsed.problems[0].code} in paragraph {parsed.problems[0].block}.")
    work = f"policy:{policy.public_key}"
    header = {"type": "policy", "slug": policy.slug, "title": policy.title, "note": note.strip()}
    blocks = [project_block(block) for block in parsed.blocks]
    now = now or timezone.now()
    with gate(GateStage.PUBLICATION, by=by, work=work, now=now) as reading, transaction.atomic():
        lock_chain()
        latest = Edition.objects.filter(work=work).order_by("-number").first()
        if latest and not note.strip():
            raise Refused("Say in a sentence what changed: readers are told.")
        parts = [
            NewPart(Part.Kind.HEADER, "header", header),
            *(NewPart(Part.Kind.BLOCK, f"b{n}", block) for n, block in enumerate(blocks, start=1)),
        ]
        change = ChangeKind.UPDATE if latest else ChangeKind.FIRST
        edition = append_edition(work=work, change=change, parts=parts, published_at=now)
        hold_against_vault(reading, parts, compile_work(work), edition)
    return edition
