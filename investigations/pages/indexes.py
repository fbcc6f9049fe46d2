"""The lists of what the record holds, as plain data: what each is called, its rows, and the questions put to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations import dates
from investigations.pages import paths
from investigations.pages.dating import DateView, date_view
from investigations.pages.offices import offices
from investigations.pages.records import capitalized, terms_words_of
from investigations.record.models import (
    AttendanceRow,
    MeetingRow,
    OrganizationRow,
    PersonRow,
    QuoteRow,
    SourceRow,
)
from investigations.vocabulary import Presence, QuoteForm


@dataclass(frozen=True)
class Index:
    """A list: where it stands, what it is called, one and many of what is in it, and what stands over it."""

    path: str
    heading: str
    one: str
    many: str
    lead: str
    following: str


INDEXES = {
    "meetings": Index(
        paths.MEETINGS,
        "Meetings",
        "meeting",
        "meetings",
        "Every meeting that a published story rests on, as it is known.",
        "Later meetings",
    ),
    "quotes": Index(
        paths.QUOTES,
        "Quotes",
        "quote",
        "quotes",
        "What was said, on which terms, and to whom, wherever a published story rests on it.",
        "Later quotes",
    ),
    "sources": Index(
        paths.SOURCES,
        "Sources",
        "source",
        "sources",
        "Documents, publications, recordings and people by name that published stories rest on.",
        "More sources",
    ),
    "people": Index(
        paths.PEOPLE,
        "People",
        "person",
        "people",
        "Everybody whom published records name. To be named here says nothing more than what the records say.",
        "More people",
    ),
    "organizations": Index(
        paths.ORGANIZATIONS,
        "Organizations",
        "organization",
        "organizations",
        "The bodies in which people held the offices that published records say.",
        "More organizations",
    ),
}


@dataclass(frozen=True)
class Download:
    """A way to take a list away: what it is called, and its address."""

    name: str
    href: str


@dataclass(frozen=True)
class IndexPage:
    """A list as it was asked for: its rows, the questions, what each shuts out if nothing is left, what is next.

    `left_out` says what of the address is no question; `beginning` leads to the first page from any other.
    """

    name: str
    about: Index
    items: tuple[Any, ...]
    form: Any
    filtered: bool
    counted: str
    left_out: str
    emptied: tuple[str, ...]
    beginning: str
    next: str
    downloads: tuple[Download, ...]
    notices: tuple[str, ...]
    noindex: bool


@dataclass(frozen=True)
class MeetingItem:
    """A meeting in the list; `unnamed` is how many more came than those who are named."""

    title: str
    kind: str
    when: DateView
    only_possibly: bool
    place: str
    established: str
    people: tuple["Named", ...]
    unnamed: int
    in_dispute: bool
    href: str


@dataclass(frozen=True)
class Named:
    """Somebody in a list, with what is said of their coming unless they came."""

    name: str
    href: str
    presence: str


@dataclass(frozen=True)
class QuoteItem:
    """A quote in the list; of somebody who may not be named, one citation of it."""

    words: str
    in_their_words: bool
    by: str
    by_href: str
    label: str
    when: DateView
    only_possibly: bool
    setting: str
    terms: str
    href: str
    is_citation: bool


@dataclass(frozen=True)
class SourceItem:
    """A source in the list."""

    title: str
    kind: str
    when: DateView
    description: str
    relay: str
    href: str


@dataclass(frozen=True)
class PersonItem:
    """Somebody in the list, with the last of their offices that the record says."""

    name: str
    offices: tuple[str, ...]
    meetings: int
    quotes: int
    href: str


@dataclass(frozen=True)
class OrganizationItem:
    """A body in the list."""

    name: str
    people: int
    href: str


def downloads(name: str, query: str) -> tuple[Download, ...]:
    """The ways to take a list away with these questions."""
    formats = (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("data package", "zip"))
    own = tuple(Download(words, paths.download(name, ending, query)) for words, ending in formats)
    roles = Download("roles, an account a line (CSV)", paths.download(name, "csv", query, table="roles"))
    return (*own, roles) if name == "meetings" else own


def meeting_item(row: MeetingRow, since: date | None, until: date | None) -> MeetingItem:
    """A meeting's row; `only_possibly` when its span reaches beyond the days that were asked for."""
    attendances = list(row.attendances.all())
    return MeetingItem(
        title=row.title,
        kind=row.get_kind_display(),
        when=_when(row),
        only_possibly=only_possibly(row.when, since, until),
        place=row.place or "place not stated",
        established=row.get_established_display(),
        people=tuple(_named(attendances)),
        unnamed=max(0, row.headcount - sum(each.presence == Presence.CAME for each in attendances)),
        in_dispute=row.role_in_dispute,
        href=paths.entry("meeting", row.key),
    )


def quote_item(row: QuoteRow, since: date | None, until: date | None) -> QuoteItem:
    """A quote's row."""
    return QuoteItem(
        words=row.words,
        in_their_words=row.form != QuoteForm.PARAPHRASE,
        by=row.by,
        by_href=paths.person(row.speaker) if row.speaker else "",
        label=row.label,
        when=_when(row),
        only_possibly=only_possibly(row.when, since, until),
        setting=row.setting,
        terms=terms_words_of(row.terms, row.relay),
        href=row.href,
        is_citation=row.is_citation,
    )


def source_item(row: SourceRow, since: date | None, until: date | None) -> SourceItem:
    """A source's row."""
    return SourceItem(
        title=row.title,
        kind=row.get_kind_display(),
        when=_when(row),
        description=row.description,
        relay=row.relay,
        href=paths.entry("source", row.key),
    )


def person_item(row: PersonRow, since: date | None, until: date | None) -> PersonItem:
    """A person's row."""
    titles = tuple(dict.fromkeys(office.title for office in offices(row.roles)))
    return PersonItem(row.name, titles, row.meetings, row.quotes, paths.person(row.key))


def organization_item(row: OrganizationRow, since: date | None, until: date | None) -> OrganizationItem:
    """An organization's row."""
    return OrganizationItem(row.name, row.people, paths.organization(row.key))


def only_possibly(words: str, since: date | None, until: date | None) -> bool:
    """Whether this date may be of the days that were asked for, and may not be."""
    asked = bool(since or until)
    return asked and not (words and dates.falls_within(dates.parse(words), since, until))


def _when(row: Any) -> DateView:
    return date_view({"words": row.when} if row.when else None)


def _named(rows: Iterable[AttendanceRow]) -> Iterable[Named]:
    for row in rows:
        presence = "" if row.presence == Presence.CAME else _lower(row.get_presence_display())
        yield Named(capitalized(row.name), paths.person(row.person), presence)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
