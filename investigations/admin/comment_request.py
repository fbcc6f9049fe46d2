"""Requests for comment: on their story's screen, and all of them in a list of who has not replied."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from investigations.admin.base import DeskAdmin, DeskStacked, InvestigationFilter, NeedsFilter
from investigations.admin.letter import PAGE, LetterPages
from investigations.models import CommentRequest, Contribution

FIELDS = ["about", "asked", "asked_how", "deadline", "outcome", "detail"]


class CommentRequestInline(DeskStacked):
    """Whom the story speaks of and who was asked."""

    model = CommentRequest
    fields = ["person", "organization", *FIELDS, "position", "letter"]
    readonly_fields = ["letter"]
    autocomplete_fields = ["person", "organization"]

    @admin.display(description="letter", empty_value="Save the story first.")
    def letter(self, asked: CommentRequest) -> str | None:
        """The way to the letter."""
        if not asked.pk:
            return None
        return format_html('<a href="{}">Letter and answer</a>', reverse(f"admin:{PAGE}", args=[asked.pk]))


@admin.register(CommentRequest)
class CommentRequestAdmin(LetterPages, DeskAdmin):
    """Somebody asked for their side."""

    change_form_template = "admin/investigations/commentrequest/change_form.html"
    needs = {
        "without_reply": "no reply yet",
        "overdue": "no reply, deadline passed",
        "due_soon": "no reply, deadline within a week",
    }
    list_display = ["whom", "story", "asked", "deadline", "outcome"]
    list_filter = [NeedsFilter, "outcome", InvestigationFilter]
    list_select_related = ["story", "person", "organization"]
    search_fields = ["person__name", "organization__name", "story__headline"]
    autocomplete_fields = ["story", "person", "organization"]
    fields = ["story", "person", "organization", *FIELDS]

    @admin.display(description="whom", ordering="person__family_name")
    def whom(self, asked: CommentRequest) -> str:
        """The person or organization."""
        return asked.whom

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep whose hand was in the story: readers get the outcome."""
        super().save_model(request, obj, form, change)
        if form.has_changed():
            Contribution.objects.record(obj.story, by=request.user)
