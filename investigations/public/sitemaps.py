"""What search engines ask for; it hangs on the clock or on everything, so it is rendered when it is asked for."""

from datetime import UTC

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from investigations.pages import sitemaps
from investigations.pages.render import Rendered
from investigations.public.views import page_not_found
from investigations.record.models import Page, StoryRow


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps."""
    return _sent(sitemaps.sitemap_index(Page.objects.filter(listed=True).count()))


@require_safe
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """The sitemap of this number, in the order of addresses, read from the index of what is listed alone."""
    listed = Page.objects.filter(listed=True).order_by("path").values_list("path", "changed")
    start = (number - 1) * sitemaps.SIZE
    pages = list(listed[start : start + sitemaps.SIZE]) if 0 < number < 100_000 else []
    return _sent(sitemaps.sitemap(pages)) if pages else page_not_found(request)


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days that search engines may list, newest first; none that was taken back."""
    since = timezone.now() - sitemaps.NEWS
    news = StoryRow.objects.filter(published_at__gte=since, hidden_from_search_engines=False, retracted=False)
    return _sent(sitemaps.news_sitemap(news.order_by("-published_at", "-id")[: sitemaps.NEWS_SIZE]))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read."""
    return _sent(sitemaps.robots())


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """To whom a fault is told."""
    return _sent(sitemaps.security(timezone.now().astimezone(UTC)))


def _sent(rendered: Rendered) -> HttpResponse:
    return HttpResponse(rendered.body, content_type=rendered.content_type)
