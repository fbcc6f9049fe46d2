"""Who was at a meeting, a row each, and under a row in dispute the accounts of the role."""

from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy

from investigations import dates
from investigations.admin.base import DeskStacked
from investigations.admin.choosing import NamesOfChosen, RowFormSet
from investigations.admin.dates import EchoInput
from investigations.models import Attendance, Meeting, Person, RoleAccount
from investigations.models.meeting import NOBODY


class AccountInline(DeskStacked):
    """Claims about the role in which somebody was there."""

    model = RoleAccount
    fields = ["person", "stance", "wording", "quote", "source", "position"]
    autocomplete_fields = ["person", "quote", "source"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A claim entered by mistake may go: readers have it in the record."""
        return True


class AccountForm(forms.ModelForm):
    """A claim under a row of a meeting: of this meeting, unless it is about a class of them."""

    meeting: Meeting

    def clean(self) -> dict[str, Any]:
        """Tie the claim to the meeting, or to the class and not to the meeting."""
        cleaned = super().clean() or {}
        self.instance.meeting = None if cleaned.get("meeting_class") else self.meeting
        return cleaned

    class Meta:
        model = RoleAccount
        fields = ["wording", "stance", "quote", "source", "meeting_class"]
        labels = {
            "wording": "As what",
            "quote": "Who says so: a quote",
            "source": "or a source",
            "meeting_class": "About meetings in general (empty: about this one)",
        }


class RowAccountInline(DeskStacked):
    """What the form of a claim under a row has; it has no place of its own on the screen."""

    model = RoleAccount
    form = AccountForm
    fk_name = "meeting"
    fields = ["wording", "stance", "quote", "source", "meeting_class"]
    autocomplete_fields = ["quote", "source", "meeting_class"]


class AccountFormSet(NamesOfChosen, BaseModelFormSet):
    """The claims about one person's role: of this meeting first, then of the classes it is in."""

    def __init__(self, *, rows: list[RoleAccount], of_meeting: "AttendanceFormSet", **kwargs: Any) -> None:
        self.rows, self.of_meeting = rows, of_meeting
        self.meeting = of_meeting.instance
        self.known = of_meeting.known_to_accounts
        super().__init__(**kwargs)

    def chosen_by(self) -> Any:
        """All accounts of the meeting: the rows of its form share what was looked up."""
        return chain.from_iterable(self.of_meeting.accounts_by_person.values())

    def get_queryset(self) -> Any:
        """The rows, read for the whole meeting at once."""
        return self.rows

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc] # Django's, and not in its stubs
        form.meeting = self.meeting
        return form


class AttendanceForm(forms.ModelForm):
    """A row, with the accounts of its person's role beneath it."""

    accounts: AccountFormSet

    def has_changed(self) -> bool:
        """Whether the row or an account under it was filled in or changed."""
        return super().has_changed() or (self.accounts.is_bound and self.accounts.has_changed())

    def clean(self) -> dict[str, Any]:
        """Refuse accounts of nobody; what is wrong within one is said there."""
        cleaned = super().clean() or {}
        if self.accounts.is_bound and self.accounts.has_changed():
            if not self.accounts.is_valid():
                self.add_error(None, "Something is wrong with an account under this row.")
            if not cleaned.get("person"):
                self.add_error("person", "Accounts are about somebody named: choose whom.")
        return cleaned


