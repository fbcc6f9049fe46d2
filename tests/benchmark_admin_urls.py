"""The desk's addresses, and beside them under /admin/default/ its lists as Django's own admin would have them."""

from typing import Any

from django.contrib import admin
from django.urls import path

from investigations.admin.meeting import MeetingAdmin
from investigations.admin.quote import QuoteAdmin
from investigations.models import Meeting, Quote
from newsroom.urls_desk import urlpatterns as desk
from tests.benchmark_admin import LISTS

default = admin.AdminSite(name="default")


def as_django_has_it(noun: str, ours: Any) -> Any:
    """A plain ModelAdmin with the columns of one of ours."""
    searched, filters, _ = LISTS[noun]
    columns = {name: getattr(ours, name) for name in ("list_display", "list_select_related")}
    methods = {name: getattr(ours, name) for name in columns["list_display"] if callable(getattr(ours, name, None))}
    return type(
        "Default", (admin.ModelAdmin,), {**columns, **methods, "search_fields": searched, "list_filter": filters}
    )


default.register(Quote, as_django_has_it("quote", QuoteAdmin))
default.register(Meeting, as_django_has_it("meeting", MeetingAdmin))

urlpatterns = [path("admin/default/", default.urls), *desk]
