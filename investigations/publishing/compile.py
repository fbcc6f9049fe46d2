"""The record's derived tables: index rows and the pages readers get, from the ledger alone.

Nothing here reads the desk, so a node without one can compile and compare as well.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from investigations.pages import annotations, feeds, lists, paths, render
from investigations.pages.author import author_page
from investigations.pages.build import build
from investigations.pages.figure import picture, picture_path
from investigations.pages.policy import PolicyPage, policy_page
from investigations.pages.story import VARIANTS, story_page
from investigations.publishing.count_rows import all_choices, write_count_rows
from investigations.publishing.entry_rows import entry_keys, keys_in_lists, last_told
from investigations.publishing.investigation_feeds import all_investigations, investigation_feeds
from investigations.publishing.investigation_pages import (
    chart_files,
    href_of,
    investigation_pages,
    listed_investigations,
    stories_of,
    works_with,
)
from investigations.publishing.named_pages import drop_old_named_pages, named_addresses
from investigations.publishing.named_rows import everybody, named_by, write_named_rows
from investigations.publishing.page_address import Address
from investigations.publishing.rows import (
    is_investigation,
    is_policy,
    is_story,
    work_rows,
    write_all_rows,
    write_rows,
)
from investigations.publishing.search_rows import search_rows, write_named_search_rows, write_search_rows
from investigations.publishing.touched import author_keys, investigation_keys
from investigations.record import chain
from investigations.record.models import (
    DERIVED,
    BylineRow,
    CorrectionRow,
    Edition,
    Page,
    Part,
    SlugRow,
    StoryRow,
    Withholding,
)
from investigations.record.reading import EditionContent, pieces, read

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed of nothing was last told something."""


@transaction.atomic
def compile_work(work: str) -> list[Address]:
    """Write the rows and pages that an edition or a withholding of this work touches; returns the changed pages."""
    history = history_of(work)
    people, organizations = write_all_rows(history)
    write_search_rows(work, search_rows(history))
    write_named_search_rows(people, organizations)
    _drop_old_addresses(history)
    own = list(work_addresses(history))
    _drop_old_files(history, own)
    changed = _write(own)
    changed += _write(entry_addresses(entry_keys([work])))
    changed += _write(author_addresses(author_keys(work)))
    named = list(named_addresses(people, organizations))
    changed += _write(named)
    changed += _write(investigation_addresses(investigation_keys(work)))
    drop_pages_without_a_cause()
    drop_old_named_pages(people, organizations, named)
    changed += _write(site_addresses())
    for policy in policy_works():  # they carry the banners of everything published
        changed += _write(policy_addresses(history_of(policy)))
    beside = works_with(work) if is_story(work) else []
    if is_investigation(work) and len(history) == 1:
        beside = stories_of(work)  # they lead to the page from now on
    for other in beside:
        changed += _write(work_addresses(history_of(other)))
    return changed


@transaction.atomic
def recompile(step: Callable[[], Any] | None = None) -> int:
    """Make every derived row anew from the ledger; returns how many pages there are. `step` follows each work's rows,
    and each page.

    The rows of a story of which a header is destroyed stay and are written over: nothing else knows its addresses.
    """
    headless = Part.objects.filter(kind=Part.Kind.HEADER, content__isnull=True).values("edition__work")
    for kept in (StoryRow, SlugRow):
        kept._default_manager.exclude(work__in=headless).delete()
    for model in DERIVED:
        if model not in (StoryRow, SlugRow):
            model._default_manager.all().delete()
    for work in works():
        history = history_of(work)
        write_rows(work, work_rows(history))
        write_search_rows(work, search_rows(history))
        if step:
            step()
    write_named_rows(*everybody())
    write_named_search_rows(*everybody())
    write_count_rows(all_choices())
    for address in addresses():
        _write([address])
        if step:
            step()
    return Page.objects.count()


@transaction.atomic
def write_pages_of(some: list[str]) -> int:
    """Write the pages of these works alone, and those of the whole site; returns how many there are."""
    for work in some:
        history = history_of(work)
        _write(work_addresses(history))
        _write(entry_addresses(entry_keys([work])))
        _write(author_addresses(author_keys(work)))
        _write(named_addresses(*named_by(keys_in_lists(work))))
        _write(investigation_addresses(investigation_keys(work)))
    _write(site_addresses())
    return Page.objects.count()


def addresses() -> Iterator[Address]:
    """Every address that readers have, as this build compiles it from the ledger, a work at a time."""
    for work in works():
        yield from work_addresses(history_of(work))
        yield from entry_addresses(_entries_last_said_by(work))
    yield from author_addresses(
        list(BylineRow.objects.order_by("author").values_list("author", flat=True).distinct())
    )
    yield from named_addresses(*everybody())
    yield from investigation_addresses(all_investigations())
    yield from site_addresses()


def works() -> list[str]:
    """Every work, in the order of their first editions."""
    return list(Edition.objects.filter(number=1).order_by("position").values_list("work", flat=True))


def history_of(work: str) -> list[EditionContent]:
    """Every edition of a work, in order."""
    return read(Edition.objects.filter(work=work).order_by("number"))


