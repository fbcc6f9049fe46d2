"""Quotes to public data: attributed as their terms allow, and not otherwise."""

from typing import Any

from investigations.models import Quote
from investigations.publishing.projection.records import (
    how_they_know,
    project_date,
    project_person,
    project_roles,
    source_reference,
)


def project_quote(quote: Quote) -> dict[str, Any]:
    """A quote as readers get it; it has a key, and so a page, only when its speaker is named.

    Raises ValueError for a quote whose terms don't let it out: the story check has said so before.
    """
    if not quote.is_publishable:
        raise ValueError("the terms of this quote don't let it be published")
    return project_quote_unheld(quote)


def project_quote_unheld(quote: Quote) -> dict[str, Any]:
    """A quote in the form in which readers get it, whether its terms let it out or not: for the desk's own eyes."""
    named = quote.is_attributed_by_name
    label = speaker_label(quote)
    speaker = quote.speaker if named else None
    return {
        "type": "quote",
        "key": quote.public_key if named else None,
        "words": quote.words,
        "form": quote.form,
        "speaker": project_person(speaker) if speaker else None,
        "label": label,
        "roles": project_roles(speaker, label, quote.said_earliest, quote.said_latest),
        "said": project_date(quote.said),
        "setting": quote.setting,
        "to_whom": quote.to_whom,
        "terms": quote.terms,
        "source": source_reference(quote.source) if named else None,
        "relay": source_reference(quote.source.relay),
        "locator": quote.locator if named else "",
        **how_they_know(quote.source),
    }


def speaker_label(quote: Quote) -> str:
    """How readers are told who is speaking: the agreed descriptor, or the named speaker's roles that day."""
    if quote.source.is_unnamed:
        return quote.source.descriptor
    if quote.speaker_label:
        return quote.speaker_label
    if quote.is_attributed_by_name and quote.speaker:
        return quote.speaker.label_on(quote.said_earliest, quote.said_latest)
    return ""


def attribution(quote: Quote) -> str:
    """In a few words who says so: a name, or the descriptor."""
    if quote.is_attributed_by_name and quote.speaker:
        return quote.speaker.name
    return speaker_label(quote)
