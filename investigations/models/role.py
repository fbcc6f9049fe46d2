"""Offices that people held."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from investigations import dates
from investigations.models.base import VisibleQuerySet
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order


class RoleManager(models.Manager[Any]):
    """Finds a role by its person, title and beginning, for fixtures."""

    def get_by_natural_key(self, person: str, title: str, since: str = "") -> Any:
        """The role of that person (short name, or that of a row merged into theirs) and title, begun then."""
        try:
            return self.get(person__slug=person, title=title, since=since)
        except self.model.DoesNotExist:
            return self.get(person__mergers__slug=person, title=title, since=since)


class Role(models.Model):
    """An office or function that a person held, from–to; several at once is normal."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="roles")
    title = models.CharField(max_length=200, help_text="As readers should see it: “U.S. senator”.")
    organization = models.ForeignKey(
        "Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )
    since = FuzzyDateField("from", blank=True)
    since_earliest = span_field()
    since_latest = span_field()
    since_edtf = edtf_field()
    until = FuzzyDateField("to", blank=True, help_text="Empty when the end is not stated or not yet there.")
    until_earliest = span_field()
    until_latest = span_field()
    until_edtf = edtf_field()
    in_office = models.BooleanField(
        "in office at publication", default=False, help_text="Says that an empty end means: still."
    )

    objects = RoleManager.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["person", F("since_earliest").asc(nulls_first=True), "title"]
        indexes = [models.Index(fields=["person", "since_latest"], name="role_person_since")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "since"],
                name="role_once_a_person",
                violation_error_message="That person has this role from then already.",
            ),
            span_in_order("role_since_in_order", "since"),
            span_in_order("role_until_in_order", "until"),
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(until_latest__isnull=True)
                | Q(since_earliest__isnull=True)
                | Q(until_latest__gte=F("since_earliest")),
                violation_error_message="The role ends before it begins.",
            ),
            models.CheckConstraint(
                name="role_in_office_has_no_end",
                condition=Q(in_office=False) | Q(until=""),
                violation_error_message="A role still held at publication has no end: empty one of the two.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"

    def clean(self) -> None:
        """Refuse a role that ends before it begins, and one that contradicts another, at the field that says so."""
        super().clean()
        try:
            begins, ends = self.span()
        except dates.DateNotUnderstood:
            return  # said at the field itself
        if begins and ends and ends < begins:
            raise ValidationError({"until": f"The role ends ({self.until}) before it begins ({self.since})."})
        for other in Role.objects.filter(person=self.person_id, title__iexact=self.title).exclude(pk=self.pk):
            if other.may_overlap(begins, ends):
                raise ValidationError(
                    {
                        "since": (
                            f"This contradicts {other.title} ({other.from_to()}), which that person has already:"
                            " change its dates, or let one end before the other begins."
                        )
                    }
                )

    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it may have been held; None where nothing is stated."""
        begins = dates.parse(self.since).earliest if self.since else None
        ends = dates.parse(self.until).latest if self.until else None
        return begins, ends

    def may_overlap(self, begins: date | None, ends: date | None) -> bool:
        """Whether it may have been held on a day of that span."""
        own_begins, own_ends = self.span()
        return (begins is None or own_ends is None or begins <= own_ends) and (
            ends is None or own_begins is None or own_begins <= ends
        )

    def from_to(self) -> str:
        """From when to when, as typed."""
        return f"from {self.since or 'a day not stated'} to {self.until or 'a day not stated'}"

    def held_throughout(self, earliest: date | None, latest: date | None) -> bool:
        """Whether the role was certainly held on every day of the span; what is not stated is not certain."""
        if earliest is None or latest is None or not self.begun_by(earliest):
            return False
        return self.in_office or (self.until_earliest is not None and self.until_earliest >= latest)

    def begun_by(self, day: date) -> bool:
        """Whether it had certainly begun on that day."""
        return self.since_latest is not None and self.since_latest <= day

    def label_on(self, earliest: date | None, latest: date | None) -> str:
        """The title if it was held throughout the span, with a word on an end that is not stated; else empty."""
        if self.held_throughout(earliest, latest):
            return self.title
        if earliest and self.begun_by(earliest) and not self.until:
            return f"{self.title} (from {dates.display(dates.parse(self.since))}; until when is not stated)"
        return ""

    def natural_key(self) -> tuple[str, ...]:
        """The person's short name, the title, and since when."""
        return (self.person.slug, self.title, self.since)
