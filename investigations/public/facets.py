"""What the filters of all lists of the record share: choices with how much each finds, and what is asked."""

import re
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator

from investigations.pages.instants import day_words
from investigations.record.models import CountRow, FacetRow

OFFERED = 50
"""How many people, organizations and stories a filter offers, those with most first; any other by its address."""


TRACKING = re.compile(r"utm_|fbclid$|gclid$|mc_[ce]id$")
"""What other sites add to an address: no question."""
NONE_OF = {
    "person": "Nobody of this key is in this list.",
    "organization": "No body of this key is in this list.",
    "investigation": "No investigation of this key is in this list.",
    "story": "No story of this key is in this list.",
}
"""What is said of a key that is in no row, by the name of its filter."""


class Choice(django_filters.ChoiceFilter):
    """A filter by one value out of those that are offered."""

    @property
    def field(self) -> Any:
        """The field in the form, which says in a sentence when a value is none of these."""
        told = NONE_OF.get(str(self.field_name), "“%(value)s” is none of these: choose one of them.")
        self.extra["error_messages"] = {"invalid_choice": told}
        return super().field


class Facet(Choice):
    """A filter by a person, organization, investigation, story or stance, of which a row may have several."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that have this value."""
        if not value:
            return qs
        found = FacetRow.objects.filter(list=self.parent.LIST, key=OuterRef("key"), name=self.field_name, value=value)
        return qs.filter(Exists(found))


PLACE = "after"
"""The place in a list behind which a page begins, in an address."""
WORDS = "q"
"""The filter by words."""
CHOICES = (django_filters.ChoiceFilter, django_filters.BooleanFilter)


class OpenFacet(Facet):
    """A facet whose values are as many as the record names: the most frequent are offered, and what is chosen."""


class DayInput(forms.DateInput):
    """A day as browsers take it: what is none never stands in the field, where they would show nothing of it."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """The day like 2016-04-14; nothing for what is none."""
        try:
            return DayField().clean(value).isoformat()
        except forms.ValidationError:
            return None


class DayField(forms.DateField):
    """A day that is asked for; what is none is said again in the error."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError for anything but one written like 2016-04-14."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            shown = Truncator(str(value)).chars(40)
            raise forms.ValidationError(f"“{shown}” is no day: write it like 2016-04-14.") from None


class DayFilter(django_filters.DateFilter):
    """A filter by a day."""

    field_class = DayField


def day_filter(label: str, method: str) -> DayFilter:
    """A filter by a day."""
    return DayFilter(label=label, method=method)


class QuestionsForm(forms.Form):
    """The questions put to a list."""

    def clean(self) -> dict[str, Any]:
        """The questions. Days of which the first is later than the last are told at the first."""
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            self.add_error("since", "“From” is later than “To”.")
        return asked


