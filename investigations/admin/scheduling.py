"""A day and time at which a story goes out by itself: set and cancelled on its screen."""

from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.models import ScheduledPublication, Story
from investigations.publishing.scheduling import cancel, in_words, instant_of, schedule


class SchedulePages:
    """For the screen of stories: set a publication, and take it back."""

    admin_site: Any

    def schedule_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/schedule/", wrap(self.schedule_view), name="investigations_story_schedule"),
            path("<int:pk>/cancel/", wrap(self.cancel_view), name="investigations_story_cancel"),
        ]

    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Set it for the day and time of the box."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])

        def verb() -> None:
            schedule(story, by=request.user, due=instant_of(request.POST.get("due", "")))

        return self.act(  # type: ignore[attr-defined]
            request, story, verb, "Set: it goes out by itself, if nothing changes until then."
        )

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Take it back."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        said = "Cancelled: it doesn’t go out by itself."
        return self.act(request, story, lambda: cancel(story, by=request.user), said)  # type: ignore[attr-defined]


def schedule_context(story: Story) -> dict[str, Any]:
    """The publication that is set, or the last one that was refused; each with its instant in words."""
    last = ScheduledPublication.objects.filter(story=story).select_related("by").order_by("-id").first()
    return {"scheduled": last, "scheduled_for": in_words(last) if last else ""}
