"""How far words have gone: which passages rest on a source, an interview or a quote, and in which editions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from investigations.models import Evidence, Meeting, Passage, Quote, Source, Story
from investigations.models.resting import evidence_resting_on
from investigations.publishing.projection.story import work_of
from investigations.record.models import Edition, Part
from investigations.record.reading import EditionContent, read


@dataclass
class Reached:
    """A passage that rests on the record: on the desk as it stands (`passage`), and in editions readers have."""

    story: Story
    mark: str
    words: str
    passage: Passage | None = None
    editions: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Traces:
    """What the record's evidence is known by over the wall: names of entries, keys of notes, and words."""

    entries: set[str]
    notes: set[str]
    words: set[str]

    def are_in(self, note: dict[str, Any], edition: EditionContent) -> bool:
        """Whether a note of this edition shows readers any of it."""
        entry = note.get("inline")
        if name := note.get("entry"):
            piece = edition.entries().get(name)
            if piece is None or not piece.content:
                return False  # withheld: readers don't have it
            entry = piece.content
        if note["key"] in self.notes or name in self.entries:
            return True
        said = [entry, *(account for row in (entry or {}).get("attendances", []) for account in row["accounts"])]
        return any(one and one.get("words") in self.words for one in said)


def reach(record: Source | Any, user: Any) -> list[Reached]:
    """Every passage of every story that this person may see which rests on a source, an interview or a quote.

    Both on the desk and in the editions that readers have, also where the desk's story no longer cites it. What was
    reported by a source, or relies on it, rests on it too. A fixed number of queries, whatever the number of stories.
    """
    kind = type(record).__name__.lower()
    numbers = Source.objects.relying_on([record.pk]) if isinstance(record, Source) else {record.pk}
    pieces = list(
        evidence_resting_on((type(record), numbers))
        .visible_to(user)
        .select_related("passage__story")
        .order_by("passage__story", "passage")
    )
    stories = {
        work_of(story): story
        for story in Story.objects.visible_to(user).filter(investigation=record.investigation_id).order_by("pk")
    }
    found: dict[tuple[int, str], Reached] = {}
    for piece in pieces:
        passage = piece.passage
        found.setdefault(
            (passage.story_id, passage.mark), Reached(passage.story, passage.mark, passage.words, passage)
        )
    traces = _traces(kind, numbers, pieces)
    for edition in read(Edition.objects.filter(work__in=stories).order_by("work", "number")):
        story = stories[edition.work]
        for mark, words in _shown(edition, traces):
            reached = found.setdefault((story.pk, mark), Reached(story, mark, words))
            reached.editions.append(edition.number)
    return sorted(found.values(), key=lambda one: (one.story.pk, int(one.mark[1:])))


def _traces(kind: str, numbers: set[int], pieces: list[Evidence]) -> _Traces:
    column = {"source": "source__in", "interview": "interview__in", "quote": "pk__in"}[kind]
    quotes = list(Quote.objects.filter(**{column: numbers}))
    meetings = {piece.meeting_id for piece in pieces if piece.meeting_id}
    entries = {f"quote/{quote.public_key}" for quote in quotes}
    entries |= {f"meeting/{row.public_key}" for row in Meeting.objects.filter(pk__in=meetings)}
    if kind == "source":
        entries |= {f"source/{row.public_key}" for row in Source.objects.filter(pk__in=numbers)}
    return _Traces(entries, {piece.public_key for piece in pieces}, {quote.words for quote in quotes})


def _shown(edition: EditionContent, traces: _Traces) -> Iterator[tuple[str, str]]:
    """The marks of the edition's passages that show any of it, each once, with their words."""
    words = {
        passage["id"]: piece.content["text"][passage["start"] : passage["end"]]
        for piece in edition.of_kind(Part.Kind.BLOCK)
        for passage in piece.content.get("passages", [])
    }
    notes = [piece.content for piece in edition.of_kind(Part.Kind.NOTE) if "number" in piece.content]
    marks = dict.fromkeys(note["passage"] for note in notes if traces.are_in(note, edition))
    yield from ((mark, words[mark]) for mark in marks if mark in words)
