"""The preview of a story: what readers would get, from the same projection, with the story check in the margin."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from investigations.admin.counsel import with_pictures
from investigations.lint.finding import Finding
from investigations.models import Story
from investigations.pages.story import BlockView, StoryPage, story_page
from investigations.publishing.clearing import preview_of


class PreviewPages:
    """For the screen of stories: whoever may see a story sees it as readers would."""

    admin_site: Any

    def preview_urls(self) -> list[URLPattern]:
        """The addresses."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/preview/",
                wrap(never_cache(require_safe(self.preview_view))),
                name="investigations_story_preview",
            ),
            path(
                "<int:pk>/preview/pictures/<slug:key>/",
                wrap(never_cache(require_safe(self.preview_picture_view))),
                name="investigations_story_preview_picture",
            ),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The story as readers would get it now, each finding at its paragraph."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Preview: {story}",
            "desk_story": story,
            **self.preview_context(request, story),
        }
        return TemplateResponse(request, "admin/investigations/story/preview.html", context)

    def preview_context(self, request: HttpRequest, story: Story) -> dict[str, Any]:
        """The page as readers would get it, and what the check found of each block and of the whole."""
        reading = preview_of(story, by=request.user)
        page = None
        if reading.edition:
            whole_page = story_page([reading.edition], 1, "all")
            page = with_pictures(whole_page, story.pk, "admin:investigations_story_preview_picture")
        blocks = beside(page, reading.findings)
        placed = {finding for _, found in blocks for finding in found}
        return {
            "page": page,
            "blocks": blocks,
            "whole": [finding for finding in reading.findings if finding not in placed],
        }

    def preview_picture_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
        """A picture of the story: readers have no address for it yet."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        found = preview_of(story, by=request.user).picture(key)
        if found is None:
            raise Http404("There is nothing at this address.")
        data, media_type = found
        return HttpResponse(data, content_type=media_type)


def beside(page: StoryPage | None, findings: Any) -> list[tuple[BlockView, list[Finding]]]:
    """Each block with what the check found in its paragraph."""
    blocks = page.blocks if page else ()
    return [(block, [each for each in findings if each.paragraph == block.number]) for block in blocks]
