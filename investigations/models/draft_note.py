"""Comments and footnotes of a draft that was brought in: kept until somebody has settled each."""

import re
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from investigations.models.base import VisibleQuerySet
from investigations.models.contribution import Contribution
from investigations.models.passage import Evidence, Passage
from investigations.models.source import Source
from investigations.vocabulary import Showing

WAITING = Q(settled_at__isnull=True)


class DraftNoteQuerySet(VisibleQuerySet):
    """Notes, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def waiting(self) -> Self:
        """Those that nobody has settled yet."""
        return self.filter(WAITING)


class DraftNote(models.Model):
    """What a draft's comment or footnote said, the words it stood at, and the passage that was made of them."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="draft_notes")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.SET_NULL, related_name="draft_notes")
    anchor = models.TextField("stands at", blank=True)
    words = models.TextField(blank=True)
    links = models.TextField("addresses", blank=True, help_text="One a line.")
    reason = models.CharField("why it stands at no passage", max_length=200, blank=True)
    file_name = models.CharField("from", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DraftNoteQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "note from a draft"
        verbose_name_plural = "notes from drafts"
        constraints = [
            models.CheckConstraint(
                name="draft_note_settled_by_whom_and_when",
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                violation_error_message="Whoever settles a note is named, with the instant.",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk} from a draft"

    @property
    def addresses(self) -> list[str]:
        """The addresses in it."""
        return self.links.split()

    @property
    def beside(self) -> list[str]:
        """The addresses in it that its words don't say."""
        return [address for address in self.addresses if address not in self.words]

    def unconfirmed(self) -> list[Evidence]:
        """The evidence on its passage that was made of its addresses and that readers don't get yet."""
        if not self.passage:
            return []
        named = {normal_address(address) for address in self.addresses}
        held = [piece for piece in self.passage.evidence.all() if piece.showing == Showing.DESK_ONLY]
        return [piece for piece in held if piece.source and normal_address(piece.source.url) in named]

    @transaction.atomic
    def settle(self, *, by: Any, show: bool = False, now: datetime | None = None) -> None:
        """Say, as this person, that nothing of it waits any more; `show` gives readers the evidence made of it."""
        Contribution.objects.hold(self.story)
        if show and (pieces := self.unconfirmed()):
            Evidence.objects.filter(pk__in=[piece.pk for piece in pieces]).update(showing=Showing.SHOWN)
            Contribution.objects.record(self.story, by=by)
        if self.settled_at is None:
            self.settled_by, self.settled_at = by, now or timezone.now()
            self.save(update_fields=["settled_by", "settled_at"])


def normal_address(address: str) -> str:
    """An address as it is compared: without scheme, www., fragment and last slash, and out of a search's wrapping."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return address.strip()
    if host == "google.com" and parts.path == "/url" and (wrapped := parse_qs(parts.query).get("q")):
        return normal_address(wrapped[0])
    query = "&".join(part for part in parts.query.split("&") if part and not re.match("utm_|fbclid=", part))
    return f"{host}{port}{unquote(parts.path).rstrip('/')}{'?' if query else ''}{query}"


def sources_by_address(investigation: Any) -> dict[str, Source]:
    """The sources of an investigation that have an address, by the address as it is compared; the oldest first."""
    found: dict[str, Source] = {}
    for source in Source.objects.filter(investigation=investigation).exclude(url="").order_by("pk"):
        found.setdefault(normal_address(source.url), source)
    return found
