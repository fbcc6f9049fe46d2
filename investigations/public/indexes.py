"""The filters of each list of the record."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from investigations.public.facets import Choice, Facet, OpenFacet, RecordFilter, day_filter
from investigations.public.free_text import FreeText
from investigations.record.models import MeetingRow, OrganizationRow, PersonRow, QuoteRow, SourceRow
from investigations.vocabulary import (
    PUBLISHABLE_TERMS,
    Established,
    MeetingKind,
    QuoteForm,
    SearchKind,
    SourceKind,
    Stance,
    Terms,
)


def of_stance() -> Facet:
    """A filter by what a record does for a passage of a story."""
    return Facet(label="In stories", choices=Stance.choices, empty_label="In any way")


class MeetingFilter(RecordFilter):
    """Meetings."""

    LIST = "meetings"

    q = FreeText(SearchKind.MEETING)
    person = OpenFacet(label="With", empty_label="Anyone")
    organization = OpenFacet(label="With somebody of", empty_label="Any body")
    investigation = OpenFacet(label="Investigation", empty_label="Any investigation")
    story = OpenFacet(label="Story", empty_label="Any story")
    since = day_filter("From", "filter_since")
    until = day_filter("To", "filter_until")
    kind = Choice(label="Kind", choices=MeetingKind.choices, empty_label="Any kind")
    established = Choice(label="How it is known", choices=Established.choices, empty_label="In any way")
    stance = of_stance()
    in_dispute = django_filters.BooleanFilter(
        label="Role in dispute", method="filter_in_dispute", widget=forms.CheckboxInput()
    )

    class Meta(RecordFilter.Meta):
        model = MeetingRow
        fields: list[str] = []

    def filter_in_dispute(self, rows: Any, name: str, value: bool | None) -> QuerySet[MeetingRow]:
        """With the box ticked, only meetings of which the newsroom says that somebody's role is in dispute."""
        return rows.filter(role_in_dispute=True) if value else rows


class QuoteFilter(RecordFilter):
    """Quotes. By whom and from which body only finds those by name: others can't be linked to each other."""

    LIST = "quotes"

    q = FreeText(SearchKind.QUOTE)
    person = OpenFacet(label="Said by", empty_label="Anyone")
    organization = OpenFacet(label="Speaker then of", empty_label="Any body")
    investigation = OpenFacet(label="Investigation", empty_label="Any investigation")
    story = OpenFacet(label="Story", empty_label="Any story")
    since = day_filter("From", "filter_since")
    until = day_filter("To", "filter_until")
    words = Choice(label="Words", field_name="form", choices=QuoteForm.choices, empty_label="Any")
    terms = Choice(
        label="Terms",
        choices=[each for each in Terms.choices if each[0] in PUBLISHABLE_TERMS],
        empty_label="Any terms",
    )
    stance = of_stance()

    class Meta(RecordFilter.Meta):
        model = QuoteRow
        fields: list[str] = []


class SourceFilter(RecordFilter):
    """Sources that may be named."""

    LIST = "sources"

    q = FreeText(SearchKind.SOURCE)
    kind = Choice(label="Kind", choices=SourceKind.choices, empty_label="Any kind")
    person = OpenFacet(label="Who", empty_label="Anyone")
    investigation = OpenFacet(label="Investigation", empty_label="Any investigation")
    story = OpenFacet(label="Story", empty_label="Any story")
    stance = of_stance()

    class Meta(RecordFilter.Meta):
        model = SourceRow
        fields: list[str] = []


class PersonFilter(RecordFilter):
    """People."""

    LIST = "people"

    q = FreeText(SearchKind.PERSON)
    organization = OpenFacet(label="Held an office in", empty_label="Any body")
    investigation = OpenFacet(label="Investigation", empty_label="Any investigation")
    story = OpenFacet(label="Story", empty_label="Any story")

    class Meta(RecordFilter.Meta):
        model = PersonRow
        fields: list[str] = []


class OrganizationFilter(RecordFilter):
    """Organizations."""

    LIST = "organizations"

    q = FreeText(SearchKind.ORGANIZATION)
    investigation = OpenFacet(label="Investigation", empty_label="Any investigation")
    story = OpenFacet(label="Story", empty_label="Any story")

    class Meta(RecordFilter.Meta):
        model = OrganizationRow
        fields: list[str] = []


FILTERS: dict[str, type[RecordFilter]] = {
    one.LIST: one for one in (MeetingFilter, QuoteFilter, SourceFilter, PersonFilter, OrganizationFilter)
}
