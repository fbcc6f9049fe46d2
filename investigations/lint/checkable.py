"""Which sentences of a story look checkable, and which records of its investigation each may rest on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from investigations import dates, text
from investigations.models import Meeting, Organization, Person, Quote, Source, Story
from investigations.text.checkable import Sentence, checkable
from investigations.text.quoting import folded
from investigations.vocabulary import Presence, SourceKind

MOST = 5
"""How many records are proposed for a sentence: a longer list is not read."""

SHORTEST = 12

_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_MONTH = f"(?:{'|'.join(dates.MONTHS[1:])})"
_DATE = re.compile(
    rf"(?:(?:early|mid|late)[ -])?(?:\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}}|{_MONTH} \d{{4}})"
    r"|\b(?:1[89]|20)\d\d\b"
)


@dataclass(frozen=True)
class Proposal:
    """A sentence and the records that may show it."""

    sentence: Sentence
    records: tuple[Any, ...]


def proposals(story: Story) -> list[Proposal]:
    """The checkable sentences of a story without a mark, in order; as many queries for long stories as for short."""
    found = checkable(story.parsed())
    records = _Records(story.investigation_id) if found else None
    return [Proposal(each, records.shown_by(each.words)) for each in found] if records else []


def counted(found: list[Proposal]) -> str:
    """How many look checkable and how many match, in words; empty when none does."""
    if not found:
        return ""
    matched = sum(bool(each.records) for each in found)
    look = "1 sentence looks" if len(found) == 1 else f"{len(found)} sentences look"
    return f"{look} checkable; {matched} match{'es' if matched == 1 else ''} a record"


def shown_by(story: Story, words: str) -> tuple[Any, ...]:
    """The records that may show words of a story, quotation marks around them or not: at most a handful."""
    records = _Records(story.investigation_id)
    found = (*records.shown_by(f"“{words}”"), *records.shown_by(words)) if words else ()
    return tuple(dict.fromkeys(found))[:MOST]


class _Records:
    """The records of an investigation, as sentences speak of them; read once."""

    def __init__(self, investigation: int) -> None:
        quotes = Quote.objects.filter(investigation=investigation).order_by("pk")
        self._quotes = [(quote, folded(quote.words)) for quote in quotes]
        sources = Source.objects.filter(investigation=investigation).exclude(kind=SourceKind.PERSON).order_by("pk")
        self._sources = [(source, folded(source.title)) for source in sources if len(source.title) >= SHORTEST]
        meetings = Meeting.objects.filter(investigation=investigation).prefetch_related("attendances")
        self._meetings = list(meetings)
        self._came = {
            meeting.pk: {row.person_id for row in meeting.attendances.all() if row.presence == Presence.CAME}
            for meeting in self._meetings
        }
        there = set().union(*self._came.values()) - {None}
        people = Person.objects.filter(pk__in=there).values_list("pk", "name", "family_name")
        self._people = [(pk, re.compile(_word(name)), re.compile(_word(family))) for pk, name, family in people]
        titles = " ".join(f"{meeting.title} {meeting.place}" for meeting in self._meetings)
        self._bodies = [name for name in Organization.objects.values_list("name", flat=True) if name in titles]

    def shown_by(self, words: str) -> tuple[Any, ...]:
        """The records that may show these words: at most a handful, quotes first."""
        found = [*self._quoted_in(words), *self._met_in(words)]
        plain = folded(words)
        found += [source for source, title in self._sources if title in plain]
        return tuple(dict.fromkeys(found))[:MOST]

    def _quoted_in(self, words: str) -> Iterator[Quote]:
        for quoted in _QUOTED.findall(words):
            if len(text.own_words(quoted)) < SHORTEST:
                continue
            plain = folded(quoted).strip(" .,;:!?-'\"")
            edited = "[" in quoted or "…" in quoted or "..." in quoted
            for quote, said in self._quotes:
                if plain in said or (edited and not text.missing_words(quoted, quote.words)):
                    yield quote

    def _met_in(self, words: str) -> Iterator[Meeting]:
        """Meetings of the people and bodies named: in the span of a date in the words, or where two of them came."""
        named = {pk for pk, full, family in self._people if full.search(words) or family.search(words)}
        bodies = [name for name in self._bodies if name in words]
        spans = list(_spans(words))
        for meeting in self._meetings:
            came = named & self._came[meeting.pk]
            there = bool(came) or any(name in f"{meeting.title} {meeting.place}" for name in bodies)
            if (there and any(_overlap(meeting, *span) for span in spans)) or (len(came) > 1 and not spans):
                yield meeting


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _spans(words: str) -> Iterator[tuple[Any, Any]]:
    for found in _DATE.findall(words):
        try:
            span = dates.parse(found)
        except dates.DateNotUnderstood:
            continue
        yield span.earliest, span.latest


def _overlap(meeting: Meeting, earliest: Any, latest: Any) -> bool:
    return bool(
        meeting.when
        and (not meeting.when_latest or not earliest or meeting.when_latest >= earliest)
        and (not meeting.when_earliest or not latest or meeting.when_earliest <= latest)
    )
