"""Which pages an investigation's page and the charts of a story make, from the ledger alone."""

import json
from collections.abc import Iterator

from django.db.models import Max

from investigations.pages import paths, render
from investigations.pages.figure import figure_view
from investigations.pages.investigation import investigation_page
from investigations.pages.investigations import InvestigationItem, investigation_items
from investigations.pages.story import edition_view
from investigations.publishing.entry_rows import entry_keys, last_said
from investigations.publishing.projection.listed import listed_now
from investigations.record.models import CorrectionRow, Edition, Part, StoryRow
from investigations.record.reading import EditionContent, read

Made = tuple[str, render.Rendered]
"""An address and what readers get there."""


def investigation_pages(history: list[EditionContent]) -> Iterator[Made]:
    """The page of an investigation, each of its editions, and the pictures and tables of each."""
    works = {
        piece.content["work"]
        for edition in history
        for piece in edition.of_kind(Part.Kind.CHOSEN)
        if piece.content and piece.content["type"] == "story"
    }
    stories = {row.work: row for row in StoryRow.objects.filter(work__in=works)}
    notes: dict[str, list[CorrectionRow]] = {}
    for row in CorrectionRow.objects.filter(work__in=works):
        notes.setdefault(row.work, []).append(row)
    for edition in history:
        page = investigation_page(history, edition.number, stories, notes, changed_since(edition))
        if page.is_latest:
            yield page.path, render.investigation(page)
        yield page.edition.href, render.investigation(page)
        for view, beneath in page.pictures:
            yield from render.picture_files(view, page.title, page.edition, page.notices, beneath)


def changed_since(edition: EditionContent) -> set[str]:
    """The keys of meetings that the edition lists and of which readers were told otherwise since."""
    listed = [piece.content for piece in edition.of_kind(Part.Kind.CHOSEN) if piece.content]
    meetings = {f"meeting/{one['key']}": one for one in listed if one["type"] == "meeting"}
    charts = [piece.content for piece in edition.of_kind(Part.Kind.FIGURE) if piece.content]
    subject = charts[0]["subject"] if charts else None
    said = last_said(sorted(meetings))
    return {
        one["key"]
        for name, one in meetings.items()
        if (piece := said.get(name)) and piece.content and listed_now(piece.content, one, subject) != one
    }


def chart_files(edition: EditionContent, slug: str) -> Iterator[Made]:
    """The charts of a story's edition as files, each with its table."""
    if edition.withheld:
        return
    header, base = edition.header, paths.edition(slug, edition.number)
    for piece in edition.of_kind(Part.Kind.FIGURE):
        figure = figure_view(piece.content, base) if piece.content else None
        if figure and figure.chart:
            notices = (header["notice"],) if header["notice"] else ()
            said = (figure.caption, figure.rests_on)
            about = edition_view(edition, base, edition.number)
            yield from render.picture_files(figure.chart, header["headline"], about, notices, said)


def works_with(story: str) -> list[str]:
    """The investigations' pages that have this story, as a work of the record, or a meeting that it tells of."""
    names = [f"story/{story.removeprefix('story:')}", *entry_keys([story])]
    found = Part.objects.filter(kind=Part.Kind.CHOSEN, key__in=names).order_by("edition__work")
    return list(found.values_list("edition__work", flat=True).distinct())


def href_of(investigation: str) -> str:
    """The address of the page of the investigation with this key; empty while readers have none."""
    header = Part.objects.filter(kind=Part.Kind.HEADER, edition__work=f"investigation:{investigation}").first()
    return paths.investigation(json.loads(header.content)["slug"]) if header and header.content else ""


def listed_investigations() -> tuple[InvestigationItem, ...]:
    """Every investigation that has a page, by its latest edition; three queries."""
    newest = Edition.objects.filter(work__startswith="investigation:").values("work").annotate(last=Max("position"))
    positions = [row["last"] for row in newest.order_by("work")]
    return investigation_items(read(Edition.objects.filter(position__in=positions)))


def stories_of(work: str) -> list[str]:
    """The stories that belong to the investigation whose page this work is."""
    key = work.removeprefix("investigation:")
    found = Part.objects.filter(
        kind=Part.Kind.HEADER, edition__work__startswith="story:", content__contains=f'"{key}"'
    )
    return list(found.order_by("edition__work").values_list("edition__work", flat=True).distinct())
