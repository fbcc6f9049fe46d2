"""Investigations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from investigations.admin.base import DeskAdmin
from investigations.models import Investigation
from investigations.models.base import sees_everything


@admin.register(Investigation)
class InvestigationAdmin(DeskAdmin):
    """The work and its team."""

    list_display = ["title", "handling_reporter"]
    list_select_related = ["handling_reporter"]
    search_fields = ["title"]
    autocomplete_fields = ["team", "handling_reporter"]
    fieldsets = [
        (None, {"fields": ["title", "team", "handling_reporter"]}),
        ("More", {"fields": ["notice", "hidden_from_search_engines", "slug"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The short name is made: who doesn't see everything would learn from one that is taken."""
        return [] if sees_everything(request.user) else ["slug"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Put whoever opens an investigation on its team: otherwise they would not find it again."""
        super().save_related(request, form, formsets, change)
        if not change:
            form.instance.team.add(request.user)
