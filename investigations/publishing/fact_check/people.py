"""The file by person: whose name stands in a sentence, and who speaks in the evidence for it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import StrIndex

from investigations.lint.names import forms_of_name, plain
from investigations.models import CommentRequest, Evidence, Organization, Person
from investigations.publishing.fact_check.parts import Group, RequestView, SentenceView
from investigations.vocabulary import Showing

NOBODY = "Nobody named"


@dataclass
class _Named:
    """Somebody who may stand in a sentence: how their name is found, and the marks at which they speak."""

    name: str
    sort: str
    forms: list[re.Pattern[str]]
    speaks_at: set[str] = field(default_factory=set)


def groups_by_person(
    sentences: tuple[SentenceView, ...],
    evidence: Mapping[str, list[Evidence]],
    requests: Iterable[tuple[CommentRequest, RequestView]],
    *,
    full: bool,
) -> tuple[Group, ...]:
    """A group for everybody named, by family name, then the sentences in which nobody is.

    A sentence stands under each of those named in it. Without `full`, somebody speaks in the evidence only if
    readers are told so.
    """
    asked = {_key(row.person or row.organization): view for row, view in requests}
    known = _candidates(sentences, evidence, [row for row, _ in requests], full=full)
    found: dict[Any, list[SentenceView]] = {key: [] for key in known}
    nobody = []
    for sentence in sentences:
        words = plain(sentence.words)
        marks = {run.mark for run in sentence.runs if run.mark}
        named = [key for key, one in known.items() if one.speaks_at & marks or _stands_in(words, one.forms)]
        for key in named:
            found[key].append(sentence)
        if not named:
            nobody.append(sentence)
    groups = [
        Group(one.name, tuple(found[key]), (asked[key],) if key in asked else ())
        for key, one in sorted(known.items(), key=lambda each: (each[1].sort.casefold(), each[1].name))
        if found[key] or key in asked
    ]
    return (*groups, Group(NOBODY, tuple(nobody))) if nobody else tuple(groups)


def _stands_in(words: str, forms: list[re.Pattern[str]]) -> bool:
    return any(form.search(words) for form in forms)


def _key(row: Any) -> tuple[str, int]:
    return type(row).__name__, row.pk


def _candidates(
    sentences: Iterable[SentenceView],
    evidence: Mapping[str, list[Evidence]],
    requests: Iterable[CommentRequest],
    *,
    full: bool,
) -> dict[Any, _Named]:
    """Everybody of the story's records, and everybody on file whose name stands in the text as it is on file."""
    text = "\n".join(sentence.words for sentence in sentences)
    here = StrIndex(Value(text, output_field=TextField()), F("name"))
    on_file: list[Any] = []
    for model in (Person, Organization):
        on_file += model.objects.annotate(here=here).filter(here__gt=0).order_by("pk")
    pieces = [piece for found in evidence.values() for piece in found]
    there = [row.person for piece in pieces if full or piece.showing == Showing.SHOWN for row in _attendances(piece)]
    speakers = [(mark, person) for mark, found in evidence.items() for person in _speakers(found, full=full)]
    asked = [row.person or row.organization for row in requests]
    known: dict[Any, _Named] = {}
    for row in (*on_file, *there, *(person for _, person in speakers), *asked):
        if row is not None and _key(row) not in known:
            family = getattr(row, "family_name", "")
            known[_key(row)] = _Named(row.name, family or row.name, forms_of_name(row.name, family))
    for mark, person in speakers:
        known[_key(person)].speaks_at.add(mark)
    return known


def _attendances(piece: Evidence) -> list[Any]:
    return [row for row in piece.meeting.attendances.all() if row.person] if piece.meeting else []


def _speakers(pieces: Iterable[Evidence], *, full: bool) -> Iterator[Person]:
    """Who speaks in these pieces, or is their source, by name."""
    for piece in pieces:
        if not full and piece.showing != Showing.SHOWN:
            continue
        for quote in piece.quotes():
            if quote.speaker and (full or quote.is_attributed_by_name):
                yield quote.speaker
        for source in (piece.source, piece.meeting and piece.meeting.source):
            if source and source.person:
                yield source.person
