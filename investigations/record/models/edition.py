"""The ledger: numbered editions and their parts."""

from typing import Any

from django.db import models
from django.db.models import Q

from investigations.record import digests
from investigations.vocabulary import ChangeKind


class Edition(models.Model):
    """What readers saw of a work from one instant on: numbered, chained, never changed."""

    position = models.PositiveBigIntegerField(unique=True)
    work = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=16, choices=ChangeKind)
    published_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    schema = models.PositiveSmallIntegerField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="edition_once_a_number"),
            models.CheckConstraint(name="edition_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="edition_first_is_first",
                condition=Q(number=1, change=ChangeKind.FIRST) | (Q(number__gt=1) & ~Q(change=ChangeKind.FIRST)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}, edition {self.number}"

    def facts(self, commitments: list[list[str]]) -> dict[str, Any]:
        """What the digest covers, with each part's kind, key and commitment in order."""
        return {
            "position": self.position,
            "work": self.work,
            "number": self.number,
            "change": str(self.change),
            "published_at": digests.instant(self.published_at),
            "recorded_at": digests.instant(self.recorded_at),
            "schema": self.schema,
            "parts": commitments,
        }


class Part(models.Model):
    """One piece of an edition. Content and salt can be destroyed; the commitment stays and the chain holds."""

    class Kind(models.TextChoices):
        """What a part is."""

        HEADER = "header", "Headline, standfirst, bylines"
        BLOCK = "block", "Block of text"
        ENTRY = "entry", "Entry"
        NOTE = "note", "Evidence at a passage"
        FIGURE = "figure", "Figure"
        REQUEST = "request", "Request for comment"
        CORRECTION = "correction", "Correction"
        CHOSEN = "chosen", "Chosen for an investigation’s page"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=60)
    content = models.TextField(null=True)  # noqa: DJ001 - null is "destroyed", which no text can be mistaken for
    salt = models.BinaryField(max_length=digests.SALT_BYTES, null=True)
    commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="part_once_a_place"),
            models.CheckConstraint(
                name="part_whole_or_destroyed",
                condition=Q(content__isnull=True, salt__isnull=True) | Q(content__isnull=False, salt__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["kind", "key", "edition"], name="part_kind_key")]

    def __str__(self) -> str:
        return f"part {self.order} of {self.edition}"
