"""A list as it was asked for, read whole a few hundred rows at a time: so many queries each, whatever there is."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from investigations.pages import paths
from investigations.pages.columns import AsOf, Taken
from investigations.pages.datapackage import Asked, State
from investigations.pages.indexes import only_possibly
from investigations.pages.story import record_view
from investigations.public.facets import RecordFilter
from investigations.public.listing import found, place_behind, site_notices
from investigations.record import chain
from investigations.record.models import Edition, FacetRow, Part, StoryRow
from investigations.record.reading import pieces

CHUNK = 100
"""How many rows are held at a time."""

ENTRIES = {"meetings": "meeting", "quotes": "quote", "sources": "source"}
"""What the entries of a list are called in the ledger; the other lists have none."""


def asked_of(chosen: RecordFilter) -> Asked:
    """What was asked, of a form that is valid: without the place of a page."""
    words = tuple(chosen.said(name) for name in chosen.asked())
    return Asked(chosen.LIST, chosen.query, words, timezone.now())


def state() -> State:
    """What the record's state is."""
    published = Edition.objects.order_by("-position").values_list("published_at", flat=True).first()
    return State(published, chain.head().digest, site_notices()[0])


def more_than(chosen: RecordFilter, most: int) -> bool:
    """Whether more rows than this answer."""
    after, left = None, most
    while places := found(chosen, min(left + 1, 5000), after):
        left -= len(places)
        if left < 0:
            return True
        after = place_behind(chosen, places[-1])
    return False


def taken(chosen: RecordFilter) -> Iterator[Taken]:
    """Every row that answers, in the order of the list, with what its page says."""
    after = None
    while places := found(chosen, CHUNK, after):
        yield from _taken(chosen, [key for _, key in places])
        if len(places) < CHUNK:
            return
        after = place_behind(chosen, places[-1])


def _taken(chosen: RecordFilter, keys: list[str]) -> Iterator[Taken]:
    by_key = {row.key: row for row in chosen.queryset.filter(key__in=keys).order_by()}
    rows = [by_key[key] for key in keys if key in by_key]
    since, until = (chosen.asked().get(name) for name in ("since", "until"))
    editions = _editions(chosen.LIST, rows)
    contents = _contents(chosen.LIST, rows, editions)
    as_of = _as_of(editions)
    for row in rows:
        content = contents.get(row.key)
        yield Taken(
            row=row,
            entry=record_view(content) if content else None,
            as_of=as_of.get(row.key),
            uncertain=only_possibly(row.when, since, until) if since or until else None,
        )


def _editions(of_list: str, rows: list[Any]) -> dict[str, Edition]:
    """The edition that said each row last: by its place in the chain; of a citation, its story’s last with it."""
    positions = {row.position for row in rows if row.position}
    by_position = {edition.position: edition for edition in Edition.objects.filter(position__in=positions)}
    said = {row.key: by_position[row.position] for row in rows if row.position in by_position}
    citations = {row.key: row.work for row in rows if of_list == "quotes" and row.is_citation}
    if citations:
        told = FacetRow.objects.filter(list=of_list, name="story", key__in=citations).order_by()
        numbers = dict(told.values_list("key", "edition"))
        held = Edition.objects.filter(work__in=set(citations.values()), number__in=set(numbers.values()))
        by_number = {(edition.work, edition.number): edition for edition in held}
        for key, work in citations.items():
            if edition := by_number.get((work, numbers.get(key) or 0)):
                said[key] = edition
    return said


def _as_of(editions: dict[str, Edition]) -> dict[str, AsOf]:
    stories = {row.work: row for row in StoryRow.objects.filter(work__in={one.work for one in editions.values()})}
    return {
        key: AsOf(
            edition=paths.absolute(paths.edition(story.slug, edition.number)),
            story=story.headline,
            retracted=story.retracted,
            notice=story.notice,
        )
        for key, edition in editions.items()
        if (story := stories.get(edition.work))
    }


def _contents(of_list: str, rows: list[Any], editions: dict[str, Edition]) -> dict[str, dict[str, Any]]:
    """What the ledger says of entries with a page of their own, in the edition that said it last."""
    if of_list not in ENTRIES:
        return {}
    named = {f"{ENTRIES[of_list]}/{row.key}": row.key for row in rows if row.position}
    wanted = {(name, editions[key].pk) for name, key in named.items() if key in editions}
    parts = Part.objects.filter(
        kind=Part.Kind.ENTRY, key__in=named, edition__in={edition for _, edition in wanted}
    ).order_by()
    ids = [pk for pk, *where in parts.values_list("pk", "key", "edition_id") if tuple(where) in wanted]
    schemas = {edition.pk: edition.schema for edition in editions.values()}
    read = pieces(Part.objects.filter(pk__in=ids).order_by(), schemas)
    return {named[piece.key]: piece.content for piece in read if piece.content}
