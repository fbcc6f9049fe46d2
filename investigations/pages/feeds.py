"""Atom feeds (RFC 4287): of every note, and of stories, all or an investigation's: a corrected one comes again."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, get_tag_uri

from investigations.pages import paths
from investigations.pages.correction import CorrectionView, row_view
from investigations.record.models import CorrectionRow, StoryRow
from investigations.vocabulary import ChangeKind

ATOM = "application/atom+xml; charset=utf-8"
LENGTH = 50
# What XML 1.0 can't hold (section 2.2): pasted text sometimes does.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Feed(Atom1Feed):
    """An Atom feed whose bytes hang on the record alone, never on the clock."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def corrections_feed(notes: Iterable[CorrectionRow], head: str, updated: datetime, notices: list[str]) -> bytes:
    """The newest notes, whole, with the words; the digest at which the chain ends stands in the subtitle."""
    said = f"Every note on what was published here, newest first. The record ends in {head}."
    feed = _feed("Corrections", paths.CORRECTIONS, paths.CORRECTIONS_FEED, said, updated, notices)
    for row in notes:
        note = row_view(row)
        feed.add_item(
            title=_fit(f"{note.name}: {note.story_headline}"),
            link=paths.absolute(note.href),
            description=_html("feed_note.html", note=note),
            unique_id=paths.absolute(note.href),
            pubdate=row.published_at,
            updateddate=row.published_at,
        )
    return _written(feed)


def stories_feed(
    stories: Iterable[StoryRow], notes: Mapping[str, list[CorrectionRow]], updated: datetime, notices: list[str]
) -> bytes:
    """The stories that readers were last told something of: a note on one is said before what it tells.

    A story keeps its id whatever becomes of its address; `updated` moves with each note.
    """
    feed = _feed("Stories", paths.FRONT, paths.STORIES_FEED, "Stories, newest first.", updated, notices)
    return _written(_with_stories(feed, stories, notes))


def investigation_feed(
    key: str, stories: list[StoryRow], notes: Mapping[str, list[CorrectionRow]], page: str = ""
) -> bytes:
    """The stories of one investigation, those first that readers were last told something of: at least one.

    It bears the title that the latest of them has over it, and the banners of them all; it leads to the `page` of the
    investigation, or to the front while there is none.
    """
    title = _fit(max(stories, key=lambda row: (row.changed_at, row.pk)).investigation)
    notices = list(dict.fromkeys(row.notice for row in stories if row.notice))
    said, at = "Stories of this investigation, newest first.", paths.investigation_feed(key)
    feed = _feed(title, page or paths.FRONT, at, said, max(row.told_at for row in stories), notices)
    return _written(_with_stories(feed, stories, notes))


def _with_stories(feed: _Feed, stories: Iterable[StoryRow], notes: Mapping[str, list[CorrectionRow]]) -> _Feed:
    for row in stories:
        said = _said_first(notes[row.work])
        feed.add_item(
            title=_fit(f"Retracted: {row.headline}" if row.retracted else row.headline),
            link=paths.absolute(paths.story(row.slug)),
            description=_html("feed_story.html", story=row, note=said),
            unique_id=get_tag_uri(paths.absolute(f"/{row.work}"), row.published_at),
            pubdate=row.published_at,
            updateddate=row.told_at,
        )
    return feed


def _said_first(rows: list[CorrectionRow]) -> CorrectionView | None:
    """The retraction or, where there is none, the last note that went out."""
    last = max(rows, key=lambda row: (row.kind == ChangeKind.RETRACTION, row.number), default=None)
    return row_view(last) if last else None


def _feed(title: str, link: str, at: str, said: str, updated: datetime, notices: list[str]) -> _Feed:
    return _Feed(
        title=f"{title} · {settings.SITE_NAME}",
        link=paths.absolute(link),
        description=None,
        subtitle=_fit(" ".join([said, *notices])),
        language="en",
        author_name=settings.SITE_NAME,
        author_email=settings.CONTACT,
        feed_url=paths.absolute(at),
        feed_guid=paths.absolute(at),
        updated=updated,
    )


def _html(template: str, **context: Any) -> str:
    return _fit(render_to_string(f"public/{template}", {"base": settings.BASE_URL, **context}).strip())


def _fit(text: str) -> str:
    return UNFIT.sub("", text)


def _written(feed: _Feed) -> bytes:
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()
