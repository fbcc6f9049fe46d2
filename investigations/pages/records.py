"""Entries of the record as readers see them: sources, quotes."""

from dataclasses import dataclass
from typing import Any

from investigations import dates
from investigations.pages import paths
from investigations.pages.dating import DateView, date_view
from investigations.pages.offices import OfficeView, offices
from investigations.vocabulary import QuoteForm, SourceKind, Terms


@dataclass(frozen=True)
class Reference:
    """A source where something rests on it; without a page if it may not be named."""

    title: str
    href: str
    how_they_know: str = ""
    kind: str = ""


@dataclass(frozen=True)
class QuoteView:
    """A quote as a card and a page show it."""

    kind: str
    words: str
    in_their_words: bool
    form: str
    name: str
    label: str
    said: DateView
    setting: str
    to_whom: str
    terms: str
    source: Reference | None
    relay: Reference | None
    locator: str
    href: str
    how_they_know: str
    person: str
    offices: tuple[OfficeView, ...]

    @property
    def by(self) -> str:
        """Who says so: the name, or the agreed descriptor."""
        return self.name or capitalized(self.label) or "Not attributed"

    @property
    def named(self) -> str:
        """What it is, in a citation."""
        return f"{self.by}, {self.said.words}"


@dataclass(frozen=True)
class SourceView:
    """A source as a card and a page show it."""

    kind: str
    kind_label: str
    title: str
    dated: DateView
    url: str
    description: str
    looked_where: str
    looked_by: str
    coverages: tuple[str, ...]
    relay: Reference | None
    origin: Reference | None
    href: str
    how_they_know: str
    person: str

    @property
    def named(self) -> str:
        """What it is, in a citation."""
        return self.title


def capitalized(words: str) -> str:
    """The words with a capital at their head, the rest as it is."""
    return words[:1].upper() + words[1:]


def reference(source: dict[str, Any] | None) -> Reference | None:
    """A projected reference to a source."""
    if not source:
        return None
    href = paths.entry("source", source["key"]) if source["key"] else ""
    return Reference(source["title"], href, source.get("how_they_know", ""), source["kind"])


def terms_words(terms: str, relay: Reference | None) -> str:
    """The terms in plain words; a relayed statement's are those of who printed it."""
    return terms_words_of(terms, relay.title if relay else "")


def terms_words_of(terms: str, relay: str) -> str:
    """The terms in plain words; `relay` is by whom a relayed statement was printed."""
    if terms == Terms.AS_PRINTED:
        return f"As printed by {relay}" if relay else "As printed"
    return Terms(terms).label if terms else ""


def quote_view(entry: dict[str, Any]) -> QuoteView:
    """A projected quote."""
    relay = reference(entry["relay"])
    return QuoteView(
        kind="quote",
        words=entry["words"],
        in_their_words=entry["form"] != QuoteForm.PARAPHRASE,
        form=QuoteForm(entry["form"]).label,
        name=entry["speaker"]["name"] if entry["speaker"] else "",
        label=entry["label"],
        said=date_view(entry["said"]),
        setting=entry["setting"],
        to_whom=entry["to_whom"],
        terms=terms_words(entry["terms"], relay),
        source=reference(entry["source"]),
        relay=relay,
        locator=entry["locator"],
        href=paths.entry("quote", entry["key"]) if entry["key"] else "",
        how_they_know=entry.get("how_they_know", ""),
        person=person_href(entry["speaker"]),
        offices=offices(entry["roles"]),
    )


def person_href(person: dict[str, Any] | None) -> str:
    """The page of a projected person; empty for nobody."""
    return paths.person(person["key"]) if person else ""


def source_view(entry: dict[str, Any]) -> SourceView:
    """A projected source; one that may not be named has a title, a relay and nothing else."""
    return SourceView(
        kind="source",
        kind_label=SourceKind(entry["kind"]).label,
        title=entry["title"],
        dated=date_view(entry.get("dated")),
        url=entry.get("url", ""),
        description=entry.get("description", ""),
        looked_where=entry.get("looked_where", ""),
        looked_by=entry.get("looked_by", ""),
        coverages=tuple(_coverage(coverage) for coverage in entry.get("coverages", [])),
        relay=reference(entry.get("relay")),
        origin=reference(entry.get("origin")),
        href=paths.entry("source", entry["key"]) if entry["key"] else "",
        how_they_know=entry.get("how_they_know", ""),
        person=person_href(entry.get("person")),
    )


def _coverage(coverage: dict[str, Any]) -> str:
    """What a source counts in full, as a sentence."""
    since, until = (dates.display(dates.parse(coverage[end])) for end in ("since", "until"))
    return f"Counts all of {coverage['what']} from {since}, to {until}: for those days its silence means none."
