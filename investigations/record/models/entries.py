"""Index rows of entries and of who is named in them, as the last edition that holds each has it."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Func, Q, Value

from investigations.vocabulary import Established, MeetingKind, Presence, QuoteForm, SourceKind, Terms

UNDATED = date(9999, 12, 31)
"""The day by which lists sort what has no date: last."""


class Reach(models.IntegerChoices):
    """How many days a date may be: what begins longer before a day than that, can't be of that day any more."""

    DAY = 1, "one day"
    MONTH = 31, "at most a month"
    YEAR = 366, "at most a year"
    OPEN = 0, "longer, open at an end, or not stated"


def reach_of(earliest: date | None, latest: date | None) -> Reach:
    """The least reach in which this span of days fits."""
    if earliest is None or latest is None:
        return Reach.OPEN
    days = (latest - earliest).days + 1
    return next((reach for reach in (Reach.DAY, Reach.MONTH, Reach.YEAR) if days <= reach), Reach.OPEN)


class Behind(Func):
    """Whether a row stands behind a place, as one comparison of pairs: an index is then read from there on."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        """`(sort, key) > (%s, %s)`."""
        said, values = zip(*(compiler.compile(each) for each in self.get_source_expressions()), strict=True)
        return f"({said[0]}, {said[1]}) > ({said[2]}, {said[3]})", [value for some in values for value in some]


class ListedQuerySet(models.QuerySet[Any]):
    """Rows of a list, in its order."""

    def after(self, sort: Any, key: str) -> Self:
        """Rows behind this place in the order of the list: what a next page begins with."""
        field = self.model._meta.get_field(self.model.SORT)
        return self.filter(Behind(field.name, "key", Value(sort, output_field=field), Value(key)))


class DatedQuerySet(ListedQuerySet):
    """Rows with a fuzzy date."""

    def overlapping(self, start: date | None = None, end: date | None = None) -> Self:
        """Those that may be of a day between these, both included; an undated one may be of any."""
        rows = self
        if start is not None:
            rows = rows.filter(Q(latest__isnull=True) | Q(latest__gte=start))
        if end is not None:
            rows = rows.filter(Q(earliest__isnull=True) | Q(earliest__lte=end))
        return rows

    def by_reach(self, start: date | None, end: date | None, behind: date | None = None) -> list[Self]:
        """The rows that may be of a day between these, in parts that each stand near these days in the list's order.

        In one part the list would be read from its first row on: what began long before may reach that day.
        """
        rows = self.overlapping(start, end)
        return [rows.filter(reach=reach)._near(start, end, reach, behind) for reach in Reach]

    def _near(self, start: date | None, end: date | None, reach: Reach, behind: date | None) -> Self:
        if reach == Reach.OPEN:
            return self
        return self.filter(**near("sort_day", start, end, reach, behind))


def near(field: str, start: date | None, end: date | None, reach: Reach, behind: date | None) -> dict[str, date]:
    """Between what days a row of at most this reach begins that may be of a day between these.

    Where the list is read from `behind` a later day, that says more: an index is read from one place alone.
    """
    found = {}
    if start is not None and start - date.min >= timedelta(days=reach):
        first = start - timedelta(days=reach - 1)
        if behind is None or behind < first:
            found[f"{field}__gte"] = first
    if end is not None:
        found[f"{field}__lte"] = end
    return found


class Listed(models.Model):
    """A row of a list: its key, the place in the chain of the edition that said it last."""

    key = models.CharField(max_length=40, unique=True)
    position = models.PositiveBigIntegerField(default=0)

    SORT = "sort"

    class Meta:
        abstract = True


class Dated(Listed):
    """A row with a date as words and as a span.

    `said_anew` is the place in the chain of the first edition that said it so: later ones may have carried it on.
    """

    said_anew = models.PositiveBigIntegerField(default=0)
    when = models.CharField(max_length=120, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    reach = models.PositiveSmallIntegerField(choices=Reach, default=Reach.OPEN)
    sort_day = models.DateField(default=UNDATED)

    SORT = "sort_day"

    class Meta:
        abstract = True


class MeetingRow(Dated):
    """A published meeting, as lists and filters have it."""

    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=MeetingKind)
    place = models.CharField(max_length=200, blank=True)
    established = models.CharField(max_length=20, choices=Established)
    headcount = models.PositiveIntegerField(default=0)
    role_in_dispute = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["sort_day", "key"]
        indexes = [
            models.Index(fields=["sort_day", "key"], name="meeting_row_order"),
            models.Index(fields=["reach", "sort_day", "key"], name="meeting_row_reach"),
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceRow(models.Model):
    """A named person at a published meeting, with the offices that their label there says.

    People nobody named have no row here.
    """

    meeting = models.ForeignKey(MeetingRow, to_field="key", on_delete=models.CASCADE, related_name="attendances")
    person = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    label = models.TextField(blank=True)
    presence = models.CharField(max_length=12, choices=Presence)
    role_in_dispute = models.BooleanField(default=False)
    roles = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_row_once_a_person")]
        indexes = [models.Index(fields=["person", "meeting"], name="attendance_row_person")]

    def __str__(self) -> str:
        return self.name


class QuoteRow(Dated):
    """A published quote or, of one that may not be named, one citation of it under the key of that citation.

    Only a quote by name has a `speaker` and a page; a citation has its `work` and leads to its place in that story.
    """

    words = models.TextField()
    form = models.CharField(max_length=10, choices=QuoteForm)
    by = models.CharField(max_length=400, blank=True)
    label = models.TextField(blank=True)
    speaker = models.CharField(max_length=40, blank=True)
    sort_name = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list)
    setting = models.CharField(max_length=400, blank=True)
    terms = models.CharField(max_length=20, choices=Terms)
    relay = models.CharField(max_length=250, blank=True)
    work = models.CharField(max_length=40, blank=True)
    href = models.CharField(max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["sort_day", "key"]
        indexes = [
            models.Index(fields=["sort_day", "key"], name="quote_row_order"),
            models.Index(fields=["reach", "sort_day", "key"], name="quote_row_reach"),
            models.Index(fields=["speaker", "sort_day", "key"], name="quote_row_speaker"),
            models.Index(fields=["work"], name="quote_row_work"),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def is_citation(self) -> bool:
        """Whether this is one citation of somebody who may not be named."""
        return bool(self.work)


class SourceRow(Dated):
    """A published source that may be named."""

    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.CharField(max_length=250)
    sort = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    person = models.CharField(max_length=40, blank=True)
    person_name = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=200, blank=True)
    relay = models.CharField(max_length=250, blank=True)

    SORT = "sort"

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "key"]
        indexes = [
            models.Index(fields=["sort", "key"], name="source_row_order"),
            models.Index(fields=["person"], name="source_row_person"),
        ]

    def __str__(self) -> str:
        return self.title


class PersonRow(Listed):
    """Somebody whom published records name, with the offices that these records say.

    An office is `{title, organization: {key, name}, since, until, in_office, said_anew}`; each end is a date as parts
    have it.
    """

    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    meetings = models.PositiveIntegerField(default=0)
    quotes = models.PositiveIntegerField(default=0)

    objects = ListedQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "key"]
        indexes = [models.Index(fields=["sort", "key"], name="person_row_order")]

    def __str__(self) -> str:
        return self.name


class OrganizationRow(Listed):
    """A body in which somebody held an office that a published record says."""

    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=120)
    people = models.PositiveIntegerField(default=0)

    objects = ListedQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "key"]
        indexes = [models.Index(fields=["sort", "key"], name="organization_row_order")]

    def __str__(self) -> str:
        return self.name


class FacetRow(models.Model):
    """By what a row of a list is found: a person, organization, investigation, story, stance, kind, and so on.

    `sort` and `key` are those of the row, so that a list of one value is read in order, from any place on. Of a
    story, `edition` is its last that holds the record. What is not `counted` is a citation of an unnamed source.
    """

    list = models.CharField(max_length=16)
    name = models.CharField(max_length=16)
    value = models.CharField(max_length=60)
    sort = models.CharField(max_length=120)
    key = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(null=True)
    counted = models.BooleanField(default=True)

    SORT = "sort"

    objects = ListedQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "key"]
        constraints = [
            models.UniqueConstraint(fields=["list", "name", "value", "sort", "key"], name="facet_row_once_a_value")
        ]
        indexes = [models.Index(fields=["list", "key", "name", "value"], name="facet_row_key")]

    def __str__(self) -> str:
        return f"{self.list}/{self.key}: {self.name} {self.value}"


class CountRow(models.Model):
    """How many rows of a list one choice of a filter finds, the unnamed left out."""

    list = models.CharField(max_length=16)
    name = models.CharField(max_length=16)
    value = models.CharField(max_length=60)
    label = models.CharField(max_length=250, blank=True)
    sort = models.CharField(max_length=250, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["list", "name", "-number", "value"]
        constraints = [models.UniqueConstraint(fields=["list", "name", "value"], name="count_row_once_a_value")]
        indexes = [models.Index(fields=["list", "name", "-number", "value"], name="count_row_most")]

    def __str__(self) -> str:
        return f"{self.list}, {self.name} {self.label or self.value}: {self.number}"
