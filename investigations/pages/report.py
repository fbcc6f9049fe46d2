"""Readers' reports: the words that a report is about, the form beside them, the receipt."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from investigations.pages import paths
from investigations.pages.instants import Instant, instant
from investigations.record.models import Part, Report
from investigations.record.reading import EditionContent
from investigations.vocabulary import ReportOutcome, ReportState


@dataclass(frozen=True)
class Reported:
    """A place in an edition, and the very words that stand there for readers now; no place is the whole story."""

    work: str
    edition: int
    place: str
    words: str
    headline: str
    href: str
    story_href: str
    form_href: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class ReportPage:
    """The form; `form` is a bound or empty form of Django's, `refused` why a whole one was not taken."""

    about: Reported
    form: Any
    refused: str = ""


@dataclass(frozen=True)
class Receipt:
    """What became of a report, without who sent it.

    What the reader wrote may quote the words it is about: it is gone with those, once they are withheld.
    """

    path: str
    about: Reported
    gone: bool
    received: Instant
    wrong: str
    right: str
    answered: Instant | None
    corrected: bool
    correction: int | None
    correction_href: str
    sentence: str


def form_href(slug: str, edition: int, place: str = "") -> str:
    """The form for a place in an edition of a story."""
    query = {"story": slug, "edition": edition, **({"passage": place} if place else {})}
    return f"{paths.REPORT}?{urlencode(query)}"


def reported(content: EditionContent, slug: str, place: str = "") -> Reported:
    """A place in an edition, by a passage's mark or a block's number, like p3 or b4.

    Where readers get no words, or no longer, it is the whole story.
    """
    words = _words(content, place)
    place = place if words else ""
    header = content.header
    edition = paths.edition(slug, content.number)
    return Reported(
        work=content.work,
        edition=content.number,
        place=place,
        words=words,
        headline=header.get("headline", ""),
        href=f"{edition}#{place}" if place else edition,
        story_href=paths.story(slug),
        form_href=form_href(slug, content.number, place),
        notices=(header["notice"],) if header.get("notice") else (),
    )


def _words(content: EditionContent, place: str) -> str:
    for number, piece in enumerate(content.of_kind(Part.Kind.BLOCK), start=1):
        if place == f"b{number}":
            return str(piece.content.get("text", ""))
        for passage in piece.content.get("passages", []):
            if place == passage["id"]:
                return str(piece.content["text"][passage["start"] : passage["end"]])
    return ""


def receipt(report: Report, about: Reported) -> Receipt:
    """A report as whoever has its address reads it."""
    gone = bool(report.place) and not about.words
    return Receipt(
        path=paths.receipt(report.pk),
        about=about,
        gone=gone,
        received=instant(report.received_at),
        wrong="" if gone else report.wrong,
        right="" if gone else report.right,
        answered=instant(report.answered_at) if report.state == ReportState.ANSWERED and report.answered_at else None,
        corrected=report.outcome == ReportOutcome.CORRECTED,
        correction=report.correction,
        correction_href=paths.correction(report.correction) if report.correction else "",
        sentence=report.sentence,
    )
