"""Page data to bytes: one function a kind of page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from investigations.pages import paths, share
from investigations.pages.author import AuthorPage
from investigations.pages.build import asset
from investigations.pages.changes import ChangesPage
from investigations.pages.correction import CorrectionView
from investigations.pages.corrections import CorrectionList
from investigations.pages.indexes import INDEXES, Index, IndexPage
from investigations.pages.investigation import InvestigationView
from investigations.pages.investigations import InvestigationItem
from investigations.pages.jsonld import (
    author_data,
    correction_page_data,
    newsroom_data,
    policy_data,
    script,
    story_data,
)
from investigations.pages.jsonld_pages import (
    investigation_data,
    investigations_data,
    organization_data,
    person_data,
)
from investigations.pages.jsonld_records import entry_data
from investigations.pages.lists import EntryPage, StoryItem
from investigations.pages.named import OrganizationPage, PersonPage
from investigations.pages.picture_file import picture_file
from investigations.pages.pictures import Drawn
from investigations.pages.policy import PolicyPage
from investigations.pages.report import Receipt, ReportPage
from investigations.pages.search import SearchPage
from investigations.pages.share import Share
from investigations.pages.story import EditionView, StoryPage
from investigations.tables.comma import CSV, csv_bytes

SVG = "image/svg+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
DOTS = "A dot is a day that is known. A hatched bar is some day in that span: which one is not stated."
ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@dataclass(frozen=True)
class Rendered:
    """What is sent for an address; under which one search engines may list it, and since when it says so.

    `listed_at` is empty for what they should leave out, `changed` (ISO 8601) where the page doesn't say.
    """

    body: bytes
    content_type: str = HTML
    listed_at: str = ""
    changed: str = ""


def site() -> dict[str, Any]:
    """What every page says of the newsroom."""
    return {
        "name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "stylesheet": asset("newsroom.css"),
        "icon": asset("icon.svg"),
        "paths": {
            "front": paths.FRONT,
            **{name: index.path for name, index in INDEXES.items()},
            "investigations": paths.INVESTIGATIONS,
            "corrections": paths.CORRECTIONS,
            "policies": paths.POLICIES,
            "search": paths.SEARCH,
            "stories_feed": paths.STORIES_FEED,
            "corrections_feed": paths.CORRECTIONS_FEED,
        },
    }


def html(template: str, **context: Any) -> Rendered:
    """A template of readers' pages, rendered; `data` is said to machines, `share` beside links from elsewhere."""
    data = script(context.get("data", {}))
    body = render_to_string(f"public/{template}", {"site": site(), **context, "data": data}).encode()
    listed_at = "" if context.get("noindex") else context.get("canonical", "")
    return Rendered(body, listed_at=listed_at, changed=context.get("changed", ""))


def story(page: StoryPage) -> Rendered:
    """A story's page, in its variant."""
    return html(
        "story.html",
        page=page,
        data=story_data(page),
        share=share.of_story(page),
        changed=(page.changed.published if page.changed else page.published).iso,
        canonical=page.canonical,
        notices=page.notices,
        noindex=page.hidden_from_search_engines or not page.is_latest,
    )


def annotations(data: dict[str, Any]) -> Rendered:
    """A Web Annotation collection."""
    return Rendered(json.dumps(data, ensure_ascii=False, indent=1).encode(), ANNOTATIONS)


def entry(page: EntryPage) -> Rendered:
    """A meeting's, quote's or source's page."""
    return html(
        "entry.html",
        page=page,
        record=page.record,
        data=entry_data(page),
        share=share.of_entry(page),
        canonical=paths.absolute(page.path),
        notices=page.notices,
        noindex=page.hidden_from_search_engines,
    )


def author(page: AuthorPage) -> Rendered:
    """An author's page."""
    return html(
        "author.html",
        page=page,
        data=author_data(page),
        share=share.of_author(page),
        canonical=paths.absolute(page.path),
        notices=page.notices,
        noindex=page.hidden_from_search_engines,
    )


def policy(page: PolicyPage, notices: list[str]) -> Rendered:
    """A policy's page."""
    return html(
        "policy.html",
        page=page,
        data=policy_data(page),
        share=share.of_policy(page),
        changed=page.edition.published.iso,
        canonical=paths.absolute(page.path),
        notices=notices,
        noindex=not page.is_latest,
    )


def investigation(page: InvestigationView) -> Rendered:
    """An investigation's page."""
    return html(
        "investigation.html",
        page=page,
        data=investigation_data(page),
        share=share.of_investigation(page),
        changed=page.edition.published.iso,
        canonical=page.canonical,
        notices=page.notices,
        noindex=page.hidden_from_search_engines or not page.is_latest,
    )


def investigations(items: Sequence[InvestigationItem], notices: list[str], noindex: bool) -> Rendered:
    """Every investigation that has a page."""
    return html(
        "investigations.html",
        items=items,
        data=investigations_data(items),
        share=Share("Investigations"),
        canonical=paths.absolute(paths.INVESTIGATIONS),
        notices=notices,
        noindex=noindex or all(item.hidden_from_search_engines for item in items),
    )


