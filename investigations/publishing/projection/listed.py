"""A published meeting as an investigation's page counts and lists it: from the record alone, without the desk."""

from datetime import date
from typing import Any

from investigations.counting import Entry
from investigations.vocabulary import Presence


def counted_entry(meeting: dict[str, Any], subject: str | None) -> Entry:
    """A published meeting as it is counted: who came, but for the person whose meetings are counted."""
    when = meeting["when"] or {}
    came = [row for row in meeting["attendances"] if row["presence"] == Presence.CAME]
    others = [row for row in came if not (row["person"] and row["person"]["key"] == subject)]
    return Entry(_day(when.get("earliest")), _day(when.get("latest")), sum(row["headcount"] for row in others))


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def listed_meeting(entry: dict[str, Any], count: int | None, *, on_timeline: bool) -> dict[str, Any]:
    """A meeting as a line of a list; `count` is how many the chart counts at it, None if it counts none of it."""
    return {
        "type": "meeting",
        "key": entry["key"],
        "title": entry["title"],
        "kind": entry["kind"],
        "when": entry["when"],
        "place": entry["place"],
        "established": entry["established"],
        "role_in_dispute": any(row["role_in_dispute"] for row in entry["attendances"]),
        "count": count,
        "on_timeline": on_timeline,
    }


def listed_now(entry: dict[str, Any], listed: dict[str, Any], subject: str | None) -> dict[str, Any]:
    """How a meeting that an edition lists would be listed by what readers were told last."""
    count = None if listed["count"] is None else counted_entry(entry, subject).people
    return listed_meeting(entry, count, on_timeline=listed["on_timeline"])
