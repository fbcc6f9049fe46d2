"""People who appear in investigations."""

from datetime import date

from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower

from investigations.models.base import VisibleQuerySet
from investigations.models.merger import Mergeable, MergeableManager


class Person(Mergeable):
    """Somebody who appears in an investigation under their name."""

    name = models.CharField(max_length=200, help_text="The name readers see, written as your style guide has it.")
    family_name = models.CharField(
        max_length=120, blank=True, help_text="Lists are sorted by it; left empty, the name's last word."
    )
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who this is when no office says it: “campaign adviser on Russia”. Shown to readers.",
    )

    objects = MergeableManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["family_name", "name"]
        indexes = [
            models.Index(Lower("name"), name="person_name_folded"),
            models.Index(fields=["family_name", "name"], name="person_family_name"),
        ]
        verbose_name_plural = "people"
        permissions = [("merge_person", "Can merge two people into one")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with a name to sort by."""
        self.family_name = self.family_name or self.name.split()[-1][:120]
        super().save(*args, **kwargs)

    def label_on(self, earliest: date | None, latest: date | None) -> str:
        """Who this was throughout the span: every role begun and not over by then, else the description."""
        labels = (role.label_on(earliest, latest) for role in self.roles.all())
        return "; ".join(label for label in labels if label) or self.description

    def slug_words(self) -> str:
        """The name."""
        return self.name


def is_a_name(words: str) -> bool:
    """Whether these words are, in any case, the name of somebody on file, or were before a merger."""
    said = words.strip()
    known = Person.objects.alias(folded=Lower("name")).filter(folded=Lower(Value(said)))
    return known.exists() or Person.objects.filter(mergers__name__iexact=said).exists()
