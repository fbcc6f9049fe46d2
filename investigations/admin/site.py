"""The admin's front page: what waits for you."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import lazystr

from investigations.admin.waiting import waiting_for


class NewsroomAdminSite(admin.AdminSite):
    """The desk's site."""

    site_header = lazystr(f"{settings.SITE_NAME}: the desk")
    site_title = lazystr(settings.SITE_NAME)
    index_title = "Waiting for you"
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page, with what waits for the person who opens it."""
        return super().index(request, {**(extra_context or {}), "waiting": waiting_for(request.user)})
