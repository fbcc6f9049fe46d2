"""The newsroom's people: managed by superusers, found by name by everybody who puts somebody on a team."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class ColleagueAdmin(UserAdmin):
    """An account of the newsroom."""

    search_fields = ("username", "first_name", "last_name")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Names, to choose from, for whoever puts people on a team; all else for those who manage accounts."""
        match = request.resolver_match
        if match and match.url_name == "autocomplete":
            return bool(request.user.has_perm("investigations.change_investigation"))
        return super().has_view_permission(request, obj)
