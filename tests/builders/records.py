"""People, sources, what they said, whom they met."""

from datetime import date
from typing import Any

from investigations.models import (
    Attendance,
    Consent,
    Coverage,
    DeskText,
    Interview,
    Investigation,
    LegalHold,
    Meeting,
    MeetingClass,
    Merger,
    Organization,
    Person,
    Quote,
    Role,
    RoleAccount,
    Source,
    Withdrawal,
)
from investigations.models.base import new_key
from tests.builders.common import MORNING, make_user, numbers, saved


def make_person(**values: Any) -> Any:
    """Somebody named."""
    return saved(Person(**{"name": f"Robin Example {next(numbers)}", **values}))


def make_organization(**values: Any) -> Any:
    """A body."""
    return saved(Organization(**{"name": f"Office {next(numbers)}", **values}))


def make_role(**values: Any) -> Any:
    """An office held since 2010."""
    values.setdefault("person", None)
    values["person"] = values["person"] or make_person()
    return saved(Role(**{"title": "harbor master", "since": "2010", **values}))


def make_merger(**values: Any) -> Any:
    """A redirect from somebody who was merged; with `organization` from a body."""
    noun = "organization" if "organization" in values else "person"
    if noun not in values:
        values["person"] = make_person()
    if "by" not in values:
        values["by"] = make_user(f"merger-{next(numbers)}", "Standards editor")
    number = next(numbers)
    names = {"old_pk": 10_000 + number, "slug": f"robbin-{number}", "public_key": new_key(), "name": "Robbin Example"}
    return saved(Merger(**{"noun": noun, "at": MORNING, **names, **values}))


def make_investigation(*, team: Any = (), **values: Any) -> Any:
    """An investigation."""
    investigation = saved(Investigation(**{"title": f"The harbor {next(numbers)}", **values}))
    investigation.team.set(team)
    return investigation


def make_legal_hold(**values: Any) -> Any:
    """A hold that stands."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    if "placed_by" not in values:
        values["placed_by"] = make_user(f"holder-{next(numbers)}", "Standards editor")
    return saved(LegalHold(**{"reason": "A letter of the prosecutor.", "placed_at": MORNING, **values}))


def make_source(**values: Any) -> Any:
    """A document; with `descriptor` or `person` a person."""
    if "descriptor" in values:
        values = {"kind": "person", "identity": "not_held", **values}
    elif "person" in values:
        values = {"kind": "person", **values}
    else:
        values = {"kind": "document", "title": "Minutes of the harbor board", **values}
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    return saved(Source(**values))


def make_quote(**values: Any) -> Any:
    """A quote on the record from a named source."""
    if "source" not in values:
        investigation = values.get("investigation") or make_investigation()
        values["source"] = make_source(investigation=investigation, person=make_person())
    defaults = {
        "investigation": values["source"].investigation,
        "words": f"We signed it that day, all {next(numbers)} of us",
        "terms": "on_record",
        "said": "March 2, 2017",
    }
    return saved(Quote(**{**defaults, **values}))


def make_checked_quote(**values: Any) -> Any:
    """A quote that somebody has held against the recording."""
    if "checked_by" not in values:
        values["checked_by"] = make_user(f"ear-{next(numbers)}", "Reporter")
    return make_quote(**{"checked_against": "the recording", "checked_at": MORNING, **values})


def make_meeting(**values: Any) -> Any:
    """A meeting, without anybody at it yet."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    defaults = {
        "title": f"Meeting {next(numbers)}",
        "kind": "meeting",
        "when": "September 2016",
        "established": "document",
    }
    return saved(Meeting(**{**defaults, **values}))


def make_attendance(**values: Any) -> Any:
    """Somebody named at a meeting; with `descriptor` people nobody named."""
    if "meeting" not in values:
        values["meeting"] = make_meeting()
    if "descriptor" not in values and "person" not in values:
        values["person"] = make_person()
    return saved(Attendance(**values))


def make_meeting_class(*, meetings: Any = (), **values: Any) -> Any:
    """A class of meetings."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    group = saved(MeetingClass(**{"label": f"her meetings with the board {next(numbers)}", **values}))
    group.meetings.set(meetings)
    return group


def make_role_account(**values: Any) -> Any:
    """A claim about a role at a meeting, by a quote."""
    if "meeting" not in values and "meeting_class" not in values:
        values["meeting"] = make_meeting()
    about = values.get("meeting") or values["meeting_class"]
    if "quote" not in values and "source" not in values:
        values["quote"] = make_quote(investigation=about.investigation)
    if "person" not in values:
        values["person"] = make_person()
    return saved(RoleAccount(**{"wording": "as harbor master", **values}))


def make_interview(**values: Any) -> Any:
    """An interview on the record with a named source."""
    if "source" not in values:
        investigation = values.get("investigation") or make_investigation()
        values["source"] = make_source(investigation=investigation, person=make_person())
    defaults = {
        "investigation": values["source"].investigation,
        "manner": "telephone",
        "said": "March 2, 2017",
        "terms": "on_record",
    }
    return saved(Interview(**{**defaults, **values}))


def make_coverage(**values: Any) -> Any:
    """A source that counts all meetings of a class in the first quarter of 2016."""
    if "source" not in values:
        values["source"] = make_source()
    if "meeting_class" not in values:
        values["meeting_class"] = make_meeting_class(investigation=values["source"].investigation)
    return saved(Coverage(**{"since": date(2016, 1, 1), "until": date(2016, 3, 31), **values}))


def make_consent(**values: Any) -> Any:
    """A source's word, to nothing in particular, about a quote."""
    if not {"quote", "interview", "withdrawal"} & values.keys():
        values["quote"] = make_quote()
    if "noted_by" not in values:
        values["noted_by"] = make_user(f"noter-{next(numbers)}", "Reporter")
    defaults = {"agreed": "May be named.", "given": "March 3, 2017", "how": "by telephone"}
    return saved(Consent(**{**defaults, **values}))


def make_withdrawal(**values: Any) -> Any:
    """Consent to a quote, taken back."""
    if not {"source", "interview", "quote"} & values.keys():
        values["quote"] = make_quote()
    if "noted_by" not in values:
        values["noted_by"] = make_user(f"noter-{next(numbers)}", "Reporter")
    return saved(Withdrawal(**{"withdrawn": "March 4, 2017", "note": "Called us: nothing of it.", **values}))


def make_desk_text(**values: Any) -> Any:
    """The row of the desk's search that a meeting with these values has."""
    meeting = make_meeting(**values)
    return DeskText.objects.get(kind="meeting", record=meeting.pk)
