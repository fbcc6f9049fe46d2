"""Mending a published story, and reading what the record then says of it."""

import json
from datetime import timedelta

from investigations.publishing.ledger import append_edition
from investigations.publishing.projection.story import project_story, work_of
from investigations.publishing.publish import parts_of
from investigations.record.models import Edition, Page
from tests import builders

WATCHED = " Lee Sample watched the vote from the gallery."
DAYS = [builders.NEXT_DAY + timedelta(days=n) for n in range(6)]


def mend(story, *, by, old=WATCHED, new="", now=builders.NEXT_DAY):
    """Change the text, write a correction and submit it, as one person."""
    assert story.body.count(old) == 1
    story.edit(by=by, now=now, body=story.body.replace(old, new))
    note = "Lee Sample did not watch the vote."
    correction = builders.make_correction(story=story, written_by=by, written_at=now, note=note)
    builders.submit(correction, by=by, now=now)
    return correction


def update(story, *, by, old, new, now):
    """Bring a new edition to readers without a note, as an update does."""
    story.edit(by=by, now=now, body=story.body.replace(old, new))
    projection = project_story(story)
    return append_edition(work=work_of(story), change="update", parts=parts_of(projection), published_at=now)


def notes(edition):
    """The corrections that an edition carries, as readers' data."""
    return [json.loads(part.content) for part in edition.parts.filter(kind="correction").order_by("order")]


def latest():
    """The edition written last."""
    return Edition.objects.latest("position")


def page_of(story):
    """The story's page as readers get it now."""
    return bytes(Page.objects.get(path=f"/stories/{story.slug}/", variant="").body).decode()
