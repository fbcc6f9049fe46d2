"""Corrections: drafted by one person, approved by another."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone

from investigations.admin.addresses import readers_address
from investigations.admin.base import DeskAdmin, NeedsFilter
from investigations.admin.elsewhere import ElsewhereButtons, ran_elsewhere
from investigations.admin.queue import QueuePages, opened_at
from investigations.models import Correction
from investigations.models.correction import WORDING
from investigations.pages import paths
from investigations.publishing.correct import correct, sign_afterwards
from investigations.publishing.outgoing import digest_of, readers_would_see
from investigations.publishing.steps import approve, decline, send_back, submit, suggest_wording, take_up_again
from investigations.publishing.two_people import approvers, hand_in
from investigations.vocabulary import CorrectionAct, CorrectionState

WRITABLE = tuple(name for name in WORDING if name != "report")


class CorrectionForm(forms.ModelForm):
    """The form, with the revision that its reader saw: a later one is not written over."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.initial["seen"] = self.instance.revision

    def clean(self) -> dict[str, Any] | None:
        """Refuse to write over what somebody else changed since, saying what."""
        data = super().clean() or {}
        seen = data.get("seen")
        if self.instance.pk and seen is not None:
            revision = Correction.objects.values_list("revision", flat=True).get(pk=self.instance.pk)
            if seen != revision:
                raise ValidationError(self.instance.changed_since(seen))
        return data


class WaitingFilter(admin.SimpleListFilter):
    """Corrections that wait for whoever asks."""

    title = "waiting for you"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one question."""
        return [("others", "by others, to approve")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those submitted that somebody else wrote."""
        return queryset.waiting_for(request.user) if self.value() == "others" else queryset


