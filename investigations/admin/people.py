"""People, organizations, roles."""

from django.contrib import admin

from investigations.admin.base import DeskAdmin, DeskTabular
from investigations.admin.exchange import ExchangeAdmin
from investigations.admin.merging import MergeAdmin
from investigations.exchange.people import OrganizationResource, PersonResource
from investigations.exchange.role import RoleResource
from investigations.models import Author, Organization, Person, Role


class RoleInline(DeskTabular):
    """The offices a person held."""

    model = Role
    fields = ["title", "organization", "since", "until", "in_office"]
    autocomplete_fields = ["organization"]


@admin.register(Person)
class PersonAdmin(ExchangeAdmin, MergeAdmin):
    """Somebody named in investigations."""

    resource_classes = [PersonResource]
    list_display = ["name", "description"]
    search_fields = ["name", "description", "mergers__name"]
    fieldsets = [
        (None, {"fields": ["name", "description"]}),
        ("More", {"fields": ["family_name", "slug"], "classes": ["collapse"]}),
    ]
    inlines = [RoleInline]


@admin.register(Organization)
class OrganizationAdmin(ExchangeAdmin, MergeAdmin):
    """A body that appears in investigations."""

    resource_classes = [OrganizationResource]
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "mergers__name"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["name", "parent"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]


@admin.register(Role)
class RoleAdmin(ExchangeAdmin, DeskAdmin):
    """An office held."""

    resource_classes = [RoleResource]
    list_display = ["person", "title", "since", "until"]
    list_select_related = ["person"]
    search_fields = ["person__name", "title"]
    autocomplete_fields = ["person", "organization"]
    fields = ["person", "title", "organization", "since", "until", "in_office"]


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    """Somebody who signs stories."""

    list_display = ["name", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    autocomplete_fields = ["user"]
    fieldsets = [
        (None, {"fields": ["name", "about"]}),
        ("More", {"fields": ["user", "slug"], "classes": ["collapse"]}),
    ]
