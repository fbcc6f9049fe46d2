"""Index rows of stories and their notes from the ledger, and with them those of their entries."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from investigations.publishing.count_rows import all_choices, choices_named, choices_of, count_rows, write_count_rows
from investigations.publishing.entry_rows import entry_rows, keys_in_lists, write_entry_rows
from investigations.publishing.named_rows import named_by, named_rows, write_named_rows
from investigations.publishing.row import Row
from investigations.record.models import ENTRIES, BylineRow, CorrectionRow, Part, SlugRow, StoryRow
from investigations.record.reading import EditionContent
from investigations.vocabulary import ANSWERS_FOR_AN_ERROR, ChangeKind


def work_rows(history: list[EditionContent]) -> Iterator[Row]:
    """Every row that a story and its entries have, from all its editions; other works have none."""
    if is_story(history[-1].work):
        yield from story_rows(history)
        yield from entry_rows(history)


def story_rows(history: list[EditionContent]) -> Iterator[Row]:
    """A story's own rows: they must stand before those of its entries are made."""
    yield story_row(history)
    yield from slug_rows(history)
    yield from byline_rows(history[-1])
    yield from correction_rows(history[-1])


def write_rows(work: str, rows: Iterable[Row]) -> None:
    """Write a work's rows over what stands under their keys, and drop what is no longer there."""
    authors: dict[str, set[str]] = {}
    notes: dict[str, set[int]] = {}
    entries: list[Row] = []
    for row in rows:
        if row.model in ENTRIES:
            entries.append(row)
            continue
        row.model._default_manager.update_or_create(**row.key, defaults=row.values)
        if row.model is StoryRow:
            authors[row.key["work"]], notes[row.key["work"]] = set(), set()
        if row.model is BylineRow:
            authors[row.key["story_id"]].add(row.key["author"])
        if row.model is CorrectionRow:
            notes[row.values["work"]].add(row.key["number"])
    for story, known in authors.items():
        BylineRow.objects.filter(story__work=story).exclude(author__in=known).delete()
    for story, numbers in notes.items():
        CorrectionRow.objects.filter(work=story).exclude(number__in=numbers).delete()
    write_entry_rows(work, entries)


def story_row(history: list[EditionContent]) -> Row:
    """A story's row."""
    latest, header = history[-1], history[-1].header
    notes = [piece.content for piece in latest.of_kind(Part.Kind.CORRECTION) if piece.content]
    told = [datetime.fromisoformat(note["published_at"]) for note in notes if not note.get("noted")]
    values = {
        "slug": header["slug"],
        "headline": header["headline"],
        "standfirst": header["standfirst"],
        "investigation": header["investigation"].get("title", ""),
        "investigation_key": header["investigation"].get("key", ""),
        "notice": header["notice"],
        "hidden_from_search_engines": header["hidden_from_search_engines"],
        "edition": latest.number,
        "published_at": history[0].published_at,
        "changed_at": latest.published_at,
        "told_at": max([history[0].published_at, *told]),
        "retracted": any(note["kind"] == ChangeKind.RETRACTION for note in notes),
        "corrections": len(notes),
    }
    return Row(StoryRow, {"work": latest.work}, values)


def slug_rows(history: list[EditionContent]) -> Iterator[Row]:
    """The rows of every short name that any edition of a story had; what a destroyed header had, its row knows."""
    names = [edition.header["slug"] for edition in history]
    if any(edition.withheld and edition.withheld.destroyed for edition in history):
        names += SlugRow.objects.filter(work=history[-1].work).order_by("pk").values_list("slug", flat=True)
    for slug in dict.fromkeys(names):
        yield Row(SlugRow, {"slug": slug, "work": history[-1].work}, {})  # written over nobody else's: that fails


def byline_rows(latest: EditionContent) -> Iterator[Row]:
    """The rows of the names over a story."""
    for byline in latest.header["bylines"]:
        key = {"story_id": latest.work, "author": byline["key"]}
        yield Row(BylineRow, key, {"name": byline["name"], "about": byline["about"]})


def is_policy(work: str) -> bool:
    """Whether a work is a policy."""
    return work.startswith("policy:")


def is_investigation(work: str) -> bool:
    """Whether a work is an investigation's page."""
    return work.startswith("investigation:")


def is_story(work: str) -> bool:
    """Whether a work is a story: what is no policy and no investigation's page."""
    return not is_policy(work) and not is_investigation(work)


def correction_rows(latest: EditionContent) -> Iterator[Row]:
    """The rows of a work's corrections: its latest edition carries them all."""
    notes = [piece.content for piece in latest.of_kind(Part.Kind.CORRECTION) if piece.content]
    corrected_by = {note["corrects"]: note["number"] for note in notes if note.get("corrects")}
    for note in notes:
        values = _note_values(note) | {"corrected_by": corrected_by.get(note["number"])}
        standing = {"work": latest.work, "slug": latest.header["slug"], "headline": latest.header["headline"]}
        yield Row(CorrectionRow, {"number": note["number"]}, standing | values)


def _note_values(note: dict[str, Any]) -> dict[str, Any]:
    published_at = datetime.fromisoformat(note["published_at"])
    noted = _day(note.get("noted"))
    day = noted or published_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    wrong = note["wrong_since"] or {}
    since = datetime.fromisoformat(wrong["at"]) if wrong else None
    shown = ("where", "old", "new", "lead", "tail")
    return {
        "edition": note["edition"],
        "kind": note["kind"],
        "severity": note["severity"],
        "note": note["note"],
        "basis": note.get("basis") or "",
        "changes": [{name: change[name] for name in shown} for change in note["changes"]],
        "published_at": published_at,
        "noted": noted,
        "day": day,
        "month": f"{day:%Y-%m}",
        "wrong_edition": wrong.get("edition"),
        "wrong_since": since,
        "took": published_at - since if since and note["kind"] in ANSWERS_FOR_AN_ERROR else None,
        "corrects": note.get("corrects"),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# --- With the rows of everybody whom its entries name ---


def write_all_rows(history: list[EditionContent]) -> tuple[set[str], set[str]]:
    """Write every row that this work touches; returns the people and the organizations named before or now."""
    work = history[-1].work
    if is_policy(work):
        return set(), set()
    keys = set(keys_in_lists(work))
    people, bodies = named_by(keys)
    choices = choices_of(keys | people | bodies)
    write_rows(work, work_rows(history))
    keys |= set(keys_in_lists(work))
    for found, more in zip((people, bodies), named_by(keys), strict=True):
        found |= more
    write_named_rows(people, bodies)
    choices |= choices_of(keys | people | bodies) | choices_named(people, bodies, work)
    write_count_rows(choices)
    return people, bodies


def rows_of_all_works() -> Iterator[Row]:
    """The rows that are made of other rows: of people, organizations and choices."""
    yield from named_rows()
    yield from count_rows(all_choices())
