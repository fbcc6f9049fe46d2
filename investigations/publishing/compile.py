"""The record's derived tables: index rows and the pages readers get, from the ledger alone.

Nothing here reads the desk, so a node without one can compile and compare as well.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from investigations.pages import annotations, lists, paths, render
from investigations.pages.build import build
from investigations.pages.correction import CorrectionView
from investigations.pages.story import VARIANTS, story_page
from investigations.publishing.rows import drop_withheld_rows, entry_keys, last_said, work_rows, write_rows
from investigations.record import chain
from investigations.record.models import DERIVED, CorrectionRow, Edition, Page, Part, StoryRow
from investigations.record.reading import EditionContent, read


@dataclass(frozen=True)
class Address:
    """One address in one variant with what readers get there."""

    path: str
    rendered: render.Rendered
    variant: str = ""
    status: int = 200

    @property
    def etag(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.rendered.body).hexdigest()


@transaction.atomic
def compile_work(work: str) -> None:
    """Write the rows and pages that an edition or a withholding of this work touches."""
    history = history_of(work)
    write_rows(work_rows(history))
    drop_withheld_rows(work)
    _write(story_addresses(history))
    _write(entry_addresses(entry_keys([work])))
    _write(site_addresses())


@transaction.atomic
def recompile(step: Callable[[], Any] | None = None) -> int:
    """Make every derived row anew from the ledger; returns how many pages there are."""
    for model in DERIVED:
        model.objects.all().delete()
    for work in works():
        write_rows(work_rows(history_of(work)))
    for address in addresses():
        _write([address])
        if step:
            step()
    return Page.objects.count()


def addresses() -> Iterator[Address]:
    """Every address that readers have, as this build compiles it from the ledger, a work at a time."""
    for work in works():
        yield from story_addresses(history_of(work))
        yield from entry_addresses(_entries_last_said_by(work))
    yield from site_addresses()


def works() -> list[str]:
    """Every work, in the order of their first editions."""
    return list(Edition.objects.filter(number=1).order_by("position").values_list("work", flat=True))


def history_of(work: str) -> list[EditionContent]:
    """Every edition of a work, in order."""
    return read(Edition.objects.filter(work=work).order_by("number"))


def _write(made: Iterable[Address]) -> None:
    rows = [
        Page(
            path=address.path,
            variant=address.variant,
            content_type=address.rendered.content_type,
            status=address.status,
            body=address.rendered.body,
            etag=address.etag,
            build=build(),
        )
        for address in made
    ]
    Page.objects.bulk_create(
        rows,
        batch_size=50,
        update_conflicts=True,
        unique_fields=["path", "variant"],
        update_fields=["content_type", "status", "body", "etag", "build"],
    )


# Pages of a work.


def story_addresses(history: list[EditionContent]) -> Iterator[Address]:
    """A story's page in its variants, each of its editions, its annotations, its corrections."""
    latest = history[-1]
    slug = latest.header["slug"]
    for variant in VARIANTS:
        page = story_page(history, latest.number, variant)
        yield Address(paths.story(slug), render.story(page), f"evidence={variant}" if variant else "")
    for edition in history:
        yield Address(paths.edition(slug, edition.number), render.story(story_page(history, edition.number)))
    data = annotations.annotations_data(latest)
    yield Address(paths.annotations(slug), render.annotations(data))
    notices = [latest.header["notice"]] if latest.header["notice"] else []
    for note in lists.corrections_of(latest):
        noindex = latest.header["hidden_from_search_engines"]
        yield Address(note.href, render.correction(note, notices, noindex))


# Pages of entries: several works may hold the same entry; the part written last is what its page says.


def _entries_last_said_by(work: str) -> list[str]:
    """The keys of the entries whose last part stands in an edition of this work: each entry once a site."""
    newest = (
        Part.objects.filter(kind=Part.Kind.ENTRY, key__in=entry_keys([work]))
        .values("key")
        .annotate(last=Max("edition__position"))
    )
    own = set(Edition.objects.filter(work=work).values_list("position", flat=True))
    return [row["key"] for row in newest if row["last"] in own]


def entry_addresses(keys: list[str]) -> Iterator[Address]:
    """The pages of these entries, with the stories that cite each as of their latest edition holding it."""
    said = last_said(keys)
    holders = _holders(keys)
    for key, piece in said.items():
        page = lists.entry_page(key, piece, holders[key])
        yield Address(page.path, render.entry(page))


def _holders(keys: list[str]) -> dict[str, list[EditionContent]]:
    found = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys)
    newest = found.values("key", "edition__work").annotate(last=Max("edition__position"))
    rows = [(row["key"], row["last"]) for row in newest.order_by("-last")]
    editions = Edition.objects.filter(position__in={position for _, position in rows})
    by_position = {edition.position: content for edition, content in zip(editions, read(editions), strict=True)}
    return {key: [by_position[position] for k, position in rows if k == key] for key in keys}


# Pages of the whole site.


def site_addresses() -> Iterator[Address]:
    """The front page, the corrections, and what readers get where nothing is."""
    rows = list(StoryRow.objects.order_by("-published_at", "-id"))
    notices = list(dict.fromkeys(row.notice for row in rows if row.notice))
    noindex = bool(rows) and all(row.hidden_from_search_engines for row in rows)
    yield Address(paths.FRONT, render.front([lists.story_item(row) for row in rows], notices, noindex))
    notes = all_corrections()
    yield Address(paths.CORRECTIONS, render.corrections(notes, chain.head().digest, notices, noindex))
    yield Address(paths.NOT_FOUND, render.not_found(notices), status=404)


def all_corrections() -> list[CorrectionView]:
    """Every published correction, the highest number first."""
    works_corrected = set(CorrectionRow.objects.values_list("work", flat=True))
    latest: dict[str, Edition] = {}
    for edition in Edition.objects.filter(work__in=works_corrected).order_by("number"):
        latest[edition.work] = edition
    notes = [note for content in read(latest.values()) for note in lists.corrections_of(content)]
    return sorted(notes, key=lambda note: -note.number)
