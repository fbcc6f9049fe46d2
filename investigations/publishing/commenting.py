"""Comments on a story: said by those who write and edit it, and settled by one of them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations.models import Story, StoryComment
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_on_team


def comment(story: Story, *, by: Any, said: str, mark: str = "", now: datetime | None = None) -> StoryComment:
    """Say something of a story, or of the passage under this mark, with the words that stand there now.

    Raises Refused for somebody who doesn't write this story, for nothing said, and for a mark that isn't in the text.
    """
    _require_writer(story, by)
    words = {found.id: found.words for found in reversed(story.parsed().marks)}
    if mark and mark not in words:
        raise Refused("That passage is not in the text any more: comment on the story, or on another passage.")
    row = StoryComment(
        story=story, mark=mark, words=words.get(mark, ""), said=said.strip(), by=by, at=now or timezone.now()
    )
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused("Write what you have to say.") from error
    row.save()
    return row


@transaction.atomic
def resolve(row: StoryComment, *, by: Any, now: datetime | None = None) -> None:
    """Say that a comment is settled. Raises Refused for somebody who doesn't write this story, and when it is."""
    _require_writer(row.story, by)
    row = StoryComment.objects.select_for_update().get(pk=row.pk)
    if row.resolved_at:
        raise Refused("Somebody has settled this already.")
    row.resolved_by, row.resolved_at = by, now or timezone.now()
    row.save(update_fields=["resolved_by", "resolved_at"])


def _require_writer(story: Story, by: Any) -> None:
    require_on_team(story, by)
    if not by.has_perm("investigations.change_story"):
        raise Refused("Only reporters and editors comment on a story.")
