"""Readers' pages: a stored page is sent as it stands; only what hangs on a question is rendered on request."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from investigations.pages import paths, render
from investigations.public.changes import changes_between
from investigations.public.corrections import correction_listing
from investigations.public.filters import CorrectionFilter
from investigations.public.listing import index_page
from investigations.public.stories import moved, older_edition
from investigations.record.models import CorrectionRow, Page

EVIDENCE = {"all", "off"}


@require_safe
def stored_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """The page compiled for this address."""
    return _send(request, request.path)


@require_safe
def story_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A story; `?evidence=all` with every card open, `?evidence=off` without marks, anything else is ignored.

    `?edition=3` sends to that edition's own page if a later one is out. 302, not 301: which edition is an older one
    changes with the next.
    """
    if older := older_edition(slug, request.GET.get("edition", "")):
        return HttpResponseRedirect(older)
    evidence = request.GET.get("evidence", "")
    return _story(request, slug, f"evidence={evidence}" if evidence in EVIDENCE else "")


@require_safe
def of_story(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
    """An edition of a story, or its annotations."""
    return _story(request, slug)


@require_safe
def changes_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two editions of a story; without a query, between the last two."""
    page = changes_between(slug, request.GET)
    if page is None:
        return moved(request, slug) or page_not_found(request)
    rendered = render.changes(page)
    return HttpResponse(rendered.body, content_type=rendered.content_type)


def _story(request: HttpRequest, slug: str, variant: str = "") -> HttpResponse:
    """A story's stored page or, under a name it no longer has, the way to the address it has now."""
    response = _send(request, request.path, variant)
    return (moved(request, slug) or response) if response.status_code == 404 else response


@require_safe
def index(request: HttpRequest, name: str) -> HttpResponse:
    """A list of what the record holds, filtered."""
    rendered = render.index(index_page(name, request.GET))
    return HttpResponse(rendered.body, content_type=rendered.content_type)


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """Every note, filtered."""
    chosen = CorrectionFilter(request.GET, CorrectionRow.objects.all())
    rendered = render.corrections(correction_listing(chosen, request.GET.get("after", "")))
    return HttpResponse(rendered.body, content_type=rendered.content_type)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What readers get where nothing is."""
    return _send(request, paths.NOT_FOUND)


def _send(request: HttpRequest, path: str, variant: str = "") -> HttpResponse:
    """The stored bytes; a reader who has them already gets a 304, for which they are not even read."""
    stored = Page.objects.filter(path=path, variant=variant)
    if request.headers.get("If-None-Match"):
        etag = stored.filter(status=200).values_list("etag", flat=True).first()
        answer = get_conditional_response(request, etag=quote_etag(etag)) if etag else None
        if etag and isinstance(answer, HttpResponseNotModified):
            return _cacheable(answer, etag)
    page = stored.first()
    if page is None and path != paths.NOT_FOUND:
        return _send(request, paths.NOT_FOUND)
    if page is None:
        return HttpResponse("Nothing is here.\n", status=404, content_type="text/plain; charset=utf-8")
    response = HttpResponse(bytes(page.body), status=page.status, content_type=page.content_type)
    return _cacheable(response, page.etag) if page.status == 200 else response


def _cacheable(response: HttpResponse, etag: str) -> HttpResponse:
    """With what a 200 and a 304 both say (RFC 9110, section 15.4.5)."""
    response["ETag"] = quote_etag(etag)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
