"""Notes to readers: corrections, clarifications, editor’s notes, updates, retractions, as readers see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.pages import paths
from investigations.pages.instants import Instant, day_words, instant
from investigations.record.models import CorrectionRow, Part
from investigations.record.reading import EditionContent
from investigations.vocabulary import ChangeKind, Severity

# What stands in brackets at the words, and before a note in lists.
TAGS = {
    ChangeKind.CORRECTION: "Corrected",
    ChangeKind.CLARIFICATION: "Clarified",
    ChangeKind.EDITORS_NOTE: "Editor’s note",
    ChangeKind.UPDATE: "Updated",
    ChangeKind.RETRACTION: "Retracted",
}
# What is said of the time before the note: of the other kinds nothing was wrong.
SINCE = {
    ChangeKind.CORRECTION: "Wrong since",
    ChangeKind.CLARIFICATION: "Unclear since",
    ChangeKind.RETRACTION: "Wrong since",
}


@dataclass(frozen=True)
class ChangeView:
    """Words that were changed: what stood there, and what stands there now if anything does."""

    where: str
    old: str
    new: str
    lead: str
    tail: str

    @property
    def is_whole(self) -> bool:
        """Whether it is a paragraph put in or taken out, with nothing before or behind it."""
        return not (self.lead or self.tail or (self.old and self.new))


@dataclass(frozen=True)
class CorrectionView:
    """A published note: its sentence, the words, when the error went out and when the note did.

    `noted` is the day a note bears that is older than this record: of it nothing else is known. `blocks` are those
    in which its words stand, as long as the edition has them. `corrects` and `corrected_by` are numbers of notes.
    """

    number: int
    kind: ChangeKind
    note: str
    basis: str
    serious: bool
    published: Instant
    noted: str
    wrong_since: Instant | None
    wrong_edition: int | None
    edition: int
    changes: tuple[ChangeView, ...]
    blocks: tuple[int, ...]
    corrects: int | None
    corrected_by: int | None
    slug: str
    story_headline: str

    @property
    def over_the_text(self) -> bool:
        """Whether it changed the headline or the standfirst."""
        return any(change.where in {"headline", "standfirst"} for change in self.changes)

    @property
    def stands_at_top(self) -> bool:
        """Whether it stands over the text too: what is serious, and what concerns the whole story."""
        return self.serious or self.kind in {ChangeKind.EDITORS_NOTE, ChangeKind.RETRACTION}

    @property
    def tag(self) -> str:
        """What happened, in a word: “Corrected”."""
        return TAGS[self.kind]

    @property
    def since(self) -> str:
        """What is said before `wrong_since`."""
        return SINCE[self.kind]

    @property
    def name(self) -> str:
        """The note by its number, like “Clarification 12”."""
        return f"{self.kind.label} {self.number}"

    @property
    def href(self) -> str:
        """Its permalink."""
        return paths.correction(self.number)

    @property
    def story_href(self) -> str:
        """The story as it stands now."""
        return paths.story(self.slug)

    @property
    def at_words(self) -> str:
        """The note in its story."""
        return f"{self.story_href}#correction-{self.number}"

    @property
    def old_edition_href(self) -> str:
        """The first edition that had the wrong words."""
        return paths.edition(self.slug, self.wrong_edition) if self.wrong_edition else ""

    @property
    def new_edition_href(self) -> str:
        """The edition with which the note went out."""
        return paths.edition(self.slug, self.edition)

    @property
    def changes_href(self) -> str:
        """All that changed with its edition; empty if it came with the first, or from before this record."""
        if self.edition < 2 or self.noted:
            return ""
        return f"{paths.changes(self.slug)}?from={self.edition - 1}&to={self.edition}"

    @property
    def corrects_href(self) -> str:
        """The note that this one corrects."""
        return paths.correction(self.corrects) if self.corrects else ""

    @property
    def corrected_by_href(self) -> str:
        """The note that corrects this one."""
        return paths.correction(self.corrected_by) if self.corrected_by else ""


def correction_views(edition: EditionContent, slug: str, headline: str) -> tuple[CorrectionView, ...]:
    """The notes of one edition, in order, under the story's present address and headline."""
    contents = [piece.content for piece in edition.of_kind(Part.Kind.CORRECTION) if piece.content]
    blocks = len(edition.of_kind(Part.Kind.BLOCK))
    corrected_by = {content["corrects"]: content["number"] for content in contents if content.get("corrects")}
    return tuple(_view(content, slug, headline, blocks, corrected_by.get(content["number"])) for content in contents)


def _view(content: dict[str, Any], slug: str, headline: str, blocks: int, corrected_by: int | None) -> CorrectionView:
    wrong = (content["wrong_since"] if content["kind"] in SINCE else None) or {}
    return CorrectionView(
        number=content["number"],
        kind=ChangeKind(content["kind"]),
        note=content["note"],
        basis=content.get("basis") or "",
        serious=content["severity"] == Severity.SERIOUS,
        published=instant(content["published_at"]),
        noted=day_words(date.fromisoformat(content["noted"])) if content.get("noted") else "",
        wrong_since=instant(wrong["at"]) if wrong else None,
        wrong_edition=wrong.get("edition"),
        edition=content["edition"],
        changes=_changes(content["changes"]),
        blocks=tuple(c["block"] for c in content["changes"] if c["block"] and c["block"] <= blocks),
        corrects=content.get("corrects"),
        corrected_by=corrected_by,
        slug=slug,
        story_headline=headline,
    )


def row_view(row: CorrectionRow) -> CorrectionView:
    """A note's row; where in the story's text the words stand is not in it."""
    return CorrectionView(
        number=row.number,
        kind=ChangeKind(row.kind),
        note=row.note,
        basis=row.basis,
        serious=row.severity == Severity.SERIOUS,
        published=instant(row.published_at),
        noted=day_words(row.noted) if row.noted else "",
        wrong_since=instant(row.wrong_since) if row.wrong_since and row.kind in SINCE else None,
        wrong_edition=row.wrong_edition if row.kind in SINCE else None,
        edition=row.edition,
        changes=_changes(row.changes),
        blocks=(),
        corrects=row.corrects,
        corrected_by=row.corrected_by,
        slug=row.slug,
        story_headline=row.headline,
    )


def _changes(contents: list[dict[str, Any]]) -> tuple[ChangeView, ...]:
    return tuple(ChangeView(c["where"], c["old"], c["new"], c["lead"], c["tail"]) for c in contents)