@admin.register(Correction)
class CorrectionAdmin(ElsewhereButtons, QueuePages, DeskAdmin):
    """One sentence to readers; where and what is found by the software."""

    form = CorrectionForm
    change_list_template = "admin/investigations/correction/change_list.html"
    change_form_template = "admin/investigations/correction/change_form.html"
    list_display = ["__str__", "story", "kind", "state", "written_by", "approved_by", "published_at"]
    list_filter = [WaitingFilter, NeedsFilter, "state", "kind", "severity"]
    needs = {"unsigned": "published without second approval", "ran_elsewhere": "ran elsewhere too: fixed there?"}
    list_select_related = ["story", "written_by", "approved_by"]
    search_fields = ["note", "story__headline"]
    autocomplete_fields = ["story", "corrects"]
    actions = ["approve_selected"]
    fieldsets = [
        (None, {"fields": ["story", "kind", "note", "severity", "cause", "came_to_light", "seen"]}),
        ("More", {"fields": ["basis", "basis_shown", "corrects", "noted"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A correction stays its story’s."""
        return ["story"] if obj else []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The row with the form’s values."""
        return form.save(commit=False)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write it as this person; whoever rewrites it had a hand in it, and can’t approve it either."""
        if not change:
            obj.write(by=request.user)
            return
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in WRITABLE}
        obj.edit(by=request.user, seen=form.cleaned_data.get("seen"), **changes)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published or declined is read only."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    @admin.action(description="Approve the selected corrections", permissions=["approve"])
    def approve_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Approve each; one that is refused says why and stops none of the others."""
        for correction in queryset.order_by("pk"):
            try:
                approve(correction, by=request.user)
            except ValidationError as error:
                self.message_user(request, f"{correction}: {' '.join(error.messages)}", level="ERROR")
            else:
                self.message_user(request, f"{correction}: approved.", level="SUCCESS")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Whether the list offers the action."""
        return request.user.has_perm("investigations.approve_correction")

    def get_urls(self) -> list[URLPattern]:
        """The buttons’ addresses."""
        wrap = self.admin_site.admin_view
        verbs = [
            path(f"<int:pk>/{verb.replace('_', '-')}/", wrap(getattr(self, f"{verb}_view")), name=name)
            for verb in VERBS
            for name in [f"investigations_correction_{verb}"]
        ]
        return [*verbs, *self.queue_urls(), *super().get_urls()]

    def press(self, request: HttpRequest, pk: int, verb: Any, said: str) -> HttpResponseBase:
        """Call a verb for a button that was pressed; an address that was only opened does nothing."""
        correction = self.get_object(request, str(pk))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self.act(request, correction, lambda: verb(correction, by=request.user), said)

    def submit_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give it to the editors."""
        return self.press(request, pk, submit, "Submitted: somebody who had no hand in it approves.")

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Approve what was read."""

        def verb(correction: Correction, *, by: Any) -> None:
            approve(
                correction,
                by=by,
                seen=request.POST.get("digest", ""),
                opened=opened_at(request),
                minor_anyway="minor_anyway" in request.POST,
            )

        return self.press(request, pk, verb, "Approved.")

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish text and note together."""
        return self.press(request, pk, correct, "Published.")

    def publish_alone_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish at once, with a reason, without a second person."""

        def verb(correction: Correction, *, by: Any) -> None:
            if not request.POST.get("said", "").strip():
                raise ValidationError("Say why it can’t wait for a second person: every editor reads it.")
            correct(correction, by=by, alone=request.POST["said"])

        return self.press(request, pk, verb, "Published. Editors are told until somebody else signs.")

    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Sign one that went out without second approval."""
        return self.press(request, pk, sign_afterwards, "Signed.")

    def send_back_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give it back to its author with a comment."""

        def verb(correction: Correction, *, by: Any) -> None:
            send_back(correction, by=by, comment=request.POST.get("said", ""))

        return self.press(request, pk, verb, "Sent back to its author.")

    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say that no correction is needed."""

        def verb(correction: Correction, *, by: Any) -> None:
            decline(correction, by=by, reason=request.POST.get("said", ""))

        return self.press(request, pk, verb, "No correction needed: that is noted.")

    def take_up_again_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Make a declined one a draft again."""
        return self.press(request, pk, take_up_again, "Taken up again, as a draft.")

    def suggest_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Suggest another sentence without becoming an author."""

        def verb(correction: Correction, *, by: Any) -> None:
            suggest_wording(correction, by=by, wording=request.POST.get("said", ""))

        return self.press(request, pk, verb, "Suggested: its author takes it or leaves it.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with what readers would see changed, what can be done, and what was."""
        correction = self.get_object(request, object_id)
        context = {
            "desk_correction": correction,
            "changes": readers_would_see(correction),
            "steps": correction.steps.select_related("by"),
            "address": readers_address(paths.correction(correction.number)) if correction.number else "",
            "digest": digest_of(correction),
            "opened": timezone.now().isoformat(),
            "buttons": buttons(correction, request.user),
            "hand_in": hand_in(correction, request.user),
            **ran_elsewhere(correction, request.user),
            "approvers": approvers(correction) if correction.is_open else [],
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})


VERBS = (
    *("submit", "approve", "publish", "publish_alone", "sign", "send_back", "decline", "take_up_again"),
    *("suggest", "elsewhere_add", "elsewhere_tick"),
)


def buttons(correction: Correction, user: Any) -> set[str]:
    """The verbs that the screen offers this person now; each asks its own rules again when it is pressed."""
    edits = user.has_perm("investigations.approve_correction")
    offered = {
        CorrectionState.DRAFT: {"submit", "decline", *(["publish_alone"] if edits else [])},
        CorrectionState.SUBMITTED: {"approve", "send_back", "decline", "publish_alone", "suggest"}
        if edits
        else set(),
        CorrectionState.APPROVED: {"publish", "send_back", "decline", "suggest"} if edits else set(),
        CorrectionState.DECLINED: {"take_up_again"},
        CorrectionState.PUBLISHED: set(),
    }[CorrectionState(correction.state)]
    if edits and Correction.objects.unsigned().filter(pk=correction.pk).exists():
        offered = offered | {"sign"}
    if hand_in(correction, user):
        offered = offered - {"approve", "sign"}
    return offered


def suggestion(correction: Correction) -> str:
    """The wording suggested last, if nothing was changed since; empty for none."""
    last = correction.steps.filter(act__in=[CorrectionAct.SUGGESTED, CorrectionAct.CHANGED]).order_by("-id").first()
    return last.comment if last and last.act == CorrectionAct.SUGGESTED else ""
