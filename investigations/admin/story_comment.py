"""Comments on the screens of a story and of a passage."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from investigations.admin.queue import number_in
from investigations.models import Story, StoryComment
from investigations.publishing.commenting import comment, resolve


class CommentPages:
    """For the screen of stories: say something of it, and that something is settled."""

    admin_site: Any

    def comment_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/comment/", wrap(self.comment_view), name="investigations_story_comment"),
            path("<int:pk>/resolve/", wrap(self.resolve_view), name="investigations_story_resolve"),
        ]

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say something."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        said, mark = request.POST.get("said", ""), request.POST.get("mark", "")
        answer = self.act(  # type: ignore[attr-defined]
            request,
            story,
            lambda: comment(story, by=request.user, said=said, mark=mark),
            "Said: colleagues find it here.",
        )
        return back_to_the_passage(request, story) or answer

    def resolve_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say that a comment is settled."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = story.comments.filter(pk=number_in(request.POST, "row")).first()
        if row is None:
            raise Http404("There is nothing at this address.")
        answer = self.act(  # type: ignore[attr-defined]
            request, story, lambda: resolve(row, by=request.user), "Settled: it stays on file."
        )
        return back_to_the_passage(request, story) or answer


def back_to_the_passage(request: HttpRequest, story: Story) -> HttpResponseBase | None:
    """Back to the passage's screen, if the button was there; None otherwise."""
    number = number_in(request.POST, "passage")
    passage = story.passages.filter(pk=number).first() if number else None
    if passage is None:
        return None
    return HttpResponseRedirect(reverse("admin:investigations_passage_change", args=[passage.pk]))


def comments_on(story: Story, mark: str | None = None) -> dict[str, Any]:
    """The comments of a story, or on one of its passages, open ones first, and the marks one may comment on."""
    rows = StoryComment.objects.filter(story=story).select_related("by", "resolved_by").order_by("id")
    if mark is not None:
        rows = rows.filter(mark=mark)
    marks = {found.id: found.words for found in reversed(story.parsed().marks)}
    told = [(row, row.mark not in marks or marks[row.mark] != row.words) for row in rows]
    return {
        "comments_open": [(row, changed and bool(row.mark)) for row, changed in told if row.resolved_at is None],
        "comments_settled": [row for row, _ in told if row.resolved_at],
        "comment_marks": sorted(marks.items(), key=lambda found: int(found[0][1:])),
        "comment_story": story,
    }


def with_comment_counts(stories: Any) -> Any:
    """Stories, each with how many comments are not settled."""
    rows = StoryComment.objects.unresolved().filter(story=OuterRef("pk")).order_by().values("story")
    return stories.annotate(comments_waiting=Subquery(rows.annotate(count=Count("pk")).values("count")))
