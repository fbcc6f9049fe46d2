"""Readers' addresses."""

from django.urls import path, register_converter

from investigations.public import converters, reports, views

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
    path("investigations/<slug:slug>/", views.stored_page, name="investigation"),
    path("investigations/<slug:slug>/editions/<int:number>/", views.stored_page, name="investigation_edition"),
    path(
        "investigations/<slug:slug>/editions/<int:number>/<picture_file:name>",
        views.stored_page,
        name="investigation_picture",
    ),
    path("meetings/", views.meeting_list, name="meetings"),
    path("meetings/<key:key>/", views.stored_page, name="meeting"),
    path("quotes/<key:key>/", views.stored_page, name="quote"),
    path("sources/<key:key>/", views.stored_page, name="source"),
    path("corrections/", views.correction_list, name="corrections"),
    path("corrections/<int:number>/", views.stored_page, name="correction"),
    path("stories.atom", views.stored_page, name="stories_feed"),
    path("corrections.atom", views.stored_page, name="corrections_feed"),
    path("authors/<key:key>/", views.stored_page, name="author"),
    path("pictures/<picture:name>", views.stored_page, name="picture"),
    path("policies/", views.stored_page, name="policies"),
    path("policies/<slug:slug>/", views.stored_page, name="policy"),
    path("policies/<slug:slug>/editions/<int:number>/", views.stored_page, name="policy_edition"),
    path("report-an-error/", reports.report_form, name="report"),
    path("report-an-error/<uuid:key>/", reports.report_receipt, name="receipt"),
    path("healthz", views.healthz, name="healthz"),
]