def _write(made: Iterable[Address]) -> list[Address]:
    """Write these pages over what stands at their addresses; returns those that say something else than before."""
    made = list(made)
    standing = Page.objects.filter(path__in={address.path for address in made})
    before = set(standing.values_list("path", "variant", "etag"))
    rows = [
        Page(
            path=address.path,
            variant=address.variant,
            content_type=address.rendered.content_type,
            status=address.status,
            body=address.rendered.body,
            etag=address.etag,
            build=build(),
            listed=address.listed,
            changed=address.rendered.changed,
        )
        for address in made
    ]
    Page.objects.bulk_create(
        rows,
        batch_size=50,
        update_conflicts=True,
        unique_fields=["path", "variant"],
        update_fields=["content_type", "status", "body", "etag", "build", "listed", "changed"],
    )
    return [address for address in made if (address.path, address.variant, address.etag) not in before]


def _drop_old_addresses(history: list[EditionContent]) -> None:
    """Drop the pages under names that the story had before: these addresses lead to its present one."""
    if not is_story(history[-1].work):
        return
    names = {edition.header["slug"] for edition in history} - {history[-1].header["slug"]}
    old = [paths.edition(name, edition.number) for name in names for edition in history]
    old += [address for name in names for address in (paths.story(name), paths.annotations(name))]
    Page.objects.filter(path__in=old).delete()


def _drop_old_files(history: list[EditionContent], made: list[Address]) -> None:
    """Drop the files of charts that the work's editions no longer have."""
    kept = {address.path for address in made}
    for slug in {edition.header["slug"] for edition in history}:
        for base in (paths.edition(slug, 1), paths.investigation_edition(slug, 1)):
            files = Page.objects.filter(path__startswith=base.removesuffix("1/")).exclude(path__endswith="/")
            files.exclude(path__in=kept).delete()


def drop_pages_without_a_cause() -> None:
    """Drop the pages of authors, pictures and feeds that stand for nothing which readers get."""
    signed = {paths.author(key) for key in BylineRow.objects.values_list("author", flat=True).distinct()}
    Page.objects.filter(path__startswith=paths.author("")[:-1]).exclude(path__in=signed).delete()
    told = {paths.investigation_feed(key) for key in all_investigations()}
    feeds_of_one = Page.objects.filter(path__startswith="/investigations/", path__endswith="/stories.atom")
    feeds_of_one.exclude(path__in=told).delete()
    stored = Page.objects.filter(path__startswith=paths.picture(""))
    if stored.exists() and Withholding.objects.exists():
        shown = {picture_path(content) for content in _pictures(Part.objects.filter(kind=Part.Kind.FIGURE))}
        stored.exclude(path__in=shown).delete()


def _pictures(parts: Any) -> list[dict[str, Any]]:
    """The pictures that readers get of these parts."""
    parts = list(parts.select_related("edition"))
    found = pieces(parts, {part.edition_id: part.edition.schema for part in parts})
    return [piece.content for piece in found if "data" in piece.content]


# Pages of a work.


def work_addresses(history: list[EditionContent]) -> Iterator[Address]:
    """The pages of a story, of a policy or of an investigation."""
    work = history[-1].work
    if is_investigation(work):
        return (Address(path, rendered) for path, rendered in investigation_pages(history))
    return policy_addresses(history) if is_policy(work) else story_addresses(history)


def policy_addresses(history: list[EditionContent]) -> Iterator[Address]:
    """A policy's page and each of its editions."""
    slug, notices = history[-1].header["slug"], site_notices()
    latest = policy_page(history, history[-1].number)
    yield Address(paths.policy(slug), render.policy(latest, notices))
    for edition in history:
        page = policy_page(history, edition.number)
        yield Address(paths.policy_edition(slug, edition.number), render.policy(page, notices))


def story_addresses(history: list[EditionContent]) -> Iterator[Address]:
    """A story's page in its variants, each of its editions, its annotations, its corrections."""
    latest = history[-1]
    slug = latest.header["slug"]
    whole = href_of(latest.header["investigation"]["key"])
    for variant in VARIANTS:
        page = story_page(history, latest.number, variant, whole)
        yield Address(paths.story(slug), render.story(page), f"evidence={variant}" if variant else "")
    for edition in history:
        page = story_page(history, edition.number, investigation_href=whole)
        yield Address(paths.edition(slug, edition.number), render.story(page))
        yield from (Address(path, rendered) for path, rendered in chart_files(edition, slug))
    data = annotations.annotations_data(latest)
    yield Address(paths.annotations(slug), render.annotations(data))
    yield from picture_addresses(history)
    notices = [latest.header["notice"]] if latest.header["notice"] else []
    for note in lists.corrections_of(latest):
        noindex = latest.header["hidden_from_search_engines"]
        yield Address(note.href, render.correction(note, notices, noindex))


