"""Addresses of a public node: readers' pages only."""

from django.urls import include, path

urlpatterns = [path("", include("investigations.public.urls"))]
handler404 = "investigations.public.views.page_not_found"
