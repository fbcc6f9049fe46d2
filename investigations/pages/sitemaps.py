"""What search engines and finders of faults ask for: sitemaps (sitemaps.org, 0.9), robots.txt, security.txt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string

from investigations.pages import paths
from investigations.pages.feeds import UNFIT
from investigations.pages.instants import instant
from investigations.pages.render import Rendered
from investigations.record.models import StoryRow

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
SIZE = 10_000
"""How many addresses a sitemap holds: a fifth of what it may, some 1.5 MB."""
NEWS = timedelta(days=2)
"""How long a story is news."""
NEWS_SIZE = 1000
"""How many stories a news sitemap may hold."""
GOOD_FOR = timedelta(days=90)
"""How long from today what security.txt says may be relied on: the settings it is made of are asked each time."""


@dataclass(frozen=True)
class Listed:
    """An address, and since when it says what it says if that is known."""

    address: str
    changed: str


@dataclass(frozen=True)
class News:
    """A story in the news sitemap."""

    address: str
    published: str
    headline: str


def sitemap_index(count: int) -> Rendered:
    """The index of the sitemaps of so many addresses."""
    files = [paths.absolute(paths.sitemap(number)) for number in range(1, -(-count // SIZE) + 1)]
    return _xml("sitemap_index.xml", files=files)


def sitemap(pages: Iterable[tuple[str, str]]) -> Rendered:
    """The sitemap of these paths, each with its instant."""
    listed = [Listed(paths.absolute(path), _seconds(changed)) for path, changed in pages]
    return _xml("sitemap.xml", listed=listed)


def news_sitemap(stories: Iterable[StoryRow]) -> Rendered:
    """The news sitemap of these stories."""
    news = [
        News(
            paths.absolute(paths.story(row.slug)),
            _seconds(instant(row.published_at).iso),
            UNFIT.sub("", row.headline),
        )
        for row in stories
    ]
    return _xml("news_sitemap.xml", news=news, name=settings.SITE_NAME)


def robots() -> Rendered:
    """Everything may be read: what shouldn't be listed says so itself, and has to be read for that."""
    lines = ["User-agent: *", "Disallow:", ""]
    lines += [f"Sitemap: {paths.absolute(path)}" for path in (paths.SITEMAP, paths.NEWS_SITEMAP)]
    return Rendered("\n".join([*lines, ""]).encode(), TEXT)


def security(now: datetime) -> Rendered:
    """To whom a fault in the site's security is told (RFC 9116)."""
    until = (now + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {paths.absolute(paths.SECURITY)}",
    ]
    return Rendered("\n".join([*lines, ""]).encode(), TEXT)


def _seconds(iso: str) -> str:
    """An instant to the second, which the schema asks for; empty for none."""
    return datetime.fromisoformat(iso).isoformat(timespec="seconds") if iso else ""


def _xml(template: str, **context: object) -> Rendered:
    return Rendered(render_to_string(f"public/{template}", context).encode(), XML)
