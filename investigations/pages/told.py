"""What readers are told beside a story's text, line by line: of records, evidence, figures, requests, bylines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from investigations.pages.figure import figure_view
from investigations.pages.meeting import AccountView, AttendanceView, MeetingView
from investigations.pages.records import QuoteView, Reference, SourceView
from investigations.pages.request import request_sentence
from investigations.pages.story import record_view
from investigations.record.models import Part
from investigations.vocabulary import Stance

EVIDENCE, FIGURES, REQUESTS, BYLINE = "evidence", "figures", "requests for comment", "byline"
COME_AND_GO = ("note/", "figure/", "request/")
"""What is told of when it is put in or taken out; a record comes and goes with the evidence that it is."""
LONGEST_HEADING = 80
"""Characters of what a record is called where one of its lines is told of."""


@dataclass(frozen=True)
class Told:
    """A thing that readers are told of: where, what it is called, its lines by their labels, at which passage."""

    where: str
    heading: str
    lines: dict[str, str]
    passage: str = ""

    @property
    def name(self) -> str:
        """What it is called where it is put in or taken out as a whole."""
        return self.heading or next(iter(self.lines.values()), "")


def told(parts: Iterable[Any]) -> dict[str, Told]:
    """All that an edition with these parts tells beside its text, by name: `meeting/2f7k…`, `note/8g2m…`, `byline`.

    What was withheld tells nothing.
    """
    parts = [part for part in parts if part.content]
    entries = {part.key: part.content for part in parts if part.kind == Part.Kind.ENTRY}
    found: dict[str, Told] = {}
    for part in parts:
        match part.kind:
            case Part.Kind.HEADER:
                names = ", ".join(byline["name"] for byline in part.content.get("bylines", []))
                found["byline"] = Told(BYLINE, "", {"": names})
            case Part.Kind.ENTRY:
                found[part.key] = Told(EVIDENCE, heading(part.content), entry_lines(part.content))
            case Part.Kind.NOTE:
                found[f"note/{part.key}"] = _note(part.content, entries)
            case Part.Kind.FIGURE:
                found[f"figure/{part.key}"] = _figure(part.content)
            case Part.Kind.REQUEST:
                same = sum(name.startswith(f"request/{part.content['name']}/") for name in found)
                sentence = request_sentence(part.content)
                found[f"request/{part.content['name']}/{same}"] = Told(REQUESTS, "", {"": sentence})
    return found


def heading(entry: dict[str, Any]) -> str:
    """What a record is called in a few words: a title, or who said it and when."""
    view = record_view(entry)
    words = f"{view.by}, {view.said.words}" if isinstance(view, QuoteView) else view.title
    return words if len(words) <= LONGEST_HEADING else f"{words[:LONGEST_HEADING].rpartition(' ')[0]}…"


def entry_lines(entry: dict[str, Any]) -> dict[str, str]:
    """A record's lines as its page has them, by label; those that say nothing are left out."""
    view = record_view(entry)
    match view:
        case QuoteView():
            lines = _quote(view)
        case MeetingView():
            lines = _meeting(view)
        case SourceView():
            lines = _source(view)
    return {label: words for label, words in lines.items() if words}


def _quote(view: QuoteView) -> dict[str, str]:
    return {
        "words": view.words,
        "form": view.form,
        "speaker": view.by,
        "speaker’s role": view.label if view.name else "",
        "speaker’s offices": "; ".join(office.words for office in view.offices),
        "said": view.said.words,
        "setting": view.setting,
        "to whom": view.to_whom,
        "terms": view.terms,
        **_shown_by(view.source, view.relay, view.locator),
        "how they know": view.how_they_know,
    }


def _meeting(view: MeetingView) -> dict[str, str]:
    came = {label.lower(): "; ".join(_who(row) for row in rows) for label, rows in view.groups}
    roles = {f"role of {row.name}": _role(row) for row in view.attendances}
    held = {f"offices of {row.name}": "; ".join(office.words for office in row.offices) for row in view.attendances}
    return {
        "title": view.title,
        "kind": view.kind_label,
        "when": view.when.words,
        "place": view.place,
        "how established": view.established,
        **_shown_by(view.source, view.relay, view.locator),
        "description": view.description,
        **came,
        **roles,
        **held,
    }


def _source(view: SourceView) -> dict[str, str]:
    return {
        "title": view.title,
        "kind": view.kind_label,
        "date": view.dated.words,
        "address": view.url,
        "description": view.description,
        "looked where": view.looked_where,
        "looked by": view.looked_by,
        "coverage": " ".join(view.coverages),
        "as reported by": _reference(view.relay),
        "relies on": _reference(view.origin),
        "how they know": view.how_they_know,
    }


def _shown_by(source: Reference | None, relay: Reference | None, locator: str) -> dict[str, str]:
    return {"source": _reference(source), "as reported by": _reference(relay), "where in it": locator}


def _reference(source: Reference | None) -> str:
    return ", ".join(filter(None, (source.title, source.how_they_know))) if source else ""


def _who(row: AttendanceView) -> str:
    count = f" (counted as {row.headcount})" if row.headcount > 1 else ""
    return f"{row.name}{f', {row.label}' if row.label else ''}{count}"


def _role(row: AttendanceView) -> str:
    said = ["In dispute."] if row.in_dispute else []
    said += [f"Affirmed: {_account(account)}" for account in row.affirmed]
    said += [f"Questioned: {_account(account)}" for account in row.questioned]
    return " ".join([*said, row.note]).strip()


def _account(account: AccountView) -> str:
    about = f", of {account.about}" if account.about else ""
    words = f" “{account.words}”" if account.words else ""
    return f"{account.wording}, {account.by}{about}.{words}"


def _note(note: dict[str, Any], entries: dict[str, dict[str, Any]]) -> Told:
    if "not_shown" in note:
        return Told(EVIDENCE, "", {"pieces not shown": str(note["not_shown"])}, note["passage"])
    entry = note["inline"] or entries.get(note["entry"]) or {}
    own = entry_lines(entry) if note["inline"] else {}
    lines = {"stance": Stance(note["stance"]).label, "headed": note["label"], **own}
    return Told(EVIDENCE, heading(entry) if entry else note["label"], lines, note["passage"])


def _figure(content: dict[str, Any]) -> Told:
    view = figure_view(content)
    lines = {
        "caption": view.caption,
        "credit": view.credit,
        "description": view.alt_text,
        "counts": view.description if view.chart else "",
        "rests on": view.rests_on,
        "picture": view.src.rpartition("/")[2],
    }
    return Told(FIGURES, view.caption, lines)
