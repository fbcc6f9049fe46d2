"""Checking on the screens of quotes, meetings and interviews: by somebody else, against what, in batches."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from investigations.models.checking import OWN
from investigations.publishing.checking import Ticked, check_quotes


class CheckedForm(forms.ModelForm):
    """A form that refuses a check by whoever entered what is checked, or enters it here."""

    by: Any = None

    def clean(self) -> Any:
        """Say so at its field."""
        data = super().clean()
        if "checked_against" in self.changed_data and self.cleaned_data.get("checked_against"):
            held = {name.removesuffix("_id") for name in self.instance.HELD}
            enters = self.instance.pk is None or bool(held & set(self.changed_data))
            if enters or self.instance.entered_by_id == self.by.pk:
                self.add_error("checked_against", OWN)
        return data


def keep_check(row: Any, form: Any, *, by: Any) -> None:
    """Put who entered and who checked a row into it, by what the form changed; saves nothing."""
    row.enter(by=by)
    if "checked_against" in form.changed_data:
        row.hold_against(row.checked_against, by=by)


class ToCheckFilter(admin.SimpleListFilter):
    """Records that a story uses and that wait for this person's check."""

    title = "to check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one question."""
        return [("mine", "used by a story, entered by others")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that wait."""
        return queryset.to_check_by(request.user) if self.value() == "mine" else queryset


class InterviewCheck:
    """For the screen of interviews: its quotes in a list, each with what it was held against, sent in one go."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        """The list's address."""
        page = self.admin_site.admin_view(self.check_view)
        found: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        return [path("<int:pk>/check/", page, name="investigations_interview_check"), *found]

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The list; what was ticked is checked, all of it or nothing."""
        interview = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, interview):  # type: ignore[attr-defined]
            raise PermissionDenied
        ticked = request.POST.getlist("quote") if request.method == "POST" else []
        if request.method == "POST":
            try:
                count = check_quotes(interview, read_ticks(request.POST), by=request.user)
            except ValidationError as error:
                self.message_user(request, error.messages[0], level="ERROR")  # type: ignore[attr-defined]
            else:
                said = "1 quote checked." if count == 1 else f"{count} quotes checked."
                self.message_user(request, said, level="SUCCESS")  # type: ignore[attr-defined]
                return HttpResponseRedirect(reverse("admin:investigations_interview_check", args=[pk]))
        quotes = interview.quotes.select_related("entered_by", "checked_by").order_by("pk")
        context = {
            **self.admin_site.each_context(request),
            "title": "Check its quotes",
            "opts": interview._meta,
            "interview": interview,
            "waiting": [
                (quote, request.POST.get(f"against-{quote.pk}", ""), str(quote.pk) in ticked)
                for quote in quotes
                if quote.checked_at is None
            ],
            "checked": [quote for quote in quotes if quote.checked_at],
            "against": request.POST.get("against", ""),
        }
        return TemplateResponse(request, "admin/investigations/interview/check.html", context)


def read_ticks(data: Any) -> dict[int, Ticked]:
    """The quotes that were ticked: each with the words on the page, and its own source or the one for all."""
    numbers = [int(said) for said in data.getlist("quote") if said.isascii() and said.isdigit() and len(said) < 18]
    return {
        number: Ticked(
            words=data.get(f"words-{number}", "").replace("\r\n", "\n"),
            against=data.get(f"against-{number}", "").strip() or data.get("against", ""),
        )
        for number in numbers
    }
