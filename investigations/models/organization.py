"""Organizations that appear in investigations."""

from django.db import models

from investigations.models.base import VisibleQuerySet
from investigations.models.merger import Mergeable, MergeableManager


class Organization(Mergeable):
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

    objects = MergeableManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["name"]
        permissions = [("merge_organization", "Can merge two organizations into one")]

    def __str__(self) -> str:
        return self.name

    def slug_words(self) -> str:
        """The name."""
        return self.name

    def is_part_of(self, other: "Organization") -> bool:
        """Whether it belongs to the other, however many bodies stand between; one query."""
        above = dict(Organization.objects.filter(parent__isnull=False).values_list("pk", "parent"))
        passed: set[int] = set()
        at = above.get(self.pk)
        while at is not None and at not in passed:
            passed.add(at)
            at = above.get(at)
        return other.pk in passed
