"""Mergers: what was merged into what, so that its old names still lead somewhere."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from investigations.models.base import KEY_LENGTH, PublicKeyed, Slugged, SluggedManager, VisibleQuerySet
from investigations.vocabulary import MergedNoun


class MergerQuerySet(VisibleQuerySet):
    """Mergers: like people and organizations, the whole newsroom shares them."""

    def of(self, model: Any) -> Self:
        """The mergers of one noun, each with the row that stayed."""
        noun = model._meta.model_name
        return self.filter(noun=noun).select_related(noun)


class Merger(models.Model):
    """A redirect: the names of a person or organization that was merged into another, and which one stayed."""

    noun = models.CharField(max_length=12, choices=MergedNoun)
    old_pk = models.PositiveBigIntegerField("old number")
    slug = models.SlugField("old short name", max_length=80)
    public_key = models.CharField("old public key", max_length=KEY_LENGTH, unique=True)
    name = models.CharField("old name", max_length=200)
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT, related_name="mergers")
    organization = models.ForeignKey(
        "Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="mergers"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "redirect"
        constraints = [
            models.CheckConstraint(
                name="merger_into_one_of_its_noun",
                condition=Q(noun=MergedNoun.PERSON, person__isnull=False, organization__isnull=True)
                | Q(noun=MergedNoun.ORGANIZATION, person__isnull=True, organization__isnull=False),
                violation_error_message="A person is merged into a person, an organization into an organization.",
            ),
            models.UniqueConstraint(
                fields=["noun", "slug"],
                name="merger_once_a_short_name",
                violation_error_message="That short name leads somewhere already.",
            ),
            models.UniqueConstraint(
                fields=["noun", "old_pk"],
                name="merger_once_a_number",
                violation_error_message="That number leads somewhere already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.kept}"

    @property
    def kept(self) -> Any:
        """The row that stayed."""
        return self.person or self.organization

    def sentence(self) -> str:
        """What somebody is told who uses the old short name for a row of its own."""
        return f"“{self.slug}” was merged into {self.kept} (short name “{self.kept.slug}”): use that one."


class MergeableManager(SluggedManager):
    """Finds a row by its short name, and by those of the rows that were merged into it."""

    def get_by_natural_key(self, slug: str) -> Any:
        """The row of that short name; if it was merged, the one that stayed."""
        try:
            return super().get_by_natural_key(slug)
        except self.model.DoesNotExist:
            return self.get(mergers__slug=slug)


class Mergeable(PublicKeyed, Slugged):
    """A row that may be merged into another; its short name then stays taken."""

    class Meta:
        abstract = True

    def slug_is_taken(self, slug: str) -> bool:
        """Whether another row has this short name, or had it before it was merged."""
        return super().slug_is_taken(slug) or Merger.objects.of(type(self)).filter(slug=slug).exists()

    def validate_unique(self, exclude: Any = None) -> None:
        """Refuse the short name of a row that was merged: it leads to the one that stayed."""
        super().validate_unique(exclude)
        if "slug" in (exclude or ()):
            return
        if merger := Merger.objects.of(type(self)).filter(slug=self.slug).first():
            raise ValidationError({"slug": merger.sentence()})
