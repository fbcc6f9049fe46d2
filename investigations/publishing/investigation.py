"""Investigations' pages, published in editions like stories: what is chosen must stand in the record already."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.models import Coverage, Investigation, InvestigationPage
from investigations.publishing.compile import compile_work
from investigations.publishing.entry_rows import last_said
from investigations.publishing.gate import gate, hold_against_vault
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.projection.investigation import (
    PageProjection,
    Said,
    people_in,
    project_page,
    was_told,
    work_of_investigation,
)
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import is_editor
from investigations.record import digests
from investigations.record.models import AttendanceRow, Edition, Part, StoryRow
from investigations.record.reading import EditionContent, read
from investigations.text import parse
from investigations.vocabulary import ChangeKind, GateStage

NOT_PUBLIC = "isn’t published, or is withheld: publish it with a story first, or take it off the page."


def publish_page(
    page: InvestigationPage, *, by: Any, note: str = "", seen: str = "", now: datetime | None = None
) -> Edition:
    """Publish the next edition of an investigation's page, as an editor on the team who didn't write it last.

    From the second edition on, `note` tells readers what changed. `seen` is the digest of what the editor read:
    nothing else goes out. Raises Refused without the right, for one's own words, for a text with faults, for anything
    chosen that readers don't have, without a note, and when nothing changed.
    """
    work = work_of_investigation(page.investigation)
    about = {"by": by, "work": work, "investigation": page.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        page = InvestigationPage.objects.select_for_update().get(pk=page.pk)
        require_publisher(page, by)
        if sentences := in_the_way(page):
            more = f" And {len(sentences) - 1} more." if len(sentences) > 1 else ""
            raise Refused(f"{sentences[0]}{more}")
        projection = projected(page)
        if seen and seen != projection.digest():
            raise Refused("The page was changed since you opened it: read it again, and publish it then.")
        latest = _latest(work)
        require_news(projection, latest, note)
        parts = parts_of_page(projection, note.strip() if latest else "")
        change = ChangeKind.UPDATE if latest else ChangeKind.FIRST
        edition = append_edition(work=work, change=change, parts=parts, published_at=now or timezone.now())
        hold_against_vault(reading, parts, compile_work(work), edition)
    return edition


def require_publisher(page: InvestigationPage, by: Any) -> None:
    """Raise Refused for somebody not on the team, for no editor, and for whoever wrote the page last."""
    if not Investigation.objects.visible_to(by).filter(pk=page.investigation_id).exists():
        raise Refused("You are not on this investigation's team.")
    if not is_editor(by):
        raise Refused("Only editors publish.")
    if page.edited_by_id is None:
        raise Refused("Nobody stands for this page yet: whoever wrote it opens it and saves it.")
    if page.edited_by_id == by.pk:
        raise Refused("You wrote this: somebody else publishes it.")


def require_news(projection: PageProjection, latest: EditionContent | None, note: str) -> None:
    """Raise Refused for another address than readers know, for an edition like the last, and without a note."""
    if latest is None:
        return
    if latest.header["slug"] != projection.header["slug"]:
        raise Refused(
            f"Readers know this page as /investigations/{latest.header['slug']}/: change the short name back."
        )
    if _contents(latest) == _new_contents(projection):
        raise Refused("Readers have exactly this already.")
    if not note.strip():
        raise Refused("Say in a sentence what changed: readers are told.")


def is_news(projection: PageProjection) -> bool:
    """Whether readers have no page yet, or another than would go out now."""
    latest = _latest(projection.work)
    return latest is None or _contents(latest) != _new_contents(projection)


def in_the_way(page: InvestigationPage) -> list[str]:
    """Why the page can't go out as it stands, a sentence each: faults of its text, and what readers don't have."""
    parsed = parse(page.body)
    faults = [f"The text can't go out: {fault.code} in paragraph {fault.block}." for fault in parsed.problems[:1]]
    said = said_of(page)
    return [*faults, *_not_public(page, said)]


def projected(page: InvestigationPage) -> PageProjection:
    """What would go out. Raises KeyError while something chosen isn't public."""
    return project_page(page, parse(page.body), said_of(page))


