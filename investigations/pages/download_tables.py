"""The tables that are made of each list: every column says what the record's page says, and nothing more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from investigations.pages import paths
from investigations.pages.columns import (
    AS_OF,
    DATED,
    IN_RANGE,
    Table,
    Taken,
    absolute,
    address,
    number,
    text,
    title_of,
    yes_or_no,
)
from investigations.pages.meeting import AccountView, AttendanceView
from investigations.pages.offices import offices
from investigations.pages.records import terms_words_of

KEY = "Its public key, the same in every download."
MORE = " | "
"""Between several in one cell."""


@dataclass(frozen=True)
class RoleLine:
    """Somebody's part in a meeting with one account of their role; without one where nobody is on record."""

    taken: Taken
    who: AttendanceView
    account: AccountView | None = None
    stance: str = ""


def _itself(taken: Taken) -> Iterable[Taken]:
    return (taken,)


def _said(name: str) -> Any:
    """What the page says under this name; empty where there is no such page."""
    return lambda one: getattr(one.entry, name) if one.entry else ""


def _source(name: str) -> Any:
    return lambda one: title_of(getattr(one.entry, name)) if one.entry else ""


SHOWN_BY = (
    text("source", "The source behind it, as it may be called.", _source("source")),
    text("reported_by", "Who reported what that source says, if it is not at first hand.", _source("relay")),
    text("where_in_it", "Where in the source it stands.", _said("locator")),
)


def _people(one: Taken) -> str:
    named = [who for who in one.entry.attendances if who.is_named] if one.entry else []
    return MORE.join(who.name if who.came else f"{who.name} ({who.presence.lower()})" for who in named)


def _page(kind: str) -> Any:
    return lambda one: paths.absolute(paths.entry(kind, one.row.key))


MEETINGS = Table(
    "meetings",
    "Meetings",
    "One line for each meeting.",
    (
        text("key", f"{KEY} The table of roles names the meeting by it.", lambda one: one.row.key),
        text("title", "What it is called.", lambda one: one.row.title),
        text("kind", "What kind of meeting it was.", lambda one: one.row.get_kind_display()),
        *DATED,
        IN_RANGE,
        text("place", "Where; empty if it is not stated.", lambda one: one.row.place),
        text("how_known", "How it is known that it took place.", lambda one: one.row.get_established_display()),
        *SHOWN_BY,
        text("description", "What the record says of it.", _said("description")),
        number(
            "headcount",
            "How many people the record lists as having come, named or not. That is at least: where it is not stated "
            "how many came, it is those that it lists.",
            lambda one: one.row.headcount,
        ),
        text("people", "Who is named, with a word on their coming unless they came.", _people),
        yes_or_no(
            "role_in_dispute",
            "Whether the newsroom says that somebody’s role at this meeting is in dispute. Accounts of a kind of "
            "meetings that differ are in the table of roles.",
            lambda one: one.row.role_in_dispute,
        ),
        address("page", "Address of its page.", _page("meeting")),
        *AS_OF,
    ),
    _itself,
    key="key",
)


def _roles(taken: Taken) -> Iterator[RoleLine]:
    """Everybody at a meeting in the order of its page, a line for each account of their role."""
    for _, rows in taken.entry.groups if taken.entry else ():
        for who in rows:
            accounts = [(each, "Affirmed") for each in who.affirmed] + [
                (each, "Questioned") for each in who.questioned
            ]
            for account, stance in accounts:
                yield RoleLine(taken, who, account, stance)
            if not accounts:
                yield RoleLine(taken, who)


def _account(name: str) -> Any:
    return lambda line: getattr(line.account, name) if line.account else ""


def _note(line: RoleLine) -> str:
    return line.who.note if line.account or line.who.in_dispute else ""


ROLES = Table(
    "roles",
    "Roles at meetings",
    "One line for each account of somebody’s role at a meeting: two accounts of one role are two lines. Somebody of "
    "whose role nobody is on record has one line without an account.",
    (
        text("meeting", "The meeting’s public key.", lambda line: line.taken.row.key),
        text("participant", "The name, or the words for those who are not named.", lambda line: line.who.name),
        address("person", "Address of the page of somebody who is named.", lambda line: absolute(line.who.href)),
        text("label", "What the record says they were then.", lambda line: line.who.label),
        number(
            "headcount",
            "How many people the line is counted as: of “more than 30”, 31.",
            lambda line: line.who.headcount,
        ),
        text("presence", "Whether they came.", lambda line: line.who.presence),
        yes_or_no(
            "role_in_dispute",
            "Whether the newsroom says that their role at this meeting is in dispute.",
            lambda line: line.who.in_dispute,
        ),
        text("stance", "Whether the account affirms the role or questions it.", lambda line: line.stance),
        text("role", "The role, as the account words it.", _account("wording")),
        text("said_by", "Who says so: the name, or the words for somebody who is not named.", _account("by")),
        text("how_they_know", "How somebody who is not named knows.", _account("how_they_know")),
        text("terms", "On which terms they said so.", _account("terms")),
        text("about", "What they said it about: this meeting, or meetings of a kind.", _account("concerns")),
        address(
            "quote",
            "Address of the page with their words, if it has one.",
            lambda line: absolute(line.account.href) if line.account else "",
        ),
        text("role_note", "What the record adds about the role.", _note),
        address(
            "page",
            "Address of the meeting’s page.",
            lambda line: _page("meeting")(line.taken),
        ),
        address(
            "edition",
            "Address of the edition that said this last.",
            lambda line: line.taken.as_of.edition if line.taken.as_of else "",
        ),
    ),
    _roles,
    refers=("meeting", "meetings", "key"),
)


