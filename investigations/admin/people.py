"""People, organizations, roles."""

from django.contrib import admin

from investigations.admin.base import DeskAdmin, DeskTabular
from investigations.models import Organization, Person, Role


class RoleInline(DeskTabular):
    """The offices a person held."""

    model = Role
    fields = ["title", "organization", "since", "until", "in_office"]
    autocomplete_fields = ["organization"]


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    """Somebody named in investigations."""

    list_display = ["name", "description"]
    search_fields = ["name", "description"]
    fieldsets = [
        (None, {"fields": ["name", "description"]}),
        ("More", {"fields": ["family_name", "slug"], "classes": ["collapse"]}),
    ]
    inlines = [RoleInline]


@admin.register(Organization)
class OrganizationAdmin(DeskAdmin):
    """A body that appears in investigations."""

    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["name", "parent"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]


@admin.register(Role)
class RoleAdmin(DeskAdmin):
    """An office held."""

    list_display = ["person", "title", "since", "until"]
    list_select_related = ["person"]
    search_fields = ["person__name", "title"]
    autocomplete_fields = ["person", "organization"]
    fields = ["person", "title", "organization", "since", "until", "in_office"]
