"""How to cite what stands in the record: a line to copy, with the address of an edition that stays as it is."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from investigations.pages import paths
from investigations.pages.instants import Instant, instant


@dataclass(frozen=True)
class Cite:
    """A citation: the line to copy, and the address of the edition in it."""

    line: str
    edition: str
    href: str


def cite(what: str, path: str, *, headline: str, slug: str, number: int, published: datetime) -> Cite:
    """A record or a person's page, as cited in an edition of a story."""
    href = paths.edition(slug, number)
    day = instant(published).day
    name = f"edition {number} of “{headline}”"
    line = f"{what}, in: “{headline},” {settings.SITE_NAME}, edition {number}, {day}, {paths.absolute(href)}"
    return Cite(f"{line}; record: {paths.absolute(path)}", name, href)


def cite_story(authors: list[str], headline: str, slug: str, number: int, published: Instant) -> Cite:
    """A story in one edition."""
    by = f"{_joined(authors)}, " if authors else ""
    return _cite(by, headline, paths.edition(slug, number), number, published)


def cite_investigation(title: str, href: str, number: int, published: Instant) -> Cite:
    """An investigation's page in the edition at this address."""
    return _cite("", title, href, number, published)


def _cite(by: str, title: str, href: str, number: int, published: Instant) -> Cite:
    line = f"{by}“{title},” {settings.SITE_NAME}, edition {number}, {published.day}"
    return Cite(f"{line}, {paths.absolute(href)}", f"edition {number}", href)


def _joined(names: list[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
