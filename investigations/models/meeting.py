"""Meetings: what took place, when, and who was there."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from investigations.models.base import (
    PublicKeyed,
    SluggedManager,
    SluggedWithin,
    VisibleQuerySet,
    once_an_investigation,
)
from investigations.models.checking import Checked, CheckedQuerySet, checked_constraints
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.models.person import is_a_name
from investigations.vocabulary import Established, MeetingKind, Presence

NOBODY = "Say who was there: somebody's name, or a description of those whom nobody named, with how many."


class MeetingQuerySet(CheckedQuerySet):
    """Meetings by what they still need."""

    def without_source(self) -> Self:
        """Meetings that nothing on file shows."""
        return self.filter(source__isnull=True)

    def without_date(self) -> Self:
        """Meetings of which nobody has said when."""
        return self.filter(when="")

    def without_accounts(self) -> Self:
        """Meetings at which a role is in dispute and nobody's account of it is on file."""
        disputed = Attendance.objects.filter(meeting=models.OuterRef("pk"), role_in_dispute=True)
        told = Q(person__role_accounts__meeting=F("meeting"))
        told |= Q(person__role_accounts__meeting_class__meetings=F("meeting"))
        return self.filter(models.Exists(disputed.exclude(told)))

    def with_role_in_dispute(self) -> Self:
        """Meetings at which the role somebody was there in is in dispute."""
        disputed = Attendance.objects.filter(role_in_dispute=True).values("meeting_id")
        return self.filter(pk__in=disputed)


class Meeting(Checked, PublicKeyed, SluggedWithin):
    """An occasion on which people met: a visit, a dinner, a speech, a hearing."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200, help_text="What it was, as readers should see it.")
    kind = models.CharField(max_length=20, choices=MeetingKind)
    when = FuzzyDateField(blank=True)
    when_earliest = span_field()
    when_latest = span_field()
    when_edtf = edtf_field()
    place = models.CharField(max_length=200, blank=True, help_text="Left empty, readers are told: place not stated.")
    established = models.CharField("how we know", max_length=20, choices=Established)
    source = models.ForeignKey("Source", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    locator = models.CharField(max_length=120, blank=True, help_text="Page, minute or line in the source.")
    description = models.TextField(blank=True, help_text="What is known of it, in your words. Shown to readers.")

    HELD = ("title", "kind", "when", "place", "established", "source_id", "description")

    objects = SluggedManager.from_queryset(MeetingQuerySet)()

    class Meta:
        ordering = ["when_earliest", "id"]
        # whose a row is stands in the index too: a team's list is read from there, and no row for naught
        indexes = [
            models.Index(fields=["when_earliest", "id", "investigation"], name="meeting_when"),
            models.Index(fields=["investigation", "when_earliest", "id"], name="meeting_investigation_when"),
            models.Index(fields=["kind", "when_earliest", "id", "investigation"], name="meeting_kind_when"),
            models.Index(
                fields=["established", "when_earliest", "id", "investigation"], name="meeting_established_when"
            ),
            models.Index(fields=["when_earliest", "when_latest"], name="meeting_span"),
        ]
        constraints = [
            once_an_investigation("meeting_once_a_short_name"),
            span_in_order("meeting_when_in_order", "when"),
            *checked_constraints("meeting"),
        ]

    def __str__(self) -> str:
        return self.slug

    def slug_words(self) -> str:
        """The title and the date."""
        return f"{self.title} {self.when}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what reads otherwise is not what somebody checked."""
        emptied = self.drop_check_if_changed()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *emptied}
        super().save(*args, **kwargs)

    def accounts_of(self, person_id: int) -> list[Any]:
        """The accounts of this person's role here: of this meeting first, then of the classes it is in."""
        accounts = [*self.role_accounts.all()]
        for group in self.classes.all():
            accounts += group.role_accounts.all()
        return [account for account in accounts if account.person_id == person_id]

    def clean(self) -> None:
        """Refuse a source of another investigation, and to leave for another one than that of its classes."""
        super().clean()
        if self.source and self.source.investigation_id != self.investigation_id:
            raise ValidationError({"source": "That source belongs to another investigation."})
        if self.pk and self.classes.exclude(investigation=self.investigation_id).exists():
            raise ValidationError({"investigation": "It is in a class of meetings: take it out of that first."})


class AttendanceQuerySet(VisibleQuerySet):
    """Attendances, limited by their meeting's investigation."""

    team_path = "meeting__investigation_id"


class Attendance(models.Model):
    """Somebody, or a number of people nobody named, at a meeting: came, didn't come, or in doubt."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    position = models.PositiveSmallIntegerField("order", default=0)
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    descriptor = models.CharField(
        max_length=200, blank=True, help_text="For people nobody named: “seven ambassadors”. Shown to readers."
    )
    headcount = models.PositiveIntegerField(
        default=1,
        validators=[MinValueValidator(1, "At least one person: leave the row out if nobody came.")],
        help_text="How many people this row stands for.",
    )
    presence = models.CharField(max_length=12, choices=Presence, default=Presence.CAME)
    role_as_of = models.CharField(
        "role that day", max_length=200, blank=True, help_text="As readers should see it; empty, from the roles."
    )
    role_in_dispute = models.BooleanField(
        default=False, help_text="Accounts differ on the role in which this person was there."
    )
    role_note = models.CharField(
        "what is not settled", max_length=400, blank=True, help_text="Shown to readers under the accounts."
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_once_a_person",
                violation_error_message="That person has a row at this meeting already.",
            ),
            models.CheckConstraint(
                name="attendance_person_or_descriptor",
                condition=Q(person__isnull=False, descriptor="") | (Q(person__isnull=True) & ~Q(descriptor="")),
                violation_error_message="Each row is a person or a description of people nobody named.",
            ),
            models.CheckConstraint(
                name="attendance_one_person_counts_one",
                condition=Q(headcount__gte=1) & (Q(person__isnull=True) | Q(headcount=1)),
                violation_error_message="A named person counts as one; people nobody named as one or more.",
            ),
            models.CheckConstraint(
                name="attendance_dispute_is_about_a_person",
                condition=Q(role_in_dispute=False) | Q(person__isnull=False),
                violation_error_message="A role can be in dispute only for a named person.",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.position} of {self.meeting}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; who was there is a part of what somebody checked."""
        super().save(*args, **kwargs)
        self.meeting.drop_check()

    def clean(self) -> None:
        """Refuse a description that is somebody's name: it would be counted as nobody known."""
        super().clean()
        if self.descriptor and not self.person_id and is_a_name(self.descriptor):
            raise ValidationError({"descriptor": "That is the name of somebody on file: choose the person instead."})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take the row away, and with it what is said of this person's role at this meeting."""
        with transaction.atomic():
            self.meeting.role_accounts.filter(person=self.person_id).delete()
            self.meeting.drop_check()
            return super().delete(*args, **kwargs)
