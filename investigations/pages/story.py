"""The story page as plain data: text, evidence after each paragraph, corrections at the words."""

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from investigations.pages import paths
from investigations.pages.cite import Cite, cite_story
from investigations.pages.correction import TAGS, CorrectionView, correction_views
from investigations.pages.figure import FigureView, figure_view
from investigations.pages.instants import Instant, instant
from investigations.pages.markup import decorate
from investigations.pages.meeting import MeetingView, meeting_view
from investigations.pages.records import QuoteView, SourceView, quote_view, source_view
from investigations.pages.report import form_href
from investigations.pages.request import request_sentence
from investigations.record.models import Part
from investigations.record.reading import EditionContent, Piece, Withheld
from investigations.vocabulary import ChangeKind, Stance

VARIANTS = ("", "all", "off")
RecordView = QuoteView | MeetingView | SourceView


@dataclass(frozen=True)
class Notice:
    """What is said in place of something readers no longer get."""

    at: Instant
    authority: str
    destroyed: bool


@dataclass(frozen=True)
class Card:
    """One piece of evidence beside its words."""

    number: int
    key: str
    anchor: str
    passage: str
    stance: str
    stance_label: str
    what: str
    who: str
    record: RecordView | None
    withheld: Notice | None

    @property
    def differs(self) -> bool:
        """Whether accounts of a role differ in what it shows."""
        return isinstance(self.record, MeetingView) and bool(self.record.in_dispute)

    @property
    def contradicts(self) -> bool:
        """Whether it speaks against the passage."""
        return self.stance == Stance.CONTRADICTS


@dataclass(frozen=True)
class BlockView:
    """A block of text and, right after it, its corrections and its evidence."""

    number: int
    kind: str
    html: str
    cards: tuple[Card, ...]
    not_shown: int
    corrections: tuple[CorrectionView, ...]
    figures: tuple[FigureView, ...]
    withheld: Notice | None

    @property
    def differs(self) -> bool:
        """Whether any of its evidence says that accounts differ."""
        return any(card.differs for card in self.cards)

    @property
    def contradicted(self) -> bool:
        """Whether any of its evidence speaks against its words."""
        return any(card.contradicts for card in self.cards)


@dataclass(frozen=True)
class BylineView:
    """A name over the story, leading to its author's page."""

    name: str
    href: str


@dataclass(frozen=True)
class EditionView:
    """An edition in the list of editions."""

    number: int
    change: str
    published: Instant
    href: str
    digest: str
    current: bool
    withheld: bool


@dataclass(frozen=True)
class StoryPage:
    """A story's page, in one edition."""

    headline: str
    standfirst: str
    investigation: str
    notices: tuple[str, ...]
    hidden_from_search_engines: bool
    bylines: tuple[BylineView, ...]
    lead_figures: tuple[FigureView, ...]
    requests: tuple[str, ...]
    published: Instant
    changed: EditionView | None
    edition: EditionView
    editions: tuple[EditionView, ...]
    blocks: tuple[BlockView, ...]
    corrections: tuple[CorrectionView, ...]
    later: tuple[CorrectionView, ...]
    slug: str
    withheld: Notice | None
    withheld_evidence: tuple[Notice, ...] = ()
    evidence: str = ""
    feed: str = ""
    investigation_href: str = ""

    @property
    def path(self) -> str:
        """The story as it stands now."""
        return paths.story(self.slug)

    @property
    def changes(self) -> str:
        """What changed between its editions."""
        return paths.changes(self.slug)

    @property
    def annotations(self) -> str:
        """Its evidence as Web Annotations."""
        return paths.annotations(self.slug)

    @property
    def report(self) -> str:
        """The form for an error in this edition; a place in it comes behind."""
        return form_href(self.slug, self.edition.number)

    @property
    def cite(self) -> Cite | None:
        """How to cite it in this edition; of what is withheld there is nothing to cite."""
        if self.withheld:
            return None
        names = [byline.name for byline in self.bylines]
        return cite_story(names, self.headline, self.slug, self.edition.number, self.edition.published)

    @property
    def canonical(self) -> str:
        """The address to cite: the story's, or this edition's when a later one is out."""
        return paths.absolute(self.path if self.is_latest else self.edition.href)

    @property
    def is_latest(self) -> bool:
        """Whether readers get this edition at the story's own address."""
        return self.edition.number == self.editions[-1].number

    @property
    def top_corrections(self) -> tuple[CorrectionView, ...]:
        """Those that stand over the text; a retraction has its own place there, what was noted before it none."""
        after = self.retraction.number if self.retraction else 0
        return tuple(note for note in self.corrections if note.stands_at_top and note.number > after)

    @property
    def retraction(self) -> CorrectionView | None:
        """With what the story was taken back, if this edition is of after that."""
        return next((note for note in self.corrections if note.kind == ChangeKind.RETRACTION), None)

    @property
    def retracted_later(self) -> CorrectionView | None:
        """With what the story was taken back after this edition."""
        return next((note for note in self.later if note.kind == ChangeKind.RETRACTION), None)

    @property
    def later_in_list(self) -> tuple[CorrectionView, ...]:
        """The notes after this edition, but for the retraction, which is told over them."""
        return tuple(note for note in self.later if note != self.retracted_later)

    @property
    def as_it_stood(self) -> str:
        """The last edition before the retraction."""
        return paths.edition(self.slug, self.retraction.edition - 1) if self.retraction else ""

    @property
    def headline_corrections(self) -> tuple[CorrectionView, ...]:
        """Those that changed the headline or the standfirst."""
        return tuple(note for note in self.corrections if note.over_the_text)

    @property
    def has_evidence(self) -> bool:
        """Whether any words are marked."""
        return any(block.cards or block.not_shown for block in self.blocks)


