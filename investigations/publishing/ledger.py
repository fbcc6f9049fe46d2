"""The one way into the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from investigations.record import chain, digests
from investigations.record.models import Edition, Part, Withholding
from investigations.record.reading import SCHEMA
from investigations.vocabulary import ChangeKind

# Any number will do, as long as every writer of the chain asks for the same one.
CHAIN_LOCK = 0x4E455753


@dataclass(frozen=True)
class NewPart:
    """A part about to be written."""

    kind: str
    key: str
    content: dict[str, Any]


def lock_chain() -> None:
    """Wait until no other transaction writes the chain, and keep it until this one ends.

    SQLite needs nothing: a transaction begun IMMEDIATE is the only writer. On PostgreSQL a lock on the
    chain's last row would not do: two writers can wait for the same last row and both follow it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the chain is written inside a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


@transaction.atomic
def append_edition(*, work: str, change: ChangeKind, parts: list[NewPart], published_at: datetime) -> Edition:
    """Write the work's next edition at the end of the chain, each part under a fresh salt."""
    lock_chain()
    head = chain.head()
    latest = Edition.objects.filter(work=work).order_by("-number").first()
    edition = Edition(
        position=head.position + 1,
        work=work,
        number=latest.number + 1 if latest else 1,
        change=change,
        published_at=published_at,
        recorded_at=timezone.now(),
        schema=SCHEMA,
        previous=head.digest,
    )
    rows = [_part(edition, order, part) for order, part in enumerate(parts)]
    commitments = [[row.kind, row.key, row.commitment] for row in rows]
    edition.digest = digests.digest("edition", edition.facts(commitments), edition.previous)
    edition.save(force_insert=True)
    for row in rows:
        row.edition_id = edition.pk
    Part.objects.bulk_create(rows, batch_size=500)
    return edition


def _part(edition: Edition, order: int, new: NewPart) -> Part:
    content, salt = digests.canonical(new.content), digests.new_salt()
    committed = digests.commitment(kind=new.kind, key=new.key, content=content, salt=salt)
    return Part(
        edition=edition,
        order=order,
        kind=new.kind,
        key=new.key,
        content=content,
        salt=salt,
        commitment=committed,
    )


@transaction.atomic
def append_withholding(*, part: Part, state: str, authority: str, at: datetime) -> Withholding:
    """Write an act upon a part at the end of the chain."""
    lock_chain()
    head = chain.head()
    act = Withholding(
        position=head.position + 1, part=part, state=state, at=at, authority=authority, previous=head.digest
    )
    act.digest = digests.digest("withholding", act.facts(), act.previous)
    act.save(force_insert=True)
    return act
