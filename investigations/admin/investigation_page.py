"""Investigations' pages: what they ask, their chart, and what is chosen for readers, in its order."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.admin.addresses import readers_address
from investigations.admin.base import DeskAdmin, DeskTabular, InvestigationFilter
from investigations.models import InvestigationPage, MarkedEvent, PageChoice
from investigations.pages import paths
from investigations.pages.investigation import marked_events
from investigations.pages.pictures import PictureView, months_view
from investigations.publishing.investigation import in_the_way, is_news, projected, publish_page
from investigations.publishing.projection.investigation import PageProjection, work_of_investigation
from investigations.publishing.signatures import is_editor
from investigations.record.models import Edition


class Removable:
    """Rows that may be taken off the page again: what readers had of them stays in its editions."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change the page."""
        return bool(request.user.has_perm("investigations.change_investigationpage"))


class MarkedEventInline(Removable, DeskTabular):
    """The events that are marked in the chart and on the timeline."""

    model = MarkedEvent
    fields = ["when", "label", "source"]
    autocomplete_fields = ["source"]


class ChoiceInline(Removable, DeskTabular):
    """What is chosen of one noun; each row is one."""

    model = PageChoice
    noun = ""

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows of this noun."""
        return super().get_queryset(request).filter(**{f"{self.noun}__isnull": False})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice that has to be made: a row of nothing is none."""
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "required": True})


class StoryChoiceInline(ChoiceInline):
    """The stories, in their order."""

    noun = "story"
    verbose_name, verbose_name_plural = "story", "stories"
    fields = ["position", "story"]
    autocomplete_fields = ["story"]


class MeetingChoiceInline(ChoiceInline):
    """The meetings on the timeline, which stand in the order of their days."""

    noun = "meeting"
    verbose_name, verbose_name_plural = "meeting on the timeline", "meetings on the timeline"
    fields = ["meeting"]
    autocomplete_fields = ["meeting"]


class PersonChoiceInline(ChoiceInline):
    """The people, in their order; the offices on file are drawn as bars."""

    noun = "person"
    verbose_name, verbose_name_plural = "person", "people"
    fields = ["position", "person"]
    autocomplete_fields = ["person"]


class DocumentChoiceInline(ChoiceInline):
    """The documents, in their order."""

    noun = "source"
    verbose_name, verbose_name_plural = "document", "documents"
    fields = ["position", "source"]
    autocomplete_fields = ["source"]


@admin.register(InvestigationPage)
class InvestigationPageAdmin(DeskAdmin):
    """What readers get at an investigation's address, in editions."""

    change_form_template = "admin/investigations/investigationpage/change_form.html"
    list_display = ["investigation", "edited_by", "edited_at"]
    list_filter = [InvestigationFilter]
    list_select_related = ["investigation", "edited_by"]
    search_fields = ["investigation__title"]
    autocomplete_fields = ["investigation", "meeting_class"]
    fieldsets = [
        (None, {"fields": ["investigation", "body"]}),
        (
            "The chart",
            {"fields": ["meeting_class", ("since", "until"), "caption", "rests_on", "lacks"]},
        ),
    ]
    inlines = [
        MarkedEventInline,
        StoryChoiceInline,
        MeetingChoiceInline,
        PersonChoiceInline,
        DocumentChoiceInline,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A page stays its investigation's: what is chosen belongs to that."""
        return ["investigation"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the page as this person's, whatever of it was changed."""
        obj.edit(by=request.user)

    def get_urls(self) -> list[URLPattern]:
        """The button's address."""
        wrap = self.admin_site.admin_view
        publish = path("<int:pk>/publish/", wrap(self.publish_view), name="investigations_investigationpage_publish")
        return [publish, *super().get_urls()]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish the next edition, with the note that says what changed."""
        page = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, page, lambda: None, "Press the button to publish.")
        note, seen = request.POST.get("note", ""), request.POST.get("seen", "")
        return self.act(
            request, page, lambda: publish_page(page, by=request.user, note=note, seen=seen), "Published."
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with the chart as readers would get it, what stands in the way, and the editions they have."""
        page = self.get_object(request, object_id)
        obstacles = in_the_way(page)
        projection = None if obstacles else projected(page)
        standing = {
            "desk_page": page,
            "obstacles": obstacles,
            "seen": projection.digest() if projection else "",
            "is_news": is_news(projection) if projection else False,
            "chart": chart_of(projection),
            "may_publish": is_editor(request.user),
            "editions": [
                (edition, readers_address(paths.investigation_edition(page.investigation.slug, edition.number)))
                for edition in Edition.objects.filter(work=work_of_investigation(page.investigation)).order_by(
                    "number"
                )
            ],
        }
        return super().change_view(request, object_id, form_url, {**standing, **(extra_context or {})})


def chart_of(projection: PageProjection | None) -> PictureView | None:
    """The chart as readers would get it; None where there is none."""
    if projection is None or projection.chart is None:
        return None
    return months_view(projection.chart, name="chart", base="", events=marked_events(projection.chosen.values()))
