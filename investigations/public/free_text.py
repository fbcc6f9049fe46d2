"""A filter of lists by words, beside their other filters."""

from math import isqrt
from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from investigations.fulltext.question import LEAST, MOST_TYPED, Question, question
from investigations.public.finding import find
from investigations.record.models import SearchRow
from investigations.vocabulary import SearchKind

PAGE_SIZE = 50
"""Rows of a page of a list."""
FEW = 500
"""What answers no oftener is found by the index, and the list narrowed to it, in however short a list."""


def few(total: int) -> int:
    """How often words may answer in a list of so many rows for the index to lead; of commoner ones the list leads.

    With as many as this the two cost the same: each answer that is read from the index, and each row of the list that
    is looked at until a page is full.
    """
    return max(FEW, isqrt(total * PAGE_SIZE))


class WordsField(forms.CharField):
    """Words to look for; too few letters are told, not looked for."""

    def clean(self, value: Any) -> str:
        """The words. Raises ValidationError for too little."""
        typed = str(super().clean(str(value or "").replace("\x00", " ")))
        if typed and question(typed).is_short:
            raise forms.ValidationError(f"Type at least {LEAST} letters or figures.")
        return typed


class FreeText(django_filters.CharFilter):
    """A filter by the words of an entry, as the search has them; `kind` is what the list holds."""

    field_class = WordsField

    def __init__(self, kind: str) -> None:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        told = {"max_length": "Type at most %(limit_value)d letters and figures."}
        super().__init__(label="With the words", max_length=MOST_TYPED, widget=widget, error_messages=told)
        self.kind = str(kind)
        self.few: int | None = None  # how often words were found that lead
        # what a source said who may not be named is there a citation at a time
        self.prefixes = [self.kind, "citation"] if kind == SearchKind.QUOTE else [self.kind]

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows with all of these words."""
        if not value:
            return qs
        asked = question(value)
        most = few(self.parent.total)
        found = find(asked, self.kind, most + 1)
        self.few = len(found) if len(found) <= most else None
        if self.few is None:
            # no EXISTS: PostgreSQL would join the whole search to it, expecting few answers where there are many
            row = Subquery(self._row_by_row(asked).values("pk")[:1])
            return qs.alias(searched=row).filter(searched__isnull=False)
        names = SearchRow.objects.filter(pk__in=found).order_by().values_list("name", flat=True)
        return qs.filter(key__in=[name.partition("/")[2] for name in names])

    def _row_by_row(self, asked: Question) -> QuerySet[SearchRow]:
        """The search's row of a row of the list, if it has the words: looked at where the list comes by."""
        named = [Concat(Value(f"{prefix}/"), OuterRef("key")) for prefix in self.prefixes]
        own = SearchRow.objects.filter(name__in=named).order_by()
        pieces = (Value(" "), "head", Value(" _ "), "words", Value(" "))
        own = own.annotate(all_words=Concat(*pieces, output_field=TextField()))
        for phrase in asked.phrases:
            own = own.filter(all_words__contains=f" {' '.join(phrase)} ")
        return own
