"""Figures: pictures and charts that stand in a story."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from investigations.models.base import PublicKeyed, VisibleQuerySet
from investigations.models.pictures import MEDIA_TYPES, NotAPicture, prepared
from investigations.vocabulary import FigureKind


class FigureQuerySet(VisibleQuerySet):
    """Figures, limited by their story's investigation."""

    team_path = "story__investigation_id"


class Figure(PublicKeyed):
    """A picture, cleaned of what its file tells of its maker, or a chart drawn from records."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=8, choices=FigureKind, default=FigureKind.IMAGE)
    after = models.ForeignKey(
        "Passage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="figures",
        help_text="Stands after the paragraph of this passage. Empty: under the headline, as lead picture.",
    )
    image = models.BinaryField(null=True, blank=True)
    media_type = models.CharField(max_length=20, blank=True, choices=MEDIA_TYPES, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    meeting_class = models.ForeignKey(
        "MeetingClass", null=True, blank=True, on_delete=models.PROTECT, related_name="figures"
    )
    since = models.DateField("from month", null=True, blank=True, help_text="Of a chart: any day of its first month.")
    until = models.DateField("to month", null=True, blank=True, help_text="Of a chart: any day of its last month.")
    caption = models.TextField(help_text="Shown to readers under the figure.")
    alt_text = models.TextField(blank=True, help_text="What the picture shows, for those who don't see it.")
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it. Shown to readers.")
    rests_on = models.TextField(
        "rests on, and lacks", blank=True, help_text="Of a chart: shown to readers beneath it, word for word."
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["story", "id"]
        constraints = [
            models.CheckConstraint(
                name="figure_is_a_picture_or_a_chart",
                condition=Q(kind=FigureKind.IMAGE, image__isnull=False, meeting_class__isnull=True)
                | Q(
                    kind=FigureKind.CHART,
                    image__isnull=True,
                    meeting_class__isnull=False,
                    since__isnull=False,
                    until__isnull=False,
                ),
                violation_error_message="A figure is a picture, or a chart of meetings from month to month.",
            ),
            models.CheckConstraint(
                name="figure_chart_in_order",
                condition=Q(since__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message="The chart ends before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"figure {self.public_key}"

    def set_picture(self, data: bytes) -> None:
        """Take a picture's file, without anything that it tells of camera, place or maker.

        Raises ValidationError for a file that is no picture, or too large.
        """
        try:
            picture = prepared(data)
        except NotAPicture as error:
            raise ValidationError({"image": str(error)}) from error
        self.image, self.media_type = picture.data, picture.media_type
        self.width, self.height = picture.width, picture.height

    def clean(self) -> None:
        """Refuse a picture without a file, a chart without its class or months, and what belongs elsewhere."""
        super().clean()
        is_chart = self.kind == FigureKind.CHART
        if not is_chart and not self.image:
            raise ValidationError("Choose the picture's file: JPEG or PNG.")
        if is_chart and not (self.meeting_class and self.since and self.until):
            raise ValidationError("A chart needs the meetings it counts, and its first and last month.")
        if self.after and self.after.story_id != self.story_id:
            raise ValidationError({"after": "That passage is in another story."})
        if self.meeting_class and self.meeting_class.investigation_id != self.story.investigation_id:
            raise ValidationError({"meeting_class": "That class belongs to another investigation."})