def story_page(
    history: list[EditionContent], number: int, evidence: str = "", investigation_href: str = ""
) -> StoryPage:
    """The page of edition `number`; `history` is every edition of the story in order.

    `evidence` is a variant: closed (empty), `all` open, or `off`: no marks and no cards. `investigation_href`
    is where readers find the investigation's page, if it has one.
    """
    content = history[number - 1]
    header = content.header
    slug = history[-1].header["slug"]
    editions = tuple(edition_view(item, paths.edition(slug, item.number), number) for item in history)
    headline = history[-1].header["headline"]
    corrections = correction_views(content, slug, headline)
    later = [note for note in correction_views(history[-1], slug, headline) if note.edition > number]
    changes = [edition for edition in editions[:number] if edition.number > 1]
    base = paths.edition(slug, number)
    figures = tuple(figure_view(piece.content, base) for piece in content.of_kind(Part.Kind.FIGURE) if piece.content)
    retracted = any(note.kind == ChangeKind.RETRACTION for note in corrections)
    return StoryPage(
        headline=header["headline"],
        standfirst="" if retracted else header["standfirst"],
        investigation=header["investigation"]["title"],
        notices=(header["notice"],) if header["notice"] else (),
        hidden_from_search_engines=header["hidden_from_search_engines"],
        bylines=tuple(BylineView(byline["name"], paths.author(byline["key"])) for byline in header["bylines"]),
        lead_figures=tuple(figure for figure in figures if figure.after == 0),
        requests=tuple(
            request_sentence(piece.content) for piece in content.of_kind(Part.Kind.REQUEST) if piece.content
        ),
        published=instant(history[0].published_at),
        changed=changes[-1] if changes else None,
        edition=editions[number - 1],
        editions=editions,
        blocks=() if content.withheld else tuple(_blocks(content, corrections, figures, evidence)),
        corrections=() if content.withheld else corrections,
        later=tuple(later),
        slug=slug,
        withheld=notice(content.withheld),
        withheld_evidence=() if content.withheld else _withheld_evidence(content),
        evidence=evidence,
        feed=paths.investigation_feed(key) if (key := header["investigation"].get("key")) else "",
        investigation_href=investigation_href,
    )


def edition_view(content: EditionContent, href: str, current: int) -> EditionView:
    """An edition at its address; `current` is the number of the one that is being read."""
    return EditionView(
        number=content.number,
        change=ChangeKind(content.change).label,
        published=instant(content.published_at),
        href=href,
        digest=content.digest,
        current=content.number == current,
        withheld=content.withheld is not None,
    )


def _blocks(
    content: EditionContent,
    corrections: tuple[CorrectionView, ...],
    figures: tuple[FigureView, ...],
    evidence: str,
) -> list[BlockView]:
    cards, not_shown = _cards(content)
    tags = _correction_tags(content)
    blocks = []
    for number, piece in enumerate(content.of_kind(Part.Kind.BLOCK), start=1):
        fixes = tuple(note for note in corrections if note.blocks[:1] == (number,))
        if piece.withheld:
            blocks.append(BlockView(number, "withheld", "", (), 0, fixes, (), notice(piece.withheld)))
            continue
        marks = [passage["id"] for passage in piece.content["passages"]] if evidence != "off" else []
        own = tuple(card for mark in marks for card in cards[mark])
        blocks.append(
            BlockView(
                number=number,
                kind=piece.content["kind"],
                html=_block_html(piece, own, [mark for mark in marks if not_shown[mark]], tags[number]),
                cards=own,
                not_shown=sum(not_shown[mark] for mark in marks),
                corrections=fixes,
                figures=tuple(figure for figure in figures if figure.after == number),
                withheld=None,
            )
        )
    return blocks


