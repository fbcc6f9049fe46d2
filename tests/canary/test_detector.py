"""The detector by itself: each way in which words can be written or packed, and none where they aren't."""

import base64
import gzip
import hashlib
import html
import io
import json
import unicodedata
import zipfile
import zlib
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.core import signing
from django.utils.text import slugify
from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.canary import detector
from tests.canary.tokens import TOKENS, VAULT

NAME = VAULT[0].words
EVERY = [token.words for token in TOKENS]


def form(name):
    return lambda words: unicodedata.normalize(name, words).encode()


def mailed(words):
    mail = EmailMessage()
    mail["Subject"] = f"About {words}"
    mail.set_content(f"{'a long line ' * 9}about {words} " * 3, cte="base64" if words < "a" else "quoted-printable")
    return bytes(mail)


def zipped(words):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", f"a,b\n{words},c")
    return file.getvalue()


def sheet(words):
    file, book = io.BytesIO(), Workbook()
    book.active.append(["code name", f"said by {words}"])
    book.save(file)
    return file.getvalue()


def png(words):
    file, text = io.BytesIO(), PngInfo()
    text.add_itxt("Author", words, zip=True)
    Image.new("RGB", (4, 4)).save(file, "PNG", pnginfo=text)
    return file.getvalue()


def jpeg(words):
    file, picture = io.BytesIO(), Image.new("RGB", (4, 4))
    exif = picture.getexif()
    exif[0x013B] = words.encode()
    exif[0x9C9D] = f"{words}\0".encode("utf-16-le")
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def pdf(words):
    packed = zlib.compress(f"BT ({words}) Tj ET".encode())
    return b"%PDF-1.7\n1 0 obj << /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream endobj"


def raw_deflate(words):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(words.encode()) + packer.flush()


WAYS = {
    "as it is": str.encode,
    "in lower case": lambda words: words.lower().encode(),
    "in upper case": lambda words: words.upper().encode(),
    **{name: form(name) for name in ("NFC", "NFD", "NFKC", "NFKD")},
    "as a slug": lambda words: slugify(words).encode(),
    "as a slug with accents": lambda words: slugify(words, allow_unicode=True).encode(),
    "in HTML": lambda words: html.escape(words).encode("ascii", "xmlcharrefreplace"),
    "split by markup": lambda words: f"{words[:3]}<b>{words[3:]}</b>".encode(),
    "in an address": lambda words: quote(words, safe="").encode(),
    "in an address in an address": lambda words: quote(quote(words, safe=""), safe="").encode(),
    "in JSON": lambda words: json.dumps({"name": words}).encode(),
    "in JSON in HTML": lambda words: html.escape(json.dumps(words)).encode(),
    "of Python's bytes": lambda words: repr(words.encode()).encode(),
    "in UTF-16": lambda words: words.encode("utf-16-le"),
    **{
        f"in base64 from place {shift}": lambda words, shift=shift: base64.b64encode(b"x" * shift + words.encode())
        for shift in range(3)
    },
    "in base64 for addresses": lambda words: base64.urlsafe_b64encode(f"ÿ~{words}".encode()).rstrip(b"="),
    "in base64 in base64": lambda words: base64.b64encode(base64.b64encode(b"x" + words.encode())),
    "in hexadecimal": lambda words: words.encode().hex().encode(),
    "in a mail": mailed,
    "gzipped": lambda words: gzip.compress(words.encode()),
    "deflated": lambda words: zlib.compress(words.encode()),
    "deflated without a head": raw_deflate,
    "in a signed cookie": lambda words: signing.dumps({"who": words}).encode(),
    "in a packed signed cookie": lambda words: signing.dumps({"who": words * 9}, compress=True).encode(),
    "in a zip": zipped,
    "in a spreadsheet": sheet,
    "in a PNG": png,
    "in a JPEG": jpeg,
    "in a PDF": pdf,
    **{
        kind: lambda words, kind=kind: hashlib.new(kind, words.encode()).hexdigest().encode()
        for kind in ("md5", "sha1", "sha256")
    },
    "hashed in lower case": lambda words: hashlib.sha256(words.lower().encode()).hexdigest().upper().encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_token_is_found_in_every_way_and_no_other(way):
    for words in EVERY:
        data = b"\n<p>The board met in May, " + WAYS[way](words) + b" and again.</p>\n"
        if way in {"gzipped", "deflated without a head", "in a JPEG", "in a PNG", "in UTF-16"}:
            data = WAYS[way](words)
        assert (words, detector.found(EVERY, data)) == (words, {words})


@pytest.mark.parametrize("way", ["in base64 from place 1", "in a signed cookie", "in HTML", "in an address"])
def test_what_is_wrapped_and_then_compressed_is_found(way):
    assert detector.found([NAME], gzip.compress(WAYS[way](NAME))) == {NAME}


@pytest.mark.parametrize(
    "data", [b"", b"\x1f\x8b", b"PK\x03\x04", b"x\x9c", b"%zz &#x; \\u12", bytes(range(256)) * 9]
)
def test_what_cant_be_opened_holds_nothing(data):
    assert detector.found(EVERY, data) == set()


def test_tokens_are_unlike():
    words = [detector.folded(word) for word in EVERY]
    assert len(words) == len(set(words)) >= 14
    assert all(len(word) >= 9 for word in words)
    assert [one for one in words for other in words if one != other and (one[:4] in other or one[-4:] in other)] == []
    assert [word for word in EVERY if not word.isascii()] == [NAME]
