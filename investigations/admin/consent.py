"""A source's consent: noted with the looser terms it allows, withdrawn, and given again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from investigations.admin.addresses import readers_address
from investigations.admin.base import DeskAdmin, DeskStacked
from investigations.admin.dates import DateWordsInput
from investigations.admin.history import ReadOnlyAdmin
from investigations.models import Consent, Withdrawal
from investigations.pages import paths
from investigations.publishing.reach import reach

CONSENT = ["consent_agreed", "consent_given", "consent_how"]
CONSENT_FIELDSET: Any = (
    "Consent to looser terms",
    {
        "fields": CONSENT,
        "classes": ["collapse"],
        "description": "When terms become looser, or an embargo is shortened or lifted: what the source agreed to.",
    },
)


class ConsentForm(forms.ModelForm):
    """A quote or an interview, with a place to note the consent to what is loosened, in one go."""

    consent_agreed = forms.CharField(
        label="What was agreed", required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    consent_given = forms.CharField(label="Given when", required=False, widget=DateWordsInput())
    consent_how = forms.CharField(
        label="Given how", required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    by: Any = None

    def clean(self) -> dict[str, Any] | None:
        """Give the record the consent, for its own rules to look at. An incomplete one is refused field by field."""
        cleaned = super().clean()
        given = {name.removeprefix("consent_"): self.cleaned_data.get(name, "") for name in CONSENT}
        if any(given.values()):
            consent = Consent(noted_by=self.by, **given)
            try:
                consent.clean_fields(exclude={"quote", "interview", "withdrawal"})
                consent.clean()
            except forms.ValidationError as error:
                self.add_error(None, {f"consent_{name}": said for name, said in error.message_dict.items()})
            else:
                self.instance.consent_now = consent
        return cleaned


class AgreedAdmin(DeskAdmin):
    """The screen of something that a source agreed to: terms are loosened with consent, which can be withdrawn."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who notes a consent."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with what was withdrawn, and where a withdrawal is noted."""
        record = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, {**withdrawal_context(record, request.user), **(extra_context or {})}
        )


def withdrawal_context(record: Any, user: Any) -> dict[str, Any]:
    """The withdrawals that bar a record, of those the person may see, and the address at which one is noted."""
    kind = record._meta.model_name
    of = {"source": ["source"], "interview": ["interview", "source"], "quote": ["quote", "interview", "source"]}
    records = [record if name == kind else getattr(record, name) for name in of[kind]]
    standing = Withdrawal.objects.standing().visible_to(user)
    found = [row for one in records if one for row in standing.filter(**{one._meta.model_name: one})]
    return {
        "withdrawals": [(row, reverse("admin:investigations_withdrawal_change", args=[row.pk])) for row in found],
        "withdraw": f"{reverse('admin:investigations_withdrawal_add')}?{kind}={record.pk}",
    }


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """What sources agreed to, when, and who noted it."""

    list_display = ["__str__", "quote", "interview", "withdrawal", "terms_before", "terms_after", "given", "noted_by"]
    list_select_related = ["quote", "interview", "withdrawal__source", "withdrawal__interview", "withdrawal__quote"]
    list_filter = ["terms_after"]
    search_fields = ["quote__slug", "interview__slug"]
    fields = [
        *("quote", "interview", "withdrawal", "agreed", "given", "how"),
        *("terms_before", "terms_after", "embargo_before", "embargo_after", "noted_by", "noted_at"),
    ]


class ConsentAgainInline(DeskStacked):
    """The source has consented again: the withdrawal bars nothing any more."""

    model = Consent
    fields = ["agreed", "given", "how"]
    extra = 1
    max_num = 1
    can_delete = False
    verbose_name_plural = "Consent given again"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once, for a withdrawal that is there."""
        return bool(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was noted stays."""
        return False


@admin.register(Withdrawal)
class WithdrawalAdmin(DeskAdmin):
    """Withdrawn consent, with every passage that rests on it; nothing is removed by itself."""

    change_form_template = "admin/investigations/withdrawal/change_form.html"
    list_display = ["__str__", "withdrawn", "noted_by", "noted_at"]
    list_select_related = ["source", "interview", "quote", "noted_by"]
    search_fields = ["source__code_name", "interview__slug", "quote__slug"]
    autocomplete_fields = ["source", "interview", "quote"]
    inlines = [ConsentAgainInline]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was noted; for a new one, whose consent and what was said."""
        return ["source", "interview", "quote", "withdrawn", "note", *(["noted_by", "noted_at"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was noted stays as it was noted."""
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write a new note as this person's; one that is there is left alone."""
        if not change:
            obj.noted_by = request.user
            obj.save()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Write a consent given again as this person's."""
        for consent in formset.save(commit=False):
            consent.noted_by = request.user
            consent.save()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What was noted, and how far the words have gone."""
        withdrawal = self.get_object(request, object_id)
        reached = [
            {
                "passage": one,
                "story": reverse("admin:investigations_story_change", args=[one.story.pk]),
                "href": one.passage and reverse("admin:investigations_passage_change", args=[one.passage.pk]),
                "editions": [(n, readers_address(paths.edition(one.story.slug, n))) for n in one.editions],
            }
            for one in reach(withdrawal.record, request.user)
        ]
        context = {"reached": reached, "withdrawal": withdrawal, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)
