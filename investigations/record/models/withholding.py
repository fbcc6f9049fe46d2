"""What readers no longer get, on whose authority, since when."""

from typing import Any

from django.db import models

from investigations.record import digests
from investigations.record.models.edition import Part
from investigations.vocabulary import WithholdingState


class Withholding(models.Model):
    """One act upon a part: hidden, restored or destroyed. A link of the chain, like an edition."""

    position = models.PositiveBigIntegerField(unique=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="withholdings")
    state = models.CharField(max_length=10, choices=WithholdingState)
    at = models.DateTimeField()
    authority = models.CharField(max_length=200)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.part}"

    def facts(self) -> dict[str, Any]:
        """What the digest covers."""
        return {
            "position": self.position,
            "part": self.part.commitment,
            "edition": self.part.edition.digest,
            "order": self.part.order,
            "state": str(self.state),
            "at": digests.instant(self.at),
            "authority": self.authority,
        }
