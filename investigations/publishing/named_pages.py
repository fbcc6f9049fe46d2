"""Pages of people and organizations, from the rows of the entries that name them."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Q

from investigations.pages import paths, render
from investigations.pages.named import LONGEST, Holding, organization_page, person_page
from investigations.publishing.page_address import Address
from investigations.publishing.row import batches
from investigations.record.models import (
    AttendanceRow,
    Edition,
    FacetRow,
    OrganizationRow,
    Page,
    PersonRow,
    QuoteRow,
    SourceRow,
    StoryRow,
)


def named_addresses(people: Collection[str], organizations: Collection[str]) -> Iterator[Address]:
    """The pages of these people and organizations, as far as they have rows."""
    for keys in batches(people):
        holdings = _holdings("people", keys)
        for row in PersonRow.objects.filter(key__in=keys).order_by("sort", "key"):
            page = person_page(row, *_records_of(row.key), holdings[row.key])
            yield Address(page.path, render.person(page))
            yield from (Address(path, rendered) for path, rendered in render.person_files(page))
    for keys in batches(organizations):
        holdings = _holdings("organizations", keys)
        for body in OrganizationRow.objects.filter(key__in=keys).order_by("sort", "key"):
            theirs = organization_page(body, _holders_of(body.key), holdings[body.key])
            yield Address(theirs.path, render.organization(theirs))


def _records_of(person: str) -> tuple[list[AttendanceRow], list[QuoteRow], list[SourceRow]]:
    """The first meetings, quotes and sources of somebody, as many as a page shows."""
    met = AttendanceRow.objects.filter(person=person).select_related("meeting")
    return (
        list(met.order_by("meeting__sort_day", "meeting_id")[:LONGEST]),
        list(QuoteRow.objects.filter(speaker=person).order_by("sort_day", "key")[:LONGEST]),
        list(SourceRow.objects.filter(person=person).order_by("sort", "key")[:LONGEST]),
    )


def _holders_of(body: str) -> list[PersonRow]:
    """The first people who held offices in a body, as many as a page shows."""
    named = FacetRow.objects.filter(list="people", name="organization", value=body)
    keys = list(named.order_by("sort", "key").values_list("key", flat=True)[:LONGEST])
    return list(PersonRow.objects.filter(key__in=keys).order_by("sort", "key"))


def _holdings(of_list: str, keys: list[str]) -> dict[str, list[Holding]]:
    """The stories whose records name each of these, the last published edition first; three queries."""
    rows = FacetRow.objects.filter(list=of_list, name="story", key__in=keys)
    told = [(key, value, edition or 0) for key, value, edition in rows.values_list("key", "value", "edition")]
    works = {f"story:{value}" for _, value, _ in told}
    stories = {row.work: row for row in StoryRow.objects.filter(work__in=works)}
    wanted = Q(work__in=works, number__in={edition for *_, edition in told})
    published = {
        (work, number): at
        for work, number, at in Edition.objects.filter(wanted).values_list("work", "number", "published_at")
    }
    found: dict[str, list[Holding]] = defaultdict(list)
    for key, value, edition in told:
        work = f"story:{value}"
        found[key].append(Holding(stories[work], edition, published[work, edition]))
    for own in found.values():
        own.sort(key=lambda holding: (holding.published_at, holding.story.work), reverse=True)
    return found


def drop_old_named_pages(people: Collection[str], organizations: Collection[str], made: Collection[Address]) -> None:
    """Drop the pages and the pictures' files that were not made of these now: nothing says them any more."""
    kept = {address.path for address in made}
    theirs = [path for key in people for path in _paths_of(key)] + [paths.organization(key) for key in organizations]
    for old in batches([path for path in theirs if path not in kept]):
        Page.objects.filter(path__in=old).delete()


def _paths_of(person: str) -> list[str]:
    return [paths.person(person), *(paths.person_picture(person, ending) for ending in ("svg", "csv"))]
