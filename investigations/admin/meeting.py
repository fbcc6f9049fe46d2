"""Meetings, who was there, and accounts of the role in which."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from investigations.admin.attendance import AccountInline, AttendanceInline
from investigations.admin.base import DeskAdmin, InvestigationFilter, NeedsFilter
from investigations.admin.checking import CheckedForm, ToCheckFilter, keep_check
from investigations.admin.exchange import ExchangeAdmin
from investigations.admin.thread import ThreadPage
from investigations.exchange.meeting import MeetingResource
from investigations.exchange.names import add_names
from investigations.exchange.pasted import PastedName, read_names
from investigations.models import Meeting, MeetingClass
from investigations.models.account import require_one_investigation


class MeetingForm(CheckedForm):
    """A meeting, with a place to paste a list of those who were there."""

    names = forms.CharField(
        label="Who was there",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Paste names, one a line: each becomes a row below when you save. People on file are found by their exact"
            " name, all else is a description: “other ambassadors (6)”."
        ),
    )

    def clean_names(self) -> list[PastedName]:
        """The lines as rows. Raises ValidationError for one that no row can hold, with the line."""
        names = read_names(self.cleaned_data["names"])
        for pasted in names:
            if len(pasted.who) > 200 or pasted.headcount < 1:
                raise forms.ValidationError(f"“{pasted.who[:60]}” can't be a row: too long, or nobody.")
        return names

    class Meta:
        model = Meeting
        fields = "__all__"


@admin.register(Meeting)
class MeetingAdmin(ThreadPage, ExchangeAdmin, DeskAdmin):
    """What took place, when, and who was there."""

    form = MeetingForm
    resource_classes = [MeetingResource]
    list_display = ["title", "when", "kind", "place", "source"]
    needs = {
        "without_source": "no source",
        "without_date": "no date",
        "with_role_in_dispute": "role in dispute",
        "without_accounts": "role in dispute, no accounts",
        "unchecked": "not checked",
    }
    list_filter = [NeedsFilter, ToCheckFilter, "kind", "established", InvestigationFilter]
    list_select_related = ["source"]
    search_fields = ["title", "place", "description", "attendances__person__name"]
    autocomplete_fields = ["investigation", "source"]
    fieldsets = [
        (None, {"fields": ["investigation", "when", "place", "title", "kind"]}),
        ("How we know", {"fields": ["established", "source", "locator"]}),
        ("More", {"fields": ["description", "slug"], "classes": ["collapse"]}),
        (
            "Checked",
            {"fields": ["entered_by", "checked_against", "checked_by", "checked_at"], "classes": ["collapse"]},
        ),
        (None, {"fields": ["names"]}),
    ]
    readonly_fields = ["entered_by", "checked_by", "checked_at"]
    inlines = [AttendanceInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make rows of the pasted names, behind those that are there; who was there is entered by this person."""
        super().save_related(request, form, formsets, change)
        add_names(form.instance, form.cleaned_data["names"])
        if form.cleaned_data["names"] or any(rows.has_changed() for rows in formsets):
            form.instance.drop_check()
            Meeting.objects.filter(pk=form.instance.pk).update(entered_by=request.user)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stamp who entered it, and who checked it."""
        keep_check(obj, form, by=request.user)
        super().save_model(request, obj, form, change)


class MeetingClassForm(forms.ModelForm):
    """A class of meetings; those of another investigation are refused at their field."""

    def clean(self) -> dict[str, Any]:
        """Hold the meetings to the investigation."""
        cleaned = super().clean() or {}
        if "investigation" in cleaned and "meetings" in cleaned:
            try:
                require_one_investigation(MeetingClass(investigation=cleaned["investigation"]), cleaned["meetings"])
            except forms.ValidationError as error:
                self.add_error(None, error)
        return cleaned

    class Meta:
        model = MeetingClass
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets name them


@admin.register(MeetingClass)
class MeetingClassAdmin(DeskAdmin):
    """Meetings that accounts speak of as one."""

    form = MeetingClassForm
    list_display = ["label", "investigation"]
    list_select_related = ["investigation"]
    search_fields = ["label"]
    autocomplete_fields = ["investigation", "meetings", "subject"]
    fieldsets = [
        (None, {"fields": ["investigation", "label", "meetings", "subject", "counted"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]
    inlines = [AccountInline]
