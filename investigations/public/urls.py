"""Readers' addresses."""

from django.urls import path, register_converter

from investigations.pages.indexes import INDEXES
from investigations.public import converters, downloads, reports, search, sitemaps, views

register_converter(converters.Key, "key")
register_converter(converters.Picture, "picture")
register_converter(converters.PictureFile, "picture_file")

app_name = "public"
urlpatterns = [
    path("", views.stored_page, name="front"),
    path("stories/<slug:slug>/", views.story_page, name="story"),
    path("stories/<slug:slug>/editions/<int:number>/", views.of_story, name="edition"),
    path("stories/<slug:slug>/editions/<int:number>/<picture_file:name>", views.of_story, name="story_chart"),
    path("stories/<slug:slug>/changes/", views.changes_page, name="changes"),
    path("stories/<slug:slug>/annotations.json", views.of_story, name="annotations"),
    *(path(f"{name}/", views.index, {"name": name}, name=name) for name in INDEXES),
    path("investigations/", views.stored_page, name="investigations"),
    *(
        path(f"{name}.{ending}", downloads.download, {"name": name, "ending": ending}, name=f"{name}_{ending}")
        for name in INDEXES
        for ending in downloads.MAKERS
    ),
    path(
        "meetings/roles.csv",
        downloads.download,
        {"name": "meetings", "ending": "csv", "table": "roles"},
        name="roles",
    ),
    path("investigations/<slug:slug>/", views.stored_page, name="investigation"),
    path("investigations/<slug:slug>/editions/<int:number>/", views.stored_page, name="investigation_edition"),
    path(
        "investigations/<slug:slug>/editions/<int:number>/<picture_file:name>",
        views.stored_page,
        name="investigation_picture",
    ),
    path("meetings/<key:key>/", views.stored_page, name="meeting"),
    path("quotes/<key:key>/", views.stored_page, name="quote"),
    path("sources/<key:key>/", views.stored_page, name="source"),
    path("people/<key:key>/", views.stored_page, name="person"),
    path("people/<key:key>/<picture_file:name>", views.stored_page, name="person_picture"),
    path("organizations/<key:key>/", views.stored_page, name="organization"),
    path("corrections/", views.correction_list, name="corrections"),
    path("corrections/<int:number>/", views.stored_page, name="correction"),
    path("stories.atom", views.stored_page, name="stories_feed"),
    path("corrections.atom", views.stored_page, name="corrections_feed"),
    path("authors/<key:key>/", views.stored_page, name="author"),
    path("pictures/<picture:name>", views.stored_page, name="picture"),
    path("policies/", views.stored_page, name="policies"),
    path("policies/<slug:slug>/", views.stored_page, name="policy"),
    path("policies/<slug:slug>/editions/<int:number>/", views.stored_page, name="policy_edition"),
    path("search/", search.search_view, name="search"),
    path("report-an-error/", reports.report_form, name="report"),
    path("report-an-error/<uuid:key>/", reports.report_receipt, name="receipt"),
    path("investigations/<key:key>/stories.atom", views.stored_page, name="investigation_feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemaps/<int:number>.xml", sitemaps.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", sitemaps.security, name="security"),
    path("healthz", views.healthz, name="healthz"),
]
