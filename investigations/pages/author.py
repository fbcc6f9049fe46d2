"""An author's page as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.lists import StoryItem, story_item
from investigations.record.models import BylineRow, CorrectionRow


@dataclass(frozen=True)
class AuthorPage:
    """Somebody who signs stories, and which."""

    name: str
    about: str
    path: str
    stories: tuple[StoryItem, ...]
    notices: tuple[str, ...]
    hidden_from_search_engines: bool


def author_page(rows: list[BylineRow], notes: Mapping[str, list[CorrectionRow]]) -> AuthorPage:
    """An author with their stories, newest first; as their latest story calls them. `notes` are each work's."""
    rows = sorted(rows, key=lambda row: row.story.published_at, reverse=True)
    latest = rows[0]
    notices = (row.story.notice for row in rows if row.story.notice)
    return AuthorPage(
        name=latest.name,
        about=latest.about,
        path=paths.author(latest.author),
        stories=tuple(story_item(row.story, notes[row.story.work]) for row in rows),
        notices=tuple(dict.fromkeys(notices)),
        hidden_from_search_engines=all(row.story.hidden_from_search_engines for row in rows),
    )
