"""Meetings to public data: who was there, and what is said of the role in which."""

from collections.abc import Callable
from typing import Any

from investigations.models import Attendance, Meeting, RoleAccount
from investigations.publishing.projection.quote import attribution, project_quote
from investigations.publishing.projection.records import (
    how_they_know,
    project_date,
    project_person,
    project_roles,
    source_reference,
)
from investigations.vocabulary import Terms

Account = Callable[[RoleAccount], dict[str, Any]]


def project_meeting(meeting: Meeting, *, account: Account | None = None) -> dict[str, Any]:
    """A meeting as readers get it, with its attendances and the accounts of each role.

    `account` puts a claim into the same form for the desk's own eyes, whatever the terms of its quote.
    """
    return {
        "type": "meeting",
        "key": meeting.public_key,
        "title": meeting.title,
        "kind": meeting.kind,
        "when": project_date(meeting.when),
        "place": meeting.place,
        "established": meeting.established,
        "source": source_reference(meeting.source),
        "relay": source_reference(meeting.source.relay if meeting.source else None),
        "locator": "" if meeting.source and meeting.source.is_unnamed else meeting.locator,
        "description": meeting.description,
        "attendances": [project_attendance(row, meeting, account) for row in meeting.attendances.all()],
    }


def project_attendance(row: Attendance, meeting: Meeting, account: Account | None = None) -> dict[str, Any]:
    """One row of who was there; `label` is the role of a named person as of that day."""
    label = ""
    accounts = meeting.accounts_of(row.person_id) if row.person_id else []
    if row.person:
        label = row.role_as_of or row.person.label_on(meeting.when_earliest, meeting.when_latest)
    return {
        "person": project_person(row.person) if row.person else None,
        "descriptor": row.descriptor,
        "label": label,
        "roles": project_roles(row.person, label, meeting.when_earliest, meeting.when_latest),
        "headcount": row.headcount,
        "presence": row.presence,
        "role_in_dispute": row.role_in_dispute,
        "role_note": row.role_note,
        "accounts": [(account or project_account)(each) for each in accounts],
    }


def project_account(account: RoleAccount) -> dict[str, Any]:
    """One claim about a role: its wording, who says so, on what terms, and what it is about."""
    said: dict[str, Any] = {"by": "", "label": "", "terms": "", "words": "", "form": "", "quote": None, "relay": None}
    if account.quote:
        quote = project_quote(account.quote)
        said = {
            "by": attribution(account.quote),
            "label": quote["label"] if quote["speaker"] else "",
            "terms": quote["terms"],
            "words": quote["words"],
            "form": quote["form"],
            "quote": quote["key"],
            "relay": quote["relay"],
        }
        said |= how_they_know(account.quote.source)
    elif account.source:
        reference = source_reference(account.source) or {}
        said |= {"by": reference["title"], "terms": Terms.AS_PRINTED if account.source.relay else ""}
        said["relay"] = source_reference(account.source.relay)
        said |= how_they_know(account.source)
    return {
        "stance": account.stance,
        "wording": account.wording,
        "about": account.meeting_class.label if account.meeting_class else "",
        **said,
    }
