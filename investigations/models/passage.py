"""Passages and the evidence that hangs on them."""

import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Prefetch, Q

from investigations.models.account import MeetingClass, RoleAccount
from investigations.models.base import PublicKeyed, VisibleQuerySet
from investigations.models.contribution import Contribution
from investigations.models.meeting import Attendance, Meeting
from investigations.models.person import Person
from investigations.models.quote import Quote
from investigations.models.role import Role
from investigations.models.source import Source
from investigations.vocabulary import Showing, Stance

MARK = re.compile(r"p[1-9][0-9]{0,8}")


class PassageQuerySet(VisibleQuerySet):
    """Passages, limited by their story's investigation."""

    team_path = "story__investigation_id"


class PassageManager(models.Manager[Any]):
    """Finds a passage by its story and mark, for fixtures."""

    def get_by_natural_key(self, story: str, mark: str) -> Any:
        """The passage of that story (short name) and mark."""
        return self.get(story__slug=story, mark=mark)


class Passage(models.Model):
    """Words of a story that evidence hangs on, as somebody confirmed them."""

    story = models.ForeignKey("Story", on_delete=models.CASCADE, related_name="passages")
    mark = models.CharField(
        max_length=10, validators=[RegexValidator(f"^{MARK.pattern}$", "A mark is p and a number, like p3.")]
    )
    words = models.TextField(help_text="The words as confirmed; when the story's differ, it can't be published.")

    objects = PassageManager.from_queryset(PassageQuerySet)()

    class Meta:
        ordering = ["story", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "mark"],
                name="passage_once_a_mark",
                violation_error_message="That mark has its row already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mark} of {self.story}"

    def natural_key(self) -> tuple[str, ...]:
        """The story's short name and the mark."""
        return (self.story.slug, self.mark)

    @transaction.atomic
    def confirm(self, words: str, *, by: Any) -> None:
        """Say, as this person, that the evidence still holds for these words.

        Raises ValidationError when the text has other words under the mark by now, or none.
        """
        Contribution.objects.hold(self.story)
        story = type(self.story)._default_manager.get(pk=self.story_id)
        if words not in {mark.words for mark in story.parsed().marks if mark.id == self.mark}:
            raise ValidationError("The words were changed again since you read them: look at them as they are now.")
        self.words = words
        self.save(update_fields=["words"])
        Contribution.objects.record(self.story, by=by)

    @transaction.atomic
    def attach(
        self, record: Any, *, by: Any, stance: str = Stance.SUPPORTS, showing: str = Showing.SHOWN
    ) -> "Evidence":
        """Hang a quote, meeting or source on the passage as this person; returns the evidence.

        Raises ValidationError for a record of another investigation, and for one that hangs here already.
        """
        Contribution.objects.hold(self.story)
        here = self.evidence.all()
        noun = str(record._meta.model_name)
        if here.filter(**{noun: record}).exists():
            raise ValidationError(f"That {noun} is evidence for {self.mark} already.")
        piece = Evidence(
            passage=self, position=here.count(), stance=stance, showing=showing, added_by=by, **{noun: record}
        )
        piece.full_clean()
        piece.save()
        Contribution.objects.record(self.story, by=by)
        return piece


class EvidenceQuerySet(VisibleQuerySet):
    """Evidence, limited by its story's investigation."""

    team_path = "passage__story__investigation_id"

    def with_records(self) -> Self:
        """With everything that check, projection and reverse views read, in a fixed number of queries."""
        people = Person.objects.prefetch_related(Prefetch("roles", Role.objects.select_related("organization")))
        quotes = _with_sources(Quote.objects.all()).prefetch_related(Prefetch("speaker", people))
        accounts = _with_sources(RoleAccount.objects.select_related("meeting_class")).prefetch_related(
            Prefetch("quote", quotes)
        )
        meetings = _with_sources(Meeting.objects.all()).prefetch_related(
            Prefetch("attendances", Attendance.objects.prefetch_related(Prefetch("person", people))),
            Prefetch("role_accounts", accounts),
            Prefetch("classes", MeetingClass.objects.prefetch_related(Prefetch("role_accounts", accounts))),
        )
        return _with_sources(self.select_related("passage")).prefetch_related(
            Prefetch("quote", quotes), Prefetch("meeting", meetings)
        )


def _with_sources(rows: Any) -> Any:
    """Rows with their source, its person, and what it covers."""
    return rows.select_related("source__person").prefetch_related("source__coverages__meeting_class")


class Evidence(PublicKeyed):
    """What ties a passage to one quote, meeting or source. Its key is the citation's, never the record's."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField("order", default=0)
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.SUPPORTS)
    showing = models.CharField("readers get", max_length=10, choices=Showing, default=Showing.SHOWN)
    label = models.CharField(
        "in a few words", max_length=120, blank=True, help_text="Heads the card: “He said so at his hearing”."
    )
    quote = models.ForeignKey("Quote", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    meeting = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey("Source", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["passage", "position", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_one_record",
                condition=Q(quote__isnull=False, meeting__isnull=True, source__isnull=True)
                | Q(quote__isnull=True, meeting__isnull=False, source__isnull=True)
                | Q(quote__isnull=True, meeting__isnull=True, source__isnull=False),
                violation_error_message="Evidence is one quote, one meeting or one source.",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.public_key}"

    @property
    def record(self) -> Any:
        """The quote, meeting or source."""
        return self.quote or self.meeting or self.source

    def quotes(self) -> list[Quote]:
        """The quotes whose words would reach readers through it: its own, or those of a meeting's accounts."""
        return [self.quote] if self.quote else [account.quote for account in self.accounts() if account.quote]

    def accounts(self) -> list[RoleAccount]:
        """The accounts of roles that would reach readers through it: those about people who are at its meeting."""
        if not self.meeting:
            return []
        people = [row.person_id for row in self.meeting.attendances.all() if row.person_id]
        return [account for person in people for account in self.meeting.accounts_of(person)]

    def sources(self) -> list[Source]:
        """The sources that it rests on: its own, its meeting's, those of its quotes and accounts."""
        found = [self.source, self.meeting and self.meeting.source, *(quote.source for quote in self.quotes())]
        return [source for source in [*found, *(account.source for account in self.accounts())] if source]

    def clean(self) -> None:
        """Refuse a record of another investigation."""
        super().clean()
        if self.record and self.record.investigation_id != self.passage.story.investigation_id:
            field = next(name for name in ("quote", "meeting", "source") if getattr(self, name))
            raise ValidationError({field: "That record belongs to another investigation."})
