"""Stories: the text, and who stands for it."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from investigations import text
from investigations.models.base import (
    InvestigationQuerySet,
    PublicKeyed,
    SluggedManager,
    SluggedWithin,
    VisibleQuerySet,
    once_an_investigation,
)
from investigations.models.contribution import Contribution
from investigations.models.passage import Passage
from investigations.models.story_state import digest_of, saved_meanwhile, state_of


class Story(PublicKeyed, SluggedWithin):
    """A text of the newsroom: what stands here is the desk's, what readers see is in the record."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="stories")
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True, help_text="Two sentences under the headline.")
    body = models.TextField(
        blank=True,
        help_text=(
            "Markdown. Put brackets around words that need evidence and a mark behind them:"
            " “She said [she had never met him]{#p1}.” Or select the words and press Ctrl K. Each mark gets"
            " its place beside the text when you save."
        ),
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SluggedManager.from_queryset(InvestigationQuerySet)()

    class Meta:
        ordering = ["-edited_at", "headline"]
        verbose_name_plural = "stories"
        permissions = [
            ("publish_story", "Can publish stories and sign them as an editor"),
        ]
        constraints = [
            once_an_investigation("story_once_a_short_name"),
            models.CheckConstraint(
                name="story_edited_by_whom_and_when",
                condition=models.Q(edited_by__isnull=True, edited_at__isnull=True)
                | models.Q(edited_by__isnull=False, edited_at__isnull=False),
                violation_error_message="An edit names who made it and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def slug_words(self) -> str:
        """The headline."""
        return self.headline

    def clean(self) -> None:
        """Put typographic quotes and dashes in, where the writer sees them."""
        super().clean()
        self.headline = text.typographic(self.headline)
        self.standfirst = text.typographic(self.standfirst)
        self.body = text.typographic(self.body)

    def parsed(self) -> text.StoryText:
        """The body as blocks, passages and faults."""
        return text.parse(self.body)

    def wording_digest(self) -> str:
        """SHA-256 of headline, standfirst and body: tells whether the words are as somebody left them."""
        joined = "\x00".join((self.headline, self.standfirst, self.body))
        return hashlib.sha256(joined.encode()).hexdigest()

    def state_digest(self) -> str:
        """SHA-256 of all that its screen holds, as stored: a save made on top of something else is refused."""
        return digest_of(state_of(type(self)._default_manager.get(pk=self.pk)))

    @transaction.atomic
    def edit(self, *, by: Any, seen: str | None = None, now: Any = None, **changes: str) -> None:
        """Change the wording as this person: saves, gives each mark a row, keeps who did it.

        `changes` are headline, standfirst or body; `seen` is the `state_digest` that they began from. Raises
        ValidationError for a field that is refused, and when somebody saved since, saying who and when.
        """
        Contribution.objects.hold(self)
        if seen is not None and self.pk and seen != self.state_digest():
            raise ValidationError(saved_meanwhile(self, by=by))
        for name, value in changes.items():
            if name not in {"headline", "standfirst", "body"}:
                raise ValueError(f"{name} is not a part of the wording")
            setattr(self, name, value)
        self.edited_by, self.edited_at = by, now or timezone.now()
        self.full_clean()
        self.save()
        self.give_marks_rows()
        Contribution.objects.record(self, by=by, now=self.edited_at, wording=self.wording_digest())

    def give_marks_rows(self) -> None:
        """Make a passage for each new mark in the body. A mark that is there twice is left to the check."""
        known = set(self.passages.values_list("mark", flat=True))
        new = {mark.id: mark.words for mark in self.parsed().marks if mark.id not in known}
        Passage.objects.bulk_create(Passage(story=self, mark=mark, words=words) for mark, words in new.items())

    @transaction.atomic
    def mark_words(self, words: str, *, by: Any) -> str:
        """Put a mark around the only place where these words stand; returns the mark, like `p3`.

        Raises ValidationError when the words are not there or stand there twice.
        """
        try:
            body, mark = text.wrap(self.body, words)
        except ValueError as error:
            raise ValidationError({"words": str(error)}) from error
        self.edit(by=by, body=body)
        return mark


class BylineQuerySet(VisibleQuerySet):
    """Bylines, limited by their story's investigation."""

    team_path = "story__investigation_id"


class Byline(models.Model):
    """A name over a story, in the order in which readers see it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bylines")
    position = models.PositiveSmallIntegerField("order", default=0)
    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="bylines")

    objects = BylineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "author"],
                name="byline_once_a_story",
                violation_error_message="That name is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"byline {self.position} of {self.story}"