def parts_of_page(projection: PageProjection, note: str) -> list[NewPart]:
    """A projection as the parts of an edition."""
    return [
        NewPart(Part.Kind.HEADER, "header", projection.header | {"note": note}),
        *(NewPart(Part.Kind.BLOCK, f"b{n}", block) for n, block in enumerate(projection.blocks, start=1)),
        *([NewPart(Part.Kind.FIGURE, "chart", projection.chart)] if projection.chart else []),
        *(NewPart(Part.Kind.CHOSEN, name, content) for name, content in projection.chosen.items()),
    ]


def said_of(page: InvestigationPage) -> Said:
    """What readers were told last of each entry that the page is made of; what is withheld is not among them."""
    keys = {f"meeting/{meeting.public_key}" for meeting in _meetings(page)}
    keys |= {f"source/{source.public_key}" for source in _sources(page)}
    return {name: piece.content for name, piece in last_said(sorted(keys)).items() if piece.content}


def _meetings(page: InvestigationPage) -> list[Any]:
    chosen = [choice.meeting for choice in page.choices.select_related("meeting") if choice.meeting]
    counted = list(page.meeting_class.meetings.order_by("pk")) if page.meeting_class else []
    return list(dict.fromkeys([*chosen, *counted]))


def _sources(page: InvestigationPage) -> list[Any]:
    chosen = [choice.source for choice in page.choices.select_related("source__person") if choice.source]
    events = [event.source for event in page.events.select_related("source__person")]
    return list(dict.fromkeys([*chosen, *events, *(coverage.source for coverage in _coverages(page))]))


def _coverages(page: InvestigationPage) -> list[Coverage]:
    group = page.meeting_class
    return list(group.coverages.select_related("source__person", "meeting_class")) if group else []


def _not_public(page: InvestigationPage, said: Said) -> Iterator[str]:
    for choice in page.choices.select_related("story", "person"):
        if choice.story and not StoryRow.objects.filter(work=work_of(choice.story)).exists():
            yield f"“{choice.story.headline}” isn’t published: publish it first, or take it off the page."
        if choice.person and not _is_named(choice.person, page):
            yield f"{choice.person.name} is named in nothing that readers have: take the name off the page."
    for meeting in _meetings(page):
        if f"meeting/{meeting.public_key}" not in said:
            yield f"The meeting {meeting} {NOT_PUBLIC}"
    for source in _sources(page):
        if source.is_unnamed:
            yield f"The source {source} may not be named: take it off the page."
        elif f"source/{source.public_key}" not in said:
            yield f"The source {source} {NOT_PUBLIC}"
    for coverage in _coverages(page):
        public = said.get(f"source/{coverage.source.public_key}", {}).get("coverages", [])
        if public and not was_told(coverage, coverage.meeting_class.label, said):
            yield f"What the source {coverage.source} covers isn’t what readers were told: correct the story first."


def _is_named(person: Any, page: InvestigationPage) -> bool:
    """Whether readers know the person: from a meeting, or from an entry of this investigation's stories."""
    if AttendanceRow.objects.filter(person=person.public_key).exists():
        return True
    works = [f"story:{key}" for key in page.investigation.stories.values_list("public_key", flat=True)]
    parts = Part.objects.filter(
        kind=Part.Kind.ENTRY, edition__work__in=works, content__contains=f'"{person.public_key}"'
    )
    keys = list(parts.values_list("key", flat=True).distinct())
    return any(person.public_key in people_in(piece.content) for piece in last_said(keys).values())


def _latest(work: str) -> EditionContent | None:
    found = read(Edition.objects.filter(work=work).order_by("-number")[:1])
    return found[0] if found else None


def _contents(latest: EditionContent) -> list[tuple[str, str, str]]:
    """What readers have, in order; of what is withheld, nothing."""
    kinds = (Part.Kind.HEADER, Part.Kind.BLOCK, Part.Kind.FIGURE, Part.Kind.CHOSEN)
    return [_told(piece) for kind in kinds for piece in latest.of_kind(kind)]


def _new_contents(projection: PageProjection) -> list[tuple[str, str, str]]:
    return [_told(part) for part in parts_of_page(projection, "")]


def _told(part: Any) -> tuple[str, str, str]:
    """A part without the note that came with its edition."""
    content = {name: value for name, value in part.content.items() if name != "note"}
    return str(part.kind), part.key, digests.canonical(content)
