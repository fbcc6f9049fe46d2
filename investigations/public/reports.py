"""Readers' reports: the form, what is put into the inbox, and the receipt."""

import re
from uuid import UUID

from django.db import router, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from investigations.pages import paths, render
from investigations.pages.report import Reported, ReportPage, receipt, reported
from investigations.public.forms import ReportForm
from investigations.public.limits import HOUR, count_one, network_of
from investigations.public.origin import sent_from_here
from investigations.public.views import page_not_found
from investigations.record.models import Report, SlugRow, StoryRow
from investigations.record.models.report import SENDER
from investigations.record.reading import edition_at

MOST_BYTES = 64 * 1024
TOO_MANY = (
    "Several reports have come from your connection already. What you wrote still stands here: send it again in an"
    " hour, or write to us."
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_form(request: HttpRequest) -> HttpResponse:
    """The form for an error in a place of an edition; a report that is whole is kept, and leads to its receipt."""
    if request.method == "POST":
        if _length(request) > MOST_BYTES:
            return _refused(413, "This is too long", "Shorten what you wrote, or write to us by mail.")
        if not sent_from_here(request):
            return _refused(403, "This was not sent from our own page", "Open the story and send it from there.")
    about = asked_about(request.GET)
    if about is None and "story" in request.GET:
        return page_not_found(request)
    if about is None:
        return _refused(200, "Spotted an error?", "Open the story: a link beside each paragraph leads to the form.")
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _answer(render.report(ReportPage(about, form)))
    return _kept(request, about, form)


@require_safe
def report_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """What became of a report."""
    report = Report.objects.filter(pk=key).defer(*SENDER).first()
    story = StoryRow.objects.filter(work=report.work).first() if report else None
    content = edition_at(report.work, report.edition) if report else None
    if report is None or story is None or content is None:
        return page_not_found(request)
    return _answer(render.receipt(receipt(report, reported(content, story.slug, report.place))))


def asked_about(query: QueryDict) -> Reported | None:
    """The place that an address asks for; None where readers have no such edition."""
    slug, number = query.get("story", ""), query.get("edition", "")
    if not re.fullmatch(r"[-\w]{1,80}", slug) or not re.fullmatch("[0-9]{0,6}", number):
        return None
    works = SlugRow.objects.filter(slug=slug).values("work")
    story = StoryRow.objects.filter(work__in=works).first()
    content = edition_at(story.work, int(number or story.edition)) if story else None
    return reported(content, story.slug, query.get("passage", "")) if story and content else None


def _kept(request: HttpRequest, about: Reported, form: ReportForm) -> HttpResponse:
    with transaction.atomic(using=router.db_for_write(Report)):
        if not count_one(network_of(request)):
            page = _answer(render.report(ReportPage(about, form, TOO_MANY)), 429)
            page["Retry-After"] = str(HOUR)
            return page
        said = {name: form.cleaned_data[name] for name in ("wrong", "right", "in_this_story", "name", "address")}
        where = {"work": about.work, "edition": about.edition, "place": about.place}
        report = Report.objects.create(received_at=timezone.now(), **where, **said)
    return HttpResponse(status=303, headers={"Location": paths.receipt(report.pk), "Cache-Control": "no-store"})


def _length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isdecimal() else 0


def _refused(status: int, heading: str, sentence: str) -> HttpResponse:
    return _answer(render.report_refused(heading, sentence), status)


def _answer(rendered: render.Rendered, status: int = 200) -> HttpResponse:
    """A page that no cache and no browser keeps: it may hold what a reader wrote."""
    answer = HttpResponse(rendered.body, content_type=rendered.content_type, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
