"""Words that somebody wrote and hasn't saved: kept by themselves, apart from the story, until they are."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from investigations import text
from investigations.models.base import VisibleQuerySet

WORDS = ("headline", "standfirst", "body")


class KeptWordsQuerySet(VisibleQuerySet):
    """Kept words, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def keep(self, story: Any, *, by: Any, words: dict[str, str], opened: str, now: datetime | None = None) -> None:
        """Keep this person's words over those kept before; `opened` is what stood there when they began."""
        values = {name: words.get(name, "") for name in WORDS}
        self.update_or_create(story=story, by=by, defaults={**values, "opened": opened, "at": now or timezone.now()})

    def unsaved(self, story: Any, *, by: Any) -> "KeptWords | None":
        """What this person wrote last and the story doesn't say; None when it says all of it."""
        kept = self.filter(story=story, by=by).first()
        return kept if kept and kept.differs() else None

    def of(self, story: Any, *, by: Any) -> Self:
        """This person's own, of this story."""
        return self.filter(story=story, by=by)


class KeptWords(models.Model):
    """A person's unsaved headline, standfirst and body of a story. Nobody else is shown them; a save drops them."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="kept_words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    headline = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    opened = models.TextField(blank=True)
    at = models.DateTimeField("kept at")

    objects = KeptWordsQuerySet.as_manager()

    class Meta:
        ordering = ["story", "at"]
        verbose_name_plural = "kept words"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["story", "by"],
                name="kept_words_once_a_person",
                violation_error_message="That person’s words are kept already.",
            )
        ]

    def __str__(self) -> str:
        return f"words kept for story {self.story_id}"

    def differs(self) -> bool:
        """Whether the story says something else, typography aside."""
        return any(_plain(getattr(self, name)) != _plain(getattr(self.story, name)) for name in WORDS)


def _plain(words: str) -> str:
    return text.typographic(words.replace("\r\n", "\n")).strip()
