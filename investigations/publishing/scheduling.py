"""Publication at an instant: set by an editor for what two people signed; a timer brings it out, never early."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from investigations.models import ScheduledPublication, Story
from investigations.models.scheduled_publication import stories_missed
from investigations.pages.instants import day_words, instant
from investigations.publishing.projection.story import work_of
from investigations.publishing.publish import prepared, publish, require_editor
from investigations.publishing.refusal import Refused
from investigations.publishing.reviewing import published_keys
from investigations.publishing.signatures import require_two_signatures
from investigations.record.models import Edition
from investigations.vocabulary import ScheduleOutcome

HAVE_IT = "Readers had the story already."
log = logging.getLogger(__name__)


def instant_of(words: str) -> datetime:
    """The instant of a wall clock's time in the newsroom's zone, written like 2026-03-08T06:00.

    Raises Refused for what is no such time, and for one that the clocks skip or show twice when they are changed.
    """
    try:
        wall = datetime.fromisoformat(words.strip())
    except ValueError as error:
        raise Refused("Say on which day and at what time it goes out.") from error
    if wall.tzinfo is not None:
        raise Refused("Say the time by the newsroom’s own clock, without a zone.")
    zone = ZoneInfo(settings.TIME_ZONE)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        clock = f"{wall.hour % 12 or 12}:{wall.minute:02d} {'a.m.' if wall.hour < 12 else 'p.m.'}"
        said = f"{clock} on {day_words(wall.date())}"
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
            raise Refused(f"{said} doesn’t exist here: the clocks are put forward. Choose another time.")
        raise Refused(f"{said} comes twice here: the clocks are put back. Choose another time.")
    return first.astimezone(UTC)


@transaction.atomic
def schedule(story: Story, *, by: Any, due: datetime, now: datetime | None = None) -> ScheduledPublication:
    """Set the story, as two people signed it, to go out at an instant.

    Raises Refused for somebody who is no editor, for an instant that has passed, for a story that readers have or
    that is set already, for what could not go out at that instant, and without two signatures under it as it stands.
    """
    now = now or timezone.now()
    require_editor(story, by)
    waiting = list(ScheduledPublication.objects.waiting().filter(story=story).select_for_update())
    story = Story.objects.select_for_update().get(pk=story.pk)
    if waiting:
        raise Refused("This story is set for an instant already: cancel that first.")
    if Edition.objects.filter(work=work_of(story)).exists():
        raise Refused("Readers have this story already: a correction brings them a new edition.")
    if due <= now:
        raise Refused("That time has passed: publish now, or choose a later one.")
    digest = prepared(story, by=by, now=due).digest()
    require_two_signatures(story, digest)
    row = ScheduledPublication(story=story, due=due, digest=digest, by=by, at=now)
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    row.save()
    return row


@transaction.atomic
def cancel(story: Story, *, by: Any, now: datetime | None = None) -> None:
    """Take a set publication back. Raises Refused for somebody who is no editor, and when none is set."""
    require_editor(story, by)
    row = ScheduledPublication.objects.waiting().filter(story=story).select_for_update().first()
    if row is None:
        raise Refused("This story is not set for any instant.")
    _end(row, ScheduleOutcome.CANCELLED, by=by, now=now or timezone.now())


@dataclass
class Run:
    """What a timer's run did: what went out, what was refused and why, and what failed and is tried again."""

    published: list[ScheduledPublication] = field(default_factory=list)
    refused: list[ScheduledPublication] = field(default_factory=list)
    failed: list[tuple[ScheduledPublication, Exception]] = field(default_factory=list)


def publish_due(*, now: datetime | None = None) -> Run:
    """Publish what is due, each in a transaction of its own; safe to repeat, and for two timers at once.

    What a rule refuses is kept with the reason, and is not tried again; what fails otherwise waits for the next run.
    Neither stops the others.
    """
    now = now or timezone.now()
    run = Run()
    for pk in ScheduledPublication.objects.due(now).values_list("pk", flat=True):
        _bring_out(pk, run, now=now)
    return run


@transaction.atomic
def _bring_out(pk: int, run: Run, *, now: datetime) -> None:
    """Publish one that is due, unless another timer has it in hand; the transaction keeps what came of it."""
    rows = ScheduledPublication.objects.due(now).filter(pk=pk)
    row = rows.select_for_update(of=("self",), skip_locked=True).select_related("story", "by").first()
    if row is None:
        return
    if Edition.objects.filter(work=work_of(row.story)).exists():
        _end(row, ScheduleOutcome.CANCELLED, by=row.by, now=now, reason=HAVE_IT)
        return
    try:
        publish(row.story, by=row.by, now=now, signed=row.digest)
    except Refused as refused:
        _end(row, ScheduleOutcome.REFUSED, by=row.by, now=now, reason=str(refused))
        run.refused.append(row)
    except Exception as error:
        log.exception("scheduled publication %s failed and is tried again", pk)
        run.failed.append((row, error))
    else:
        _end(row, ScheduleOutcome.PUBLISHED, by=row.by, now=now)
        run.published.append(row)


def set_to_go_out(stories: Any) -> Any:
    """Those of a queryset of stories that wait for an instant at which they go out by themselves."""
    return stories.filter(pk__in=ScheduledPublication.objects.waiting().order_by().values("story"))


def missed(stories: Any) -> Any:
    """Those of a queryset of stories that were due, did not go out, and still haven't."""
    return stories_missed(stories).exclude(public_key__in=published_keys())


def _end(row: ScheduledPublication, outcome: ScheduleOutcome, *, by: Any, now: datetime, reason: str = "") -> None:
    row.outcome, row.reason, row.ended_by, row.ended_at = outcome, reason, by, now
    row.save(update_fields=["outcome", "reason", "ended_by", "ended_at"])


def in_words(row: ScheduledPublication) -> str:
    """When it goes out, by the newsroom's clock, with the zone."""
    return instant(row.due).words
