"""What changed between two editions of a story, word by word, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from investigations import diffs
from investigations.pages import paths
from investigations.pages.correction import CorrectionView, correction_views
from investigations.pages.records import capitalized
from investigations.pages.select import Select
from investigations.pages.story import EditionView, Notice, edition_view, notice
from investigations.pages.told import COME_AND_GO, told
from investigations.record.models import Edition, Part
from investigations.record.reading import EditionContent, Piece
from investigations.vocabulary import ChangeKind

EFFORT = 1_000_000
"""Pairs of equal words that are still compared one by one; past that, paragraphs are shown whole."""


EDITION_WITHHELD = "Edition withheld"


@dataclass(frozen=True)
class ParagraphView:
    """Words that differ: runs of (equal, delete or insert; text). Or a notice in the place of withheld ones.

    `what` says it in a word, `skipped` how many paragraphs before it are the same.
    """

    what: str
    runs: tuple[tuple[str, str], ...]
    withheld: Notice | None = None
    skipped: int = 0


@dataclass(frozen=True)
class ChangesPage:
    """Two editions of a story, what differs, and the notes that tell of it."""

    headline: str
    slug: str
    first: EditionView
    second: EditionView
    selects: tuple[Select, ...]
    paragraphs: tuple[ParagraphView, ...]
    rest: int
    word_by_word: bool
    beside: tuple[ParagraphView, ...]
    notes: tuple[CorrectionView, ...]
    notices: tuple[str, ...]

    @property
    def path(self) -> str:
        """The story as it stands now."""
        return paths.story(self.slug)

    @property
    def action(self) -> str:
        """Where the form asks."""
        return paths.changes(self.slug)


def changes_page(slug: str, editions: list[Edition], first: EditionContent, second: EditionContent) -> ChangesPage:
    """What changed from the first to the second; `editions` are all there are, `slug` the story's present name."""
    header = second.header or first.header
    headline = header.get("headline", "")
    told = [note for note in correction_views(second, slug, headline) if first.number < note.edition <= second.number]
    before, after = first.of_kind(Part.Kind.BLOCK), second.of_kind(Part.Kind.BLOCK)
    word_by_word = diffs.effort(_texts(before), _texts(after)) <= EFFORT
    if why := first.withheld or second.withheld:
        text, rest = [ParagraphView(EDITION_WITHHELD, (), notice(why))], 0
    else:
        text, rest = _text(before, after, word_by_word)
    paragraphs = [] if why else [*_over_the_text(first, second)]
    return ChangesPage(
        headline=headline,
        slug=slug,
        first=edition_view(first, paths.edition(slug, first.number), 0),
        second=edition_view(second, paths.edition(slug, second.number), 0),
        selects=(
            _select("from", "From", editions, first.number),
            _select("to", "To", editions, second.number),
        ),
        paragraphs=(*paragraphs, *text),
        rest=rest,
        word_by_word=word_by_word,
        beside=() if why or second.change == ChangeKind.RETRACTION else tuple(_beside(first, second)),
        notes=tuple(told),
        notices=(header["notice"],) if header.get("notice") else (),
    )


def _select(name: str, label: str, editions: list[Edition], chosen: int) -> Select:
    options = tuple((str(one.number), f"{one.number} · {ChangeKind(one.change).label}") for one in editions)
    return Select(name, label, options, str(chosen))


def _texts(pieces: list[Piece]) -> list[str]:
    """The text of each block; empty where it was withheld."""
    return [piece.content.get("text", "") for piece in pieces]


def _over_the_text(first: EditionContent, second: EditionContent) -> Iterator[ParagraphView]:
    for name, label in (("headline", "Headline"), ("standfirst", "Standfirst")):
        was, now = first.header.get(name, ""), second.header.get(name, "")
        if was != now:
            yield ParagraphView(label, tuple(diffs.segments(was, now)))


def _beside(first: EditionContent, second: EditionContent) -> Iterator[ParagraphView]:
    """The lines of evidence, figures, requests and bylines that differ; of what is withheld in either, none."""
    was, now = (told(chain.from_iterable(edition.pieces.values())) for edition in (first, second))
    hidden = {f"{name}{piece.key}" for edition in (first, second) for name, piece in _withheld_things(edition)}
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
        thing = new or old
        what = ": ".join(filter(None, (capitalized(thing.where), thing.heading))) if thing else ""
        if old and new:
            for line in dict.fromkeys([*old.lines, *new.lines]):
                before, after = old.lines.get(line, ""), new.lines.get(line, "")
                if before != after:
                    yield ParagraphView(f"{what}, {line}" if line else what, tuple(diffs.segments(before, after)))
        elif name.startswith(COME_AND_GO) and name not in hidden:
            yield ParagraphView(what, (("insert" if new else "delete", thing.name if thing else ""),))


def _withheld_things(edition: EditionContent) -> Iterator[tuple[str, Piece]]:
    for kind, name in ((Part.Kind.NOTE, "note/"), (Part.Kind.FIGURE, "figure/")):
        yield from ((name, piece) for piece in edition.of_kind(kind) if piece.withheld)


def _text(before: list[Piece], after: list[Piece], word_by_word: bool) -> tuple[list[ParagraphView], int]:
    """The paragraphs that differ, and how many behind the last of them are the same."""
    was, now = _texts(before), _texts(after)
    shown: list[ParagraphView] = []
    skipped = 0
    for i, j in diffs.align_blocks(was, now, alike=word_by_word):
        old = before[i] if i is not None else None
        new = after[j] if j is not None else None
        if old and new and was[i or 0] == now[j or 0] and not new.withheld:
            skipped += 1
            continue
        shown.append(_paragraph(old, new, skipped))
        skipped = 0
    return shown, skipped


def _paragraph(old: Piece | None, new: Piece | None, skipped: int) -> ParagraphView:
    for piece in (new, old):
        if piece and piece.withheld:
            return ParagraphView("Withheld", (), notice(piece.withheld), skipped)
    was = old.content.get("text", "") if old else ""
    now = new.content.get("text", "") if new else ""
    if old and new:
        return ParagraphView("Changed", tuple(diffs.segments(was, now)), None, skipped)
    if new:
        return ParagraphView("Added", (("insert", now),), None, skipped)
    return ParagraphView("Removed", (("delete", was),), None, skipped)
