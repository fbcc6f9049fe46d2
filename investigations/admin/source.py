"""Sources: their code name is all that a list or a drop-down shows."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from investigations.admin.base import DeskTabular, InvestigationFilter, NeedsFilter
from investigations.admin.consent import AgreedAdmin
from investigations.admin.exchange import ExchangeAdmin
from investigations.admin.identity import IdentityPages
from investigations.admin.thread import ThreadPage
from investigations.exchange.source import SourceResource
from investigations.models import Coverage, Quote, Source
from investigations.pages.records import QuoteView, SourceView, quote_view, source_view
from investigations.publishing.projection.quote import project_quote
from investigations.publishing.projection.story import project_cited_source
from investigations.vocabulary import SourceKind, Terms


class CoverageInline(DeskTabular):
    """What the source counts in full: what makes a zero of its silence."""

    model = Coverage
    fields = ["meeting_class", "since", "until"]
    autocomplete_fields = ["meeting_class"]


@admin.register(Source)
class SourceAdmin(ThreadPage, IdentityPages, ExchangeAdmin, AgreedAdmin):
    """Who or what something is known from."""

    change_form_template = "admin/investigations/source/change_form.html"
    resource_classes = [SourceResource]
    list_display = ["code_name", "kind", "title", "person", "descriptor", "relay"]
    needs = {
        "without_date": "no date",
        "unused": "nothing rests on it",
        "consent_withdrawn": "consent withdrawn",
        "in_vault": "identity in the vault",
        "without_confidant": "nobody here can open its identity",
    }
    list_filter = [NeedsFilter, "kind", "identity", InvestigationFilter]
    inlines = [CoverageInline]
    list_select_related = ["person", "relay"]
    search_fields = ["code_name", "title", "descriptor", "person__name"]
    autocomplete_fields = ["investigation", "person", "relay", "origin"]
    fieldsets = [
        (None, {"fields": ["investigation", "kind"]}),
        ("A person who may be named", {"fields": ["person"]}),
        ("A person who may not be named", {"fields": ["descriptor", "identity", "how_they_know"]}),
        (
            "A document, publication, recording or dataset",
            {"fields": ["title", "dated", "url", "description", "full_text"]},
        ),
        ("Looked for, not found", {"fields": ["looked_where", "looked_by"], "classes": ["collapse"]}),
        ("Where it comes from", {"fields": ["relay", "origin"]}),
        ("More", {"fields": ["code_name", "reason_for_anonymity"], "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Where the form asks how readers will see what is in it; the identity's page."""
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(require_POST(self.preview_view)), name="investigations_source_preview"),
            path("<int:pk>/identity/", wrap(self.identity_view), name="investigations_source_identity"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest) -> HttpResponseBase:
        """What the form holds now, as readers will see it; nothing is saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = self.get_form(request)(request.POST, instance=Source())
        form.is_valid()  # what is wrong is left out here, and said when the form is saved
        return TemplateResponse(request, "admin/investigations/source/readers.html", as_readers(form.instance))

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form, with the source as readers will see it."""
        source = self.get_object(request, object_id) if object_id else Source()
        context = {"readers": as_readers(source), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)


def as_readers(source: Source) -> dict[str, SourceView | QuoteView | None]:
    """A source by itself and beside words of its own, by the code that makes readers' pages; None for too little."""
    if not (source.descriptor or source.title or source.person):
        return {"source": None, "quote": None}
    source.pk = source.pk or 0  # what hangs on a source that isn't saved is nothing
    quote = None
    if source.kind == SourceKind.PERSON:
        terms = Terms.AS_PRINTED if source.relay else Terms.BACKGROUND if source.is_unnamed else Terms.ON_RECORD
        quote = quote_view(project_quote(Quote(source=source, speaker=source.person, words="…", terms=terms)))
    return {"source": source_view(project_cited_source(source)), "quote": quote}
