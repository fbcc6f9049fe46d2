"""Rows of a form in which one searches for what to choose: what is chosen is read once for all of them."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property


class RowSelect(AutocompleteSelect):
    """A field to search in, that need not ask for the name of what its row already chose."""

    chosen: dict[str, str] = {}
    """Names by number."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """What is chosen, as the only choice there is before one searches."""
        numbers = [number for number in value if number]
        if any(number not in self.chosen for number in numbers):
            return super().optgroups(name, value, attr)
        choices = [self.create_option(name, number, self.chosen[number], True, 1) for number in numbers]
        if not self.is_required:
            choices.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, choices, 0)]


class NamesOfChosen:
    """A formset that reads the names of everything its rows chose at once."""

    def add_fields(self, form: Any, index: Any) -> None:
        """Give the fields of a row the names."""
        super().add_fields(form, index)  # type: ignore[misc]
        if "DELETE" in form.fields:  # its cell in a table has no label
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # the buttons around it
            if isinstance(widget, RowSelect):
                widget.chosen = self.chosen(name, field)

    def chosen(self, name: str, field: Any) -> dict[str, str]:
        """The names of all that the rows chose in this field and the person may see, by number."""
        if name not in self.known:
            numbers = {getattr(row, f"{name}_id") for row in self.chosen_by()} - {None}
            rows = field.queryset.filter(pk__in=numbers) if numbers else ()
            self.known[name] = {str(row.pk): field.label_from_instance(row) for row in rows}
        return self.known[name]

    def chosen_by(self) -> Any:
        """The rows whose choices are read."""
        return self.get_queryset()  # type: ignore[attr-defined]

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """What was looked up, by field."""
        return {}


class RowFormSet(NamesOfChosen, BaseInlineFormSet):
    """Rows of a record's form, with the names of everything that they chose."""
