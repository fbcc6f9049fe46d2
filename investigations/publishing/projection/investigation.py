"""An investigation's page to public data: what is chosen on the desk, as the record has it. Fields one by one.

Nothing of a meeting or a document is taken from the desk: what readers were told last is what is counted and listed.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from investigations.counting import Month, count_months, without_a_date
from investigations.models import Coverage, Investigation, InvestigationPage, MarkedEvent
from investigations.publishing.projection.listed import counted_entry, listed_meeting
from investigations.publishing.projection.records import project_date
from investigations.publishing.projection.story import project_block
from investigations.record import digests
from investigations.record.models import PersonRow
from investigations.text import StoryText
from investigations.vocabulary import FigureKind

Said = Mapping[str, dict[str, Any]]
"""What readers were told last of each entry, by its name in the record."""


@dataclass(frozen=True)
class PageProjection:
    """What an edition of an investigation's page would hold, in order; `chosen` by name, like `meeting/2f7k…`."""

    work: str
    header: dict[str, Any]
    blocks: list[dict[str, Any]]
    chart: dict[str, Any] | None
    chosen: dict[str, dict[str, Any]]

    def digest(self) -> str:
        """SHA-256 of the whole, in hexadecimal."""
        return hashlib.sha256(digests.canonical(asdict(self)).encode()).hexdigest()


def work_of_investigation(investigation: Investigation) -> str:
    """The name by which the record knows an investigation's page."""
    return f"investigation:{investigation.public_key}"


def project_page(page: InvestigationPage, parsed: StoryText, said: Said) -> PageProjection:
    """The page. Raises KeyError for an entry that readers don't have."""
    investigation = page.investigation
    choices = list(page.choices.select_related("story", "meeting", "person", "source"))
    events = list(page.events.select_related("source"))
    timeline = [choice.meeting.public_key for choice in choices if choice.meeting]
    listed = [choice.source.public_key for choice in choices if choice.source]
    chart = project_chart(page, said)
    counted = {row["meeting"]: row["count"] for row in chart["counts"]} if chart else {}
    named = [event.source.public_key for event in events]
    named += [row["source"] for row in chart["coverages"]] if chart else []
    chosen: dict[str, dict[str, Any]] = {}
    for choice in choices:
        if choice.story:
            chosen[f"story/{choice.story.public_key}"] = {"type": "story", "work": f"story:{choice.story.public_key}"}
    for number, event in enumerate(events, start=1):
        chosen[f"event/{number}"] = project_event(event)
    for key in dict.fromkeys([*timeline, *counted]):
        entry = said[f"meeting/{key}"]
        chosen[f"meeting/{key}"] = listed_meeting(entry, counted.get(key), on_timeline=key in timeline)
    for choice in choices:
        if choice.person:
            chosen[f"person/{choice.person.public_key}"] = project_listed_person(choice.person)
    for key in dict.fromkeys([*listed, *named]):
        chosen[f"source/{key}"] = project_listed_source(said[f"source/{key}"], listed=key in listed)
    return PageProjection(
        work=work_of_investigation(investigation),
        header={
            "type": "investigation",
            "key": investigation.public_key,
            "slug": investigation.slug,
            "title": investigation.title,
            "notice": investigation.notice,
            "hidden_from_search_engines": investigation.hidden_from_search_engines,
        },
        blocks=[project_block(block) for block in parsed.blocks],
        chart=chart,
        chosen=chosen,
    )


def project_chart(page: InvestigationPage, said: Said) -> dict[str, Any] | None:
    """The chart, counted from what readers have of the class's meetings; None where there is none.

    A zero rests on what readers were told that a source covers: what the desk alone knows of it makes none.
    """
    group = page.meeting_class
    if group is None or page.since is None or page.until is None:
        return None
    subject = group.subject.public_key if group.subject else None
    meetings = [said[f"meeting/{key}"] for key in group.meetings.order_by("pk").values_list("public_key", flat=True)]
    entries = {meeting["key"]: counted_entry(meeting, subject) for meeting in meetings}
    coverages = [one for one in group.coverages.select_related("source") if was_told(one, group.label, said)]
    covered = [(coverage.since, coverage.until) for coverage in coverages]
    months = count_months(entries.values(), covered, page.since, page.until)
    return {
        "key": "chart",
        "kind": FigureKind.CHART.value,
        "after": 0,
        "caption": page.caption,
        "credit": "",
        "alt_text": "",
        "counted": group.counted,
        "what": group.label,
        "subject": subject,
        "rests_on": page.rests_on,
        "lacks": page.lacks,
        "months": [_month(month) for month in months],
        "undated": without_a_date(entries.values()),
        "counts": [{"meeting": key, "count": entry.people} for key, entry in entries.items()],
        "coverages": [
            {
                "source": coverage.source.public_key,
                "since": coverage.since.isoformat(),
                "until": coverage.until.isoformat(),
            }
            for coverage in coverages
        ],
    }


def was_told(coverage: Coverage, what: str, said: Said) -> bool:
    """Whether readers were told of the source that it counts all of this on these days."""
    told = said.get(f"source/{coverage.source.public_key}", {}).get("coverages", [])
    return {"what": what, "since": coverage.since.isoformat(), "until": coverage.until.isoformat()} in told


def _month(month: Month) -> dict[str, Any]:
    return {
        "month": month.first.strftime("%Y-%m"),
        "count": month.count,
        "possible": month.possible,
        "state": month.state.value,
        "covered": [[since.isoformat(), until.isoformat()] for since, until in month.covered],
    }


def project_event(event: MarkedEvent) -> dict[str, Any]:
    """An event that is marked, with the key of the source that says so."""
    return {
        "type": "event",
        "when": project_date(event.when),
        "label": event.label,
        "source": event.source.public_key,
    }


def project_listed_person(person: Any) -> dict[str, Any]:
    """A person with the offices that published records say, in the order in which they began; others stay here."""
    row = PersonRow.objects.filter(key=person.public_key).first()
    return {
        "type": "person",
        "key": person.public_key,
        "name": person.name,
        "sort_name": person.family_name,
        "description": person.description,
        "roles": [_listed_role(role) for role in (row.roles if row else [])],
    }


def _listed_role(role: dict[str, Any]) -> dict[str, Any]:
    """An office as a record says it, with the body's name alone."""
    return {
        "title": role["title"],
        "organization": role["organization"]["name"] if role["organization"] else "",
        "since": role["since"],
        "until": role["until"],
        "in_office": role["in_office"],
    }


def project_listed_source(entry: dict[str, Any], *, listed: bool) -> dict[str, Any]:
    """A source as a line of a list; unlisted, it is only named where an event or a zero rests on it."""
    return {
        "type": "source",
        "key": entry["key"],
        "title": entry["title"],
        "kind": entry["kind"],
        "dated": entry["dated"],
        "description": entry["description"],
        "listed": listed,
    }


def people_in(content: Any) -> Iterator[str]:
    """The keys of everybody who is named in an entry."""
    if isinstance(content, dict):
        if {"key", "name", "sort_name"} <= content.keys():
            yield content["key"]
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from people_in(each)
