"""First publication of a story."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.lint import check_story, must_fix
from investigations.models import Story
from investigations.publishing.compile import compile_work
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.projection.story import Projection, entry_name, project_story
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import (
    is_editor,
    require_attributed,
    require_on_team,
    require_two_signatures,
)
from investigations.record.models import Edition, Part, StoryRow
from investigations.vocabulary import ChangeKind


def publish(story: Story, *, by: Any, now: datetime | None = None) -> Edition:
    """Publish the story's first edition: ledger and pages in one transaction.

    Raises Refused when a finding must be fixed first, when two signatures under exactly this text are
    missing, when `by` is no editor, and when readers have the story already.
    """
    now = now or timezone.now()
    projection = prepared(story, by=by)
    with transaction.atomic():
        lock_chain()
        if Edition.objects.filter(work=projection.work).exists():
            raise Refused("Readers have this story already: a correction brings them a new edition.")
        require_two_signatures(story, projection.digest())
        if StoryRow.objects.filter(slug=story.slug).exclude(work=projection.work).exists():
            raise Refused(f"The address /stories/{story.slug}/ is another story's: change the short name.")
        edition = append_edition(
            work=projection.work, change=ChangeKind.FIRST, parts=parts_of(projection), published_at=now
        )
        compile_work(projection.work)
    return edition


def prepared(story: Story, *, by: Any) -> Projection:
    """The story as readers would get it. Raises Refused when it may not go out, or not through this person."""
    require_on_team(story, by)
    if not is_editor(by):
        raise Refused("Only editors publish.")
    if findings := must_fix(check_story(story)):
        first = findings[0]
        more = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
        raise Refused(f"The story can't go out: {first.msg}{more}", findings)
    require_attributed(story)
    return project_story(story)


def parts_of(projection: Projection) -> list[NewPart]:
    """A projection as the parts of an edition."""
    return [
        NewPart(Part.Kind.HEADER, "header", projection.header),
        *(NewPart(Part.Kind.BLOCK, f"b{n}", block) for n, block in enumerate(projection.blocks, start=1)),
        *(NewPart(Part.Kind.ENTRY, entry_name(entry), entry) for entry in projection.entries),
        *(NewPart(Part.Kind.NOTE, note["key"], note) for note in projection.notes),
        *(NewPart(Part.Kind.FIGURE, figure["key"], figure) for figure in projection.figures),
        *(NewPart(Part.Kind.REQUEST, f"r{n}", request) for n, request in enumerate(projection.requests, start=1)),
    ]
