"""Structured data for machines (schema.org): nothing that the page itself doesn't say."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from investigations.pages import paths
from investigations.pages.correction import CorrectionView
from investigations.pages.story import StoryPage


def publisher() -> dict[str, Any]:
    """The newsroom as a NewsMediaOrganization."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": paths.absolute("/#newsroom"),
        "name": settings.SITE_NAME,
        "url": paths.absolute("/"),
        "correctionsPolicy": paths.absolute(paths.CORRECTIONS),
    }


def story_data(page: StoryPage) -> dict[str, Any]:
    """The story as a NewsArticle, each correction as a CorrectionComment with the visible note."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": page.canonical,
        "mainEntityOfPage": page.canonical,
        "url": page.canonical,
        "headline": page.headline,
        "datePublished": page.published.iso,
        "version": page.edition.number,
        "isAccessibleForFree": True,
        "publisher": publisher(),
    }
    if page.standfirst:
        data["description"] = page.standfirst
    if pictures := [figure.src for figure in page.lead_figures if figure.src]:
        data["image"] = [paths.absolute(src) for src in pictures]
    if page.bylines:
        data["author"] = [
            {"@type": "Person", "name": byline.name, "url": paths.absolute(byline.href)} for byline in page.bylines
        ]
    if page.changed:
        data["dateModified"] = page.changed.published.iso
    if page.corrections:
        data["correction"] = [correction_data(note) for note in page.corrections]
    return data


def correction_data(note: CorrectionView) -> dict[str, Any]:
    """A correction as a CorrectionComment."""
    return {
        "@type": "CorrectionComment",
        "text": note.note,
        "datePublished": note.published.iso,
        "url": paths.absolute(note.href),
    }


def script(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a script element: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for character, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(character, escaped)
    return mark_safe(text)  # noqa: S308 - every character that HTML knows is escaped above
