"""Entries of the record for machines (schema.org): quotations of named people, meetings, sources that can be cited.

What nobody is named for has no data here: no creator, no address, no key. A role is a claim, so nobody has a title.
"""

from collections.abc import Iterable
from typing import Any

from investigations.pages import paths
from investigations.pages.lists import EntryPage
from investigations.pages.meeting import NO_PLACE, MeetingView
from investigations.pages.records import QuoteView, Reference, SourceView
from investigations.pages.story import Card, RecordView
from investigations.vocabulary import SourceKind

Data = dict[str, Any]
WORKS = {SourceKind.DOCUMENT, SourceKind.PUBLICATION, SourceKind.RECORDING, SourceKind.DATASET}
SHORT = ("@type", "@id", "name", "abstract", "text", "creator", "about")
KINDS = {SourceKind(kind).label: SourceKind(kind) for kind in SourceKind.values}


def cited_data(cards: Iterable[Card]) -> list[Data]:
    """Each record that these cards show and that has a page of its own, once, in the words of its card."""
    cited: dict[str, Data] = {}
    for card in cards:
        if card.record and card.record.href and (data := _record(card.record)):
            shown = {name: data[name] for name in SHORT if name in data}
            if shown["@type"] == "Event":
                shown["name"] = card.what
            cited.setdefault(shown["@id"], shown)
    return list(cited.values())


def entry_data(page: EntryPage) -> Data:
    """The record of a page, with the stories that cite it; nothing for what is withheld or not of a named speaker."""
    data = _record(page.record) if page.record else {}
    if not data:
        return {}
    data = {"@context": "https://schema.org", **data, "mainEntityOfPage": paths.absolute(page.path)}
    stories = {
        citation.edition_href: {
            "@type": "NewsArticle",
            "headline": citation.headline,
            "url": paths.absolute(citation.edition_href),
        }
        for citation in page.citations
    }
    return data | {"subjectOf": list(stories.values())} if stories else data


def _record(record: RecordView) -> Data:
    match record:
        case QuoteView():
            return _quote(record)
        case MeetingView():
            return _meeting(record)
        case SourceView():
            return _source(record)


def _quote(record: QuoteView) -> Data:
    """A Quotation; what is told in our words is no quotation, but about whom it is of."""
    if not record.name or not record.href:
        return {}
    speaker = {"@type": "Person", "name": record.name}
    if record.in_their_words:
        said = {"@type": "Quotation", "text": record.words, "creator": speaker}
    else:
        said = {"@type": "CreativeWork", "abstract": record.words, "about": speaker}
    data = {"@id": paths.absolute(record.href), **said}
    if record.said.machine and record.in_their_words:
        data["dateCreated"] = record.said.machine
    behind = [_work(source) for source in (record.source, record.relay) if source and _is_work(source)]
    return data | {"isBasedOn": behind} if behind else data


def _meeting(record: MeetingView) -> Data:
    """An Event with those who are named as having come."""
    data: Data = {"@type": "Event", "@id": paths.absolute(record.href), "name": record.title}
    if record.description:
        data["description"] = record.description
    if record.when.machine:
        data["startDate"] = record.when.machine
    if record.place != NO_PLACE:
        data["location"] = {"@type": "Place", "name": record.place}
    if came := [row.name for row in record.attendances if row.came and row.is_named]:
        data["attendee"] = [{"@type": "Person", "name": name} for name in dict.fromkeys(came)]
    return data


def _source(record: SourceView) -> Data:
    """A work, or somebody who is a source by name; what was looked for and not found is neither."""
    kind = KINDS[record.kind_label]
    address = paths.absolute(record.href)
    if not record.href or kind == SourceKind.NOT_FOUND:
        return {}
    if kind == SourceKind.PERSON:
        return {"@type": "Person", "@id": address, "name": record.title}
    data: Data = {"@type": type_of(kind), "@id": address, "name": record.title}
    if record.description:
        data["description"] = record.description
    if record.url:
        data["url"] = record.url
    if record.dated.machine:
        data["datePublished" if kind == SourceKind.PUBLICATION else "dateCreated"] = record.dated.machine
    if record.origin and _is_work(record.origin):
        data["isBasedOn"] = [_work(record.origin)]
    return data


def _is_work(reference: Reference) -> bool:
    """Whether a reference leads to a work with a page: people are none, and what has no page isn't named."""
    return bool(reference.href) and reference.kind in WORKS


def _work(reference: Reference) -> Data:
    return {"@type": type_of(reference.kind), "@id": paths.absolute(reference.href), "name": reference.title}


def type_of(kind: str) -> str:
    """What schema.org calls a work of this kind of source."""
    return "Dataset" if kind == SourceKind.DATASET else "CreativeWork"
