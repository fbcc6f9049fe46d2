"""A story's evidence and corrections as a W3C Web Annotation collection, selectors computed."""

from datetime import UTC
from typing import Any

from django.conf import settings

from investigations.pages import paths
from investigations.record.models import Part
from investigations.record.reading import EditionContent

CONTEXT = 32
MOTIVATION = {"supports": "linking", "contradicts": "questioning", "context": "describing"}


def annotations_data(edition: EditionContent) -> dict[str, Any]:
    """The collection for one edition: each shown piece of evidence, and each correction at its words.

    Its target is that edition's own address, which never changes its words. Selectors count Unicode code points of
    the canonical text, blocks joined by a line feed (Web Annotation Data Model, W3C Recommendation of 23 February
    2017, sections 4.2.4 and 4.2.5).
    """
    slug = edition.header["slug"]
    address = paths.absolute(paths.annotations(slug))
    items = [*_evidence(edition), *_corrections(edition)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "AnnotationCollection",
        "label": f"Evidence and corrections: {edition.header['headline']}, edition {edition.number}",
        "creator": {"type": "Organization", "name": settings.SITE_NAME, "homepage": paths.absolute("/")},
        "total": len(items),
        "first": {
            "id": f"{address}#page",
            "type": "AnnotationPage",
            "partOf": address,
            "startIndex": 0,
            "items": items,
        },
        "last": f"{address}#page",
    }


def _texts(edition: EditionContent) -> list[str]:
    return [piece.content.get("text", "") for piece in edition.of_kind(Part.Kind.BLOCK)]


def _target(edition: EditionContent, start: int, end: int) -> dict[str, Any]:
    slug, text = edition.header["slug"], "\n".join(_texts(edition))
    return {
        "source": paths.absolute(paths.edition(slug, edition.number)),
        "state": {
            "type": "TimeState",
            "sourceDate": edition.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _block_starts(edition: EditionContent) -> list[int]:
    starts, place = [], 0
    for text in _texts(edition):
        starts.append(place)
        place += len(text) + 1
    return starts


def _evidence(edition: EditionContent) -> list[dict[str, Any]]:
    starts = _block_starts(edition)
    passages = {
        passage["id"]: (starts[n] + passage["start"], starts[n] + passage["end"])
        for n, piece in enumerate(edition.of_kind(Part.Kind.BLOCK))
        for passage in piece.content.get("passages", [])
    }
    entries = edition.entries()
    items = []
    for piece in edition.of_kind(Part.Kind.NOTE):
        note = piece.content
        if not note or "number" not in note or note["passage"] not in passages:
            continue
        entry = entries[note["entry"]].content if note["entry"] else note["inline"]
        if not entry:
            continue
        items.append(
            {
                "id": paths.absolute(f"{paths.story(edition.header['slug'])}#{note['key']}"),
                "type": "Annotation",
                "motivation": MOTIVATION[note["stance"]],
                "body": _body(entry),
                "target": _target(edition, *passages[note["passage"]]),
            }
        )
    return items


def _body(entry: dict[str, Any]) -> dict[str, Any]:
    if entry["key"]:
        return {
            "id": paths.absolute(paths.entry(entry["type"], entry["key"])),
            "type": "Text",
            "format": "text/html",
        }
    who = entry["label"] if entry["type"] == "quote" else entry["title"]
    if entry.get("how_they_know"):
        who = f"{who}, {entry['how_they_know']}"
    said = f"{who}: {entry['words']}" if entry["type"] == "quote" else who
    return {"type": "TextualBody", "value": said, "format": "text/plain"}


def _corrections(edition: EditionContent) -> list[dict[str, Any]]:
    starts, texts = _block_starts(edition), _texts(edition)
    story = paths.absolute(paths.story(edition.header["slug"]))
    items = []
    for piece in edition.of_kind(Part.Kind.CORRECTION):
        note = piece.content
        places = [change for change in note.get("changes", []) if _is_there(change, texts)]
        for count, change in enumerate(places, start=1):
            end = len(texts[change["block"] - 1]) if change["at"] is None else change["at"]
            start = 0 if change["at"] is None else max(0, end - len(change["new"]))
            place = starts[change["block"] - 1]
            items.append(
                {
                    "id": f"{story}#correction-{note['number']}" + (f"-{count}" if count > 1 else ""),
                    "type": "Annotation",
                    "motivation": "editing",
                    "body": {"type": "TextualBody", "value": note["note"], "format": "text/plain"},
                    "target": _target(edition, place + start, place + end),
                }
            )
    return items


def _is_there(change: dict[str, Any], texts: list[str]) -> bool:
    """Whether the edition's text still has the place of a change: not the headline's, nor one in withheld words."""
    block, place = change["block"], change["at"] or 0
    return bool(block) and block <= len(texts) and bool(texts[block - 1]) and place <= len(texts[block - 1])
