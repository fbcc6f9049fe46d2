"""Organizations that appear in investigations."""

from django.db import models

from investigations.models.base import PublicKeyed, Slugged, SluggedManager, VisibleQuerySet


class Organization(PublicKeyed, Slugged):
    """A body that appears in an investigation: a ministry, a company, a committee, a newspaper."""

    name = models.CharField(max_length=200, help_text="The name readers see.")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="The body it belongs to: a committee's senate, a desk's newspaper.",
    )

    objects = SluggedManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def slug_words(self) -> str:
        """The name."""
        return self.name
