"""The structured data of readers' pages, and the table in the docs of all that may stand in it."""

import json
import re
from html import unescape
from pathlib import Path

from investigations.record.models import Page

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "machine-readable.md"
KINDS = {"stories": "story", "quotes": "quote", "meetings": "meeting", "sources": "source"}
KINDS |= {"corrections": "correction", "authors": "author", "policies": "policy", "": "front"}
KINDS |= {"people": "person", "organizations": "organization", "investigations": "investigation"}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BASE = "http://127.0.0.1:8000"


def table():
    """Each row: its pages, its things, its properties."""
    rows = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and "`" in cells[1]:
            rows.append((cells[0].split(", "), *(re.findall(r"`([^`]+)`", cell) for cell in cells[1:3])))
    return rows


def allowed():
    """Every property on every kind of page that the table lets stand there."""
    return {
        (kind, f"{thing}.{name}")
        for kinds, things, names in table()
        for kind in kinds
        for thing in things
        for name in names
    }


def leaves(data, path=""):
    """Each value under the types and properties that lead to it; types and the vocabulary are none."""
    if isinstance(data, dict):
        path = f"{path}.{data['@type']}".lstrip(".")
        for name, value in data.items():
            if name not in {"@type", "@context"}:
                yield from leaves(value, f"{path}.{name}")
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value, path)
    else:
        yield path, data


def words(text):
    """Text as HTML shows it."""
    return " ".join(unescape(text).split())


def not_on(html, data):
    """What the data says and the page doesn't: in its text, in a date, or as an address to which it leads."""
    body = html.partition("<body>")[2]
    text = words(re.sub(r"<[^>]+>", " ", body))
    close = words(re.sub(r"<[^>]+>", "", body))
    links = {unescape(link).partition("#")[0] for link in re.findall(r'(?:href|src)="([^"]*)"', html)}
    links |= {BASE + link for link in links if link.startswith("/")}
    dates = set(re.findall(r'datetime="([^"]*)"', body))
    return [
        (path, value)
        for path, value in leaves(data)
        if str(value).partition("#")[0] not in links
        and value not in dates
        and words(str(value)) not in text
        and words(str(value)) not in close
    ]


def kind_of(path):
    """What kind of page stands at an address, as the table calls it."""
    name = path.strip("/")
    return name if name in {"policies", "investigations"} else KINDS[path.split("/")[1]]


def told():
    """Each stored page in HTML that has data: its kind, its HTML, its data."""
    for stored in Page.objects.filter(status=200, content_type__startswith="text/html").order_by("path", "variant"):
        html = bytes(stored.body).decode()
        for found in SCRIPT.findall(html):
            yield kind_of(stored.path), html, json.loads(found)
