"""The record's arithmetic: canonical text, commitments, digests. A format once used is never changed.

A part is committed to with HMAC-SHA-256 under a random key of 32 bytes (its salt), which hides and binds:
without the salt nobody can test a guess at a part that was withheld. An edition's digest covers its
facts, its parts' commitments in order, and the digest before it in the site's one chain.
"""

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from typing import Any

SALT_BYTES = 32
GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare space: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def instant(value: datetime) -> str:
    """An instant in UTC with microseconds, as digests have it."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def new_salt() -> bytes:
    """A fresh salt."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(*, kind: str, key: str, content: str, salt: bytes) -> str:
    """A part's commitment, in hexadecimal: HMAC-SHA-256 of its kind, key and content under its salt."""
    message = "\x00".join(("newsroom part 1", kind, key, content)).encode()
    return hmac.new(bytes(salt), message, hashlib.sha256).hexdigest()


def digest(kind: str, facts: dict[str, Any], previous: str) -> str:
    """SHA-256, in hexadecimal, of a ledger row's facts and of the digest before it."""
    message = "\x00".join((f"newsroom {kind} 1", previous, canonical(facts))).encode()
    return hashlib.sha256(message).hexdigest()
