"""The button at a finding that lets it pass."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from investigations.publishing.overriding import override


class OverridePages:
    """For the screen of stories: an editor lets one finding of the story check pass, with a reason."""

    admin_site: Any

    def override_urls(self) -> list[URLPattern]:
        """The address."""
        view = self.admin_site.admin_view(require_POST(self.override_view))
        return [path("<int:pk>/override/", view, name="investigations_story_override")]

    def override_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Let the finding pass that the button stands at."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        finding, mark, place = [*request.POST.get("finding", "").split(" "), "", ""][:3]
        reason = request.POST.get(f"reason-{place}", "")

        def let_pass() -> None:
            override(story, finding, mark, reason, by=request.user, place=place)
            said = f"Let {finding} pass at {mark}." if mark else f"Let {finding} pass."
            self.log_change(request, story, said)  # type: ignore[attr-defined]

        said = "It may go out so, with your reason on file, until its place changes."
        return self.act(request, story, let_pass, said)  # type: ignore[attr-defined]
