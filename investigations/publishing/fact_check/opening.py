"""Who gets a fact-check file, in which version, and the line that each of them leaves."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from investigations.models import Clearance, FactCheckFileOpened, Story
from investigations.models.secrecy import open_for_file
from investigations.publishing.fact_check.building import build
from investigations.publishing.fact_check.parts import FactCheckFile
from investigations.publishing.fact_check.rendering import missing_for_pdf
from investigations.publishing.fact_check.unnamed import held_of
from investigations.publishing.refusal import Refused
from investigations.vocabulary import FileFormat, FileGrouping, FileVersion

NOT_YET = (
    "The story holds words that can’t go out, so that it can’t be made without them: the story check says which. The"
    " full file can be made."
)


def versions_for(story: Story, user: Any) -> tuple[FileVersion, ...]:
    """The versions that somebody may have: both on the team; one for counsel who is asked to clear the story.

    Counsel's account gets what readers would get and nothing else of the desk; the full file is handed to them by
    whoever made it.
    """
    if Story.objects.visible_to(user).filter(pk=story.pk).exists():
        return (FileVersion.FULL, FileVersion.WITHOUT)
    if Clearance.objects.waiting_for(user).filter(story=story.pk).exists():
        return (FileVersion.WITHOUT,)
    return ()


def open_file(
    story: Story,
    *,
    by: Any,
    version: FileVersion,
    grouping: FileGrouping = FileGrouping.SENTENCE,
    format: FileFormat = FileFormat.HTML,
    reason: str = "",
    now: datetime | None = None,
) -> FactCheckFile:
    """Make a story's file for somebody, and keep that they had it.

    A reason opens to them, for a quarter of an hour, the identities of the story's sources that they are named on.
    The line is written before anything is handed out. Raises Refused for somebody who may not have this version, when
    PDF can't be made here, and while it can't be made without words that must stay here; PermissionDenied and
    ValidationError as the vault does.
    """
    now = now or timezone.now()
    if version not in versions_for(story, by):
        raise Refused("This file is for those who may see the story, and for counsel who is asked to clear it.")
    if format == FileFormat.PDF and (missing := missing_for_pdf()):
        raise Refused(missing)
    if reason.strip() and version == FileVersion.FULL:
        open_for_file(held_of(story), by=by, reason=reason, now=now)
    try:
        file = build(story, version, grouping, by=by, now=now)
    except ValueError as error:
        raise Refused(NOT_YET) from error
    FactCheckFileOpened.objects.create(
        story=story,
        by=by,
        at=now,
        version=version,
        grouping=grouping,
        format=format,
        names=file.names,
        wording=file.wording,
    )
    return file
