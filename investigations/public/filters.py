"""Questions readers may put to the lists."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from investigations.pages.correction import TAGS
from investigations.pages.corrections import month_words
from investigations.public.free_text import FreeText
from investigations.record.models import AttendanceRow, CorrectionRow, MeetingRow
from investigations.vocabulary import MeetingKind, SearchKind


def people() -> list[tuple[str, str]]:
    """Everybody named at a published meeting, by family name, once."""
    rows = AttendanceRow.objects.order_by("sort_name", "name").values_list("person", "name").distinct()
    return list(dict(rows).items())


class MeetingFilter(django_filters.FilterSet):
    """Meetings by person, span of days, kind, and whether a role is in dispute."""

    q = FreeText(SearchKind.MEETING)
    person = django_filters.ChoiceFilter(label="With", choices=people, empty_label="Anyone", method="filter_person")
    since = django_filters.DateFilter(
        label="From", method="filter_since", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label="To", method="filter_until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=MeetingKind.choices, empty_label="Any kind")
    in_dispute = django_filters.BooleanFilter(
        label="Role in dispute", method="filter_in_dispute", widget=forms.CheckboxInput()
    )

    class Meta:
        model = MeetingRow
        fields: list[str] = []

    def filter_person(self, rows: QuerySet[MeetingRow], name: str, value: str) -> QuerySet[MeetingRow]:
        """Meetings at which this person was named, whatever is said of their coming."""
        return rows.filter(key__in=AttendanceRow.objects.filter(person=value).values("meeting_id"))

    def filter_since(self, rows: Any, name: str, value: Any) -> QuerySet[MeetingRow]:
        """Meetings that may fall on this day or later."""
        return rows.overlapping(start=value)

    def filter_until(self, rows: Any, name: str, value: Any) -> QuerySet[MeetingRow]:
        """Meetings that may fall on this day or earlier."""
        return rows.overlapping(end=value)

    def filter_in_dispute(self, rows: Any, name: str, value: bool | None) -> QuerySet[MeetingRow]:
        """With the box ticked, only meetings at which accounts of somebody's role differ."""
        return rows.filter(role_in_dispute=True) if value else rows


def months() -> list[tuple[str, str]]:
    """Every month that has notes, the latest first."""
    found = CorrectionRow.objects.order_by("-month").values_list("month", flat=True).distinct()
    return [(month, month_words(month)) for month in found]


def stories() -> list[tuple[str, str]]:
    """Every story that has notes, by headline."""
    return list(CorrectionRow.objects.order_by("headline", "slug").values_list("slug", "headline").distinct())


class CorrectionFilter(django_filters.FilterSet):
    """Notes by kind, month and story."""

    kind = django_filters.ChoiceFilter(
        label="Kind", choices=[(kind.value, kind.label) for kind in TAGS], empty_label="Any kind"
    )
    month = django_filters.ChoiceFilter(label="Month", choices=months, empty_label="Any month")
    story = django_filters.ChoiceFilter(label="Story", choices=stories, empty_label="Any story", field_name="slug")

    class Meta:
        model = CorrectionRow
        fields: list[str] = []
