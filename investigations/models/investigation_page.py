"""An investigation's page: what it asks, the chart that carries the argument, and what is chosen for readers."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from investigations import text
from investigations.models.base import InvestigationQuerySet, VisibleQuerySet
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order

ELSEWHERE = "That belongs to another investigation."
UNNAMED = "That source may not be named: it is in no list, and nothing leads to it."
TYPOGRAPHIC = ("body", "caption", "rests_on", "lacks")


class InvestigationPageManager(models.Manager[Any]):
    """Finds a page by its investigation, for fixtures."""

    def get_by_natural_key(self, slug: str) -> Any:
        """The page of the investigation of that short name."""
        return self.get(investigation__slug=slug)


class InvestigationPage(models.Model):
    """What readers get at an investigation's address, in editions: its question, its chart, and what is chosen."""

    investigation = models.OneToOneField("Investigation", on_delete=models.PROTECT, related_name="page")
    body = models.TextField(
        "what it asks", help_text="Markdown, a paragraph or two. Readers get it at the head of the page."
    )
    meeting_class = models.ForeignKey(
        "MeetingClass",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name="meetings that the chart counts",
        help_text="Counted by month, from what is published of them. Empty: a page without a chart.",
    )
    since = models.DateField("from month", null=True, blank=True, help_text="Any day of the chart’s first month.")
    until = models.DateField("to month", null=True, blank=True, help_text="Any day of the chart’s last month.")
    caption = models.TextField(
        blank=True, help_text="What the chart shows and what it leaves out. Shown to readers under it."
    )
    rests_on = models.TextField(
        "what it rests on", blank=True, help_text="Of what the count is made. Shown to readers beside the chart."
    )
    lacks = models.TextField(
        "what it lacks", blank=True, help_text="Its weak spots, in plain words. Shown to readers beside the chart."
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvestigationPageManager.from_queryset(InvestigationQuerySet)()

    class Meta:
        ordering = ["investigation"]
        verbose_name = "investigation’s page"
        verbose_name_plural = "investigations’ pages"
        constraints = [
            models.CheckConstraint(
                name="page_chart_whole_or_not",
                condition=Q(meeting_class__isnull=True, since__isnull=True, until__isnull=True)
                | Q(meeting_class__isnull=False, since__isnull=False, until__isnull=False),
                violation_error_message="A chart needs the meetings that it counts, and its first and last month.",
            ),
            models.CheckConstraint(
                name="page_chart_in_order",
                condition=Q(since__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="The chart ends before it begins.",
            ),
            models.CheckConstraint(
                name="page_edited_by_whom_and_when",
                condition=Q(edited_by__isnull=True, edited_at__isnull=True)
                | Q(edited_by__isnull=False, edited_at__isnull=False),
                violation_error_message="An edit names who made it and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"page of {self.investigation}"

    def natural_key(self) -> tuple[str, ...]:
        """The investigation's short name."""
        return (self.investigation.slug,)

    def clean(self) -> None:
        """Put typographic quotes and dashes in, where the writer sees them; refuse a class that belongs elsewhere."""
        super().clean()
        for name in TYPOGRAPHIC:
            setattr(self, name, text.typographic(getattr(self, name)))
        if self.meeting_class and self.meeting_class.investigation_id != self.investigation_id:
            raise ValidationError({"meeting_class": ELSEWHERE})

    def edit(self, *, by: Any, now: Any = None) -> None:
        """Save as this person's work. Raises ValidationError for a field that is refused."""
        self.edited_by, self.edited_at = by, now or timezone.now()
        self.full_clean()
        self.save()


class OfAPageQuerySet(VisibleQuerySet):
    """What stands on a page, limited by its investigation."""

    team_path = "page__investigation_id"


class MarkedEvent(models.Model):
    """An event marked in the chart and on the timeline: a day, what happened, and the source that says so."""

    page = models.ForeignKey(InvestigationPage, on_delete=models.CASCADE, related_name="events")
    when = FuzzyDateField()
    when_earliest = span_field()
    when_latest = span_field()
    when_edtf = edtf_field()
    label = models.CharField(
        max_length=160, help_text="“named chairman of the board”. Shown to readers after the day."
    )
    source = models.ForeignKey(
        "Source", on_delete=models.PROTECT, related_name="marked_events", help_text="Who says so: a published source."
    )

    objects = OfAPageQuerySet.as_manager()

    class Meta:
        ordering = ["when_earliest", "id"]
        constraints = [span_in_order("marked_event_when_in_order", "when")]

    def __str__(self) -> str:
        return f"event {self.pk or 'not yet saved'}"

    def clean(self) -> None:
        """Put typographic quotes in; refuse a source of another investigation, and one that may not be named."""
        super().clean()
        self.label = text.typographic(self.label)
        if self.source_id and (investigation := _investigation_of(self)):
            _require_listable(self.source, investigation, "source")


class PageChoice(models.Model):
    """Something chosen for an investigation's page: a story, a meeting of its timeline, a person, a document."""

    page = models.ForeignKey(InvestigationPage, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField("order", default=0)
    story = models.ForeignKey("Story", null=True, blank=True, on_delete=models.PROTECT, related_name="page_choices")
    meeting = models.ForeignKey(
        "Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="page_choices"
    )
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT, related_name="page_choices")
    source = models.ForeignKey(
        "Source",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="page_choices",
        verbose_name="document",
        help_text="A published document, publication, recording or dataset; never somebody who may not be named.",
    )

    objects = OfAPageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="page_choice_of_one_thing",
                condition=Q(story__isnull=False, meeting__isnull=True, person__isnull=True, source__isnull=True)
                | Q(story__isnull=True, meeting__isnull=False, person__isnull=True, source__isnull=True)
                | Q(story__isnull=True, meeting__isnull=True, person__isnull=False, source__isnull=True)
                | Q(story__isnull=True, meeting__isnull=True, person__isnull=True, source__isnull=False),
                violation_error_message="Each row is one story, meeting, person or document.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["page", noun],
                    name=f"page_choice_once_a_{noun}",
                    violation_error_message="That is chosen already.",
                )
                for noun in ("story", "meeting", "person", "source")
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk or 'not yet saved'}"

    def clean(self) -> None:
        """Refuse what belongs to another investigation, and a source that may not be named."""
        super().clean()
        if not (investigation := _investigation_of(self)):
            return
        for name in ("story", "meeting"):
            chosen = getattr(self, name)
            if chosen and chosen.investigation_id != investigation:
                raise ValidationError({name: ELSEWHERE})
        if self.source:
            _require_listable(self.source, investigation, "source")


def _investigation_of(row: Any) -> int | None:
    """The number of the investigation on whose page the row stands; None where that is still missing."""
    with suppress(ObjectDoesNotExist):
        number: int | None = row.page.investigation_id
        return number
    return None


def _require_listable(source: Any, investigation: int, field: str) -> None:
    """Raise ValidationError, at the field, for a source of another investigation or one that may not be named."""
    if source.investigation_id != investigation:
        raise ValidationError({field: ELSEWHERE})
    if source.is_unnamed:
        raise ValidationError({field: UNNAMED})
