"""A story to public data: everything that an edition would hold, as the desk has it now."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Prefetch

from investigations import text
from investigations.models import CommentRequest, Evidence, Figure, MeetingClass, Source, Story
from investigations.publishing.projection.comment_request import project_comment_request
from investigations.publishing.projection.figure import project_figure
from investigations.publishing.projection.meeting import project_meeting
from investigations.publishing.projection.quote import project_quote
from investigations.publishing.projection.records import project_source, source_reference
from investigations.record import digests
from investigations.vocabulary import Showing


@dataclass(frozen=True)
class Projection:
    """What an edition of a story would hold, by kind of part, in order."""

    work: str
    header: dict[str, Any]
    blocks: list[dict[str, Any]]
    entries: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    requests: list[dict[str, Any]]

    def digest(self) -> str:
        """SHA-256 of the whole, in hexadecimal: what people put their signature under."""
        return hashlib.sha256(digests.canonical(asdict(self)).encode()).hexdigest()


def work_of(story: Story) -> str:
    """The name by which the record knows a story."""
    return f"story:{story.public_key}"


def project_story(story: Story) -> Projection:
    """The story, its passages' evidence and every record they rest on, in a fixed number of queries."""
    parsed = story.parsed()
    evidence = cited(story, parsed)
    return Projection(
        work=work_of(story),
        header=project_header(story),
        blocks=[project_block(block) for block in parsed.blocks],
        entries=project_entries(evidence),
        notes=project_notes(evidence),
        figures=[project_figure(figure, parsed) for figure in figures_of(story)],
        requests=[project_comment_request(request) for request in requests_of(story)],
    )


def project_header(story: Story) -> dict[str, Any]:
    """What stands over the text."""
    investigation = story.investigation
    return {
        "slug": story.slug,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "bylines": [
            {"key": byline.author.public_key, "name": byline.author.name, "about": byline.author.about}
            for byline in story.bylines.select_related("author")
        ],
        "investigation": {"key": investigation.public_key, "title": investigation.title},
        "notice": investigation.notice,
        "hidden_from_search_engines": investigation.hidden_from_search_engines,
    }


def project_block(block: text.Block) -> dict[str, Any]:
    """One block of the text: clean HTML, canonical text, and where its passages stand in it."""
    return {
        "kind": block.kind,
        "html": block.html,
        "text": block.text,
        "passages": [{"id": mark.id, "start": mark.start, "end": mark.end} for mark in block.marks],
    }


def figures_of(story: Story) -> list[Figure]:
    """The story's figures with what their charts count."""
    groups = MeetingClass.objects.prefetch_related("meetings__attendances", "coverages")
    figures = story.figures.select_related("after").prefetch_related(Prefetch("meeting_class", groups))
    return list(figures.order_by("pk"))


def requests_of(story: Story) -> list[CommentRequest]:
    """The story's requests for comment in their order; one without an outcome is not for readers yet."""
    return list(story.comment_requests.exclude(outcome="").with_letters().select_related("person", "organization"))


def cited(story: Story, parsed: text.StoryText) -> list[Evidence]:
    """The evidence that reaches readers, shown or counted, in the order of its passages in the text."""
    places = {mark.id: place for place, mark in enumerate(parsed.marks)}
    pieces = Evidence.objects.filter(passage__story=story).exclude(showing=Showing.DESK_ONLY).with_records()
    in_text = [piece for piece in pieces if piece.passage.mark in places]
    attach_sources(in_text)
    return sorted(in_text, key=lambda piece: (places[piece.passage.mark], piece.position, piece.pk))


