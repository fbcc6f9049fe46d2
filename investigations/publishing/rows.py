"""Index rows from the ledger: what lists and filters read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from investigations.record.models import AttendanceRow, BylineRow, CorrectionRow, MeetingRow, Part, SlugRow, StoryRow
from investigations.record.reading import EditionContent, Piece, pieces
from investigations.vocabulary import ANSWERS_FOR_AN_ERROR, ChangeKind, Presence

# Meetings without a date stand last.
UNDATED = date(9999, 12, 31)


@dataclass(frozen=True)
class Row:
    """A derived row: its table, what finds it, and what it must hold."""

    model: type[models.Model]
    key: dict[str, Any]
    values: dict[str, Any]


def entry_keys(of_works: list[str]) -> list[str]:
    """The keys of every entry that any edition of these works holds."""
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, edition__work__in=of_works)
    return list(parts.order_by("key").values_list("key", flat=True).distinct())


def last_said(keys: list[str]) -> dict[str, Piece]:
    """Each entry as the last edition that holds it has it: several works may hold the same."""
    newest: dict[str, Part] = {}
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys).select_related("edition")
    for part in parts.order_by("edition__position"):
        newest[part.key] = part
    schemas = {part.edition_id: part.edition.schema for part in newest.values()}
    return {piece.key: piece for piece in pieces(newest.values(), schemas)}


def work_rows(history: list[EditionContent]) -> Iterator[Row]:
    """Every row that a story and its entries have, from all its editions; other works have none."""
    if not is_story(history[-1].work):
        return
    yield story_row(history)
    yield from slug_rows(history)
    yield from byline_rows(history[-1])
    yield from correction_rows(history[-1])
    for piece in last_said(entry_keys([history[-1].work])).values():
        if piece.content and piece.content["type"] == "meeting":
            yield from meeting_rows(piece.content)


def write_rows(rows: Iterable[Row]) -> None:
    """Write these rows over what stands under their keys, and drop names that are no longer there."""
    people: dict[str, set[str]] = {}
    authors: dict[str, set[str]] = {}
    notes: dict[str, set[int]] = {}
    for row in rows:
        row.model._default_manager.update_or_create(**row.key, defaults=row.values)
        if row.model is StoryRow:
            authors[row.key["work"]], notes[row.key["work"]] = set(), set()
        if row.model is BylineRow:
            authors[row.key["story_id"]].add(row.key["author"])
        if row.model is CorrectionRow:
            notes[row.values["work"]].add(row.key["number"])
        if row.model is MeetingRow:
            people[row.key["key"]] = set()
        if row.model is AttendanceRow:
            people[row.key["meeting_id"]].add(row.key["person"])
    for meeting, known in people.items():
        AttendanceRow.objects.filter(meeting__key=meeting).exclude(person__in=known).delete()
    for work, known in authors.items():
        BylineRow.objects.filter(story__work=work).exclude(author__in=known).delete()
    for work, numbers in notes.items():
        CorrectionRow.objects.filter(work=work).exclude(number__in=numbers).delete()


def drop_withheld_rows(work: str) -> None:
    """Drop the rows of those of the work's entries that readers no longer get."""
    gone = [name for name, piece in last_said(entry_keys([work])).items() if not piece.content]
    MeetingRow.objects.filter(key__in=[name.partition("/")[2] for name in gone]).delete()


def story_row(history: list[EditionContent]) -> Row:
    """A story's row."""
    latest, header = history[-1], history[-1].header
    notes = [piece.content for piece in latest.of_kind(Part.Kind.CORRECTION) if piece.content]
    told = [datetime.fromisoformat(note["published_at"]) for note in notes if not note.get("noted")]
    values = {
        "slug": header["slug"],
        "headline": header["headline"],
        "standfirst": header["standfirst"],
        "investigation": header["investigation"]["title"],
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


def meeting_rows(meeting: dict[str, Any]) -> Iterator[Row]:
    """A meeting's row, and one for each named person at it."""
    when = meeting["when"] or {}
    attendances = meeting["attendances"]
    yield Row(
        MeetingRow,
        {"key": meeting["key"]},
        {
            "title": meeting["title"],
            "kind": meeting["kind"],
            "when": when.get("words", ""),
            "earliest": _day(when.get("earliest")),
            "latest": _day(when.get("latest")),
            "sort_day": _day(when.get("earliest") or when.get("latest")) or UNDATED,
            "place": meeting["place"],
            "established": meeting["established"],
            "headcount": sum(a["headcount"] for a in attendances if a["presence"] == Presence.CAME),
            "role_in_dispute": any(a["role_in_dispute"] for a in attendances),
        },
    )
    for attendance in attendances:
        if person := attendance["person"]:
            yield Row(
                AttendanceRow,
                {"meeting_id": meeting["key"], "person": person["key"]},
                {
                    "name": person["name"],
                    "sort_name": person["sort_name"],
                    "presence": attendance["presence"],
                    "role_in_dispute": attendance["role_in_dispute"],
                },
            )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
