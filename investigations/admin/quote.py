"""Quotes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from investigations.admin.base import DeskAdmin
from investigations.models import Quote


@admin.register(Quote)
class QuoteAdmin(DeskAdmin):
    """What was said, by whom, on what terms."""

    list_display = ["words_in_short", "source", "speaker", "said", "terms", "is_checked"]
    list_filter = ["terms", "form", "investigation", ("checked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["source", "speaker"]
    search_fields = ["words", "speaker__name", "source__code_name", "slug"]
    autocomplete_fields = ["investigation", "source", "speaker"]
    readonly_fields = ["checked_by", "checked_at"]
    fieldsets = [
        (None, {"fields": ["investigation", "words", "form", "source"]}),
        ("On what terms", {"fields": ["terms", "terms_wording"]}),
        ("When and where", {"fields": ["said", "setting", "to_whom"]}),
        (
            "More",
            {
                "fields": [
                    "speaker",
                    "speaker_label",
                    "locator",
                    "checked_against",
                    "checked_by",
                    "checked_at",
                    "slug",
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stamp who checked the words, when the field that says against what is filled in."""
        if "checked_against" in form.changed_data:
            checked = bool(obj.checked_against)
            obj.checked_by = request.user if checked else None
            obj.checked_at = timezone.now() if checked else None
        super().save_model(request, obj, form, change)

    @admin.display(description="words", ordering="said_earliest")
    def words_in_short(self, quote: Quote) -> str:
        """The first words."""
        return quote.words if len(quote.words) <= 90 else f"{quote.words[:89]}…"

    @admin.display(description="checked", boolean=True)
    def is_checked(self, quote: Quote) -> bool:
        """Whether somebody held the words against something."""
        return quote.checked_at is not None
