"""The buttons that send a story to the editors, back, and call it ready; what was done, and the list's filter."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.models import Story, StoryReview
from investigations.publishing.reviewing import (
    mark_ready,
    review_state,
    send_back,
    send_to_editor,
    stories_returned,
    stories_standing,
)
from investigations.publishing.scheduling import missed
from investigations.publishing.signatures import is_editor
from investigations.vocabulary import ReviewState

VERBS: dict[str, tuple[Any, str]] = {
    "send": (send_to_editor, "Sent: every editor of the team finds it on their front page."),
    "send_back": (send_back, "Sent back to whoever wrote it."),
    "ready": (mark_ready, "Ready: as long as the words stay as they are."),
}
RETURNED, MISSED = "returned", "missed"


class StateFilter(admin.SimpleListFilter):
    """Stories by how far they have come."""

    title = "how far it has come"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The four states, what came back to whoever asks, and what was due in vain."""
        return [*ReviewState.choices, (RETURNED, "Sent back to you"), (MISSED, "Was due, did not go out")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that stand there."""
        if self.value() == RETURNED:
            return stories_returned(queryset, request.user)
        if self.value() == MISSED:
            return missed(queryset)
        return stories_standing(queryset, self.value() or "") if self.value() else queryset


class ReviewPages:
    """For the screen of stories: where it stands, and the three buttons."""

    admin_site: Any

    def review_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        page = self.admin_site.admin_view(self.review_view)
        return [
            path(f"<int:pk>/{verb.replace('_', '-')}/", page, {"verb": verb}, f"investigations_story_{verb}")
            for verb in VERBS
        ]

    def review_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
        """Press a button; an address that was only opened does nothing."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        act, said = VERBS[verb]
        comment = {} if verb == "ready" else {"comment": request.POST.get("said", "")}
        return self.act(  # type: ignore[attr-defined]
            request, story, lambda: act(story, by=request.user, **comment), said
        )


def review_context(story: Story, user: Any) -> dict[str, Any]:
    """Where a story stands, what was done with it, and the buttons that this person is offered."""
    state = review_state(story)
    offered = {
        ReviewState.DRAFT: {"send"},
        ReviewState.IN_REVIEW: {"send_back", "ready"} if is_editor(user) else set(),
        ReviewState.READY: {"send_back"} if is_editor(user) else set(),
        ReviewState.PUBLISHED: set(),
    }[state]
    steps = list(StoryReview.objects.last_of(story).select_related("by"))
    return {"review_state": state, "review_steps": steps, "review_buttons": offered}
