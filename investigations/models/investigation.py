"""Investigations: the work, and who is on it."""

from django.conf import settings
from django.db import models

from investigations.models.base import PublicKeyed, Slugged, SluggedManager, VisibleQuerySet, new_key


class InvestigationsQuerySet(VisibleQuerySet):
    """Investigations, limited by their own teams."""

    team_path = "pk"


class Investigation(PublicKeyed, Slugged):
    """A piece of work that may take months: its team, its records, its stories."""

    title = models.CharField(max_length=200, help_text="Readers see it above the headline of its stories.")
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="investigations",
        blank=True,
        help_text="Only they, and standards editors, see anything of this investigation.",
    )
    handling_reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_investigations",
        help_text="Answers questions about its sources.",
    )
    notice = models.CharField(
        max_length=300,
        blank=True,
        help_text="A banner on every page that shows something of this investigation. Shown word for word.",
    )
    hidden_from_search_engines = models.BooleanField(
        default=False, help_text="Its pages ask search engines not to list them."
    )

    objects = SluggedManager.from_queryset(InvestigationsQuerySet)()

    class Meta:
        ordering = ["title"]
        permissions = [
            ("see_all_investigations", "Can see every investigation, on its team or not"),
            ("withhold_parts", "Can withhold parts of the record from readers"),
        ]

    def __str__(self) -> str:
        return self.title

    def slug_words(self) -> str:
        """The title and a random end: the title alone would tell that a hidden investigation has it too."""
        return f"{self.title[:60]} {new_key()[:6]}"
