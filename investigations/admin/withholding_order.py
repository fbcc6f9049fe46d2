"""Orders to withhold: hide at once, give back, and make final as another editor."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from investigations.admin.addresses import readers_address
from investigations.admin.base import InvestigationFilter, NeedsFilter
from investigations.admin.verbs import VerbAdmin
from investigations.models import WithholdingOrder
from investigations.models.withholding_order import may_withhold
from investigations.publishing.extent import extent, left_outside, why_not_final
from investigations.publishing.scope import paragraph_with, parts_in_scope
from investigations.publishing.signatures import is_editor
from investigations.publishing.withhold import hide, make_final, restore
from investigations.vocabulary import WithheldScope


class OrderForm(forms.ModelForm):
    """What to withhold, on what authority and why."""

    class Meta:
        model = WithholdingOrder
        fields = ["scope", "story", "edition", "paragraph", "words", "entry", "authority", "reason"]

    def clean(self) -> dict[str, Any]:
        """Find the paragraph by its words, where they are given and it is not."""
        given = super().clean() or self.cleaned_data
        story, edition, words = given.get("story"), given.get("edition"), (given.get("words") or "").strip()
        if given.get("scope") == WithheldScope.PASSAGE and story and edition and words and not given.get("paragraph"):
            given["paragraph"] = paragraph_with(story, edition, words)
            if not given["paragraph"]:
                raise ValidationError({"words": "No paragraph of that edition has these words."})
        return given

    def _post_clean(self) -> None:
        """Refuse what readers never had."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance.settle()
                parts_in_scope(self.instance)
            except ValidationError as error:
                self.add_error(None, error)


@admin.register(WithholdingOrder)
class WithholdingOrderAdmin(VerbAdmin):
    """What readers don't get any more."""

    form = OrderForm
    change_form_template = "admin/investigations/withholdingorder/change_form.html"
    list_display = ["__str__", "scope", "about", "standing", "ordered_by", "ordered_at", "final_by"]
    list_filter = [NeedsFilter, InvestigationFilter, "scope"]
    list_select_related = ["story", "ordered_by", "final_by"]
    needs = {"waiting": "waiting for a second editor"}
    autocomplete_fields = ["story"]
    said = "Hidden: readers are told so. You can give it back; another editor makes it final."

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked; of an order that was given, what came of it too."""
        came = ["ordered_by", "ordered_at", "restored_by", "restored_at", "final_by", "final_at"] if obj else []
        return [*OrderForm.Meta.fields, *came]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Standards editors withhold."""
        return may_withhold(request.user)

    def add(self, row: Any, user: Any) -> Any:
        """Hide it at once."""
        return hide(row, by=user)

    @admin.display(description="of what")
    def about(self, order: WithholdingOrder) -> str:
        """The story or the entry."""
        return order.entry or (f"{order.story}, edition {order.edition}" if order.story else "")

    @admin.display(description="state")
    def standing(self, order: WithholdingOrder) -> str:
        """Where it stands."""
        return str(order.state.label)

    def get_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/restore/",
                wrap(require_POST(self.restore_view)),
                name="investigations_withholdingorder_restore",
            ),
            path("<int:pk>/final/", wrap(self.final_view), name="investigations_withholdingorder_final"),
            *super().get_urls(),
        ]

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give readers back what was hidden."""
        order = self.get_object(request, str(pk))
        if not may_withhold(request.user):
            raise PermissionDenied
        return self.act(request, order, lambda: restore(order, by=request.user), "Given back: readers have it again.")

    def final_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say exactly what will be destroyed; destroy it when that is confirmed."""
        order = self.get_object(request, str(pk))
        if not is_editor(request.user):
            raise PermissionDenied
        if request.method == "POST":
            said = "Destroyed: it is nowhere in the record any more."
            return self.act(request, order, lambda: make_final(order, by=request.user), said)
        context = {
            **self.admin_site.each_context(request),
            **self._seen(request, order),
            "title": f"Make {order} final",
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/investigations/withholdingorder/final.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The order, with what it reaches and what can be done with it."""
        order = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, {**self._seen(request, order), **(extra_context or {})}
        )

    def _seen(self, request: HttpRequest, order: WithholdingOrder) -> dict[str, Any]:
        found = extent(order)
        return {
            "order": order,
            "extent": found,
            "addresses": [(page, readers_address(page)) for page in found.pages],
            "outside": left_outside(order),
            "why_not": why_not_final(order, request.user) if order.is_waiting else "",
            "may_restore": may_withhold(request.user),
            "may_make_final": is_editor(request.user),
        }
