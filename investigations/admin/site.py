"""The admin's front page: what waits for you."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import SimpleLazyObject, lazystr

from investigations.admin.attendance import role_words_view
from investigations.admin.counsel import stories_to_clear
from investigations.admin.dates import date_words_view
from investigations.admin.own_stories import own_stories
from investigations.admin.search import desk_search_view
from investigations.admin.waiting import waiting_for
from investigations.models import Investigation
from investigations.models.base import works_at_desk


def for_the_desk(view: Any) -> Any:
    """The view, refused with 403 to whoever doesn't work with the desk's records."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not works_at_desk(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


class NewsroomAdminSite(admin.AdminSite):
    """The desk's site."""

    site_header = lazystr(f"{settings.SITE_NAME}: the desk")
    site_title = lazystr(settings.SITE_NAME)
    index_title = "Waiting for you"
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        """The admin's addresses, the search, and those that say what a field was understood as."""
        return [
            path("date-words/", self.admin_view(for_the_desk(date_words_view)), name="date_words"),
            path("search/", self.admin_view(for_the_desk(desk_search_view)), name="search"),
            path("role-words/", self.admin_view(for_the_desk(role_words_view)), name="role_words"),
            *super().get_urls(),
        ]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The form for one's own password: it asks for the old one, and so proves whose it is."""
        request.user.proved_password = True  # type: ignore[union-attr]
        return super().password_change(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page has: banners of the investigations that the person may see, and the way to the search."""
        notices: list[str] = []
        if request.user.is_authenticated:
            visible = Investigation.objects.visible_to(request.user).exclude(notice="").order_by("notice")
            notices = list(visible.values_list("notice", flat=True).distinct())
        return {**super().each_context(request), "notices": notices, "may_search": works_at_desk(request.user)}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """What the person may open, worked out only where a page shows it: lists and forms don't."""
        return SimpleLazyObject(lambda: super(NewsroomAdminSite, self).get_app_list(request, app_label))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page, with what waits for the person who opens it."""
        found = {
            "waiting": waiting_for(request.user),
            "to_clear": stories_to_clear(request.user),
            "own": own_stories(request.user),
        }
        return super().index(request, {**(extra_context or {}), **found})
