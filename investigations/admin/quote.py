"""Quotes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from investigations.admin.base import InvestigationFilter, NeedsFilter
from investigations.admin.checking import CheckedForm, ToCheckFilter, keep_check
from investigations.admin.consent import CONSENT_FIELDSET, AgreedAdmin, ConsentForm
from investigations.admin.exchange import ExchangeAdmin
from investigations.admin.thread import ThreadPage
from investigations.exchange.pasted import read_quote
from investigations.exchange.quote import QuoteResource
from investigations.models import Person, Quote, Source


class QuoteForm(CheckedForm, ConsentForm):
    """A quote, checked by somebody else than who entered it, loosened with consent."""


@admin.register(Quote)
class QuoteAdmin(ThreadPage, ExchangeAdmin, AgreedAdmin):
    """What was said, by whom, on what terms."""

    form = QuoteForm
    resource_classes = [QuoteResource]
    list_display = ["words_in_short", "source", "speaker", "said", "terms", "is_checked"]
    needs = {
        "without_terms": "terms not set",
        "unchecked": "not checked",
        "without_passage": "no passage rests on it",
        "under_embargo": "under embargo",
        "embargo_ends_soon": "embargo ends within a week",
        "consent_withdrawn": "consent withdrawn",
    }
    list_filter = [NeedsFilter, ToCheckFilter, "terms", "form", InvestigationFilter]
    list_select_related = ["source", "speaker"]
    search_fields = ["words", "speaker__name", "source__code_name", "slug"]
    autocomplete_fields = ["investigation", "interview", "source", "speaker"]
    readonly_fields = ["entered_by", "checked_by", "checked_at"]
    fieldsets = [
        (None, {"fields": ["investigation", "words", "form", "interview", "source"]}),
        ("On what terms", {"fields": ["terms", "terms_wording", "embargo_until"]}),
        CONSENT_FIELDSET,
        ("When and where", {"fields": ["said", "setting", "to_whom"]}),
        (
            "More",
            {
                "fields": [
                    "speaker",
                    "speaker_label",
                    "locator",
                    "entered_by",
                    "checked_against",
                    "checked_by",
                    "checked_at",
                    "slug",
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Where a pasted quote is read."""
        read = path("read/", self.admin_site.admin_view(self.read_view), name="investigations_quote_read")
        return [read, *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponseBase:
        """Fill the form for a new quote from what was pasted: for confirmation, nothing is saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        add = reverse("admin:investigations_quote_add")
        if request.method != "POST":
            return HttpResponseRedirect(add)
        try:
            pasted = read_quote(request.POST.get("pasted", ""))
        except ValueError as error:
            self.message_user(request, str(error), level="ERROR")
            return HttpResponseRedirect(add)
        fields = {"words": pasted.words, "setting": pasted.setting, "said": pasted.said}
        if person := Person.objects.visible_to(request.user).filter(name__iexact=pasted.name).first():
            fields["speaker"] = str(person.pk)
            if source := Source.objects.visible_to(request.user).filter(person=person).first():
                fields |= {"source": str(source.pk), "investigation": str(source.investigation_id)}
        else:
            self.message_user(request, f"Nobody called {pasted.name} is on file: choose the source.", level="WARNING")
        request.method, request.GET = "GET", QueryDict(urlencode(fields))
        return self.add_view(request, form_url=add)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stamp whose words these are, and who checked them, when the field that says against what is filled in."""
        keep_check(obj, form, by=request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="words", ordering="said_earliest")
    def words_in_short(self, quote: Quote) -> str:
        """The first words."""
        return quote.words if len(quote.words) <= 90 else f"{quote.words[:89]}…"

    @admin.display(description="checked", boolean=True)
    def is_checked(self, quote: Quote) -> bool:
        """Whether somebody held the words against something."""
        return quote.checked_at is not None
