"""Two people: who may sign what, bound to the digest of exactly what readers would get."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from investigations.models import Approval, Story
from investigations.publishing.gate import Gate, gate, names_given, texts_of_parts
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection, project_story
from investigations.publishing.refusal import Refused
from investigations.vocabulary import GateStage


def is_editor(user: Any) -> bool:
    """Whether this person holds the editor's right to publish."""
    return bool(user.is_active and user.has_perm("investigations.publish_story"))


def require_on_team(story: Story, user: Any) -> None:
    """Raise Refused for somebody who may not even see the story."""
    if not Story.objects.visible_to(user).filter(pk=story.pk).exists():
        raise Refused("You are not on this investigation's team.")


def require_attributed(story: Story) -> None:
    """Raise Refused if the wording was changed by nobody knows whom."""
    last = story.contributions.order_by("-at", "-id").first()
    if last is None or last.wording != story.wording_digest():
        raise Refused(
            "The text was changed and nobody stands for the change: whoever made it opens the story and saves it."
        )


def sign(story: Story, *, by: Any, now: datetime | None = None) -> Approval:
    """Put this person's signature under the story as readers would get it now.

    Raises Refused for somebody who is not on the team, while a change is nobody's, and when the leak gate holds
    the story back.
    """
    require_on_team(story, by)
    if not by.has_perm("investigations.change_story"):
        raise Refused("Only reporters and editors sign a story.")
    require_attributed(story)
    projection = project_story(story)
    digest = projection.digest()
    about = {"by": by, "work": projection.work, "investigation": story.investigation, "now": now}
    with gate(GateStage.SUBMISSION, **about) as reading:
        hold_projection(reading, projection)
    try:
        with transaction.atomic():
            return Approval.objects.create(
                story=story, digest=digest, by=by, at=now or timezone.now(), as_editor=is_editor(by)
            )
    except IntegrityError:
        return Approval.objects.get(story=story, digest=digest, by=by)


def digest_now(story: Story) -> str:
    """The digest of what readers would get now; empty while it can't be projected."""
    try:
        return project_story(story).digest()
    except ValueError:
        return ""


def standing_signatures(story: Story, digest: str | None = None) -> list[Approval]:
    """The signatures under the story as it stands now, or under this digest; none while it can't be projected."""
    digest = digest_now(story) if digest is None else digest
    return list(Approval.objects.filter(story=story, digest=digest).select_related("by"))


def require_two_signatures(story: Story, digest: str) -> None:
    """Raise Refused unless two people, one of them an editor, signed this digest."""
    signed = list(Approval.objects.filter(story=story, digest=digest).select_related("by"))
    if len({approval.by_id for approval in signed}) >= 2 and any(a.as_editor and is_editor(a.by) for a in signed):
        return
    if not signed:
        raise Refused("Nobody has signed the story as it stands now. Two people sign, one of them an editor.")
    names = " and ".join(approval.by.get_username() for approval in signed)
    missing = "an editor" if not any(a.as_editor and is_editor(a.by) for a in signed) else "a second person"
    raise Refused(f"Signed as it stands now by {names}. The signature of {missing} is missing.")


def hold_projection(reading: Gate, projection: Projection) -> None:
    """Hold what would go out against the vault, before anybody's name stands under it."""
    parts = parts_of(projection)
    reading.read(texts_of_parts(parts), named=names_given([part.content for part in parts]))
