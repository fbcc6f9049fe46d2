"""The form and the column of a date as a reporter knows it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from investigations import dates

FORMS = "As you know it: April 14, 2016 · September 2016 · early August 2016 · between May 3 and 5, 2016."


class FuzzyDateField(models.CharField):
    """A date in the words it is known by; fills `<name>_earliest`, `<name>_latest` and `<name>_edtf`.

    The three columns beside it are declared by the model, below the field itself: a null is an open end.
    Raises ValidationError, naming forms that work, for words that are no date.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", FORMS)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The words, checked to be a date."""
        value = super().to_python(value)
        if value:
            self._parse(value)
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Fill the span's columns from the words, on every way a row is written."""
        words = super().pre_save(model_instance, add)
        span = self._parse(words) if words else None
        for part in ("earliest", "latest", "edtf"):
            empty = "" if part == "edtf" else None
            setattr(model_instance, f"{self.attname}_{part}", getattr(span, part) if span else empty)
        return words

    def _parse(self, words: str) -> dates.FuzzyDate:
        try:
            return dates.parse(words)
        except dates.DateNotUnderstood as error:
            raise ValidationError(str(error), code="date") from error


def span_field() -> "models.DateField[Any, Any]":
    """One end of a fuzzy date's span; null when that end is open or nothing is stated."""
    return models.DateField(null=True, blank=True, editable=False)


def edtf_field() -> "models.CharField[Any, Any]":
    """A fuzzy date as EDTF text (Library of Congress, 2019)."""
    return models.CharField(max_length=60, blank=True, editable=False)


def span_in_order(name: str, field: str) -> models.CheckConstraint:
    """A span never ends before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}_earliest__isnull": True})
        | models.Q(**{f"{field}_latest__isnull": True})
        | models.Q(**{f"{field}_earliest__lte": models.F(f"{field}_latest")}),
        violation_error_message="The date ends before it begins.",
    )
