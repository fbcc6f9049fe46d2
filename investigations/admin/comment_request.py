"""Requests for comment: on their story's screen, and all of them in a list of who has not replied."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from investigations.admin.base import DeskAdmin, DeskStacked, InvestigationFilter, NeedsFilter
from investigations.models import CommentRequest, Contribution

FIELDS = ["about", "asked", "asked_how", "deadline", "outcome", "detail"]


class CommentRequestInline(DeskStacked):
    """Whom the story speaks of and who was asked."""

    model = CommentRequest
    fields = ["person", "organization", *FIELDS, "position"]
    autocomplete_fields = ["person", "organization"]


@admin.register(CommentRequest)
class CommentRequestAdmin(DeskAdmin):
    """Somebody asked for their side."""

    needs = {"without_reply": "no reply yet", "overdue": "no reply, deadline passed"}
    list_display = ["whom", "story", "asked", "deadline", "outcome"]
    list_filter = [NeedsFilter, "outcome", InvestigationFilter]
    list_select_related = ["story", "person", "organization"]
    search_fields = ["person__name", "organization__name", "story__headline"]
    autocomplete_fields = ["story", "person", "organization"]
    fields = ["story", "person", "organization", *FIELDS]

    @admin.display(description="whom", ordering="person__family_name")
    def whom(self, asked: CommentRequest) -> str:
        """The person or organization."""
        return str(asked.person or asked.organization)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep whose hand was in the story: readers get the outcome."""
        super().save_model(request, obj, form, change)
        if form.has_changed():
            Contribution.objects.record(obj.story, by=request.user)
