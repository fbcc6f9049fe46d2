"""Corrections: drafted by one person, approved by another."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.admin.addresses import readers_address
from investigations.admin.base import DeskAdmin
from investigations.models import Contribution, Correction
from investigations.pages import paths
from investigations.publishing.correct import correct, readers_would_see
from investigations.publishing.signatures import approve
from investigations.vocabulary import CorrectionState


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    """One sentence to readers; where and what is found by the software."""

    change_form_template = "admin/investigations/correction/change_form.html"
    list_display = ["__str__", "story", "state", "written_by", "approved_by", "published_at"]
    list_filter = ["state", "severity"]
    list_select_related = ["story", "written_by", "approved_by"]
    search_fields = ["note", "story__headline"]
    autocomplete_fields = ["story"]
    fields = [
        "story",
        "note",
        "severity",
        "state",
        "written_by",
        "written_at",
        "approved_by",
        "approved_at",
        "published_at",
    ]
    readonly_fields = ["state", "written_by", "written_at", "approved_by", "approved_at", "published_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stamp who wrote it; whoever rewrites it had a hand in it, and can't approve it either."""
        if not change:
            obj.written_by = request.user
        super().save_model(request, obj, form, change)
        if form.has_changed():
            Contribution.objects.record(obj.story, by=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published is read only."""
        published = obj is not None and obj.state == CorrectionState.PUBLISHED
        return super().has_change_permission(request, obj) and not published

    def get_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/approve/", wrap(self.approve_view), name="investigations_correction_approve"),
            path("<int:pk>/publish/", wrap(self.publish_view), name="investigations_correction_publish"),
            *super().get_urls(),
        ]

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Approve the correction as it stands."""
        correction = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, correction, lambda: None, "Press the button to approve.")
        return self.act(request, correction, lambda: approve(correction, by=request.user), "Approved.")

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish text and note together."""
        correction = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, correction, lambda: None, "Press the button to publish.")
        return self.act(request, correction, lambda: correct(correction, by=request.user), "Published.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with what readers would see changed."""
        correction = self.get_object(request, object_id)
        context = {
            "desk_correction": correction,
            "changes": readers_would_see(correction),
            "address": readers_address(paths.correction(correction.number)) if correction.number else "",
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
