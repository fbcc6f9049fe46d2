"""The pages that list: the front page, corrections, and an entry with the stories that cite it."""

from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.correction import CorrectionView, correction_view
from investigations.pages.instants import Instant, instant
from investigations.pages.story import Notice, RecordView, notice, record_view
from investigations.record.models import Part, StoryRow
from investigations.record.reading import EditionContent, Piece


@dataclass(frozen=True)
class StoryItem:
    """A story in a list."""

    headline: str
    standfirst: str
    investigation: str
    published: Instant
    changed: Instant | None
    corrections: int
    href: str


@dataclass(frozen=True)
class Citation:
    """A place where a story rests on an entry."""

    headline: str
    edition: int
    words: str
    href: str
    edition_href: str


@dataclass(frozen=True)
class EntryPage:
    """An entry of its own address: the record, and every story that cites it."""

    path: str
    record: RecordView | None
    withheld: Notice | None
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    hidden_from_search_engines: bool


def story_item(row: StoryRow) -> StoryItem:
    """A story's row as lists show it."""
    return StoryItem(
        headline=row.headline,
        standfirst=row.standfirst,
        investigation=row.investigation,
        published=instant(row.published_at),
        changed=instant(row.changed_at) if row.changed_at != row.published_at else None,
        corrections=row.corrections,
        href=paths.story(row.slug),
    )


def corrections_of(edition: EditionContent) -> list[CorrectionView]:
    """Every correction of a work, from its latest edition: each edition carries the notes before it."""
    pieces = edition.of_kind(Part.Kind.CORRECTION)
    return [correction_view(piece.content, edition.header) for piece in pieces if piece.content]


def entry_page(name: str, piece: Piece, editions: list[EditionContent]) -> EntryPage:
    """An entry, named like `meeting/2f7k…`, with the editions citing it: each work's latest that holds it."""
    headers = [edition.header for edition in editions]
    return EntryPage(
        path=paths.entry(*name.split("/")),
        record=record_view(piece.content) if piece.content else None,
        withheld=notice(piece.withheld),
        citations=tuple(citation for edition in editions for citation in _citations(name, edition)),
        notices=tuple(dict.fromkeys(header["notice"] for header in headers if header["notice"])),
        hidden_from_search_engines=all(header["hidden_from_search_engines"] for header in headers),
    )


def _citations(name: str, edition: EditionContent) -> list[Citation]:
    slug = edition.header["slug"]
    words = {
        passage["id"]: piece.content["text"][passage["start"] : passage["end"]]
        for piece in edition.of_kind(Part.Kind.BLOCK)
        for passage in piece.content.get("passages", [])
    }
    notes = [piece.content for piece in edition.of_kind(Part.Kind.NOTE)]
    cited = [note["passage"] for note in notes if note.get("entry") == name]
    return [
        Citation(
            headline=edition.header["headline"],
            edition=edition.number,
            words=words[passage],
            href=f"{paths.story(slug)}#{passage}",
            edition_href=paths.edition(slug, edition.number),
        )
        for passage in dict.fromkeys(cited)
        if passage in words
    ]
