"""A source's identity: a page of its own, in no list, search, history or export."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from investigations.models import GateFinding, IdentityAccess, Source, secrecy
from investigations.models.source_identity import FIELDS, vault
from investigations.publishing.gate import confirm_name
from investigations.publishing.refusal import Refused
from investigations.vault import Damaged, Sealed

SHOWN_LINES = 50


class IdentityForm(forms.Form):
    """What names a source."""

    name = forms.CharField(max_length=200, help_text="Everything that goes out is held against it.")
    aliases = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Other names, spellings, handles: one a line.",
    )
    contact = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Mail, telephone, handle: one a line."
    )
    employer = forms.CharField(required=False, max_length=200)
    notes = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))

    use_required_attribute = False


class ReasonForm(forms.Form):
    """Why somebody opens an identity or hands it on."""

    reason = forms.CharField(
        max_length=300, help_text="Those named on this source, and its handling reporter, read it."
    )


class PersonForm(forms.Form):
    """Somebody to name."""

    user = forms.ModelChoiceField(queryset=get_user_model().objects.none(), label="colleague")

    def __init__(self, source: Source, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = source.investigation.team.filter(is_active=True).order_by("username")
        self.fields["user"].queryset = team  # type: ignore[attr-defined]


class HandOnForm(ReasonForm, PersonForm):
    """Somebody to hand a source on to, and why."""

    field_order = ["user", "reason"]


class IdentityPages:
    """The identity's page, for the screen of sources."""

    admin_site: Any

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The source; the screen's own, which raises Http404."""
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]

    @method_decorator([never_cache, sensitive_post_parameters()])
    @sensitive_variables()
    def identity_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What there is, who is named on it, and for those to whom it is open what it says."""
        source = self.get_object(request, str(pk))
        if not request.user.has_perm("investigations.change_source") or not source.is_unnamed:
            raise PermissionDenied
        act = request.POST.get("act", "") if request.method == "POST" else ""
        forms_ = self._forms(request, source, act)
        if act and self._done(request, source, act, forms_):
            return HttpResponseRedirect(request.path)
        return TemplateResponse(
            request, "admin/investigations/source/identity.html", self._page(request, source, forms_)
        )

    def _forms(self, request: HttpRequest, source: Source, act: str) -> dict[str, forms.Form]:
        sent = {name: request.POST if act == name else None for name in ("write", "open", "name", "hand_on")}
        return {
            "write": IdentityForm(sent["write"]),
            "open": ReasonForm(sent["open"]),
            "name": PersonForm(source, sent["name"]),
            "hand_on": HandOnForm(source, sent["hand_on"]),
        }

    @sensitive_variables()
    def _done(self, request: HttpRequest, source: Source, act: str, forms_: dict[str, forms.Form]) -> bool:
        """Do what was asked; False when the page is to say what was wrong with it."""
        form = forms_.get(act)
        if form and not form.is_valid():
            return False
        given = form.cleaned_data if form else {}
        verbs: dict[str, Any] = {
            "write": lambda: secrecy.write_identity(source, given, by=request.user),
            "open": lambda: secrecy.open_identity(source, by=request.user, reason=given["reason"]),
            "close": lambda: secrecy.close_identity(source, by=request.user),
            "confirm": lambda: confirm_name(source, by=request.user),
            "leave": lambda: secrecy.leave(source, by=request.user),
            "name": lambda: secrecy.name_confidant(source, given["user"], by=request.user),
            "hand_on": lambda: secrecy.hand_on(source, given["user"], by=request.user, reason=given["reason"]),
        }
        if act not in verbs:
            raise PermissionDenied
        try:
            verbs[act]()
        except (PermissionDenied, Refused, Sealed) as error:
            self.message_user(request, str(error), level="ERROR")  # type: ignore[attr-defined]
        except ValidationError as error:
            if form is None:
                raise
            form.add_error(None, error)
            return False
        return True

    @sensitive_variables()
    def _page(self, request: HttpRequest, source: Source, forms_: dict[str, forms.Form]) -> dict[str, Any]:
        exists = hasattr(source, "sealed_identity")
        until = secrecy.open_until(source, request.user) if exists else None
        sealed = "The vault is sealed: no key is set." if vault().sealed else ""
        if until and not forms_["write"].is_bound:
            try:
                forms_["write"] = IdentityForm(initial=secrecy.read_identity(source, by=request.user))
            except (Sealed, Damaged) as error:
                sealed, until = str(error), None
        confidants = list(source.confidants.select_related("user"))
        return {
            **self.admin_site.each_context(request),
            "title": f"Identity of {source}",
            "opts": Source._meta,
            "source": source,
            "exists": exists,
            "until": until,
            "sealed": sealed,
            "forms": forms_,
            "fields": FIELDS,
            "confidants": confidants,
            "is_confidant": any(one.user_id == request.user.pk for one in confidants),
            "may_hand_on": exists
            and secrecy.sees_everything(request.user)
            and not any(one.user.is_active for one in confidants),
            "findings": GateFinding.objects.visible_to(request.user)
            .filter(source=source)
            .select_related("run__by")[:SHOWN_LINES],
            "to_confirm": GateFinding.objects.visible_to(request.user).filter(source=source).to_confirm().exists(),
            "log": IdentityAccess.objects.visible_to(request.user)
            .filter(source=source)
            .select_related("by")[:SHOWN_LINES],
        }
