"""Letting a finding of the story check pass: an editor, with a reason, one finding at a time."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from investigations.lint import check_story, may_be_overridden, must_fix
from investigations.models import FindingOverride, Story
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import is_editor, require_on_team


def override(
    story: Story, finding_id: str, mark: str, reason: str, *, by: Any, place: str = "", now: datetime | None = None
) -> FindingOverride:
    """Let one finding pass, as this editor, until its place changes; `place` tells it from others like it.

    Raises Refused for anybody but an editor of the team, without a reason, for a finding that nobody may let pass,
    and for one that isn't there, or isn't there any more.
    """
    require_on_team(story, by)
    if not is_editor(by):
        raise Refused("Only an editor lets a finding pass.")
    if not reason.strip():
        raise Refused("Say why it may go out so: this may be read in court.")
    if not may_be_overridden(finding_id):
        raise Refused("Nobody may let this finding pass: it has to be fixed.")
    standing = [
        finding
        for finding in must_fix(check_story(story, now=now))
        if (finding.id, finding.mark) == (finding_id, mark) and place in ("", finding.place)
    ]
    if not standing:
        raise Refused("That finding isn't there any more, or its place was changed: look at the story check again.")
    if len(standing) > 1:
        raise Refused("There are several findings like that: let each pass at its own place.")
    return FindingOverride.objects.create(
        story=story,
        finding=finding_id,
        mark=mark,
        place=standing[0].place,
        reason=reason.strip(),
        by=by,
        at=now or timezone.now(),
    )
