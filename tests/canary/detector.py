"""Finds words in whatever a program gives out, however they were written or packed.

It knows nothing of the leak gate's spellings: a fault in those is none here.
"""

import gzip
import hashlib
import html
import io
import re
import unicodedata
import zipfile
import zlib
from binascii import Error, a2b_base64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote_to_bytes

DEPTH = 4
"""How many wrappings are opened, one in the other."""

BASE64 = re.compile(rb"[A-Za-z0-9+/]{8,}")
URL_SAFE = bytes.maketrans(b"-_", b"+/")
DIGEST = re.compile(rb"[0-9a-fA-F]{32,}")
HEXADECIMAL = re.compile(rb"[0-9a-fA-F]{14,}")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|((?:\\x[0-9a-fA-F]{2})+)")
QUOTED_PRINTABLE = re.compile(rb"=([0-9A-F]{2})")
TAG = re.compile(r"<[^<>]*>")
NO_LETTERS = re.compile(r"[\W_]+")
ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]")
FULL_LINE = re.compile(rb"^[A-Za-z0-9+/]{60,76}\r?$", re.M)
LINE_ENDS = re.compile(rb"\r?\n[ \t]*")


def folded(text: str) -> str:
    """Letters and digits alone, in lower case and without accents: alike in every Unicode form, and as a slug."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return NO_LETTERS.sub("", text.casefold())  # accents by themselves are no letters


def spellings(words: str) -> set[str]:
    """What a program may have hashed in place of these words."""
    forms = {unicodedata.normalize(form, words) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    return {spelt for form in forms for spelt in (form, form.lower(), form.casefold(), form.upper(), folded(form))}


@lru_cache
def hashes(words: str) -> frozenset[bytes]:
    """MD5, SHA-1 and SHA-256 of the words, in hexadecimal."""
    kinds = (hashlib.md5, hashlib.sha1, hashlib.sha256)
    return frozenset(kind(spelt.encode()).hexdigest().encode() for spelt in spellings(words) for kind in kinds)


def found(words: Iterable[str], data: bytes) -> set[str]:
    """Which of these words, each a single one, are in the data."""
    wanted = {word: folded(word) for word in words}
    met: set[str] = set()
    for layer in layers(data):
        text = _read(layer)
        met |= {word for word, needle in wanted.items() if needle in text}
        digests = b" ".join(DIGEST.findall(layer)).lower()
        met |= {word for word in wanted if digests and any(one in digests for one in hashes(word))}
    return met


def _read(data: bytes) -> str:
    """The data folded, as the ways of reading it that undo no wrapping."""
    text = data.decode("utf-8", "ignore")
    ways = [text]
    if "<" in text:
        ways.append(TAG.sub("", text))
    for _ in range(3):
        once = unescaped(ways[-1])
        if once == ways[-1]:
            break
        ways.append(once)
    if b"\0" in data:
        ways += [data[shift:].decode(code, "ignore") for code in ("utf-16-le", "utf-16-be") for shift in (0, 1)]
    if not text.isascii() or len(text) != len(data):
        ways.append(data.decode("latin-1"))
    return "\0".join(folded(way) for way in ways)


def unescaped(text: str) -> str:
    """The text with what JSON, HTML and addresses escape put back, once each."""
    if "\\" in text:
        text = ESCAPED.sub(_character, text)
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = unquote_to_bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "ignore")
    return text


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return bytes.fromhex(escape[2].replace("\\x", "")).decode("utf-8", "replace")


def layers(data: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """The data, and whatever is packed in it."""
    yield data
    if depth == 0:
        return
    for inner in _opened(data):
        yield from layers(inner, depth - 1)
    if QUOTED_PRINTABLE.search(data):
        yield QUOTED_PRINTABLE.sub(lambda found: bytes.fromhex(found[1].decode()), data.replace(b"=\n", b""))
    if runs := HEXADECIMAL.findall(data):
        yield b"\0".join(bytes.fromhex(run[: len(run) // 2 * 2].decode()) for run in runs)
    decoded = list(_from_base64(data))
    yield b"\n".join(decoded)
    for inner in decoded:
        if inner[:2] == b"\x1f\x8b" or inner[:2] == b"PK" or ZLIB.match(inner) or inner.isascii():
            yield from layers(inner, depth - 1)


def _from_base64(data: bytes) -> Iterator[bytes]:
    """Every run of its letters, from each of the four places where a group of them may begin."""
    joined = [data]
    if FULL_LINE.search(data):
        joined.append(LINE_ENDS.sub(b"", data))  # a mail's lines end within the run
    for way in joined:
        for run in set(BASE64.findall(way.translate(URL_SAFE))):
            for shift in range(4):
                whole = run[shift:]
                with suppress(Error):
                    yield a2b_base64(whole + b"=" * (-len(whole) % 4))


def _opened(data: bytes) -> Iterator[bytes]:
    """What is compressed in it: gzip, zip (and so XLSX), deflate as in PNG, PDF and cookies."""
    if data[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data)
    if b"PK\x03\x04" in data:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "\n".join(archive.namelist()).encode()
            yield from (archive.read(name) for name in archive.namelist())
    for start in ZLIB.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[start.start() :])
    if data and not data.isascii() and len(data) < 10_000:
        with suppress(zlib.error):
            yield zlib.decompressobj(-15).decompress(data)
