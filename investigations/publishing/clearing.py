"""Counsel: a lawyer reads a story that they are asked to clear, as readers would get it, and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations.lint import check_story
from investigations.lint.finding import Finding
from investigations.models import Clearance, Story
from investigations.models.clearance import may_clear
from investigations.pages.figure import picture
from investigations.publishing.gate import gate
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection, project_story
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import hold_projection, require_on_team
from investigations.record.models import Part
from investigations.record.reading import EditionContent, Piece
from investigations.vocabulary import ChangeKind, ClearanceOutcome, GateStage


@dataclass(frozen=True)
class Reading:
    """What counsel reads: the edition that the story would be, and what the story check says of it.

    `edition` is None in a preview of a story that holds words whose terms don't let them out.
    """

    edition: EditionContent | None
    findings: Sequence[Finding]
    changed: bool

    def picture(self, key: str) -> tuple[bytes, str] | None:
        """The bytes and media type of the picture under this key; None when the story has none."""
        for figure in self.edition.of_kind(Part.Kind.FIGURE) if self.edition else []:
            if figure.key == key and "data" in figure.content:
                return picture(figure.content), figure.content["media_type"]
        return None


def counsels() -> Any:
    """The accounts that can be asked to clear a story."""
    return (
        get_user_model()
        .objects.with_perm(
            "investigations.clear_story",
            backend="django.contrib.auth.backends.ModelBackend",
            include_superusers=False,
        )
        .filter(is_staff=True)
        .order_by("username")
    )


def ask_counsel(story: Story, counsel: Any, *, by: Any, now: datetime | None = None) -> Clearance:
    """Ask a lawyer to clear the story: from now on they can read it as readers would get it.

    Raises Refused for somebody who doesn't write this story, for somebody who is no counsel or who asks themselves,
    for a lawyer who was asked and has not answered, for a story that can't be shown as readers would get it, and when
    the leak gate holds it back: counsel is not named on its sources.
    """
    _require_writer(story, by)
    if not may_clear(counsel):
        raise Refused("Only counsel can be asked to clear a story.")
    now, projection = now or timezone.now(), _projected(story)
    about = {"by": by, "work": projection.work, "investigation": story.investigation, "now": now}
    with gate(GateStage.SUBMISSION, **about) as reading:
        hold_projection(reading, projection)
    clearance = Clearance(story=story, counsel=counsel, asked_by=by, asked_at=now, digest=projection.digest())
    _keep(clearance)
    return clearance


@transaction.atomic
def take_back(clearance: Clearance, *, by: Any, now: datetime | None = None) -> None:
    """Take a request back: counsel can't read the story any longer.

    Raises Refused for somebody who doesn't write this story, and when it is answered or taken back already.
    """
    clearance = _locked(clearance)
    _require_writer(clearance.story, by)
    if not clearance.is_open:
        raise Refused("This request has been answered or taken back already.")
    clearance.taken_back_by, clearance.taken_back_at = by, now or timezone.now()
    _keep(clearance)


@transaction.atomic
def clear(
    clearance: Clearance, *, by: Any, outcome: str, note: str, read: str = "", now: datetime | None = None
) -> None:
    """Give counsel's answer: it holds for the story as it stands now.

    `read` is the digest of what they read; an answer to other words is refused. Raises Refused for anybody but the
    lawyer who was asked, for an answer that is no answer, and when it was given or taken back already.
    """
    clearance = _locked(clearance)
    if not Clearance.objects.waiting_for(by).filter(pk=clearance.pk).exists():
        raise Refused("Only the lawyer who is asked answers, and only once.")
    if outcome not in ClearanceOutcome.values:
        raise Refused("Say whether it is cleared, cleared with changes, or not cleared.")
    digest = _projected(clearance.story).digest()
    if read and read != digest:
        raise Refused("The story was changed while you read it: read it as it is now, and answer then.")
    clearance.outcome, clearance.note, clearance.digest = outcome, note.strip(), digest
    clearance.answered_at = now or timezone.now()
    _keep(clearance)


def clearances_of(story: Story, digest: str) -> list[tuple[Clearance, bool]]:
    """The story's clearances, newest first, each with whether the story was changed since; `digest` is today's."""
    rows = story.clearances.select_related("counsel", "asked_by", "taken_back_by")
    return [(row, row.digest != digest) for row in rows]


def reading_for(clearance: Clearance, *, now: datetime | None = None) -> Reading | None:
    """What counsel reads; None while the story can't be shown as readers would get it."""
    try:
        projection = project_story(clearance.story)
    except ValueError:
        return None
    return Reading(
        edition=as_edition(projection, now=now or timezone.now()),
        findings=check_story(clearance.story),
        changed=projection.digest() != clearance.digest,
    )


def preview_of(story: Story, *, by: Any, now: datetime | None = None) -> Reading:
    """The story as readers would get it now, for whoever may see it; nothing is written, and no gate asked.

    Raises Refused for everybody else.
    """
    require_on_team(story, by)
    now = now or timezone.now()
    try:
        edition = as_edition(project_story(story), now=now)
    except ValueError:
        edition = None
    return Reading(edition, check_story(story, now=now), changed=False)


def as_edition(projection: Projection, *, now: datetime) -> EditionContent:
    """The edition that a projection would be if it went out as the first; nothing is written."""
    pieces: dict[str, list[Piece]] = {}
    for part in parts_of(projection):
        pieces.setdefault(part.kind, []).append(Piece(part.kind, part.key, part.content))
    return EditionContent(projection.work, 1, ChangeKind.FIRST, now, projection.digest(), pieces)


def _projected(story: Story) -> Projection:
    try:
        return project_story(story)
    except ValueError as error:
        raise Refused("The story holds words that can't go out: the story check says which.") from error


def _require_writer(story: Story, by: Any) -> None:
    require_on_team(story, by)
    if not by.has_perm("investigations.change_story"):
        raise Refused("Only reporters and editors ask counsel.")


def _keep(clearance: Clearance) -> None:
    """Save under the model's own rules, told as a refusal."""
    try:
        clearance.full_clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    clearance.save()


def _locked(clearance: Clearance) -> Clearance:
    return Clearance.objects.select_for_update(of=("self",)).select_related("story").get(pk=clearance.pk)
