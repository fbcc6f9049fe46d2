"""Old notes: corrections from before the record was kept, without the wrong words. They are never given any."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from investigations.exchange.sheet import Row, Sheet, as_text, normal, quoted
from investigations.models import Correction, Story
from investigations.vocabulary import ChangeKind

COLUMNS = ("story", "day", "note")


class NotesRefused(ValidationError):
    """A file that was not taken in: a sentence for each bad cell, with its row and column."""


@transaction.atomic
def take_notes(sheet: Sheet, *, by: Any) -> int:
    """Draft a correction for each row (story's short name, day printed as 2016-05-31, note); returns how many.

    Raises NotesRefused, and writes nothing, when a column is missing or unknown or any row is refused.
    """
    given = {normal(header): header for header in sheet.headers}
    unknown, missing = sorted(given.keys() - set(COLUMNS)), [name for name in COLUMNS if name not in given]
    if unknown or missing:
        sentences = [
            f"Column {quoted(given[name])} can’t be imported: an old note has {_list()}." for name in unknown
        ]
        raise NotesRefused([*sentences, *(f"Column {quoted(name)} is missing." for name in missing)])
    stories: dict[str, list[Story]] = {}
    for story in Story.objects.visible_to(by):
        stories.setdefault(story.slug, []).append(story)
    sentences = []
    for row in sheet.rows:
        sentences += _take(row, {name: as_text(row.cells[given[name]]).strip() for name in COLUMNS}, stories, by)
    if sentences:
        raise NotesRefused(sentences)
    return len(sheet.rows)


def _take(row: Row, cells: dict[str, str], stories: dict[str, list[Story]], by: Any) -> list[str]:
    """Write one; returns what is wrong with its row."""
    wrong, found = [], stories.get(cells["story"], [])
    if not found:
        wrong.append(f"Row {row.number}, story: there is no story {quoted(cells['story'])} that you can see.")
    if len(found) > 1:
        wrong.append(f"Row {row.number}, story: {quoted(cells['story'])} is a story of several investigations.")
    try:
        day = date.fromisoformat(cells["day"])
    except ValueError:
        wrong.append(f"Row {row.number}, day: {quoted(cells['day'])} is no day; write it like 2016-05-31.")
    if not cells["note"]:
        wrong.append(f"Row {row.number}, note: it is empty.")
    if wrong:
        return wrong
    note = Correction(story=found[0], kind=ChangeKind.CORRECTION, note=cells["note"], noted=day)
    try:
        note.write(by=by)
    except ValidationError as error:
        return [f"Row {row.number}: {said}" for said in error.messages]
    return []


def _list() -> str:
    return f"{', '.join(COLUMNS[:-1])} and {COLUMNS[-1]}"
