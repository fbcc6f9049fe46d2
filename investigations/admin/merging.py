"""Merging on the screens of people and organizations: choose the other one, see what would happen, confirm."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from investigations.admin.base import DeskAdmin
from investigations.models import Merger, Person
from investigations.models.merging import Move, Plan, may_merge, merge, plan

ROLES_SHOWN = 20


class OtherForm(forms.Form):
    """The one that goes: found by a search, or by its short name where a browser runs no scripts."""

    slug = forms.CharField(required=False, max_length=80, label="Or its short name")
    field_order = ["other", "slug"]

    def __init__(self, model: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.noun = model.objects.all(), model._meta.verbose_name
        self.fields["other"] = forms.ModelChoiceField(
            self.rows,
            required=False,
            label=f"The {self.noun} that goes",
            widget=AutocompleteSelect(Merger._meta.get_field(model._meta.model_name), admin.site),
            error_messages={"invalid_choice": f"That {self.noun} is no longer there."},
        )
        self.order_fields(self.field_order)

    def clean_slug(self) -> Any:
        """The row of that short name."""
        slug = self.cleaned_data["slug"]
        row = self.rows.filter(slug=slug).first()
        if slug and row is None:
            raise ValidationError(f"There is no {self.noun} of that short name.")
        return row

    def clean(self) -> dict[str, Any]:
        """Take the one that was given."""
        super().clean()
        if "other" in self.errors:
            self.data = {}  # the search box can't show what isn't there
        given = {row for name in ("other", "slug") if (row := self.cleaned_data.get(name))}
        if not self.errors and len(given) != 1:
            raise ValidationError("Choose one, by the search or by its short name.")
        return {"other": given.pop() if given else None}


class MergeAdmin(DeskAdmin):
    """The screen of a noun whose rows can be merged."""

    def get_urls(self) -> list[URLPattern]:
        """The address of the merger's page."""
        view = self.admin_site.admin_view(self.merge_view)
        return [
            path("<int:pk>/merge/", view, name=f"investigations_{self.opts.model_name}_merge"),
            *super().get_urls(),
        ]

    def address_of(self, page: str, pk: int) -> str:
        """The address of a page of one row."""
        return reverse(f"admin:investigations_{self.opts.model_name}_{page}", args=[pk])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with a link to merge for whoever may; a merged row's address leads to the one that stayed."""
        context = {"may_merge": may_merge(request.user, self.model), **(extra_context or {})}
        try:
            return super().change_view(request, object_id, form_url, context)
        except Http404:
            merger = self.merger_of(object_id)
            if merger is None or not self.has_view_or_change_permission(request):
                raise
        said = f"“{merger.name}” was merged into this one."
        if request.method == "POST":
            self.message_user(request, f"{said} What you entered there was not saved.", level="ERROR")
        else:
            self.message_user(request, said)
        return HttpResponseRedirect(self.address_of("change", merger.kept.pk))

    def merger_of(self, object_id: str) -> Merger | None:
        """The redirect from a row's old number."""
        try:
            return Merger.objects.of(self.model).filter(old_pk=object_id).first()
        except ValueError:
            return None

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask for the other one; with it show what would happen; merge when that is confirmed."""
        if not may_merge(request.user, self.model):
            raise PermissionDenied
        kept = self.get_object(request, str(pk))
        given = request.POST if request.method == "POST" else request.GET
        form = OtherForm(self.model, given or None)
        found = None
        if form.is_valid():
            try:
                found = plan(kept, form.cleaned_data["other"], by=request.user)
                if request.method == "POST":
                    merge(kept, found.merged, by=request.user)
                    self.message_user(request, f"“{found.merged}” was merged into this one.", level="SUCCESS")
                    return HttpResponseRedirect(self.address_of("change", kept.pk))
            except ValidationError as error:
                form.add_error(None, error)
        return self.merge_page(request, kept, form, found)

    def merge_page(self, request: HttpRequest, kept: Any, form: OtherForm, found: Plan | None) -> HttpResponse:
        """The page with the question, or with the preview."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge another {self.opts.verbose_name} into {kept}",
            "opts": self.opts,
            "original": kept,
            "change_address": self.address_of("change", kept.pk),
            "merge_address": self.address_of("merge", kept.pk),
            "form": form,
            "media": self.media + form.media,
        }
        if found:
            context |= {
                "plan": found,
                "roles": [roles_of(found.kept), roles_of(found.merged)],
                "moves": [sentence for move in found.moves for sentence in in_words(move)],
                "stories": found.stories.count(),
                "other_way": f"{self.address_of('merge', found.merged.pk)}?other={kept.pk}",
            }
        return TemplateResponse(request, "admin/investigations/merge.html", context)


def roles_of(row: Any) -> list[str]:
    """The first offices of a person, or at an organization, a line each."""
    lines = []
    for role in row.roles.select_related("person")[: ROLES_SHOWN + 1]:
        span = "–".join(filter(None, (role.since, role.until)))
        name = role.title if isinstance(row, Person) else str(role)
        lines.append(f"{name} ({span})" if span else name)
    return [*lines[:ROLES_SHOWN], "and more"] if len(lines) > ROLES_SHOWN else lines


def in_words(move: Move) -> list[str]:
    """How many rows of a foreign key move, and how many pairs there are of which only one can stay."""
    meta = move.key.model._meta
    as_what = "" if move.key.name in {"person", "organization"} else f" ({move.key.verbose_name})"
    lines = []
    for count, what in ((move.count, ""), (len(move.twins), " that both have: only one stays")):
        if count:
            noun = meta.verbose_name if count == 1 else meta.verbose_name_plural
            lines.append(f"{count} {noun}{as_what}{what}")
    return lines
