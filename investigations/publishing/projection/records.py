"""Desk rows to plain public data: dates, people, sources. Every field is named one by one."""

from datetime import date
from typing import Any

from investigations import dates
from investigations.models import Coverage, Person, Role, Source
from investigations.vocabulary import SourceKind


def project_date(words: str) -> dict[str, Any] | None:
    """A fuzzy date as readers get it; None when nothing is stated."""
    if not words:
        return None
    span = dates.parse(words)
    return {
        "words": dates.display(span),
        "earliest": span.earliest.isoformat() if span.earliest else None,
        "latest": span.latest.isoformat() if span.latest else None,
        "edtf": span.edtf,
    }


def project_person(person: Person) -> dict[str, Any]:
    """A person by name."""
    return {"key": person.public_key, "name": person.name, "sort_name": person.family_name}


def project_roles(
    person: Person | None, label: str, earliest: date | None, latest: date | None
) -> list[dict[str, Any]]:
    """The offices of a person that the label says, each from when to when; others stay on the desk.

    So nothing is told of somebody that no record of theirs tells: their roles belong to the whole newsroom, and to
    investigations that readers don't know of.
    """
    said = {words.partition(" (from ")[0].strip() for words in label.split(";")}
    roles = person.roles.all() if person else []
    return [project_role(role) for role in roles if role.title in said and role.may_overlap(earliest, latest)]


def project_role(role: Role) -> dict[str, Any]:
    """An office that somebody held, where, from when to when."""
    return {
        "title": role.title,
        "organization": (
            {"key": role.organization.public_key, "name": role.organization.name} if role.organization else None
        ),
        "since": project_date(role.since),
        "until": project_date(role.until),
        "in_office": role.in_office,
    }


def project_source(source: Source) -> dict[str, Any]:
    """A source that has a page of its own. Raises ValueError for one that may not be named."""
    if source.is_unnamed:
        raise ValueError("an unnamed source has no entry in the record")
    return {
        "type": "source",
        "key": source.public_key,
        "kind": source.kind,
        "title": source.person.name if source.person else source.title,
        "person": project_person(source.person) if source.person else None,
        "dated": project_date(source.dated),
        "url": source.url,
        "description": source.description,
        "looked_where": source.looked_where,
        "looked_by": source.looked_by,
        "coverages": [project_coverage(coverage) for coverage in source.coverages.all()],
        "relay": source_reference(source.relay),
        "origin": source_reference(source.origin),
    }


def project_coverage(coverage: Coverage) -> dict[str, Any]:
    """What a source counts in full, from one day to another."""
    return {
        "what": coverage.meeting_class.label,
        "since": coverage.since.isoformat(),
        "until": coverage.until.isoformat(),
    }


def source_reference(source: Source | None) -> dict[str, Any] | None:
    """How a source is named where something rests on it: with a key only if it has a page."""
    if source is None:
        return None
    if source.is_unnamed:
        unnamed = {"key": None, "title": source.descriptor, "kind": SourceKind.PERSON.value}
        return unnamed | how_they_know(source)
    title = source.person.name if source.person else source.title
    return {"key": source.public_key, "title": title, "kind": source.kind}


def how_they_know(source: Source) -> dict[str, str]:
    """What stands behind an unnamed source's descriptor, if the newsroom wants it said; else the key is left out."""
    return {"how_they_know": source.how_they_know} if source.is_unnamed and source.how_they_know else {}
