"""Sources: their code name is all that a list or a drop-down shows."""

from django.contrib import admin

from investigations.admin.base import DeskAdmin
from investigations.models import Source


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    """Who or what something is known from."""

    list_display = ["code_name", "kind", "title", "person", "descriptor", "relay"]
    list_filter = ["kind", "identity", "investigation"]
    list_select_related = ["person", "relay"]
    search_fields = ["code_name", "title", "descriptor", "person__name"]
    autocomplete_fields = ["investigation", "person", "relay", "origin"]
    fieldsets = [
        (None, {"fields": ["investigation", "kind"]}),
        ("A person who may be named", {"fields": ["person"]}),
        ("A person who may not be named", {"fields": ["descriptor", "identity"]}),
        ("A document, publication, recording or dataset", {"fields": ["title", "dated", "url", "description"]}),
        ("Where it comes from", {"fields": ["relay", "origin"]}),
        ("More", {"fields": ["code_name"], "classes": ["collapse"]}),
    ]
