"""Filters of lists whose choices are rows: so many are offered, and one types words of any other's name."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

OFFERED = 50
"""Choices that a filter offers; of more one is found by words of its name."""


class FilterByName(admin.SimpleListFilter):
    """A list by rows that have names."""

    template = "admin/investigations/filter_by_name.html"
    more = False

    def named(self, request: HttpRequest) -> Any:
        """The rows of which the person may choose one."""
        raise NotImplementedError

    value_and_name: tuple[str, str]
    """The fields of such a row by which it is chosen and called."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The first of them."""
        found = list(self.named(request).values_list(*self.value_and_name)[: OFFERED + 1])
        self.more = len(found) > OFFERED
        return [(str(value), name) for value, name in found[:OFFERED]]

    def chosen(self, request: HttpRequest) -> Any:
        """The values of those that were chosen, or that have the words which were typed."""
        value, name = self.value_and_name
        typed, rows = (self.value() or "").replace("\x00", ""), self.named(request).order_by()
        if typed in dict(self.lookup_choices) or typed.isdecimal():
            rows = rows.filter(**{value: typed})
        else:
            rows = rows.filter(**{f"{name}__icontains": typed})
        return rows.values(value)

    @property
    def typed(self) -> str:
        """The words that were typed, if none of what is offered was chosen."""
        value = self.value() or ""
        return "" if value in dict(self.lookup_choices) else value

    @property
    def others(self) -> list[tuple[str, str]]:
        """What else the address asks, but for the page."""
        return [
            (name, str(said)) for name, said in self.request.GET.items() if name not in {self.parameter_name, "p"}
        ]
