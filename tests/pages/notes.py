"""Notes of every kind, written into the record by hand as publishing writes them, with their pages."""

from datetime import datetime
from typing import Any

from investigations.publishing.changes import carried_notes, changed_words, kept_notes, wrong_since
from investigations.publishing.compile import compile_work
from investigations.publishing.ledger import NewPart, append_edition
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import project_story, work_of
from investigations.record import digests
from investigations.record.models import CorrectionRow, Edition, Part
from investigations.record.reading import read
from investigations.vocabulary import ChangeKind
from tests.builders import NEXT_DAY
from tests.pages.editions import history


def write_edition(story: Any, *, change: str = "minor", now: datetime = NEXT_DAY) -> Any:
    """The story as the desk has it now, as its next edition, with the notes before it and none of its own."""
    before, projection = history(story)[-1], project_story(story)
    parts = [*parts_of(projection), *carried_notes(before, projection)]
    edition = append_edition(work=projection.work, change=ChangeKind(change), parts=parts, published_at=now)
    compile_work(projection.work)
    return edition


def write_note(story: Any, kind: str = "correction", *, now: datetime = NEXT_DAY, **values: Any) -> int:
    """The story as the desk has it now, as its next edition with a note of this kind; returns the note's number.

    A retraction holds its header and notes alone.
    """
    before, projection = history(story), project_story(story)
    changes = changed_words(before[-1], projection)
    number = CorrectionRow.objects.count() + 1
    note = {
        "number": number,
        "kind": kind,
        "severity": "ordinary",
        "note": f"Note {number} says what is right.",
        "published_at": digests.instant(now),
        "edition": before[-1].number + 1,
        "wrong_since": wrong_since(before, changes) if changes or kind == "retraction" else None,
        "changes": [change.content() for change in changes],
        **values,
    }
    parts = parts_of(projection)
    if kind == "retraction":
        parts = [part for part in parts if part.kind == Part.Kind.HEADER]
        note["changes"] = []
    carried = kept_notes(before[-1]) if kind == "retraction" else carried_notes(before[-1], projection)
    parts += [*carried, NewPart(Part.Kind.CORRECTION, f"correction-{number}", note)]
    append_edition(work=projection.work, change=ChangeKind(kind), parts=parts, published_at=now)
    compile_work(projection.work)
    return number


def latest_notes(story: Any) -> list[dict[str, Any]]:
    """What the notes of the story's latest edition hold."""
    edition = Edition.objects.filter(work=work_of(story)).latest("number")
    return [piece.content for piece in read([edition])[0].of_kind(Part.Kind.CORRECTION)]
