"""What every screen of the desk has: nobody sees what isn't theirs to see."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst

from investigations.admin.choosing import RowFormSet, RowSelect
from investigations.admin.dates import DateWordsInput
from investigations.admin.filters import FilterByName
from investigations.admin.paging import DeskChangeList, DeskPaginator
from investigations.admin.resting import rests_on
from investigations.admin.search_box import narrowed
from investigations.models import Investigation
from investigations.models.desk_keeping import kept_together
from investigations.models.desk_words import SAID
from investigations.models.fields import FuzzyDateField
from investigations.models.legal_hold import OnHold
from investigations.models.resting import PATHS
from investigations.publishing.rechecks import record_changed


def limited(queryset: Any, user: Any) -> Any:
    """The rows of a queryset that this person may see; rows that know no teams are everybody's."""
    return queryset.visible_to(user) if hasattr(queryset, "visible_to") else queryset


class InstantInput(forms.DateTimeInput):
    """The browser's own field for a day and time: one field with one label."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Limited:
    """Limits a screen's rows, and what its fields let one choose, to what the person may see."""

    model: Any

    def get_queryset(self, request: HttpRequest) -> Any:
        """The visible rows."""
        return limited(super().get_queryset(request), request.user)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Dates that say back what they were understood as, and addresses that begin with https://."""
        if isinstance(db_field, FuzzyDateField):
            kwargs["widget"] = DateWordsInput()
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, DateTimeField):
            kwargs |= {"form_class": forms.DateTimeField, "widget": InstantInput()}
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among visible rows: a form refuses the number of a hidden one as one that isn't there."""
        kwargs.setdefault("queryset", limited(db_field.remote_field.model._default_manager.all(), request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choices among visible rows."""
        kwargs.setdefault("queryset", limited(db_field.remote_field.model._default_manager.all(), request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


class InvestigationFilter(FilterByName):
    """A list by investigation: only those that the person may see are offered."""

    title = "investigation"
    parameter_name = "investigation"
    value_and_name = ("pk", "title")

    def named(self, request: HttpRequest) -> Any:
        """The visible investigations."""
        return Investigation.objects.visible_to(request.user)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen one, out of those that the list shows anyway."""
        return queryset.filter(**{f"{queryset.team_path}__in": self.chosen(request)}) if self.value() else queryset


class NeedsFilter(admin.SimpleListFilter):
    """A list by what its records still need: the screen's `needs` names questions of the queryset, in words."""

    title = "what is missing"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The screen's questions."""
        return list(model_admin.needs.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows that the chosen question finds; none for a question that nobody asked."""
        if not self.value():
            return queryset
        known = dict(self.lookup_choices)
        return getattr(queryset, self.value() or "")() if self.value() in known else queryset.none()


ASKED_BY_A_FILTER = ("exact", "isnull", "gte", "lt")


class DeskAdmin(Limited, admin.ModelAdmin):
    """A screen of the desk."""

    list_per_page = 50
    show_full_result_count = False
    needs: dict[str, str] = {}
    show_facets = admin.ShowFacets.NEVER  # they would count every row once for each choice
    paginator = DeskPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskChangeList]:
        """The list."""
        return DeskChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list's own filters ask: any other question could be put to rows behind a row.

        Django allows every field of the row's own, and the way back from any row that names it is one of them:
        `?quotes__isnull=0` asked a person's list who is quoted in work that nobody may know of.
        """
        asked = set()
        each: Any
        for each in self.list_filter:
            if isinstance(each, type):
                asked.add(each.parameter_name)  # type: ignore[attr-defined]
            else:
                field = each[0] if isinstance(each, tuple) else each
                asked |= {f"{field}__{how}" for how in ASKED_BY_A_FILTER}
        return lookup in asked

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """The rows with these words: asked of the desk's search, if it has rows of this kind."""
        if self.model not in SAID or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        return narrowed(queryset, search_term, request.user), False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row. Raises Http404, alike for one that this person may not see and one that isn't there."""
        found = super().get_object(request, object_id, from_field)
        if found is None or not self.has_view_or_change_permission(request, found):
            raise Http404("There is nothing at this address.")
        return found

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with what rests on the record beneath it."""
        resting = rests_on(self.get_object(request, object_id), request.user)
        return super().change_view(request, object_id, form_url, {"resting": resting, **(extra_context or {})})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows below; whoever changes a record had a hand in every story that rests on it."""
        super().save_related(request, form, formsets, change)
        record = form.instance
        if change and type(record) in PATHS and (form.has_changed() or any(rows.has_changed() for rows in formsets)):
            record_changed(record, by=request.user)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form, with what was sent to it; nothing of that is saved if it would delete what a legal hold keeps."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OnHold as error:
            self.message_user(request, error.message, level="ERROR")
            return HttpResponseRedirect(request.get_full_path())

    def _changeform_view(self, request: HttpRequest, *args: Any) -> Any:
        """The form; what is sent is in the search once for all its rows."""
        if request.method != "POST":
            return super()._changeform_view(request, *args)  # type: ignore[misc] # Django's, and not in its stubs
        with kept_together():
            return super()._changeform_view(request, *args)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are kept: what a story or the record may rest on is not deleted from a screen."""
        return False

    def act(self, request: HttpRequest, obj: Any, verb: Any, said: str) -> HttpResponseBase:
        """Call a verb of publishing and say what came of it, in its own words when it refused."""
        try:
            verb()
        except ValidationError as error:
            for sentence in error.messages:
                self.message_user(request, sentence, level="ERROR")
        else:
            self.message_user(request, said, level="SUCCESS")
        meta = self.model._meta
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk]))


class Rows(Limited):
    """Rows of a record, limited like its screen; the same queries for any number of them."""

    parent_model: Any
    admin_site: Any
    formset: Any = RowFormSet
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        """The visible rows, with the record: their names may say it."""
        rows = super().get_queryset(request)
        (key,) = (field for field in self.model._meta.fields if field.related_model is self.parent_model)
        return rows.select_related(key.name)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among visible rows."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeskTabular(Rows, admin.TabularInline):
    """Rows in a table."""

    template = "admin/investigations/tabular.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field named as its column is: a cell has no label of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field

    show_change_link = False


class DeskStacked(Rows, admin.StackedInline):
    """Larger rows, one under the other."""
