"""Addresses of readers' pages, as the public urls have them."""

from django.conf import settings

FRONT = "/"
CORRECTIONS = "/corrections/"
CORRECTIONS_FEED = "/corrections.atom"
STORIES_FEED = "/stories.atom"
MEETINGS = "/meetings/"
QUOTES = "/quotes/"
SOURCES = "/sources/"
PEOPLE = "/people/"
ORGANIZATIONS = "/organizations/"
INVESTIGATIONS = "/investigations/"
POLICIES = "/policies/"
REPORT = "/report-an-error/"
SEARCH = "/search/"
NOT_FOUND = "/404/"
SITEMAP = "/sitemap.xml"
NEWS_SITEMAP = "/news-sitemap.xml"
ROBOTS = "/robots.txt"
SECURITY = "/.well-known/security.txt"


def download(of_list: str, ending: str, query: str = "", table: str = "") -> str:
    """A list to take away in a format, with its questions; `table` is one of its tables that isn't its own."""
    return f"/{of_list}{f'/{table}' if table else ''}.{ending}{f'?{query}' if query else ''}"


def story(slug: str) -> str:
    """A story's latest edition."""
    return f"/stories/{slug}/"


def edition(slug: str, number: int) -> str:
    """One edition of a story, for ever."""
    return f"/stories/{slug}/editions/{number}/"


def changes(slug: str) -> str:
    """What changed between two editions of a story."""
    return f"/stories/{slug}/changes/"


def annotations(slug: str) -> str:
    """A story's evidence as W3C Web Annotations."""
    return f"/stories/{slug}/annotations.json"


def entry(kind: str, key: str) -> str:
    """A meeting's, quote's or source's page."""
    return f"/{kind}s/{key}/"


def person(key: str) -> str:
    """The page of somebody whom published records name."""
    return f"{PEOPLE}{key}/"


def person_picture(key: str, ending: str) -> str:
    """The picture on the page of somebody, or its table, as a file."""
    return f"{person(key)}time.{ending}"


def organization(key: str) -> str:
    """The page of a body in which somebody held an office that a published record says."""
    return f"{ORGANIZATIONS}{key}/"


def picture(name: str) -> str:
    """A picture of a story."""
    return f"/pictures/{name}"


def author(key: str) -> str:
    """An author's page."""
    return f"/authors/{key}/"


def investigation_feed(key: str) -> str:
    """An investigation's stories as a feed, under its random key: its short name may change."""
    return f"/investigations/{key}/stories.atom"


def sitemap(number: int) -> str:
    """A file of addresses that search engines may list, counted from 1."""
    return f"/sitemaps/{number}.xml"


def investigation(slug: str) -> str:
    """An investigation's page, in its latest edition."""
    return f"/investigations/{slug}/"


def investigation_edition(slug: str, number: int) -> str:
    """One edition of an investigation's page, for ever; its pictures and tables lie under it."""
    return f"/investigations/{slug}/editions/{number}/"


def policy(slug: str) -> str:
    """A policy's latest edition."""
    return f"/policies/{slug}/"


def policy_edition(slug: str, number: int) -> str:
    """One edition of a policy, for ever."""
    return f"/policies/{slug}/editions/{number}/"


def correction(number: int) -> str:
    """A correction's permalink."""
    return f"/corrections/{number}/"


def receipt(report: object) -> str:
    """What a reader is told of their report, by its UUID."""
    return f"{REPORT}{report}/"


def absolute(path: str) -> str:
    """The path with the site's address before it."""
    return f"{settings.BASE_URL}{path}"
