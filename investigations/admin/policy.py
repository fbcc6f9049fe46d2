"""Policies: what the newsroom holds itself to."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.admin.base import DeskAdmin
from investigations.models import Policy
from investigations.publishing.policy import publish_policy


@admin.register(Policy)
class PolicyAdmin(DeskAdmin):
    """A policy's text; readers get its editions."""

    change_form_template = "admin/investigations/policy/change_form.html"
    list_display = ["title", "edited_by", "edited_at"]
    list_select_related = ["edited_by"]
    search_fields = ["title"]
    fields = ["title", "body", "slug"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the text as this person's."""
        obj.edit(by=request.user)

    def get_urls(self) -> list[URLPattern]:
        """The button's address."""
        wrap = self.admin_site.admin_view
        publish = path("<int:pk>/publish/", wrap(self.publish_view), name="investigations_policy_publish")
        return [publish, *super().get_urls()]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish the next edition, with the note that says what changed."""
        policy = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, policy, lambda: None, "Press the button to publish.")
        note = request.POST.get("note", "")
        return self.act(request, policy, lambda: publish_policy(policy, by=request.user, note=note), "Published.")
