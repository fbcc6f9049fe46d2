"""Corrections as readers see them."""

from dataclasses import dataclass
from typing import Any

from investigations.pages import paths
from investigations.pages.instants import Instant, instant
from investigations.vocabulary import ChangeKind, Severity


@dataclass(frozen=True)
class ChangeView:
    """Words that were changed: what stood there, and what stands there now if anything does."""

    where: str
    old: str
    new: str
    lead: str
    tail: str


@dataclass(frozen=True)
class CorrectionView:
    """A published correction: the note, the words, when the error went out and when the note did."""

    number: int
    kind: str
    note: str
    serious: bool
    published: Instant
    wrong_since: Instant
    wrong_edition: int
    edition: int
    changes: tuple[ChangeView, ...]
    blocks: tuple[int, ...]
    href: str
    story_href: str
    story_headline: str
    at_words: str
    old_edition_href: str
    new_edition_href: str

    @property
    def over_the_text(self) -> bool:
        """Whether it changed the headline or the standfirst."""
        return any(change.where != "text" for change in self.changes)


def correction_view(content: dict[str, Any], header: dict[str, Any]) -> CorrectionView:
    """A correction part with the header of the edition it stands in."""
    slug, number = header["slug"], content["number"]
    wrong, edition = content["wrong_since"], content["edition"]
    return CorrectionView(
        number=number,
        kind=ChangeKind(content["kind"]).label,
        note=content["note"],
        serious=content["severity"] == Severity.SERIOUS,
        published=instant(content["published_at"]),
        wrong_since=instant(wrong["at"]),
        wrong_edition=wrong["edition"],
        edition=edition,
        changes=tuple(ChangeView(c["where"], c["old"], c["new"], c["lead"], c["tail"]) for c in content["changes"]),
        blocks=tuple(c["block"] for c in content["changes"] if c["block"] is not None),
        href=paths.correction(number),
        story_href=paths.story(slug),
        story_headline=header["headline"],
        at_words=f"{paths.story(slug)}#correction-{number}",
        old_edition_href=paths.edition(slug, wrong["edition"]),
        new_edition_href=paths.edition(slug, edition),
    )
