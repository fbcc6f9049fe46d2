"""Index rows, derived from the latest editions: what lists and filters read."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from investigations.vocabulary import ChangeKind, Established, MeetingKind, Presence, Severity


class StoryRow(models.Model):
    """A published story, as lists show it.

    `told_at` is when readers were last told something: by its first edition, or by a note.
    """

    work = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    headline = models.CharField(max_length=250)
    standfirst = models.TextField(blank=True)
    investigation = models.CharField(max_length=200)
    investigation_key = models.CharField(max_length=40, blank=True)
    notice = models.CharField(max_length=300, blank=True)
    hidden_from_search_engines = models.BooleanField(default=False)
    edition = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField()
    retracted = models.BooleanField(default=False)
    corrections = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="story_row_newest"),
            models.Index(fields=["-told_at", "-id"], name="story_row_told"),
        ]

    def __str__(self) -> str:
        return self.headline


class SlugRow(models.Model):
    """A short name that a published story has or once had: its addresses are that story's for ever."""

    slug = models.CharField(max_length=80, unique=True)
    work = models.CharField(max_length=40)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class BylineRow(models.Model):
    """An author's name over a published story, with what their page says of them."""

    story = models.ForeignKey(StoryRow, to_field="work", on_delete=models.CASCADE, related_name="bylines")
    author = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["story", "author"], name="byline_row_once_an_author")]
        indexes = [models.Index(fields=["author"], name="byline_row_author")]

    def __str__(self) -> str:
        return self.name


class MeetingRowQuerySet(models.QuerySet["MeetingRow"]):
    """Meetings as readers ask for them."""

    def after(self, day: date, key: str) -> Self:
        """Meetings behind this one in the order of lists: what a next page begins with."""
        return self.filter(Q(sort_day__gt=day) | Q(sort_day=day, key__gt=key))

    def overlapping(self, start: date | None = None, end: date | None = None) -> Self:
        """Meetings that may fall between these days, both included; an undated one may fall anywhere."""
        rows = self
        if start is not None:
            rows = rows.filter(Q(latest__isnull=True) | Q(latest__gte=start))
        if end is not None:
            rows = rows.filter(Q(earliest__isnull=True) | Q(earliest__lte=end))
        return rows


class MeetingRow(models.Model):
    """A published meeting, as lists and filters have it."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=MeetingKind)
    when = models.CharField(max_length=120, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    sort_day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    established = models.CharField(max_length=20, choices=Established)
    headcount = models.PositiveIntegerField(default=0)
    role_in_dispute = models.BooleanField(default=False)

    objects = MeetingRowQuerySet.as_manager()

    class Meta:
        ordering = ["sort_day", "key"]
        indexes = [
            models.Index(fields=["sort_day", "key"], name="meeting_row_order"),
            models.Index(fields=["earliest", "latest"], name="meeting_row_span"),
            models.Index(fields=["role_in_dispute", "sort_day", "key"], name="meeting_row_disputed"),
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceRow(models.Model):
    """A named person at a published meeting. People nobody named have no row here."""

    meeting = models.ForeignKey(MeetingRow, to_field="key", on_delete=models.CASCADE, related_name="attendances")
    person = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    presence = models.CharField(max_length=12, choices=Presence)
    role_in_dispute = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_row_once_a_person")]
        indexes = [models.Index(fields=["person", "meeting"], name="attendance_row_person")]

    def __str__(self) -> str:
        return self.name


class CorrectionRowQuerySet(models.QuerySet["CorrectionRow"]):
    """Corrections as readers ask for them."""

    def after(self, day: date, number: int) -> Self:
        """Notes behind this one in the order of lists: what a next page begins with."""
        return self.filter(Q(day__lt=day) | Q(day=day, number__lt=number))


class CorrectionRow(models.Model):
    """A published note, of whatever kind, with all that the list shows of it.

    `day` is when the note was published or, of a note from before this record was kept, the day it bears; `took` is
    how long readers had the wrong words, where that is known.
    """

    number = models.PositiveIntegerField(unique=True)
    work = models.CharField(max_length=40)
    slug = models.CharField(max_length=80)
    headline = models.CharField(max_length=250)
    edition = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=ChangeKind)
    severity = models.CharField(max_length=10, choices=Severity)
    note = models.TextField()
    basis = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    published_at = models.DateTimeField()
    noted = models.DateField(null=True)
    day = models.DateField()
    month = models.CharField(max_length=7)
    wrong_edition = models.PositiveIntegerField(null=True)
    wrong_since = models.DateTimeField(null=True)
    took = models.DurationField(null=True)
    corrects = models.PositiveIntegerField(null=True)
    corrected_by = models.PositiveIntegerField(null=True)

    objects = CorrectionRowQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-number"]
        indexes = [
            models.Index(fields=["-day", "-number"], name="correction_row_newest"),
            models.Index(fields=["kind", "-day", "-number"], name="correction_row_kind"),
            models.Index(fields=["month", "-day", "-number"], name="correction_row_month"),
            models.Index(fields=["slug", "-day", "-number"], name="correction_row_story"),
            models.Index(fields=["work"], name="correction_row_work"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
