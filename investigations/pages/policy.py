"""A policy's page as plain data."""

from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.story import EditionView, Notice, edition_view, notice
from investigations.record.models import Part
from investigations.record.reading import EditionContent


@dataclass(frozen=True)
class PolicyBlock:
    """A block of a policy's text."""

    html: str
    withheld: Notice | None


@dataclass(frozen=True)
class PolicyPage:
    """A policy, in one edition."""

    title: str
    slug: str
    path: str
    note: str
    blocks: tuple[PolicyBlock, ...]
    edition: EditionView
    editions: tuple[EditionView, ...]

    @property
    def is_latest(self) -> bool:
        """Whether this edition stands at the policy's own address."""
        return self.edition.number == self.editions[-1].number


def policy_page(history: list[EditionContent], number: int) -> PolicyPage:
    """The page of edition `number`; `history` is every edition of the policy in order."""
    content = history[number - 1]
    slug = history[-1].header["slug"]
    editions = tuple(edition_view(item, paths.policy_edition(slug, item.number), number) for item in history)
    pieces = content.of_kind(Part.Kind.BLOCK)
    return PolicyPage(
        title=content.header["title"],
        slug=slug,
        path=paths.policy(slug),
        note=content.header["note"],
        blocks=tuple(PolicyBlock(piece.content.get("html", ""), notice(piece.withheld)) for piece in pieces),
        edition=editions[number - 1],
        editions=editions,
    )
