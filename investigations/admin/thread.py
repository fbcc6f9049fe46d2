"""Pull the thread: the page of a source, quote or meeting that says what would fall without it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from investigations.lint.thread import pull


class ThreadPage:
    """For the screens of sources, quotes and meetings."""

    admin_site: Any
    model: Any

    def get_urls(self) -> list[URLPattern]:
        """The page's address."""
        view = self.admin_site.admin_view(self.thread_view)
        page = path("<int:pk>/thread/", view, name=f"investigations_{self.model._meta.model_name}_thread")
        return [page, *super().get_urls()]  # type: ignore[misc]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with a link to the page."""
        context = {"thread": "../thread/", **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)  # type: ignore[misc]

    def thread_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would fall, what would hold, and what stands as before."""
        record = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        thread = pull(record, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Pull the thread: {record}",
            "opts": self.model._meta,
            "record": record,
            "thread": thread,
            "stories": len({pulled.passage.story_id for pulled in thread.falls}),
        }
        return TemplateResponse(request, "admin/investigations/thread.html", context)
