"""The pages that list: the front page, and an entry with the stories that cite it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.cite import Cite, cite
from investigations.pages.correction import CorrectionView, correction_views, row_view
from investigations.pages.instants import Instant, instant
from investigations.pages.story import Notice, RecordView, notice, record_view
from investigations.record.models import CorrectionRow, Part, StoryRow
from investigations.record.reading import EditionContent, Piece
from investigations.vocabulary import ChangeKind, Stance

WITHIN = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class StoryItem:
    """A story in a list, with the note that is told beside it if there is one."""

    headline: str
    standfirst: str
    investigation: str
    investigation_href: str
    published: Instant
    told: CorrectionView | None
    href: str

    @property
    def retracted(self) -> bool:
        """Whether the story was taken back."""
        return bool(self.told and self.told.kind == ChangeKind.RETRACTION)


@dataclass(frozen=True)
class Citation:
    """A place where a story cites an entry, and what the entry does for the words there: “Contradicts”."""

    headline: str
    retracted: bool
    edition: int
    words: str
    stance: str
    href: str
    edition_href: str

    @property
    def quoted(self) -> str:
        """The words in quotation marks; marks of their own become single ones."""
        return f"“{self.words.translate(WITHIN)}”"


@dataclass(frozen=True)
class EntryPage:
    """An entry of its own address: the record, and every story that cites it, or rests on it otherwise."""

    path: str
    kind: str
    record: RecordView | None
    withheld: Notice | None
    citations: tuple[Citation, ...]
    behind: tuple[Citation, ...]
    cite: Cite | None
    notices: tuple[str, ...]
    hidden_from_search_engines: bool


def story_item(row: StoryRow, notes: Iterable[CorrectionRow] = (), investigation_href: str = "") -> StoryItem:
    """A story's row as lists show it; `notes` are all its notes, `investigation_href` its investigation's page."""
    told = told_first([row_view(note) for note in sorted(notes, key=lambda note: (note.day, note.number))])
    retracted = told and told.kind == ChangeKind.RETRACTION
    return StoryItem(
        headline=row.headline,
        standfirst="" if retracted else row.standfirst,
        investigation=row.investigation,
        investigation_href=investigation_href,
        published=instant(row.published_at),
        told=told,
        href=paths.story(row.slug),
    )


def told_first(notes: list[CorrectionView]) -> CorrectionView | None:
    """Of a story's notes, oldest first, the one that lists tell: its retraction, else the last serious one, else
    the last.
    """
    for wanted in (lambda note: note.kind == ChangeKind.RETRACTION, lambda note: note.serious, lambda note: True):
        if found := [note for note in notes if wanted(note)]:
            return found[-1]
    return None


def corrections_of(edition: EditionContent) -> tuple[CorrectionView, ...]:
    """Every note of a work, from its latest edition: each edition carries the notes before it."""
    return correction_views(edition, edition.header["slug"], edition.header["headline"])


def entry_page(name: str, piece: Piece, editions: list[EditionContent], stories: Mapping[str, StoryRow]) -> EntryPage:
    """An entry, named like `meeting/2f7k…`, with the editions citing it: each work's latest that holds it.

    The first of them is the one that says it so.
    `stories` are the works' rows: under which address a story stands now, and whether it was taken back.
    """
    headers = [edition.header for edition in editions]
    citations = tuple(
        citation for edition in editions for citation in _citations(name, edition, stories[edition.work])
    )
    return EntryPage(
        path=paths.entry(*name.split("/")),
        kind=name.partition("/")[0],
        record=record_view(piece.content) if piece.content else None,
        withheld=notice(piece.withheld),
        citations=citations,
        behind=tuple(
            _citation(edition, stories[edition.work])
            for edition in editions
            if paths.edition(stories[edition.work].slug, edition.number)
            not in {one.edition_href for one in citations}
        ),
        cite=_cite(name, piece, editions[0], stories) if piece.content else None,
        notices=tuple(dict.fromkeys(header["notice"] for header in headers if header["notice"])),
        hidden_from_search_engines=all(header["hidden_from_search_engines"] for header in headers),
    )


def _citations(name: str, edition: EditionContent, story: StoryRow) -> list[Citation]:
    words = {
        passage["id"]: piece.content["text"][passage["start"] : passage["end"]]
        for piece in edition.of_kind(Part.Kind.BLOCK)
        for passage in piece.content.get("passages", [])
    }
    notes = [piece.content for piece in edition.of_kind(Part.Kind.NOTE)]
    cited: dict[str, list[str]] = {}
    for note in notes:
        if note.get("entry") == name and note["passage"] in words:
            cited.setdefault(note["passage"], []).append(Stance(note["stance"]).label)
    return [
        _citation(edition, story, words[passage], passage, ", ".join(dict.fromkeys(stances)))
        for passage, stances in cited.items()
    ]


def _citation(
    edition: EditionContent, story: StoryRow, words: str = "", passage: str = "", stance: str = ""
) -> Citation:
    return Citation(
        headline=edition.header["headline"],
        retracted=story.retracted,
        edition=edition.number,
        words=words,
        stance=stance,
        href=f"{paths.story(story.slug)}{f'#{passage}' if passage else ''}",
        edition_href=paths.edition(story.slug, edition.number),
    )


def _cite(name: str, piece: Piece, edition: EditionContent, stories: Mapping[str, StoryRow]) -> Cite:
    """How to cite an entry: as the edition has it that says it so."""
    return cite(
        record_view(piece.content).named,
        paths.entry(*name.split("/")),
        headline=edition.header["headline"],
        slug=stories[edition.work].slug,
        number=edition.number,
        published=edition.published_at,
    )
