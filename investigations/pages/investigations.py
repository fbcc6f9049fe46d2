"""The list of investigations that have a page, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.instants import Instant, instant
from investigations.record.models import Part
from investigations.record.reading import EditionContent


@dataclass(frozen=True)
class InvestigationItem:
    """An investigation in the list: what its page asks first, and how many stories it has."""

    key: str
    title: str
    asks: str
    stories: int
    edition: int
    published: Instant
    href: str
    hidden_from_search_engines: bool


def investigation_items(editions: Iterable[EditionContent]) -> tuple[InvestigationItem, ...]:
    """Investigations by the latest edition of each one's page, the last published first."""
    newest = sorted(editions, key=lambda edition: (edition.published_at, edition.work), reverse=True)
    return tuple(_item(edition) for edition in newest)


def asks_first(edition: EditionContent) -> str:
    """The first paragraph of a page that readers get."""
    said = (piece.content["text"] for piece in edition.of_kind(Part.Kind.BLOCK) if piece.content)
    return next((text for text in said if text.strip()), "")


def _item(edition: EditionContent) -> InvestigationItem:
    chosen = [piece.content for piece in edition.of_kind(Part.Kind.CHOSEN) if piece.content]
    header = edition.header
    return InvestigationItem(
        key=header["key"],
        title=header["title"],
        asks=asks_first(edition),
        stories=sum(one["type"] == "story" for one in chosen),
        edition=edition.number,
        published=instant(edition.published_at),
        href=paths.investigation(header["slug"]),
        hidden_from_search_engines=header["hidden_from_search_engines"],
    )