def _speaker(one: Taken) -> str:
    return paths.absolute(paths.person(one.row.speaker)) if one.row.speaker else ""


QUOTES = Table(
    "quotes",
    "Quotes",
    "One line for each quote by name; of somebody who is not named, one for each place where a story cites it.",
    (
        text("key", f"{KEY} For somebody who is not named it is that of the one citation.", lambda one: one.row.key),
        text("words", "What was said.", lambda one: one.row.words),
        text("form", "Verbatim, translated, or told in our words.", lambda one: one.row.get_form_display()),
        text("said_by", "The name, or the words for somebody who is not named.", lambda one: one.row.by),
        address(
            "person",
            "Address of the page of somebody who is named.",
            _speaker,
        ),
        text("label", "What they were then; of the unnamed, how they know.", lambda one: one.row.label),
        *DATED,
        IN_RANGE,
        text("setting", "On what occasion.", lambda one: one.row.setting),
        text("to_whom", "To whom.", _said("to_whom")),
        text("terms", "On which terms it was said.", lambda one: terms_words_of(one.row.terms, one.row.relay)),
        *SHOWN_BY,
        yes_or_no(
            "is_citation",
            "Whether this is one citation of somebody who is not named.",
            lambda one: one.row.is_citation,
        ),
        address(
            "page", "Address of its page; of a citation, its place in the story.", lambda one: absolute(one.row.href)
        ),
        *AS_OF,
    ),
    _itself,
    key="key",
)

SOURCES = Table(
    "sources",
    "Sources",
    "One line for each source that may be named.",
    (
        text("key", KEY, lambda one: one.row.key),
        text("title", "What it is called, or who it is.", lambda one: one.row.title),
        text("kind", "What kind of source it is.", lambda one: one.row.get_kind_display()),
        *DATED,
        text("description", "What the record says of it.", lambda one: one.row.description),
        text("address", "Where it can be read, if the record says.", _said("url")),
        text("looked_where", "Of what was looked for and not found: where.", _said("looked_where")),
        text("looked_by", "Of what was looked for and not found: by whom.", _said("looked_by")),
        text(
            "coverage",
            "What it counts in full, so that its silence means none.",
            lambda one: MORE.join(one.entry.coverages) if one.entry else "",
        ),
        text("reported_by", "Who reported what it says, if it is not at first hand.", _source("relay")),
        text("relies_on", "What it relies on itself.", _source("origin")),
        address("page", "Address of its page.", _page("source")),
        *AS_OF,
    ),
    _itself,
    key="key",
)

PEOPLE = Table(
    "people",
    "People",
    "One line for each person whom a published record names.",
    (
        text("key", KEY, lambda one: one.row.key),
        text("name", "The name.", lambda one: one.row.name),
        text(
            "offices",
            "The offices that records say, each with its body and from when to when.",
            lambda one: MORE.join(office.words for office in offices(one.row.roles)),
        ),
        number("meetings", "How many meetings name them, whether they came or not.", lambda one: one.row.meetings),
        number("quotes", "How many quotes are by them.", lambda one: one.row.quotes),
        address("page", "Address of their page.", lambda one: paths.absolute(paths.person(one.row.key))),
        *AS_OF,
    ),
    _itself,
    key="key",
)

ORGANIZATIONS = Table(
    "organizations",
    "Organizations",
    "One line for each body in which a published record says an office.",
    (
        text("key", KEY, lambda one: one.row.key),
        text("name", "The name.", lambda one: one.row.name),
        number("people", "Of how many people a record says an office there.", lambda one: one.row.people),
        address("page", "Address of its page.", lambda one: paths.absolute(paths.organization(one.row.key))),
        *AS_OF,
    ),
    _itself,
    key="key",
)

TABLES: dict[str, tuple[Table, ...]] = {
    "meetings": (MEETINGS, ROLES),
    "quotes": (QUOTES,),
    "sources": (SOURCES,),
    "people": (PEOPLE,),
    "organizations": (ORGANIZATIONS,),
}
"""The tables of each list, that of its own rows first."""
