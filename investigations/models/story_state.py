"""What a story's screen holds, in plain words: tells whether somebody saved while somebody else had it open."""

import hashlib
import json
from typing import Any

from django.db.models.functions import Length

from investigations.models.correction_step import clock, name_of

SEPARATOR = " · "


def state_of(story: Any) -> dict[str, str]:
    """The fields and rows of a story's screen as the database has them, by name; a row is a line."""
    bylines = story.bylines.select_related("author")
    figures = story.figures.annotate(weight=Length("image")).select_related("after", "meeting_class")
    requests = story.comment_requests.select_related("person", "organization")
    return {
        "headline": story.headline,
        "standfirst": story.standfirst,
        "text": story.body,
        "short name": story.slug,
        "investigation": str(story.investigation_id),
        "bylines": _lines((row.position, row.author) for row in bylines),
        "figures": _lines(_figure(row) for row in figures.defer("image")),
        "requests for comment": _lines(_request(row) for row in requests),
    }


def digest_of(state: dict[str, str]) -> str:
    """SHA-256 of such a state."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def saved_meanwhile(story: Any, *, by: Any) -> str:
    """The sentence for somebody whose save is refused because somebody saved before."""
    last = story.contributions.select_related("by").order_by("-at", "-id").first()
    if last is None:
        who = "Somebody saved this story"
    elif last.by_id == by.pk:
        who = f"You saved this story {clock(last.at)} in another window"
    else:
        who = f"{name_of(last.by)} saved this story {clock(last.at)}"
    return f"{who}, while you had it open here. Nothing was written over, and nothing of yours is lost."


def _figure(row: Any) -> tuple[Any, ...]:
    chart = (row.meeting_class, row.since, row.until, row.rests_on)
    picture = (row.weight and f"{row.width} × {row.height}, {row.weight} bytes",)
    return (
        row.get_kind_display(),
        row.caption,
        row.alt_text,
        row.credit,
        row.after and row.after.mark,
        *picture,
        *chart,
    )


def _request(row: Any) -> tuple[Any, ...]:
    said = (row.about, row.asked, row.asked_how, row.deadline and row.deadline.isoformat(), row.outcome, row.detail)
    return row.position, row.person or row.organization, *said


def _lines(rows: Any) -> str:
    return "\n".join(SEPARATOR.join(str(value) for value in row if value not in (None, "")) for row in rows)
