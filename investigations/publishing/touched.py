"""Whose pages a work touches, also those that only an edition names which readers don't get any more."""

import json
from typing import Any

from investigations.publishing.rows import is_investigation
from investigations.record.models import Part


def author_keys(work: str) -> list[str]:
    """Everybody whose name stood over any edition of the work."""
    return list(dict.fromkeys(byline["key"] for header in _headers(work) for byline in header.get("bylines", [])))


def investigation_keys(work: str) -> list[str]:
    """The investigations that a work has belonged to, or whose page it is; a policy belongs to none."""
    if is_investigation(work):
        return [work.removeprefix("investigation:")]
    found = (header.get("investigation", {}).get("key", "") for header in _headers(work))
    return list(dict.fromkeys(key for key in found if key))


def _headers(work: str) -> list[dict[str, Any]]:
    """The headers of a work's editions, with those that are hidden: where these were listed they must leave.

    What is destroyed left when it was hidden.
    """
    headers = Part.objects.filter(kind=Part.Kind.HEADER, edition__work=work, content__isnull=False)
    contents = headers.order_by("edition__position").values_list("content", flat=True)
    return [json.loads(content) for content in contents if content]
