"""A draft into a story: its text, its comments and footnotes as passages with evidence, and what is left over."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations import text
from investigations.exchange.docx import Draft, Remark
from investigations.models import DraftNote, Evidence, Investigation, Passage, Quote, Source, Story
from investigations.models.draft_note import normal_address, sources_by_address
from investigations.vocabulary import Showing, SourceKind

SHORTEST_QUOTATION = 12
"""How many characters quoted words must have to be looked for: “yes” stands in too many quotes."""

_QUOTATION = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")
_IDLE = {"see", "source", "sources", "cf", "from", "here", "link", "via", "quote", "p", "pp", "and", "at", "the"}
CLEARLY_NAMED = frozenset(SourceKind) - {SourceKind.PERSON, SourceKind.NOT_FOUND}


@dataclass(frozen=True)
class Found:
    """A record that a remark names, or an address that becomes a source; and what readers get of it."""

    record: Source | Quote | None
    showing: str
    address: str = ""
    title: str = ""


@dataclass(frozen=True)
class Placement:
    """A remark, the mark it got or the reason why it got none, and what it names."""

    remark: Remark
    mark: str = ""
    reason: str = ""
    found: tuple[Found, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to do: all that it says is evidence that readers may get."""
        if not self.mark or not self.found or any(each.showing != Showing.SHOWN for each in self.found):
            return False
        rest = _QUOTATION.sub(" ", self.remark.words)
        for address, title in self.remark.links:
            rest = rest.replace(address, " ").replace(title or address, " ")
        return set(re.findall(r"[^\W\d_]+", rest.casefold())) <= _IDLE


@dataclass
class Plan:
    """What bringing a draft in would do: the body then, and each remark with its place."""

    title: str
    body: str
    placements: list[Placement] = field(default_factory=list)

    @property
    def placed(self) -> list[Placement]:
        """The remarks that get a passage."""
        return [each for each in self.placements if each.mark]

    @property
    def left_over(self) -> list[Placement]:
        """The remarks that get none."""
        return [each for each in self.placements if not each.mark]


def plan_of(draft: Draft, investigation: Investigation, *, body: str = "", headed: bool = True) -> Plan:
    """What bringing this draft in behind a body would do. Nothing is written.

    `headed` is whether the story has its headline: of one that has none the draft's title, or the heading with which
    it begins, becomes it.
    """
    title, paragraphs = draft.title, list(draft.paragraphs)
    paragraphs = [each for each in paragraphs if each.words.strip()]
    if headed and title:
        paragraphs.insert(0, text.Paragraph((text.Run(title),), "heading", 1))
    if not headed and not title and paragraphs and paragraphs[0].kind == "heading" and not paragraphs[0].anchors:
        title = " ".join(paragraphs.pop(0).words.split())
    written = text.write(paragraphs, first=int(text.next_mark(body)[1:]))
    records = _Records(investigation)
    placements = [
        Placement(
            remark,
            written.marks.get(remark.key, ""),
            remark.reason or written.refused.get(remark.key, ""),
            records.found(remark),
        )
        for remark in draft.remarks
    ]
    return Plan(title, joined(body, written.markdown), placements)


def joined(body: str, added: str) -> str:
    """A body with what is brought in behind it."""
    return "\n\n".join(filter(None, (body.rstrip(), added)))


@transaction.atomic
def bring_in(story: Story, plan: Plan, *, by: Any, file_name: str) -> list[DraftNote]:
    """Write what a plan says, as this person's work. Raises ValidationError, and then nothing is written."""
    now = timezone.now()
    story.edit(by=by, body=plan.body, now=now)
    passages = {passage.mark: passage for passage in Passage.objects.filter(story=story)}
    made: dict[str, Source] = {}
    held: set[tuple[int, str, int]] = set()
    for placement in plan.placed:
        for place, found in enumerate(placement.found):
            record = found.record or _source(story, found, made)
            if record is None:
                continue
            noun = "quote" if isinstance(record, Quote) else "source"
            passage = passages[placement.mark]
            if (key := (passage.pk, noun, record.pk)) not in held:
                held.add(key)
                piece = Evidence(
                    passage=passage, position=place, showing=found.showing, added_by=by, **{noun: record}
                )
                piece.full_clean()
                piece.save()
    notes = [
        DraftNote(
            story=story,
            passage=passages.get(each.mark),
            anchor=each.remark.at,
            words=each.remark.words,
            links="\n".join(address for address, _ in each.remark.links),
            reason=each.reason,
            file_name=file_name[-200:],
            by=by,
            at=now,
            settled_by=by if each.is_settled else None,
            settled_at=now if each.is_settled else None,
        )
        for each in plan.placements
    ]
    return DraftNote.objects.bulk_create(notes)


def _source(story: Story, found: Found, made: dict[str, Source]) -> Source | None:
    """The source that an address becomes, once; None for an address that no field takes, which its note keeps."""
    key = normal_address(found.address)
    if key not in made:
        source = Source(
            investigation=story.investigation,
            kind=SourceKind.PUBLICATION,
            url=found.address,
            title=found.title or _title(found.address),
        )
        try:
            source.full_clean()
        except ValidationError:
            return None
        source.save()
        made[key] = source
    return made[key]


def _title(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"[:250]


class _Records:
    """The sources and quotes of an investigation, as remarks name them; read once."""

    def __init__(self, investigation: Investigation) -> None:
        self._sources = sources_by_address(investigation)
        self._quotes = list(Quote.objects.filter(investigation=investigation).order_by("pk"))

    def found(self, remark: Remark) -> tuple[Found, ...]:
        """What a remark names: sources by their address, and a quote by words that stand in it and in no other."""
        found: list[Found] = []
        for address, title in remark.links:
            source = self._sources.get(normal_address(address))
            if source:
                shown = source.kind in CLEARLY_NAMED
                found.append(Found(source, Showing.SHOWN if shown else Showing.DESK_ONLY))
            elif address.lower().startswith(("http://", "https://")):
                titled = "" if "://" in title or len(title) < 4 else title[:250]
                found.append(Found(None, Showing.DESK_ONLY, address, titled))
        for quoted in _QUOTATION.findall(remark.words):
            if len(text.own_words(quoted)) >= SHORTEST_QUOTATION:
                held = [quote for quote in self._quotes if not text.missing_words(quoted, quote.words)]
                if len(held) == 1:
                    shown = held[0].is_publishable
                    found.append(Found(held[0], Showing.SHOWN if shown else Showing.DESK_ONLY))
        return tuple(found)


@transaction.atomic
def mark_with(story: Story, words: str, records: list[Any], *, by: Any) -> str:
    """Mark words of a story as this person and attach these records; returns the mark.

    Quotes that no terms let out are for the desk only. Raises ValidationError, and then nothing is written.
    """
    mark = story.mark_words(words, by=by)
    passage = Passage.objects.get(story=story, mark=mark)
    for record in records:
        hidden = isinstance(record, Quote) and not record.is_publishable
        passage.attach(record, by=by, showing=Showing.DESK_ONLY if hidden else Showing.SHOWN)
    return mark