def attach_sources(evidence: list[Evidence]) -> None:
    """Give every source its relay and origin, and these theirs: one query a step of the longest chain."""
    waiting = [source for piece in evidence for source in piece.sources()]
    known = {source.pk: source for source in waiting}
    rest = Source.objects.select_related("person").prefetch_related("coverages__meeting_class")
    while needed := {pk for s in waiting for pk in (s.relay_id, s.origin_id) if pk and pk not in known}:
        waiting = list(rest.filter(pk__in=needed))
        known |= {source.pk: source for source in waiting}
    for source in [*known.values(), *(source for piece in evidence for source in piece.sources())]:
        source.relay = known.get(source.relay_id) if source.relay_id else None
        source.origin = known.get(source.origin_id) if source.origin_id else None


def project_notes(evidence: list[Evidence]) -> list[dict[str, Any]]:
    """A note for each shown piece, under its passage's number, and one count of the rest a passage."""
    shown = [piece for piece in evidence if piece.showing == Showing.SHOWN]
    numbers = {mark: n for n, mark in enumerate(dict.fromkeys(piece.passage.mark for piece in shown), start=1)}
    counted = Counter(piece.passage.mark for piece in evidence if piece.showing == Showing.COUNTED)
    return [
        *(project_note(piece, numbers[piece.passage.mark]) for piece in shown),
        *({"key": f"{mark}-more", "passage": mark, "not_shown": n} for mark, n in counted.items()),
    ]


def project_note(piece: Evidence, number: int) -> dict[str, Any]:
    """A piece of evidence at its passage, under the key of this citation alone.

    It points to an entry, or holds the record itself where a source has no entry of its own.
    """
    record = project_record(piece)
    return {
        "key": piece.public_key,
        "number": number,
        "passage": piece.passage.mark,
        "stance": piece.stance,
        "label": piece.label,
        "entry": entry_name(record) if record["key"] else None,
        "inline": None if record["key"] else record,
    }


def entry_name(entry: dict[str, Any]) -> str:
    """The name of an entry within the record, like `meeting/2f7k…`: what it is stays known if it is withheld."""
    return f"{entry['type']}/{entry['key']}"


def project_record(piece: Evidence) -> dict[str, Any]:
    """The quote, meeting or source of a piece of evidence; without a key if it has no page."""
    if piece.quote:
        return project_quote(piece.quote)
    if piece.meeting:
        return project_meeting(piece.meeting)
    if piece.source is None:
        raise ValueError("evidence without a record")
    return project_cited_source(piece.source)


def project_cited_source(source: Source) -> dict[str, Any]:
    """A source as evidence of its own: whole, or by its descriptor and relay alone."""
    if source.is_unnamed:
        return {"type": "source", **(source_reference(source) or {}), "relay": source_reference(source.relay)}
    return project_source(source)


def project_entries(evidence: list[Evidence]) -> list[dict[str, Any]]:
    """Every entry that the shown evidence leads to, each once: records, their sources, accounts' quotes."""
    entries: dict[str, dict[str, Any]] = {}
    for piece in evidence:
        if piece.showing != Showing.SHOWN:
            continue
        found = [project_record(piece)] + [project_quote(quote) for quote in piece.quotes()]
        for source in sources_behind(piece):
            found.append(project_source(source))
        entries |= {entry_name(entry): entry for entry in found if entry["key"]}
    return [entries[key] for key in sorted(entries)]


def sources_behind(piece: Evidence) -> list[Source]:
    """The sources with a page that a piece of evidence names: its record's own, relays and origins.

    The source of a quote that its terms don't attribute by name is not among them; its relay is.
    """
    known = [piece.source, piece.meeting and piece.meeting.source]
    for quote in piece.quotes():
        known += [quote.source if quote.is_attributed_by_name else None, quote.source.relay]
    known += [account.source for account in piece.accounts()]
    behind: dict[int, Source] = {}
    waiting = [source for source in known if source]
    while waiting:
        source = waiting.pop()
        if source.pk not in behind:
            behind[source.pk] = source
            named = [source.relay, None if source.is_unnamed else source.origin]
            waiting += [other for other in named if other]
    return [source for source in behind.values() if not source.is_unnamed]
