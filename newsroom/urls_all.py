"""Addresses of a node that serves both desk and readers."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("investigations.public.urls")),
]
handler404 = "investigations.public.views.page_not_found"
