"""First publication of a story."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.lint import check_story, must_fix
from investigations.models import Story
from investigations.publishing.address import require_free_address
from investigations.publishing.compile import compile_work
from investigations.publishing.gate import gate, hold_against_vault
from investigations.publishing.ledger import append_edition, lock_chain
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection, project_story, work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.returning import require_nothing_withheld
from investigations.publishing.signatures import (
    is_editor,
    require_attributed,
    require_on_team,
    require_two_signatures,
)
from investigations.record.models import Edition
from investigations.vocabulary import ChangeKind, GateStage

CHANGED = "The story was changed since it was set: what two people signed then is not what would go out now."


def publish(story: Story, *, by: Any, now: datetime | None = None, signed: str = "") -> Edition:
    """Publish the story's first edition: ledger and pages in one transaction. `signed` is the only digest to go out.

    Raises Refused when a finding must be fixed first, when two signatures under exactly this text are missing,
    when the leak gate holds it back, when `by` is no editor, and when readers have the story already.
    """
    about = {"by": by, "work": work_of(story), "investigation": story.investigation, "now": now}
    with gate(GateStage.PUBLICATION, **about) as reading, transaction.atomic():
        lock_chain()
        story = Story.objects.select_for_update().get(pk=story.pk)
        now = now or timezone.now()
        projection = prepared(story, by=by, now=now)
        if Edition.objects.filter(work=projection.work).exists():
            raise Refused("Readers have this story already: a correction brings them a new edition.")
        require_nothing_withheld(projection)
        if signed and signed != projection.digest():
            raise Refused(CHANGED)
        require_two_signatures(story, projection.digest())
        require_free_address(projection)
        parts = parts_of(projection)
        edition = append_edition(work=projection.work, change=ChangeKind.FIRST, parts=parts, published_at=now)
        pages = compile_work(projection.work)
        hold_against_vault(reading, parts, pages, edition)
    return edition


def prepared(story: Story, *, by: Any, now: datetime) -> Projection:
    """The story as readers would get it at this instant.

    Raises Refused when it may not go out, or not through this person. Asked inside the transaction that writes the
    edition: what is agreed with a source may change at any moment before.
    """
    require_editor(story, by)
    if findings := must_fix(check_story(story, now=now)):
        first = findings[0]
        more = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
        raise Refused(f"The story can't go out: {first.msg}{more}", findings)
    require_attributed(story)
    return project_story(story)


def require_editor(story: Story, by: Any) -> None:
    """Raise Refused for somebody who is not on the team, or no editor."""
    require_on_team(story, by)
    if not is_editor(by):
        raise Refused("Only editors publish.")
