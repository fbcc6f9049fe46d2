"""Legal holds: placed on an investigation, and lifted."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from investigations.admin.base import InvestigationFilter
from investigations.admin.verbs import VerbAdmin
from investigations.models import LegalHold
from investigations.models.legal_hold import lift_hold, may_hold, place_hold


@admin.register(LegalHold)
class LegalHoldAdmin(VerbAdmin):
    """While one stands, nothing of its investigation is destroyed."""

    change_form_template = "admin/investigations/legalhold/change_form.html"
    list_display = ["__str__", "investigation", "placed_by", "placed_at", "lifted_by", "lifted_at"]
    list_filter = [InvestigationFilter, ("lifted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["investigation", "placed_by", "lifted_by"]
    autocomplete_fields = ["investigation"]
    said = "The hold stands: nothing of this investigation is destroyed or erased until it is lifted."

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked; of a hold that was placed, who did what and when."""
        came = ["placed_by", "placed_at", "lifted_by", "lifted_at"] if obj else []
        return ["investigation", "reason", *came]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Standards editors place holds."""
        return may_hold(request.user)

    def add(self, row: Any, user: Any) -> Any:
        """Place it."""
        return place_hold(row.investigation, by=user, reason=row.reason)

    def get_urls(self) -> list[URLPattern]:
        """The button's address."""
        lift = self.admin_site.admin_view(require_POST(self.lift_view))
        return [path("<int:pk>/lift/", lift, name="investigations_legalhold_lift"), *super().get_urls()]

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Lift it."""
        hold = self.get_object(request, str(pk))
        if not may_hold(request.user):
            raise PermissionDenied
        return self.act(request, hold, lambda: lift_hold(hold, by=request.user), "Lifted.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The hold, with the button that lifts it."""
        seen = {"hold": self.get_object(request, object_id), "may_lift": may_hold(request.user)}
        return super().change_view(request, object_id, form_url, {**seen, **(extra_context or {})})
