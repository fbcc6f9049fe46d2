"""Pieces of evidence for the file: as readers get them, or in full as the desk has them."""

from collections.abc import Mapping
from typing import Any

from investigations.lint.strength import main_source, origin_of
from investigations.models import Evidence, Quote, RoleAccount, Source
from investigations.models.checking import Checked
from investigations.pages.instants import instant
from investigations.pages.story import record_view
from investigations.publishing.fact_check.parts import Line, Piece
from investigations.publishing.projection.meeting import project_meeting
from investigations.publishing.projection.quote import project_quote_unheld, speaker_label
from investigations.publishing.projection.records import project_person, source_reference
from investigations.publishing.projection.story import attach_sources, project_cited_source, project_record
from investigations.vocabulary import IdentityState, Showing, Stance

DESK_READS = (
    *("added_by", "quote__checked_by", "quote__entered_by", "meeting__checked_by", "meeting__entered_by"),
    *("quote__interview__interviewer", "quote__consents", "quote__interview__consents"),
)


def evidence_of(story: Any) -> list[Evidence]:
    """All evidence of a story with every record it rests on; a fixed number of queries."""
    rows = Evidence.objects.filter(passage__story=story).with_records().prefetch_related(*DESK_READS)
    pieces = list(rows.order_by("passage", "position", "pk"))
    attach_sources(pieces)
    return pieces


def who(user: Any) -> str:
    """How a colleague stands in the file: the full name, else the account."""
    return str(user.get_full_name() or user.get_username()) if user else ""


def as_readers(piece: Evidence) -> Piece:
    """A piece with no word that readers wouldn't get; of one that they aren't shown, what kind it is and no more.

    Raises ValueError for a shown piece whose terms don't let it out.
    """
    shown = piece.showing == Showing.SHOWN
    return _piece(
        piece,
        label=piece.label if shown else "",
        record=record_view(project_record(piece)) if shown else None,
        checked=_checked(piece),
    )


def in_full(piece: Evidence, known: Mapping[int, Source]) -> Piece:
    """A piece with all that the desk has of it; an unnamed source goes by its descriptor and code name."""
    return _piece(
        piece,
        label=piece.label,
        record=record_view(_record_in_full(piece)),
        checked=_checked(piece, full=True),
        inside=tuple(line for line in _inside(piece, known) if line.words),
    )


def _piece(piece: Evidence, **values: Any) -> Piece:
    return Piece(
        stance=Stance(piece.stance).label,
        showing=Showing(piece.showing).label,
        at_desk=piece.showing == Showing.DESK_ONLY,
        kind="Quote" if piece.quote else "Meeting" if piece.meeting else "Source",
        **values,
    )


def _checked(piece: Evidence, *, full: bool = False) -> str:
    """Who held it against its source, and when; in full, against what."""
    record = piece.quote or piece.meeting
    if not isinstance(record, Checked):
        return ""
    if not record.checked_at:
        return "By nobody yet"
    against = f", against {record.checked_against}" if full else ""
    return f"By {who(record.checked_by)}, {instant(record.checked_at).day}{against}"


# --- In full ---


def _record_in_full(piece: Evidence) -> dict[str, Any]:
    if piece.quote:
        return quote_in_full(piece.quote)
    if piece.meeting:
        return project_meeting(piece.meeting, account=account_in_full)
    if piece.source is None:
        raise ValueError("evidence without a record")
    return project_cited_source(piece.source)


def quote_in_full(quote: Quote) -> dict[str, Any]:
    """A quote as the desk has it: with the speaker's name and the source, whatever its terms."""
    found = project_quote_unheld(quote)
    found |= {"source": source_reference(quote.source), "locator": quote.locator}
    if quote.speaker:
        found |= {"speaker": project_person(quote.speaker), "label": _label(quote)}
    return found


def _label(quote: Quote) -> str:
    own = speaker_label(quote)
    return own or (quote.speaker.label_on(quote.said_earliest, quote.said_latest) if quote.speaker else "")


def account_in_full(account: RoleAccount) -> dict[str, Any]:
    """A claim about a role, with who makes it by name where the desk has one."""
    said: dict[str, Any] = {"by": "", "label": "", "terms": "", "words": "", "form": "", "quote": None, "relay": None}
    if account.quote:
        quote = quote_in_full(account.quote)
        said |= {name: quote[name] for name in ("terms", "words", "form", "relay")}
        said |= {"by": quote["speaker"]["name"] if quote["speaker"] else quote["label"]}
        said |= {"label": quote["label"] if quote["speaker"] else ""}
    elif account.source:
        said |= {"by": (source_reference(account.source) or {})["title"]}
        said |= {"relay": source_reference(account.source.relay)}
    about = account.meeting_class.label if account.meeting_class else ""
    return {"stance": account.stance, "wording": account.wording, "about": about, **said}


def _inside(piece: Evidence, known: Mapping[int, Source]) -> list[Line]:
    source = main_source(piece)
    lines = _of_quote(piece.quote) if piece.quote else []
    if piece.meeting:
        lines.append(Line("Entered by", who(piece.meeting.entered_by)))
    if source:
        lines += _of_source(source, known)
    return [*lines, Line("Put here by", who(piece.added_by))]


def _of_quote(quote: Quote) -> list[Line]:
    named = quote.is_attributed_by_name or not quote.speaker_id
    interview = quote.interview
    consents = [*quote.consents.all(), *(interview.consents.all() if interview else [])]
    return [
        Line("Readers get the name", "" if named else "No, only what these terms allow"),
        Line("Can go out", "" if quote.is_publishable else "No: its terms, or that none are set, keep it here"),
        Line("Terms, as agreed", quote.terms_wording),
        Line("Embargo", f"Until {instant(quote.embargo_until).words}" if quote.embargo_until else ""),
        Line("Interview", _interview(interview) if interview else ""),
        *(Line("Consent", f"{row.given}, {row.how}: {row.agreed}") for row in consents),
        Line("Entered by", who(quote.entered_by)),
    ]


def _interview(interview: Any) -> str:
    by = f", by {who(interview.interviewer)}" if interview.interviewer else ""
    return f"{interview.get_manner_display()}{by}"


def _of_source(source: Source, known: Mapping[int, Source]) -> list[Line]:
    origin = origin_of(source, known)
    named = _name(origin) if origin.pk != source.pk else ""
    held = IdentityState(source.identity).label if source.identity else ""
    return [
        Line("Code name", source.code_name),
        Line("Identity", f"{held}. See the last page." if held else ""),
        Line("Comes down to", f"{named} (code name {origin.code_name})" if named else ""),
    ]


def _name(source: Source) -> str:
    return str((source_reference(source) or {})["title"])
