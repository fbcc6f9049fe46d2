"""Accounts of a role: who says in what role somebody met somebody, and about what."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import m2m_changed

from investigations.models.base import (
    InvestigationQuerySet,
    SluggedManager,
    SluggedWithin,
    VisibleQuerySet,
    once_an_investigation,
)
from investigations.models.meeting import Meeting
from investigations.vocabulary import AccountStance

ELSEWHERE = "A meeting of another investigation can't be among them."


class MeetingClass(SluggedWithin):
    """A class of meetings that accounts speak of as one: “his meetings with ambassadors in 2016”."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="meeting_classes")
    label = models.CharField(max_length=200, help_text="Shown to readers after “Of”: “his meetings with Kislyak”.")
    subject = models.ForeignKey(
        "Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="whose meetings",
        help_text="Not counted when the class is counted: only whom they met is.",
    )
    counted = models.CharField(
        "what is counted", max_length=100, blank=True, help_text="For its chart: “ambassadors”. Shown to readers."
    )
    meetings: "models.ManyToManyField[Meeting, Any]" = models.ManyToManyField(
        Meeting, related_name="classes", blank=True
    )

    objects = SluggedManager.from_queryset(InvestigationQuerySet)()

    class Meta:
        ordering = ["label"]
        verbose_name_plural = "classes of meetings"
        constraints = [once_an_investigation("meeting_class_once_a_short_name")]

    def __str__(self) -> str:
        return self.slug

    def slug_words(self) -> str:
        """The label."""
        return self.label

    def clean(self) -> None:
        """Refuse to leave for another investigation than that of its meetings."""
        super().clean()
        if self.pk and self.investigation_id:
            require_one_investigation(self, self.meetings.all())


def require_one_investigation(group: MeetingClass, meetings: Any) -> None:
    """Raise ValidationError, at the field, when a meeting belongs to another investigation than the class."""
    if any(meeting.investigation_id != group.investigation_id for meeting in meetings):
        raise ValidationError({"meetings": ELSEWHERE})


def refuse_meetings_elsewhere(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **_: Any) -> None:
    """Hold every way of putting meetings into a class, or a meeting into classes, to one investigation."""
    if action != "pre_add":
        return
    if reverse:
        for group in MeetingClass.objects.filter(pk__in=pk_set):
            require_one_investigation(group, [instance])
    else:
        require_one_investigation(instance, Meeting.objects.filter(pk__in=pk_set))


m2m_changed.connect(refuse_meetings_elsewhere, sender=MeetingClass.meetings.through)


class RoleAccountQuerySet(VisibleQuerySet):
    """Accounts, limited by the investigation of the quote or source that gives them."""

    def visible_to(self, user: Any) -> "RoleAccountQuerySet":
        """The accounts of meetings and classes of meetings that this person may see."""
        meetings = Meeting.objects.visible_to(user).values("pk")
        classes = MeetingClass.objects.visible_to(user).values("pk")
        return self.filter(Q(meeting__in=meetings) | Q(meeting_class__in=classes))


class RoleAccount(models.Model):
    """A claim about the role in which a person was somewhere: its wording, who says so, about what."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="role_accounts")
    meeting = models.ForeignKey(
        "Meeting", null=True, blank=True, on_delete=models.CASCADE, related_name="role_accounts"
    )
    meeting_class = models.ForeignKey(
        MeetingClass, null=True, blank=True, on_delete=models.CASCADE, related_name="role_accounts"
    )
    stance = models.CharField(max_length=10, choices=AccountStance, default=AccountStance.AFFIRMS)
    wording = models.CharField(max_length=200, help_text="The role as claimed: “as a senator”. Shown to readers.")
    quote = models.ForeignKey(
        "Quote",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_accounts",
        help_text="The words in which it was said.",
    )
    source = models.ForeignKey(
        "Source",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_accounts",
        help_text="Who says so, when there is no quote.",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    objects = RoleAccountQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="account_of_a_meeting_or_a_class",
                condition=Q(meeting__isnull=False) ^ Q(meeting_class__isnull=False),
                violation_error_message="An account is about one meeting or about one class of meetings.",
            ),
            models.CheckConstraint(
                name="account_says_who_says_so",
                condition=Q(quote__isnull=False) ^ Q(source__isnull=False),
                violation_error_message="Say who says so: a quote or a source, and not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.pk or 'not yet saved'}"

    def clean(self) -> None:
        """Refuse an account given from another investigation."""
        super().clean()
        about, said = self.meeting or self.meeting_class, self.quote or self.source
        if about and said and about.investigation_id != said.investigation_id:
            field = "quote" if self.quote else "source"
            raise ValidationError({field: "That belongs to another investigation."})
