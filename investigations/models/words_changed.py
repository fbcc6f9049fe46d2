"""Passages whose words are no longer those under which their evidence was confirmed, over any number of stories."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat, StrIndex

from investigations.models.passage import Passage


@dataclass(frozen=True)
class Changed:
    """A passage, the words that stand under its mark now, and whose its evidence is."""

    passage: Passage
    now: str
    owners: frozenset[int]


def words_changed(passages: Any) -> list[Changed]:
    """Those of a queryset's passages whose words differ, in the order of their stories and marks.

    A passage whose words stand in the body as confirmed is passed over by the database, so that only stories that
    may hold one are read. Evidence is theirs who added it last; when nobody knows who, theirs who edited the story.
    """
    literal = Concat(Value("["), F("words"), Value("]{#"), F("mark"), Value("}"), output_field=TextField())
    rows = passages.annotate(place=StrIndex(F("story__body"), literal)).filter(place=0)
    marks: dict[int, dict[str, str]] = {}
    found = []
    for passage in rows.select_related("story").prefetch_related("evidence").order_by("story", "pk"):
        story = passage.story
        if story.pk not in marks:
            marks[story.pk] = {mark.id: mark.words for mark in reversed(story.parsed().marks)}
        now = marks[story.pk].get(passage.mark, passage.words)
        if now != passage.words:
            added = frozenset(row.added_by_id for row in passage.evidence.all() if row.added_by_id)
            found.append(Changed(passage, now, added or frozenset({story.edited_by_id} - {None})))
    return found
