"""What rests on a record: the passages it stands behind, and the stories that would say something else without it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from investigations.models.account import MeetingClass
from investigations.models.comment_request import CommentRequest
from investigations.models.figure import Figure
from investigations.models.interview import Interview
from investigations.models.meeting import Meeting
from investigations.models.organization import Organization
from investigations.models.passage import Evidence
from investigations.models.person import Person
from investigations.models.quote import Quote
from investigations.models.role import Role
from investigations.models.source import Source
from investigations.models.story import Story


def _through_accounts(*paths: str) -> tuple[str, ...]:
    """From evidence to what the accounts of its meeting name, those of the meeting's classes included."""
    return tuple(f"meeting__{way}__{path}" for way in ("role_accounts", "classes__role_accounts") for path in paths)


# From a piece of evidence to the records it stands on.
PATHS: dict[type, tuple[str, ...]] = {
    Quote: ("quote", *_through_accounts("quote")),
    Meeting: ("meeting",),
    Source: ("source", "quote__source", "meeting__source", *_through_accounts("source", "quote__source")),
    Person: ("quote__speaker", "meeting__attendances__person", *_through_accounts("person", "quote__speaker")),
    Interview: ("quote__interview", *_through_accounts("quote__interview")),
    MeetingClass: ("meeting__classes",),
    Role: ("quote__speaker__roles", "meeting__attendances__person__roles"),
    Organization: ("quote__speaker__roles__organization", "meeting__attendances__person__roles__organization"),
}


def evidence_on(record: Any) -> Any:
    """The evidence that stands on this record; none for a kind that no evidence stands on.

    On a person also stands what comes from a source that is this person, or that has it from one.
    """
    if isinstance(record, Person):
        return evidence_resting_on((Person, [record.pk]), (Source, _sources_leading_to(record)))
    return evidence_resting_on((type(record), [record.pk]))


def evidence_resting_on(*records: tuple[type, Collection[int]]) -> Any:
    """The evidence that stands on any of these records, given by kind and numbers.

    Each path in a query of its own, one after the other by their indexes: asked for with OR, all evidence is read.
    """
    found = [
        Evidence.objects.filter(**{f"{path}__in": numbers}).order_by().values("pk")
        for kind, numbers in records
        for path in PATHS.get(kind, ())
    ]
    return Evidence.objects.filter(pk__in=found[0].union(*found[1:])) if found else Evidence.objects.none()


def stories_resting_on(*records: tuple[type, Collection[int]]) -> Any:
    """The stories whose evidence stands on any of these records, given by kind and numbers."""
    return Story.objects.filter(pk__in=evidence_resting_on(*records).values("passage__story"))


def stories_on(record: Any) -> Any:
    """The stories whose evidence, charts or requests for comment name this person or organization.

    An organization's name reaches readers through requests and through the offices that a label says.
    """
    wanted = Q(pk__in=evidence_on(record).values("passage__story"))
    if isinstance(record, Organization):
        wanted |= Q(pk__in=CommentRequest.objects.filter(organization=record).values("story"))
    if isinstance(record, MeetingClass):
        wanted |= Q(pk__in=Figure.objects.filter(meeting_class=record).values("story"))
    if isinstance(record, Person):
        wanted |= Q(pk__in=CommentRequest.objects.filter(person=record).values("story"))
        for path in ("subject", "meetings__attendances__person"):
            wanted |= Q(pk__in=Figure.objects.filter(**{f"meeting_class__{path}": record}).values("story"))
    return Story.objects.filter(wanted)


def _sources_leading_to(person: Person) -> list[int]:
    """The sources that are this person, and those that report or rely on one, by any number of steps; one query."""
    theirs = Source.objects.filter(person=person)
    near = Source.objects.filter(investigation__in=theirs.values("investigation"))
    linked = near.filter(Q(person=person) | Q(relay__isnull=False) | Q(origin__isnull=False))
    rows = list(linked.values_list("pk", "person", "relay", "origin"))
    found = {pk for pk, whose, _, _ in rows if whose == person.pk}
    while more := {pk for pk, _, relay, origin in rows if {relay, origin} & found} - found:
        found |= more
    return sorted(found)