def picture_addresses(history: list[EditionContent]) -> Iterator[Address]:
    """The pictures of all editions, each once."""
    contents = [piece.content for edition in history for piece in edition.of_kind(Part.Kind.FIGURE)]
    pictures = {picture_path(content): content for content in contents if "data" in content}
    for path, content in pictures.items():
        yield Address(path, render.Rendered(picture(content), content["media_type"]))


# Pages of authors.


def author_addresses(keys: list[str]) -> Iterator[Address]:
    """The pages of these authors."""
    rows: dict[str, list[BylineRow]] = {}
    for row in BylineRow.objects.filter(author__in=keys).select_related("story").order_by("author", "id"):
        rows.setdefault(row.author, []).append(row)
    notes = notes_of({row.story.work for own in rows.values() for row in own})
    for own in rows.values():
        page = author_page(own, notes)
        yield Address(page.path, render.author(page))


# Feeds of investigations.


def investigation_addresses(keys: Iterable[str]) -> Iterator[Address]:
    """The feed of each of these investigations."""
    return (Address(path, rendered) for path, rendered in investigation_feeds(keys))


# Pages of entries: several works may hold the same entry; what was said anew last is what its page says.


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
    """The pages of these entries, with the stories that cite each as of their latest edition holding it.

    The one that says what the page says stands first.
    """
    said = last_told(keys)
    holders = _holders(keys)
    stories = {row.work: row for row in StoryRow.objects.filter(work__in=_works_of(holders))}
    for key, (piece, told) in said.items():
        first = sorted(holders[key], key=lambda edition: edition.work != told.part.edition.work)
        page = lists.entry_page(key, piece, first, stories)
        yield Address(page.path, render.entry(page))


def _holders(keys: list[str]) -> dict[str, list[EditionContent]]:
    found = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys)
    newest = found.values("key", "edition__work").annotate(last=Max("edition__position"))
    rows = [(row["key"], row["last"]) for row in newest.order_by("-last")]
    editions = Edition.objects.filter(position__in={position for _, position in rows})
    by_position = {edition.position: content for edition, content in zip(editions, read(editions), strict=True)}
    return {key: [by_position[position] for k, position in rows if k == key] for key in keys}


def _works_of(holders: dict[str, list[EditionContent]]) -> set[str]:
    return {edition.work for editions in holders.values() for edition in editions}


# Pages of the whole site.


def site_addresses() -> Iterator[Address]:
    """The front page, the investigations, the feeds, the policies, and what readers get where nothing is."""
    rows = list(StoryRow.objects.order_by("-published_at", "-id"))
    notices = site_notices()
    noindex = bool(rows) and all(row.hidden_from_search_engines for row in rows)
    notes = notes_of({row.work for row in rows})
    told = listed_investigations()
    hrefs = {one.key: one.href for one in told}
    items = [lists.story_item(row, notes[row.work], hrefs.get(row.investigation_key, "")) for row in rows]
    yield Address(paths.FRONT, render.front(items, notices, noindex))
    yield Address(paths.INVESTIGATIONS, render.investigations(told, notices, noindex))
    yield from _feeds(notices)
    yield Address(paths.POLICIES, render.policies(all_policies(), notices, noindex))
    yield Address(paths.NOT_FOUND, render.not_found(notices), status=404)


def _feeds(notices: list[str]) -> Iterator[Address]:
    """The feeds of stories and of notes: of the newest alone, however many there are."""
    stories = list(StoryRow.objects.order_by("-told_at", "-id")[: feeds.LENGTH])
    notes = CorrectionRow.objects.order_by("-number")[: feeds.LENGTH]
    told = max((row.told_at for row in stories), default=LONG_AGO)
    of_stories = feeds.stories_feed(stories, notes_of({row.work for row in stories}), told, notices)
    of_notes = feeds.corrections_feed(notes, chain.head().digest, _last_written(), notices)
    yield Address(paths.STORIES_FEED, render.Rendered(of_stories, feeds.ATOM))
    yield Address(paths.CORRECTIONS_FEED, render.Rendered(of_notes, feeds.ATOM))


def _last_written() -> datetime:
    """When the chain's last link was written."""
    last = [Edition.objects.aggregate(at=Max("recorded_at"))["at"], Withholding.objects.aggregate(at=Max("at"))["at"]]
    return max([at for at in last if at], default=LONG_AGO)


def site_notices() -> list[str]:
    """The banners of everything published: pages of the whole site carry them all."""
    notices = StoryRow.objects.exclude(notice="").order_by("notice").values_list("notice", flat=True)
    return list(notices.distinct())


def policy_works() -> list[str]:
    """Every published policy."""
    return [work for work in works() if is_policy(work)]


def all_policies() -> list[PolicyPage]:
    """Every policy as it stands, by title."""
    histories = [history_of(work) for work in policy_works()]
    pages = [policy_page(history, history[-1].number) for history in histories]
    return sorted(pages, key=lambda page: page.title)


def notes_of(of_works: set[str]) -> dict[str, list[CorrectionRow]]:
    """The notes of each of these works, in one query."""
    found: dict[str, list[CorrectionRow]] = {work: [] for work in of_works}
    for row in CorrectionRow.objects.filter(work__in=of_works):
        found[row.work].append(row)
    return found
