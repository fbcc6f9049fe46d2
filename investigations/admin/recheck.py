"""Stories whose records were changed after readers got them: does one need a correction?"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from investigations.admin.base import DeskAdmin, NeedsFilter
from investigations.models import Recheck
from investigations.publishing.rechecks import say_not_needed


@admin.register(Recheck)
class RecheckAdmin(DeskAdmin):
    """A question that the software asks; it is answered by a correction, or by an editor's word."""

    change_form_template = "admin/investigations/recheck/change_form.html"
    list_display = ["story", "kind_of_record", "opened_by", "opened_at", "outcome"]
    list_filter = [NeedsFilter, "outcome"]
    needs = {"waiting": "needs a correction?"}
    list_select_related = ["story", "opened_by"]
    search_fields = ["story__headline"]
    fields = ["story", "opened_by", "opened_at", "outcome", "reason", "correction", "closed_by", "closed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The software asks."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answered by the button alone."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The button's address."""
        answer = self.admin_site.admin_view(self.not_needed_view)
        name = "investigations_recheck_not_needed"
        return [path("<int:pk>/not-needed/", answer, name=name), *super().get_urls()]

    def not_needed_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say that no correction is needed, and why."""
        recheck = self.get_object(request, str(pk))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        reason = request.POST.get("said", "")
        return self.act(
            request,
            recheck,
            lambda: say_not_needed(recheck, by=request.user, reason=reason),
            "No correction needed: that is noted.",
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What was changed, where readers have it, and the answers."""
        recheck = self.get_object(request, object_id)
        context = {
            "desk_recheck": recheck,
            "record_address": address_of(recheck.record),
            "record_words": kind_of(recheck),
            "may_answer": recheck.is_open and request.user.has_perm("investigations.approve_correction"),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @admin.display(description="record")
    def kind_of_record(self, recheck: Recheck) -> str:
        """A quote, a meeting, a source, or a citation of somebody unnamed."""
        return kind_of(recheck)


def kind_of(recheck: Recheck) -> str:
    """What was changed, in a word; its name would tell more than a list should."""
    return {"note": "citation of an unnamed source"}.get(noun := recheck.part.partition("/")[0], noun)


def address_of(record: Any) -> str:
    """The record's screen; empty when it is gone."""
    if record is None:
        return ""
    return reverse(f"admin:investigations_{record._meta.model_name}_change", args=[record.pk])
