"""An archive, made while it is sent."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any


class _Outlet(RawIOBase):
    """What an archive writes to, piece by piece: being no file, it can't be sought in."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since."""
        piece, self.waiting = bytes(self.waiting), bytearray()
        return piece


def zipped(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """An archive of these files, in pieces.

    The size of a file follows behind it, in 32 bits: Excel calls a workbook damaged where it is announced in 64
    before it is known (COMPRESS-474). So a file of more than 2 GB breaks off with a RuntimeError.
    """
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            with archive.open(name, "w") as member:
                for piece in pieces:
                    member.write(piece)
                    if out.waiting:
                        yield out.taken()
    yield out.taken()
