"""Authors: the names over stories."""

from django.conf import settings
from django.db import models

from investigations.models.base import PublicKeyed, Slugged, SluggedManager, VisibleQuerySet


class Author(PublicKeyed, Slugged):
    """Somebody who signs stories, with a page of their own."""

    name = models.CharField(max_length=200, help_text="As readers see it.")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="author"
    )
    about = models.TextField(blank=True, help_text="A sentence or two on their page.")

    objects = SluggedManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def slug_words(self) -> str:
        """The name."""
        return self.name