def picture_files(
    view: Drawn, title: str, edition: EditionView, notices: Sequence[str], beneath: Sequence[str]
) -> list[tuple[str, Rendered]]:
    """A picture and its table as files, each at its address; both say of what they are, and of which edition."""
    address = paths.absolute(edition.href)
    origin = f"{settings.SITE_NAME}: {title}. Edition {edition.number}, {edition.published.day}. {address}"
    return _files(view, origin, {"edition": address}, notices, beneath)


def person_files(page: PersonPage) -> list[tuple[str, Rendered]]:
    """A person's picture and what it draws as a table, as files; none where nothing is drawn."""
    if page.over_time is None:
        return []
    address = paths.absolute(page.path)
    origin = page.cite.line if page.cite else f"{settings.SITE_NAME}: {page.name}. {address}"
    said = {"page": address, "edition": paths.absolute(page.cite.href) if page.cite else ""}
    return _files(page.over_time, origin, said, page.notices, [DOTS, page.not_drawn])


def _files(
    view: Drawn, origin: str, where: Mapping[str, str], notices: Sequence[str], beneath: Sequence[str]
) -> list[tuple[str, Rendered]]:
    """Both files; `where` are columns that say of each row where it comes from."""
    file = picture_file(view, over=notices, beneath=[*beneath, origin])
    drawn = render_to_string("public/picture.svg", {"page": file})
    columns = [*view.header, *where, *(["notice"] if notices else [])]
    said = [*where.values(), *([" ".join(notices)] if notices else [])]
    table = csv_bytes(columns, [[*cells, *said] for cells in view.cells])
    return [(view.svg, Rendered(drawn.encode(), SVG)), (view.csv, Rendered(table, CSV))]


def policies(pages: list[PolicyPage], notices: list[str], noindex: bool) -> Rendered:
    """Every policy."""
    return html(
        "policies.html",
        pages=pages,
        data=newsroom_data(pages),
        share=Share("How we work"),
        canonical=paths.absolute(paths.POLICIES),
        notices=notices,
        noindex=noindex,
    )


def front(stories: list[StoryItem], notices: list[str], noindex: bool) -> Rendered:
    """The front page: stories, newest first."""
    return html(
        "front.html",
        stories=stories,
        data=newsroom_data(),
        share=Share("Stories"),
        canonical=paths.absolute(paths.FRONT),
        notices=notices,
        noindex=noindex,
    )


def correction(note: CorrectionView, notices: list[str], noindex: bool) -> Rendered:
    """One correction at its permalink."""
    return html(
        "correction.html",
        note=note,
        data=correction_page_data(note),
        share=share.of_correction(note),
        changed="" if note.noted else note.published.iso,
        canonical=paths.absolute(note.href),
        notices=notices,
        noindex=noindex,
    )


def not_found(notices: list[str]) -> Rendered:
    """What readers get for an address that isn't there."""
    return html("not_found.html", notices=notices, noindex=True, canonical="")


def report(page: ReportPage) -> Rendered:
    """The form for a report of an error, empty or with what is wrong in it."""
    return html("report.html", page=page, form=page.form, notices=page.about.notices, noindex=True)


def report_refused(heading: str, sentence: str) -> Rendered:
    """Why there is no form here, or why what was sent was not taken, and what to do instead."""
    return html("report_refused.html", heading=heading, sentence=sentence, noindex=True)


def receipt(page: Receipt) -> Rendered:
    """What became of a report."""
    return html("receipt.html", page=page, notices=page.about.notices, noindex=True)


def person(page: PersonPage) -> Rendered:
    """The page of somebody whom published records name."""
    return _named("person.html", page, person_data(page))


def organization(page: OrganizationPage) -> Rendered:
    """The page of a body in which people held offices."""
    return _named("organization.html", page, organization_data(page))


def _named(template: str, page: PersonPage | OrganizationPage, data: dict[str, Any]) -> Rendered:
    return html(
        template,
        page=page,
        data=data,
        share=share.of_named(page),
        changed=page.changed,
        canonical=paths.absolute(page.path),
        notices=page.notices,
        noindex=page.hidden_from_search_engines,
    )


def index(page: IndexPage) -> Rendered:
    """A list of what the record holds, as it was asked for."""
    return html(
        f"{page.name}.html",
        page=page,
        share=Share(page.name.capitalize()),
        canonical=paths.absolute(page.about.path),
        notices=page.notices,
        noindex=page.noindex or page.filtered,
    )


def not_taken(about: Index, sentence: str, instead: str, again: str) -> Rendered:
    """Why a list can't be taken away like this, and what can; `instead` and `again` (the list with
    the same questions) are addresses, or empty.
    """
    return html("not_taken.html", about=about, sentence=sentence, instead=instead, again=again, noindex=True)


def corrections(page: CorrectionList) -> Rendered:
    """The list of notes, as it was asked for."""
    return html(
        "corrections.html",
        page=page,
        share=Share("Corrections"),
        canonical=paths.absolute(paths.CORRECTIONS),
        notices=page.notices,
        noindex=page.noindex or page.filtered,
    )


def changes(page: ChangesPage) -> Rendered:
    """What changed between two editions of a story."""
    return html(
        "changes.html",
        page=page,
        canonical=paths.absolute(paths.changes(page.slug)),
        notices=page.notices,
        noindex=True,
    )


def search(page: SearchPage) -> Rendered:
    """What a search finds."""
    return html("search.html", page=page, canonical=paths.absolute(paths.SEARCH), notices=page.notices, noindex=True)