class AttendanceFormSet(RowFormSet):
    """Who was there: somebody at least."""

    account_formset: type[AccountFormSet]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give the row its accounts, and its person's roles that day to see."""
        super().add_fields(form, index)
        prefix = f"{form.prefix}-accounts"
        sent = self.is_bound and f"{prefix}-TOTAL_FORMS" in self.data
        form.accounts = self.account_formset(
            data=self.data if sent else None,
            prefix=prefix,
            rows=self.accounts_by_person[form.instance.person_id],
            of_meeting=self,
        )
        if form.instance.person_id:
            said = form.instance.person.label_on(self.instance.when_earliest, self.instance.when_latest)
            form.fields["role_as_of"].widget.understood = from_the_roles(said)

    @cached_property
    def known_to_accounts(self) -> dict[str, dict[str, str]]:
        """The names that the accounts chose, by field."""
        return {}

    @cached_property
    def accounts_by_person(self) -> dict[int | None, list[RoleAccount]]:
        """The accounts of this meeting and of the classes it is in, by the person they are about."""
        found: dict[int | None, list[RoleAccount]] = defaultdict(list)
        if self.instance.pk:
            for account in RoleAccount.objects.filter(meeting=self.instance):
                found[account.person_id].append(account)
            for account in RoleAccount.objects.filter(meeting_class__meetings=self.instance):
                found[account.person_id].append(account)
        return found

    def clean(self) -> None:
        """Refuse a meeting without anyone; pasted names are rows to come."""
        super().clean()
        filled_in = (form for form in self.forms if form.has_changed() or form.instance.pk)
        if not any(stays(form) for form in filled_in) and not self.data.get("names", "").strip():
            raise forms.ValidationError(NOBODY)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """Save a new row behind those that are there, unless its order says otherwise."""
        if not form.instance.position:
            form.instance.position = 1 + max((other.instance.position for other in self.forms), default=0)
        return super().save_new(form, commit)

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Save the rows, then the accounts under each that stays."""
        saved = super().save(commit)
        rows: list[Any] = self.forms
        for form in rows:
            if form.accounts.is_bound and form.instance.pk and stays(form):
                save_accounts(form.accounts, form.instance)
        return saved


def stays(form: Any) -> bool:
    """Whether a row is not marked to be taken away."""
    return not form.cleaned_data.get("DELETE")


def save_accounts(accounts: AccountFormSet, row: Attendance) -> None:
    """Save the accounts under a row: of its person; those of a class stay whose they are."""
    for account in accounts.save(commit=False):
        if account.meeting_class_id is None:
            account.meeting, account.person = row.meeting, row.person
        elif account.person_id is None:
            account.person = row.person
        account.save()
    for account in accounts.deleted_objects:
        account.delete()


class RoleWordsInput(EchoInput):
    """A role in words, with what the person's roles say of that day beneath it."""

    echo = reverse_lazy("admin:role_words")


class AttendanceInline(DeskStacked):
    """A row for each person, or for a number of people nobody named."""

    model = Attendance
    form = AttendanceForm
    formset = AttendanceFormSet
    template = "admin/investigations/meeting/attendances.html"
    verbose_name = "who was there"
    verbose_name_plural = "who was there"
    extra = 1
    fields = [
        ("person", "descriptor", "headcount", "presence", "position"),
        ("role_as_of", "role_in_dispute", "role_note"),
    ]
    autocomplete_fields = ["person"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows with their people's roles."""
        return super().get_queryset(request).select_related("person").prefetch_related("person__roles")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Rows with a formset of accounts each."""
        formset: Any = super().get_formset(request, obj, fields=flatten(self.fields), **kwargs)
        form = RowAccountInline(Meeting, self.admin_site).get_formset(request, obj).form
        formset.account_formset = modelformset_factory(
            RoleAccount, form=form, formset=AccountFormSet, extra=2, can_delete=True
        )
        return formset

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The role that day with what the roles say."""
        if db_field.name == "role_as_of":
            kwargs["widget"] = RoleWordsInput()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row entered by mistake may go: readers have it in the record."""
        return True


def from_the_roles(said: str) -> str:
    """What the roles say of somebody on a day, as the form says it."""
    return f"From the roles: {said}." if said else "The roles on file say nothing of that day."


def role_words_view(request: HttpRequest) -> JsonResponse:
    """What somebody's roles say of a day, for the script beneath the field."""
    if not request.user.has_perm("investigations.view_person"):
        raise PermissionDenied
    people = Person.objects.visible_to(request.user)
    number, when = request.GET.get("person", ""), request.GET.get("when", "")[:200]
    person = people.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if person is None:
        return JsonResponse({"understood": ""})
    try:
        span = dates.parse(when)
    except dates.DateNotUnderstood:
        return JsonResponse({"understood": ""})
    return JsonResponse({"understood": from_the_roles(person.label_on(span.earliest, span.latest))})
