"""Index rows of people and organizations: made from the rows of the entries that name them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Model

from investigations.publishing.entry_rows import LISTS, sort_text
from investigations.publishing.row import Row, batches, write_together
from investigations.record.models import (
    AttendanceRow,
    FacetRow,
    OrganizationRow,
    PersonRow,
    QuoteRow,
    SourceRow,
)

NAMED: dict[str, type[Model]] = {"people": PersonRow, "organizations": OrganizationRow}
"""The lists of those named in entries, and their tables."""
TOLD_IN = ("story", "investigation")


# --- People ---


def person_rows(keys: Collection[str]) -> Iterator[Row]:
    """The rows of these people, as far as any entry names them."""
    for some in batches(keys):
        yield from _person_rows(set(some))


def _person_rows(keys: set[str]) -> Iterator[Row]:
    names, roles = _mentions(keys)
    meetings = _numbers_by(AttendanceRow.objects.filter(person__in=keys), "person")
    quotes = _numbers_by(QuoteRow.objects.filter(speaker__in=keys), "speaker")
    told = _told_of("person", names)
    for key, (position, name, sort_name) in names.items():
        values = {
            "position": position,
            "name": name,
            "sort": sort_text(f"{sort_name} {name}"),
            "roles": in_order(roles[key]),
            "meetings": meetings.get(key, 0),
            "quotes": quotes.get(key, 0),
        }
        row = Row(PersonRow, {"key": key}, values)
        yield row
        bodies = {role["organization"]["key"] for role in roles[key] if role["organization"]}
        yield from _facets("people", row, told[key] | {("organization", body): None for body in bodies})


def _mentions(keys: set[str]) -> tuple[dict[str, tuple[int, str, str]], dict[str, list[dict[str, Any]]]]:
    """What the entry that was said anew last calls each of them; and their offices, the last word on each.

    Each office has the place in the chain at which it was said anew last: of a body named there, so was its name.
    """
    met = AttendanceRow.objects.filter(person__in=keys).values_list(
        "meeting__said_anew", "meeting__position", "person", "name", "sort_name", "roles"
    )
    spoke = QuoteRow.objects.filter(speaker__in=keys).values_list(
        "said_anew", "position", "speaker", "by", "sort_name", "roles"
    )
    are = SourceRow.objects.filter(person__in=keys).values_list(
        "said_anew", "position", "person", "person_name", "sort_name"
    )
    names: dict[str, tuple[int, str, str]] = {}
    roles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found = [*met, *spoke, *((*row, []) for row in are)]
    for anew, position, key, name, sort_name, said in sorted(found, key=lambda row: row[:5]):
        names[key] = (position, name, sort_name)
        for role in said:
            others = [other for other in roles[key] if not _same_office(other, role)]
            roles[key] = [*others, role | {"said_anew": anew}]
    return names, roles


def _same_office(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether these are one office, told twice: of one title, at times that may meet."""
    return bool(one["title"] == other["title"]) and all(
        begins is None or ends is None or begins <= ends
        for begins, ends in (
            (_end(one, "since", "earliest"), _end(other, "until", "latest")),
            (_end(other, "since", "earliest"), _end(one, "until", "latest")),
        )
    )


def _end(role: dict[str, Any], name: str, edge: str) -> date | None:
    day = (role[name] or {}).get(edge)
    return date.fromisoformat(day) if day else None


