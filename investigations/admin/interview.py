"""Interviews: what is agreed once holds for every quote."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from investigations.admin.base import DeskStacked, InvestigationFilter, NeedsFilter
from investigations.admin.checking import InterviewCheck
from investigations.admin.choosing import RowFormSet
from investigations.admin.consent import CONSENT_FIELDSET, AgreedAdmin, ConsentForm
from investigations.models import Interview, Quote


class InterviewQuoteFormSet(RowFormSet):
    """Quotes that know their interview while they are checked, also while it is not saved yet."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc] # Django's, and not in its stubs
        form.instance.interview = self.instance
        return form


class InterviewQuoteInline(DeskStacked):
    """The words; everything else is the interview's."""

    model = Quote
    formset = InterviewQuoteFormSet
    fields = ["words", "form", "locator"]
    extra = 1
    verbose_name_plural = "Quotes from it: only the words are entered"


@admin.register(Interview)
class InterviewAdmin(InterviewCheck, AgreedAdmin):
    """A talk with a source."""

    form = ConsentForm
    change_form_template = "admin/investigations/interview/change_form.html"
    list_display = ["slug", "source", "said", "manner", "interviewer", "terms"]
    needs = {
        "without_terms": "terms not set",
        "without_quotes": "no quote of it",
        "under_embargo": "under embargo",
        "embargo_ends_soon": "embargo ends within a week",
        "consent_withdrawn": "consent withdrawn",
    }
    list_filter = [NeedsFilter, "terms", "manner", InvestigationFilter]
    list_select_related = ["source", "interviewer"]
    search_fields = ["slug", "source__code_name"]
    autocomplete_fields = ["investigation", "source", "interviewer"]
    fieldsets = [
        (None, {"fields": ["investigation", "source", "said", "manner", "interviewer"]}),
        ("On what terms", {"fields": ["terms", "terms_wording", "embargo_until"]}),
        CONSENT_FIELDSET,
        ("More", {"fields": ["setting", "to_whom", "slug"], "classes": ["collapse"]}),
    ]
    inlines = [InterviewQuoteInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Keep whose words the quotes are: theirs who entered or changed them last."""
        for row in formset.forms:
            if row.has_changed():
                row.instance.enter(by=request.user)
        super().save_formset(request, form, formset, change)