def _block_html(piece: Piece, cards: tuple[Card, ...], counted: list[str], tags: list[tuple[int, str]]) -> str:
    references = defaultdict(str, dict.fromkeys(counted, ""))
    for mark, group in groupby(cards, key=lambda card: card.passage):
        first, *rest = group
        more = f", and {len(rest)} more" if rest else ""
        label = escape(f"Evidence {first.number}: {first.what}{more}")
        references[mark] = (
            f'<a class="ref" role="doc-noteref" href="#{first.anchor}" aria-label="{label}">{first.number}</a>'
        )
    return decorate(piece.content["html"], after_passage=references, at_offset=tags)


def _correction_tags(content: EditionContent) -> dict[int, list[tuple[int, str]]]:
    """[Corrected] and its like at each place where words were changed, by block; one tag where changes meet."""
    tags: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    end = 10**9
    for note in (piece.content for piece in content.of_kind(Part.Kind.CORRECTION) if piece.content):
        for change in note["changes"]:
            if change["block"]:
                place = end if change["at"] is None else change["at"]
                tags[change["block"]][place][note["number"]] = TAGS[ChangeKind(note["kind"])]
    written: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for block, places in tags.items():
        for place, numbers in places.items():
            for number, said in numbers.items():
                tag = f' <a class="fixed" href="#correction-{number}">[{said}]</a>'
                written[block].append((place, tag))
    return written


def _cards(content: EditionContent) -> tuple[dict[str, list[Card]], dict[str, int]]:
    """The cards by passage, and how many more there are that readers aren't shown."""
    entries = content.entries()
    cards: dict[str, list[Card]] = defaultdict(list)
    not_shown: dict[str, int] = defaultdict(int)
    for piece in content.of_kind(Part.Kind.NOTE):
        note = piece.content
        if piece.withheld or not note:
            continue
        if "not_shown" in note:
            not_shown[note["passage"]] += note["not_shown"]
        else:
            cards[note["passage"]].append(_card(note, entries, len(cards[note["passage"]])))
    return cards, not_shown


def _withheld_evidence(content: EditionContent) -> tuple[Notice, ...]:
    """What is said of notes that are gone without their paragraph: where they stood nobody knows."""
    said = {piece.withheld for piece in content.of_kind(Part.Kind.BLOCK)}
    gone = [piece.withheld for piece in content.of_kind(Part.Kind.NOTE) if piece.withheld not in said]
    return tuple(found for withheld in dict.fromkeys(gone) if (found := notice(withheld)))


def _card(note: dict[str, Any], entries: dict[str, Piece], before: int) -> Card:
    entry = entries.get(note["entry"]) if note["entry"] else Piece("entry", "", note["inline"])
    record = record_view(entry.content) if entry and entry.content else None
    what, who = _heading(record, note["label"])
    return Card(
        number=note["number"],
        key=note["key"],
        anchor=f"n{note['number']}-{before + 1}" if before else f"n{note['number']}",
        passage=note["passage"],
        stance=note["stance"],
        stance_label=Stance(note["stance"]).label,
        what=what,
        who=who,
        record=record,
        withheld=notice(entry.withheld) if entry and entry.withheld else None,
    )


def record_view(entry: dict[str, Any]) -> RecordView:
    """An entry by its type."""
    make: Any = {"quote": quote_view, "meeting": meeting_view, "source": source_view}[entry["type"]]
    return make(entry)


def _heading(record: RecordView | None, label: str) -> tuple[str, str]:
    """What a card is, and who and when, each in a few words: what the label doesn't say is said behind it."""
    match record:
        case QuoteView():
            when = record.said.words
            return (label, f"{record.by}, {when}") if label else (record.by, when)
        case MeetingView():
            return label or record.title, f"{record.kind_label}, {record.when.words}"
        case SourceView():
            return (label, record.title) if label else (record.title, record.kind_label)
    return label or "Withheld", ""


def notice(withheld: Withheld | None) -> Notice | None:
    """What readers are told of something withheld."""
    return Notice(instant(withheld.at), withheld.authority, withheld.destroyed) if withheld else None