def in_order(roles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Offices in the order of their beginnings, those of which none is stated first."""
    return sorted(roles, key=lambda role: (str(_end(role, "since", "latest") or ""), role["title"]))


def _numbers_by(rows: Any, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(Count("pk")))


# --- Organizations ---


def organization_rows(keys: Collection[str]) -> Iterator[Row]:
    """The rows of these bodies, as far as any entry says an office in them; after the rows of people."""
    for some in batches(keys):
        yield from _organization_rows(set(some))


def _organization_rows(keys: set[str]) -> Iterator[Row]:
    holders = FacetRow.objects.filter(list="people", name="organization", value__in=keys).values("key")
    said: dict[str, tuple[int, int, str]] = {}
    people: dict[str, set[str]] = defaultdict(set)
    for person in PersonRow.objects.filter(key__in=holders).order_by("position", "key"):
        for role in person.roles:
            body = role["organization"]
            if body and body["key"] in keys:
                # rows that an earlier version made, until they are compiled again, don't say where
                mention = (role.get("said_anew", 0), person.position, body["name"])
                said[body["key"]] = max(said.get(body["key"], mention), mention)
                people[body["key"]].add(person.key)
    told = _told_of("organization", said)
    for key, (_, position, name) in said.items():
        values = {"position": position, "name": name, "sort": sort_text(name), "people": len(people[key])}
        row = Row(OrganizationRow, {"key": key}, values)
        yield row
        yield from _facets("organizations", row, told[key])


def _told_of(name: str, keys: Iterable[str]) -> dict[str, dict[tuple[str, str], int | None]]:
    """The stories and investigations of the entries that name each of these, a story with its last such edition."""
    keys = list(keys)
    entries: dict[str, list[str]] = defaultdict(list)
    named = FacetRow.objects.filter(list__in=list(LISTS), name=name, value__in=keys)
    for value, entry in named.values_list("value", "key"):
        entries[entry].append(value)
    told: dict[str, dict[tuple[str, str], int | None]] = {key: {} for key in keys}
    for some in batches(entries):
        rows = FacetRow.objects.filter(list__in=list(LISTS), key__in=some, name__in=TOLD_IN)
        for entry, facet, value, edition in rows.values_list("key", "name", "value", "edition"):
            for key in entries[entry]:
                before = told[key].get((facet, value))
                told[key][facet, value] = max(before or 0, edition) if edition else None
    return told


def _facets(of_list: str, row: Row, found: dict[tuple[str, str], int | None]) -> Iterator[Row]:
    for (name, value), edition in found.items():
        key = {"list": of_list, "name": name, "value": value, "sort": row.values["sort"], "key": row.key["key"]}
        yield Row(FacetRow, key, {"edition": edition, "counted": True})


# --- All of them, and those that a work touches ---


def everybody() -> tuple[set[str], set[str]]:
    """The keys of everybody whom entries name, and of every organization in which an entry says an office."""
    found = FacetRow.objects.filter(list__in=list(LISTS)).order_by()
    people, bodies = (
        set(found.filter(name=name).values_list("value", flat=True).distinct()) for name in ("person", "organization")
    )
    return people, bodies


def named_rows() -> Iterator[Row]:
    """The row of everybody whom entries name, and of every organization."""
    people, bodies = everybody()
    yield from person_rows(people)
    yield from organization_rows(bodies)


def named_by(keys: Collection[str]) -> tuple[set[str], set[str]]:
    """The people whom these entries name, and the organizations in which they, or they elsewhere, held offices."""
    rows = FacetRow.objects.filter(list__in=list(LISTS), key__in=keys, name__in=("person", "organization"))
    found = set(rows.values_list("name", "value"))
    people = {value for name, value in found if name == "person"}
    theirs = FacetRow.objects.filter(list="people", key__in=people, name="organization")
    return people, {value for name, value in found if name == "organization"} | set(
        theirs.values_list("value", flat=True)
    )


def write_named_rows(people: set[str], organizations: set[str]) -> None:
    """Write the rows of these people and organizations, and drop those of whom no entry says anything any more."""
    for of_list, keys, rows in (
        ("people", people, person_rows(people)),
        ("organizations", organizations, organization_rows(organizations)),
    ):
        model, made = NAMED[of_list], list(rows)
        own = [row for row in made if row.model is model]
        model._default_manager.filter(key__in=keys - {row.key["key"] for row in own}).delete()
        write_together(model, own)
        facets = [row for row in made if row.model is FacetRow]
        write_together(FacetRow, facets)
        stay = {(row.key["name"], row.key["value"], row.key["sort"], row.key["key"]) for row in facets}
        standing = FacetRow.objects.filter(list=of_list, key__in=keys)
        gone = [
            pk for pk, *key in standing.values_list("pk", "name", "value", "sort", "key") if tuple(key) not in stay
        ]
        FacetRow.objects.filter(pk__in=gone).delete()
