"""Orders to withhold: one standards editor hides something from readers at once, another editor makes it final."""

import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from investigations.models.base import InvestigationQuerySet
from investigations.models.meeting import Meeting
from investigations.models.quote import Quote
from investigations.models.source import Source
from investigations.vocabulary import WithheldScope, WithholdingState

NOWHERE = Q(story__isnull=True, edition__isnull=True, paragraph__isnull=True, words="")
ENTRY = re.compile(r"(meeting|quote|source)s?/([2-9a-z]{12})")
KEPT = "What was withheld, by whom and on what authority is kept: an order is never deleted."


class WithholdingOrderQuerySet(InvestigationQuerySet):
    """Orders, limited by their investigation; they are kept."""

    def standing(self) -> Self:
        """Those that keep something from readers."""
        return self.filter(restored_at__isnull=True)

    def waiting(self) -> Self:
        """Those that are neither taken back nor made final."""
        return self.standing().filter(final_at__isnull=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises ValidationError."""
        raise ValidationError(KEPT)


def may_withhold(user: Any) -> bool:
    """Whether this person may hide something from readers, and give it back."""
    return bool(user.is_active and user.has_perm("investigations.withhold_parts"))


class WithholdingOrder(models.Model):
    """What readers don't get any more, on what authority; written and changed by the verbs of publishing alone.

    `parts` names the parts of the record that it holds, each as work/edition/place: no foreign key crosses the wall.
    Once it is final, `words` is empty: nobody but those who remember them knows them any more.
    """

    investigation = models.ForeignKey(
        "Investigation", on_delete=models.PROTECT, related_name="withholding_orders", editable=False
    )
    scope = models.CharField("what to withhold", max_length=8, choices=WithheldScope)
    story = models.ForeignKey(
        "Story",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="withholding_orders",
        help_text="For a passage and for an edition.",
    )
    edition = models.PositiveIntegerField(
        null=True, blank=True, help_text="For an edition; for a passage, one in which readers have it."
    )
    paragraph = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="For a passage: which paragraph of that edition, from 1. Found for you if you give the words.",
    )
    words = models.TextField(
        blank=True,
        help_text=(
            "For a passage, the words that must go, copied from the paragraph: every paragraph, note and caption of"
            " the story that has them goes with them. Left empty, the paragraph goes, as every edition has it."
        ),
    )
    entry = models.CharField(
        max_length=60, blank=True, help_text="For an entry, its address, as readers have it: /quotes/2f7k9…."
    )
    authority = models.CharField(
        max_length=160, help_text="On what authority, like “Order of the Harbor Court, 3 HC 17”. Readers are told it."
    )
    reason = models.TextField(help_text="Why, for the newsroom. It stays inside.")
    parts = models.JSONField("parts of the record", default=list, editable=False)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ordered_at = models.DateTimeField(editable=False)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    restored_at = models.DateTimeField(null=True, blank=True, editable=False)
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    final_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WithholdingOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-id"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="withholding_says_what",
                condition=Q(
                    scope=WithheldScope.PASSAGE,
                    story__isnull=False,
                    edition__isnull=False,
                    paragraph__isnull=False,
                    entry="",
                )
                | Q(
                    scope=WithheldScope.EDITION,
                    story__isnull=False,
                    edition__isnull=False,
                    paragraph__isnull=True,
                    words="",
                    entry="",
                )
                | (Q(NOWHERE, scope=WithheldScope.ENTRY) & ~Q(entry="")),
                violation_error_message=(
                    "Name a story, edition and paragraph for a passage, a story and edition for an edition, or an"
                    " entry; and nothing else."
                ),
            ),
            models.CheckConstraint(
                name="withholding_says_why",
                condition=~Q(authority="") & ~Q(reason=""),
                violation_error_message="Say on what authority, and why.",
            ),
            models.CheckConstraint(
                name="withholding_made_final_by_another",
                condition=Q(final_by__isnull=True) | ~Q(final_by=F("ordered_by")),
                violation_error_message="Another editor makes it final than the one who ordered it.",
            ),
            models.CheckConstraint(
                name="withholding_final_whole_or_not",
                condition=Q(final_by__isnull=True, final_at__isnull=True)
                | Q(final_by__isnull=False, final_at__isnull=False, words=""),
                violation_error_message="What is final names by whom and when, and keeps no words.",
            ),
            models.CheckConstraint(
                name="withholding_restored_whole_or_not",
                condition=Q(restored_by__isnull=True, restored_at__isnull=True)
                | Q(restored_by__isnull=False, restored_at__isnull=False, final_by__isnull=True),
                violation_error_message="What was given back names by whom and when, and was not made final.",
            ),
        ]

    def __str__(self) -> str:
        return f"withholding {self.pk or 'not yet ordered'}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError."""
        raise ValidationError(KEPT)

    def settle(self) -> None:
        """Write the entry as the record names it, and find the investigation. Raises ValidationError for no entry."""
        self.authority, self.reason, self.words = self.authority.strip(), self.reason.strip(), self.words.strip()
        if self.story:
            self.investigation = self.story.investigation
        if self.scope != WithheldScope.ENTRY:
            return
        found = ENTRY.search(self.entry)
        kind, key = found.groups() if found else ("", "")
        model = {"meeting": Meeting, "quote": Quote, "source": Source}.get(kind)
        record: Any = model._default_manager.filter(public_key=key).first() if model else None
        if record is None:
            raise ValidationError({"entry": "There is no quote, meeting or source of that address."})
        self.entry, self.investigation = f"{kind}/{key}", record.investigation

    @property
    def state(self) -> WithholdingState:
        """Where it stands."""
        if self.final_at:
            return WithholdingState.DESTROYED
        return WithholdingState.RESTORED if self.restored_at else WithholdingState.HIDDEN

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be taken back or made final."""
        return self.state == WithholdingState.HIDDEN
