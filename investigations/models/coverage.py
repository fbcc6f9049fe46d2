"""Coverage: what makes a zero of a silence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from investigations.models.base import VisibleQuerySet


class CoverageQuerySet(VisibleQuerySet):
    """Coverages, limited by their source's investigation."""

    team_path = "source__investigation_id"


class Coverage(models.Model):
    """A source that counts all meetings of a class from one day to another: none named then is none."""

    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="coverages")
    meeting_class = models.ForeignKey("MeetingClass", on_delete=models.PROTECT, related_name="coverages")
    since = models.DateField("from")
    until = models.DateField("to", help_text="The last day on which its silence means none.")

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="coverage_in_order",
                condition=Q(until__gte=F("since")),
                violation_error_message="The coverage ends before it begins.",
            )
        ]

    def __str__(self) -> str:
        return f"coverage by {self.source}"

    def clean(self) -> None:
        """Refuse a class of another investigation."""
        super().clean()
        if not (self.source_id and self.meeting_class_id):
            return
        if self.source.investigation_id != self.meeting_class.investigation_id:
            raise ValidationError({"meeting_class": "That class belongs to another investigation."})