class RecordFilter(django_filters.FilterSet):
    """The filters of a list of the record. `LIST` is its name.

    Beside each choice stands how much it finds by itself: counted when something is published, without the unnamed.
    """

    LIST = ""

    class Meta:
        model: Any = None
        form = QuestionsForm

    def __init__(self, data: Any, queryset: QuerySet[Any]) -> None:
        """Offer what there is to choose; a filter with fewer than two choices is left out unless it is asked."""
        super().__init__(data, queryset)
        self._said: dict[tuple[str, str], str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._count_choices()
        for name, one in list(self.filters.items()):
            if isinstance(one, OpenFacet):
                self._offer(name, one)
            elif isinstance(one, django_filters.ChoiceFilter):
                choices = [(str(value), str(words)) for value, words in one.extra["choices"]]
                self._said |= {(name, value): words for value, words in choices}
                one.extra["choices"] = [(value, self._counted(one, value, words)) for value, words in choices]
            elif isinstance(one, django_filters.BooleanFilter):
                one.label = self._counted(one, "on", str(one.label))

    def _count_choices(self) -> None:
        """How much each choice of a fixed vocabulary finds, and the whole list; one query."""
        fixed = [one.field_name for one in self.filters.values() if not isinstance(one, OpenFacet)]
        rows = CountRow.objects.filter(list=self.LIST, name__in=["", *fixed])
        self._numbers |= {
            (name, value): number for name, value, number in rows.values_list("name", "value", "number")
        }

    def _offer(self, name: str, one: OpenFacet) -> None:
        counts = CountRow.objects.filter(list=self.LIST, name=name)
        rows = list(counts.order_by("-number", "value")[:OFFERED])
        chosen = str(self.data.get(name, "")).replace("\x00", "")  # which PostgreSQL takes in no text
        if chosen and len(rows) == OFFERED and chosen not in {row.value for row in rows}:
            rows += counts.filter(value=chosen)
        for row in rows:
            self._said[name, row.value] = row.label
            self._numbers[one.field_name, row.value] = row.number
        rows.sort(key=lambda row: (row.sort, row.value))
        one.extra["choices"] = [(row.value, self._counted(one, row.value, row.label)) for row in rows]
        if len(rows) < 2 and not chosen:
            del self.filters[name]

    def _counted(self, one: Any, value: str, words: str) -> str:
        number = self._numbers.get((one.field_name, value))
        return f"{words} ({number:,})" if number else words

    @property
    def total(self) -> int:
        """How many rows the whole list has, without the unnamed."""
        return self._numbers.get(("", ""), 0)

    def number(self, name: str) -> int:
        """How many rows a choice that is asked for finds by itself, without the unnamed."""
        return self._numbers.get(self.facet(name), 0)

    def facet(self, name: str) -> tuple[str, str]:
        """The facet by which a choice that is asked for is found: its name and value."""
        value = self.asked()[name]
        return str(self.filters[name].field_name), "on" if value is True else str(value)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What an address asks that no question of this list is called, shortened to be told."""
        names = [name for name in self.data if name not in self.base_filters and name != PLACE]
        return tuple(Truncator(name).chars(40) for name in names if not TRACKING.match(name))

    def asked(self) -> dict[str, Any]:
        """What is asked, by filter; only of a form that is valid."""
        return {name: value for name, value in self.form.cleaned_data.items() if value and name in self.filters}

    @property
    def query(self) -> str:
        """What is asked, as an address has it: without the place of a page, and of a form that is valid."""
        query = self.data.copy()
        for name in set(query) - self.asked().keys():
            del query[name]
        return str(query.urlencode())

    def said(self, name: str) -> str:
        """A question in words: “Kind: Dinner”."""
        value = self.asked()[name]
        label = str(self.base_filters[name].label)
        if value is True:
            return label
        if isinstance(value, date):
            return f"{label}: {day_words(value)}"
        return f"{label}: {self._said.get((name, str(value)), value)}"

    def rows(self, *without: str) -> Any:
        """The rows that answer every question but these."""
        rows = self.queryset.all()
        for name, value in self.asked().items():
            if name not in without:
                rows = self.filters[name].filter(rows, value)
        return rows

    def rarest(self, *without: str) -> str:
        """Of the choices asked for, the one that finds least; empty if none is asked for. Days are none.

        Words are one once `rows` has looked for them, where they occur seldom.
        """
        choices = [name for name in self.asked() if isinstance(self.filters[name], CHOICES) and name not in without]
        numbers = {name: self.number(name) for name in choices}
        few = getattr(self.filters.get(WORDS), "few", None)
        if few is not None and WORDS not in without:
            numbers[WORDS] = few
        return min(numbers, key=lambda name: numbers[name], default="")

    def filter_since(self, rows: Any, name: str, value: Any) -> QuerySet[Any]:
        """Those that may be of this day or a later one."""
        return rows.overlapping(start=value)

    def filter_until(self, rows: Any, name: str, value: Any) -> QuerySet[Any]:
        """Those that may be of this day or an earlier one."""
        return rows.overlapping(end=value)


def without_unnamed(of_list: str) -> Q:
    """What is counted of a list."""
    return Q(work="") if of_list == "quotes" else Q()
