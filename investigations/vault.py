"""The vault's encryption: what names a source, sealed under keys of the environment.

A token is Fernet's (AES-128-CBC with HMAC-SHA-256) over a JSON object of the row it belongs to and what it
says, padded, so that its length tells no more than the next kibibyte; the time in its head is always zero, so
that it doesn't tell when it was sealed. What is raised here carries no key, token or content, in words or frames.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from typing import NoReturn

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

BLOCK = 1024
"""Bytes; the content is padded to a multiple of it."""

_HEAD = b"\x80" + bytes(8)  # Fernet's version, and the time zero
_FRAME = len(_HEAD) + 16 + 16 + 32  # with the initial vector, the cipher's own padding, the signature


class Sealed(Exception):
    """No key of this vault opens what was asked for, or it has none: one sentence that says what to set."""


class Damaged(Exception):
    """A token that is not whole, or opens and belongs to another row: one sentence."""


class Vault:
    """Keys that seal and open: the first seals, all of them open.

    Keys are Fernet's: 32 bytes in URL-safe base64. Raises ValueError for one that isn't. Without any key the vault
    is sealed and whatever it is asked raises Sealed. A token that was altered inside can't be told from one under
    a key that is not here: both are Sealed; Damaged is what can be told.
    """

    __slots__ = ("_all", "_first")

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError:
            fernets = None
        if fernets is None:
            del keys
            raise ValueError("A key of the vault is not 32 bytes in URL-safe base64.")
        self._first = fernets[0] if fernets else None
        self._all = MultiFernet(fernets) if fernets else None

    def __repr__(self) -> str:
        return "<Vault>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A vault isn't pickled or copied: its keys stay in this process.")

    @property
    def sealed(self) -> bool:
        """Whether there is no key."""
        return self._all is None

    def seal(self, data: Mapping[str, str], about: str) -> str:
        """Encrypt under the first key, bound to a row by its public key. Raises Sealed."""
        if self._all is None:
            del data
            raise _no_key()
        content = json.dumps({"about": about, "data": dict(data)}).encode()
        padded = content.ljust(-(-len(content) // BLOCK) * BLOCK)
        return self._all.encrypt_at_time(padded, 0).decode()

    def open(self, token: str, about: str) -> dict[str, str]:
        """What was sealed for this row. Raises Sealed and Damaged."""
        opened = self._opened(token, about)
        del token
        if isinstance(opened, Exception):
            raise opened
        return opened

    def under_primary(self, token: str) -> bool:
        """Whether the first key opens this token, so that a rotation is done with it. Raises Sealed."""
        if self._first is None:
            del token
            raise _no_key()
        return _decrypted(self._first, token) is not None

    def rotate(self, token: str, about: str) -> str:
        """The same content under the first key. Raises Sealed and Damaged."""
        opened = self._opened(token, about)
        del token
        if isinstance(opened, Exception):
            raise opened
        return self.seal(opened, about)

    def _opened(self, token: str, about: str) -> dict[str, str] | Sealed | Damaged:
        """The content, or what to raise: raised from here, it would carry the content in its frames."""
        if self._all is None:
            return _no_key()
        if not _is_whole(token):
            return Damaged("What stands in the vault for this source is not whole: restore it from a backup.")
        content = _decrypted(self._all, token)
        if content is None:
            return Sealed(
                "The vault is sealed: no key in NEWSROOM_VAULT_KEYS opens this. "
                "Set the key it was sealed under behind the first one."
            )
        found = json.loads(content)
        if found["about"] == about:
            return found["data"]
        return Damaged("What stands in the vault for this source belongs to another: restore it from a backup.")


def _no_key() -> Sealed:
    return Sealed("The vault is sealed: set NEWSROOM_VAULT_KEYS to the newsroom's vault keys.")


def _decrypted(fernet: Fernet | MultiFernet, token: str) -> bytes | None:
    try:
        return fernet.decrypt(token)
    except InvalidToken:
        return None


def _is_whole(token: str) -> bool:
    """Whether a text has a token's head and one of its lengths."""
    try:
        raw = urlsafe_b64decode(token)
    except ValueError:
        return False
    return raw.startswith(_HEAD) and len(raw) > _FRAME and len(raw) % BLOCK == _FRAME
