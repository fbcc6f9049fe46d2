"""Sources: their code name is all that a list or a drop-down shows."""

from django.contrib import admin

from investigations.admin.base import DeskAdmin, DeskTabular, InvestigationFilter
from investigations.admin.exchange import ExchangeAdmin
from investigations.exchange.source import SourceResource
from investigations.models import Coverage, Source


class CoverageInline(DeskTabular):
    """What the source counts in full: what makes a zero of its silence."""

    model = Coverage
    fields = ["meeting_class", "since", "until"]
    autocomplete_fields = ["meeting_class"]


@admin.register(Source)
class SourceAdmin(ExchangeAdmin, DeskAdmin):
    """Who or what something is known from."""

    resource_classes = [SourceResource]
    list_display = ["code_name", "kind", "title", "person", "descriptor", "relay"]
    list_filter = ["kind", "identity", InvestigationFilter]
    inlines = [CoverageInline]
    list_select_related = ["person", "relay"]
    search_fields = ["code_name", "title", "descriptor", "person__name"]
    autocomplete_fields = ["investigation", "person", "relay", "origin"]
    fieldsets = [
        (None, {"fields": ["investigation", "kind"]}),
        ("A person who may be named", {"fields": ["person"]}),
        ("A person who may not be named", {"fields": ["descriptor", "identity"]}),
        ("A document, publication, recording or dataset", {"fields": ["title", "dated", "url", "description"]}),
        ("Looked for, not found", {"fields": ["looked_where", "looked_by"], "classes": ["collapse"]}),
        ("Where it comes from", {"fields": ["relay", "origin"]}),
        ("More", {"fields": ["code_name"], "classes": ["collapse"]}),
    ]
