"""The buttons that send a story to the editors, back, and call it ready; what was done, and the list's filter."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.models import Story, StoryReview
from investigations.models.story_comment import commented
from investigations.publishing.reviewing import (
    mark_ready,
    review_state,
    send_back,
    send_to_editor,
    stories_of,
    stories_returned,
    stories_signed_by_others,
    stories_standing,
)
from investigations.publishing.scheduling import missed, set_to_go_out
from investigations.publishing.signatures import is_editor
from investigations.vocabulary import ReviewState

VERBS: dict[str, tuple[Any, str]] = {
    "send": (send_to_editor, "Sent: every editor of the team finds it on their front page."),
    "send_back": (send_back, "Sent back to whoever wrote it."),
    "ready": (mark_ready, "Ready: as long as the words stay as they are."),
}
ASKED: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "mine": ("Yours, not published", stories_of),
    "returned": ("Sent back to you", stories_returned),
    "signed": ("Signed by others, not by you", stories_signed_by_others),
    "commented": ("With comments to settle", lambda stories, user: commented(stories)),
    "scheduled": ("Set to go out", lambda stories, user: set_to_go_out(stories)),
    "missed": ("Was due, did not go out", lambda stories, user: missed(stories)),
}
"""What the front page counts beside the four states: in words, and which stories that are for somebody."""


class StateFilter(admin.SimpleListFilter):
    """Stories by how far they have come."""

    title = "how far it has come"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The four states, and what the front page counts."""
        return [*ReviewState.choices, *((name, words) for name, (words, _) in ASKED.items())]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that stand there."""
        if self.value() in ASKED:
            return ASKED[self.value() or ""][1](queryset, request.user)
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
