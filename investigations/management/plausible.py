"""An invented record of any size, for benchmarks: who met whom, who said what, and stories that rest on it.

The same seed gives the same words. Nobody in it exists, and every page says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from html import escape
from random import Random
from typing import Any

from investigations import dates
from investigations.models.base import KEY_ALPHABET, KEY_LENGTH
from investigations.publishing.ledger import NewPart
from investigations.publishing.projection.records import project_date
from investigations.record.models import Part
from investigations.vocabulary import Established, MeetingKind, Presence, SourceKind, Stance, Terms

A_STORY = 100
"""Entries of a story."""

A_PARAGRAPH = 5
"""Of which so many are cited in a paragraph."""

NOTICE = "Invented for a benchmark: nobody here exists, and nothing here happened."
FIRST_DAY = date(2010, 1, 4)
DAYS = 3650

GIVEN = "Ada Bela Cyril Dora Emil Žofia Greta Hugo Iris Jonas Karla Léa Milan Nora Otto Petra Quirin Rosa Søren Tilda"
FAMILY = "Abel Brandt Cormack Dvořák Ekström Fontaine Grübel Hallo Imhof Jansen Kuřina Lindqvist Moreau Novak Olsen"
FAMILY += " Pereira Quist Ruiz Sample Tamm Ullman Vance Weiss Yilmaz Zander Ashby Birch Colby Drake Fenn"
BODIES = "Harbor Water School Transit Hospital Library Market Bridge Park Housing Energy Records Planning Audit Port"
KINDS_OF_BODY = "Board Authority Commission Trust Council Office Agency"
OFFICES = "chair;deputy chair;clerk;treasurer;counsel;director;engineer;auditor;secretary;spokesperson"
PLACES = "the town hall;the old pier;Room 12;the annex;a hotel by the station;the depot;the library;the quay"
VERBS = "signed read saw kept lost sent moved counted sold asked hid found copied closed opened measured"
THINGS = "ledger letter permit map key invoice sheet draft contract list receipt drawing memo minutes report boat"
QUALITIES = "late early blue sealed missing second third empty private public amended wrong unread borrowed old new"
TIMES = "that spring;in the same week;before the vote;after the vote;on the Monday;years later;twice;for a month"


@dataclass(frozen=True)
class Somebody:
    """A person, with the office that they hold all the time."""

    person: dict[str, Any]
    label: str
    roles: list[dict[str, Any]]


@dataclass(frozen=True)
class Work:
    """A story as its first edition has it."""

    name: str
    parts: list[NewPart]
    published_at: datetime
    entries: int


def plausible(entries: int, seed: int) -> Iterator[Work]:
    """Stories that together rest on so many meetings, quotes and sources."""
    chance = Random(seed)  # noqa: S311 - the same words for the same seed, no secret
    people = [_somebody(chance, n, entries) for n in range(max(12, min(20_000, entries // 50)))]
    titles = [(new_key(chance), f"The {body} papers") for body in BODIES.split()]
    for number, begin in enumerate(range(0, entries, A_STORY), start=1):
        yield _Story(chance, people, number, titles[number % len(titles)]).work(min(A_STORY, entries - begin))


def new_key(chance: Random) -> str:
    """A key like those of published rows."""
    return "".join(chance.choices(KEY_ALPHABET, k=KEY_LENGTH))


def _somebody(chance: Random, number: int, entries: int) -> Somebody:
    family = chance.choice(FAMILY.split())
    if entries > A_STORY * A_PARAGRAPH:
        family = f"{family}-{chance.choice(FAMILY.split())}"
    name = f"{chance.choice(GIVEN.split())} {family}"
    place = chance.randrange(len(BODIES.split()) * len(KINDS_OF_BODY.split()))
    body = f"{BODIES.split()[place % 15]} {KINDS_OF_BODY.split()[place // 15]}"
    keyed = Random(f"{body} {entries}")  # noqa: S311 - a body has one key
    office = chance.choice(OFFICES.split(";"))
    role = {
        "title": office,
        "organization": {"key": new_key(keyed), "name": body},
        "since": None,
        "until": None,
        "in_office": True,
    }
    person = {"key": new_key(chance), "name": name, "sort_name": family}
    return Somebody(person, f"{office}, {body}", [role])


@lru_cache(maxsize=20_000)
def _date(words: str) -> dict[str, Any] | None:
    return project_date(words)


class _Story:
    """One story, as it is made."""

    def __init__(self, chance: Random, people: list[Somebody], number: int, investigation: tuple[str, str]) -> None:
        self.chance, self.people, self.number, self.investigation = chance, people, number, investigation

    def work(self, entries: int) -> Work:
        """The story with its entries."""
        made = [self.entry(n) for n in range(entries)]
        notes = [self.note(n, entry) for n, entry in enumerate(made)]
        blocks = [self.paragraph(notes[n : n + A_PARAGRAPH]) for n in range(0, len(notes), A_PARAGRAPH)]
        parts = [
            NewPart(Part.Kind.HEADER, "header", self.header()),
            *(NewPart(Part.Kind.BLOCK, f"b{n}", block) for n, block in enumerate(blocks, start=1)),
            *(NewPart(Part.Kind.ENTRY, f"{entry['type']}/{entry['key']}", entry) for entry in made),
            *(NewPart(Part.Kind.NOTE, note["key"], note) for note in notes),
        ]
        published_at = datetime(2020, 1, 6, 9, tzinfo=UTC) + timedelta(hours=self.number)
        return Work(f"story:{new_key(self.chance)}", parts, published_at, entries)

    def header(self) -> dict[str, Any]:
        """What stands over the text."""
        key, title = self.investigation
        return {
            "slug": f"invented-{self.number}",
            "headline": f"{self.somebody().person['name']} and the {self.pick(QUALITIES)} {self.pick(THINGS)}",
            "standfirst": self.sentence(),
            "bylines": [{"key": "b" * KEY_LENGTH, "name": "Benchmark desk", "about": NOTICE}],
            "investigation": {"key": key, "title": title},
            "notice": NOTICE,
            "hidden_from_search_engines": True,
        }

    def entry(self, n: int) -> dict[str, Any]:
        """A meeting, quote or source: four, five and one of ten."""
        return (self.quote, self.meeting)[n % 2]() if n % 10 else self.source()

    def meeting(self) -> dict[str, Any]:
        """A meeting of two or three, the role of one of them now and then in dispute."""
        guests = self.chance.sample(self.people, self.chance.choice((2, 2, 3)))
        kind = self.chance.choice(MeetingKind.values)
        return {
            "type": "meeting",
            "key": new_key(self.chance),
            "title": f"{MeetingKind(kind).label} with {guests[0].person['name']}",
            "kind": kind,
            "when": self.day(),
            "place": self.pick(PLACES, ";"),
            "established": self.chance.choice(Established.values),
            "source": None,
            "relay": None,
            "locator": f"p. {self.chance.randrange(1, 90)}",
            "description": self.sentence(),
            "attendances": [self.attendance(guest) for guest in guests],
        }

    def attendance(self, guest: Somebody) -> dict[str, Any]:
        """Somebody's row at a meeting."""
        return {
            "person": guest.person,
            "descriptor": "",
            "label": guest.label,
            "roles": guest.roles,
            "headcount": 1,
            "presence": self.chance.choice([*[Presence.CAME.value] * 9, Presence.INVITED.value]),
            "role_in_dispute": self.chance.random() < 0.05,
            "role_note": "",
            "accounts": [],
        }

    def quote(self) -> dict[str, Any]:
        """A quote by name."""
        speaker = self.somebody()
        return {
            "type": "quote",
            "key": new_key(self.chance),
            "words": f"{self.sentence()} {self.sentence()}",
            "form": self.chance.choice(("verbatim", "verbatim", "paraphrase")),
            "speaker": speaker.person,
            "label": speaker.label,
            "roles": speaker.roles,
            "said": self.day(),
            "setting": self.chance.choice(("interview", "hearing", "statement")),
            "to_whom": "",
            "terms": Terms.ON_RECORD.value,
            "source": None,
            "relay": None,
            "locator": "",
        }

    def source(self) -> dict[str, Any]:
        """A document."""
        return {
            "type": "source",
            "key": new_key(self.chance),
            "kind": SourceKind.DOCUMENT.value,
            "title": f"{self.pick(THINGS).capitalize()} {self.chance.randrange(10**6)} of the {self.pick(BODIES)}",
            "person": None,
            "dated": self.day(),
            "url": "",
            "description": self.sentence(),
            "looked_where": "",
            "looked_by": "",
            "coverages": [],
            "relay": None,
            "origin": None,
        }

    def note(self, n: int, entry: dict[str, Any]) -> dict[str, Any]:
        """An entry as evidence at its passage."""
        stance = self.chance.choice((Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTEXT, Stance.CONTRADICTS))
        return {
            "key": new_key(self.chance),
            "number": n + 1,
            "passage": f"p{n + 1}",
            "stance": stance.value,
            "label": "",
            "entry": f"{entry['type']}/{entry['key']}",
            "inline": None,
        }

    def paragraph(self, notes: list[dict[str, Any]]) -> dict[str, Any]:
        """A sentence for each of these notes, marked as its passage."""
        text, html, passages = "", "", []
        for note in notes:
            said = self.sentence()
            space = " " if text else ""
            start = len(text) + len(space)
            passages.append({"id": note["passage"], "start": start, "end": start + len(said) - 1})
            text += f"{space}{said}"
            html += f'{space}<span id="{note["passage"]}">{escape(said[:-1])}</span>.'
        return {"kind": "paragraph", "html": f"<p>{html}</p>", "text": text, "passages": passages}

    def sentence(self) -> str:
        """A sentence; one of eight has the harbor in it, one of 6,000 a given number of a file."""
        where = f" by the {self.pick(BODIES).lower()}" if self.chance.random() < 0.5 else ""
        file = f" under file {self.chance.randrange(10**5, 10**6)}" if self.chance.random() < 0.3 else ""
        said = f"{self.pick(VERBS)} the {self.pick(QUALITIES)} {self.pick(THINGS)}{where}{file}"
        return f"{self.somebody().person['name']} {said} {self.pick(TIMES, ';')}."

    def somebody(self) -> Somebody:
        """One of the people, some much oftener than others."""
        return self.people[int(len(self.people) * self.chance.random() ** 2)]

    def pick(self, words: str, between: str = " ") -> str:
        """One of these."""
        return self.chance.choice(words.split(between))

    def day(self) -> dict[str, Any] | None:
        """A date as records have it: mostly a day, sometimes a month or a year, now and then not stated."""
        day, kind = FIRST_DAY + timedelta(days=self.chance.randrange(DAYS)), self.chance.random()
        if kind < 0.05:
            return None
        if kind < 0.1:
            return _date(str(day.year))
        month = f"{dates.MONTHS[day.month]}"
        return _date(f"{month} {day.year}" if kind < 0.25 else f"{month} {day.day}, {day.year}")
