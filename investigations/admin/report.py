"""Readers' reports: read by those who see the story, answered by its editors, begun as a correction in one click."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from investigations.admin.addresses import readers_address
from investigations.admin.filters import FilterByName
from investigations.admin.history import ReadOnlyAdmin
from investigations.models import Correction
from investigations.models.base import works_at_desk
from investigations.pages.report import reported
from investigations.publishing.reports import AGES, answer, draft_from, may_answer, older_than, visible_reports
from investigations.record.models import CorrectionRow, Report, StoryRow
from investigations.record.reading import edition_at
from investigations.vocabulary import ReportOutcome, ReportState

WRITTEN = ["wrong", "right", "in_this_story", "received_at", "state"]
ANSWER = ["outcome", "correction", "sentence", "answered_at"]
SENDER = ["name", "address"]


class StoryFilter(FilterByName):
    """Reports by story: only those that the person may see are offered."""

    title = "story"
    parameter_name = "story"
    value_and_name = ("work", "headline")

    def named(self, request: HttpRequest) -> Any:
        """The stories that have reports."""
        works = visible_reports(request.user).order_by().values("work").distinct()
        return StoryRow.objects.filter(work__in=works).order_by("headline")

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the chosen one."""
        return queryset.filter(work__in=self.chosen(request)) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    """Reports by how long ago they came in."""

    title = "age"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The ages that the front page tells."""
        return [(age, f"More than a {age}") for age in AGES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that are older."""
        return queryset.filter(older_than(self.value() or "")) if self.value() in AGES else queryset


class AnswerForm(forms.Form):
    """What came of a report."""

    outcome = forms.ChoiceField(
        label="What came of it",
        error_messages={"required": "Say what came of it."},
        widget=forms.Select({"form": "answer-form"}),
    )
    sentence = forms.CharField(
        label="A sentence to the reader",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField", "form": "answer-form"}),
        help_text="If you like. Whoever has the receipt’s address reads it.",
    )

    def __init__(self, report: Report, *args: Any) -> None:
        super().__init__(*args)
        rows = CorrectionRow.objects.filter(work=report.work).order_by("-number")
        numbers = [(str(row.number), f"Corrected: {row}") for row in rows]
        choices = [("", "---------"), (ReportOutcome.NO_CORRECTION, ReportOutcome.NO_CORRECTION.label), *numbers]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def answered(self, report: Report, *, by: Any) -> None:
        """Give the answer. Raises ValidationError for one that is none, and what the verb refuses."""
        if not self.is_valid():
            raise ValidationError([said for errors in self.errors.values() for said in errors])
        outcome, sentence = self.cleaned_data["outcome"], self.cleaned_data["sentence"]
        if outcome == ReportOutcome.NO_CORRECTION:
            answer(report, ReportOutcome.NO_CORRECTION, sentence, by=by)
        else:
            answer(report, ReportOutcome.CORRECTED, sentence, by=by, correction=int(outcome))


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What readers say is wrong in the stories that one sees."""

    change_form_template = "admin/record/report/change_form.html"
    list_display = ["received_at", "headline", "edition", "in_this_story", "state", "outcome"]
    list_filter = ["state", "in_this_story", StoryFilter, AgeFilter, ("received_at", admin.DateFieldListFilter)]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The reports of stories that the person sees, with the stories' headlines."""
        headline = StoryRow.objects.filter(work=OuterRef("work")).values("headline")[:1]
        return visible_reports(request.user).annotate(story_headline=Subquery(headline))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever works at the desk."""
        return works_at_desk(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever works at the desk; which reports, the list says."""
        return works_at_desk(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was written, and what was answered; who sent it, for those who answer."""
        answered = ANSWER if obj and obj.state == ReportState.ANSWERED else []
        return [*WRITTEN, *answered, *(SENDER if may_answer(request.user) else [])]

    @admin.display(description="story", ordering="story_headline")
    def headline(self, report: Any) -> str:
        """The story's headline, as readers have it."""
        return str(report.story_headline)

    def get_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/answer/", wrap(self.answer_view), name="record_report_answer"),
            path("<uuid:pk>/draft/", wrap(self.draft_view), name="record_report_draft"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def answer_view(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        """Answer the reader."""
        report = self.get_object(request, str(pk))

        def verb() -> None:
            AnswerForm(report, request.POST).answered(report, by=request.user)
            self.log_change(request, report, "Answered.")

        return self.act(request, report, verb, "Answered: the reader’s receipt says so.")

    @method_decorator(require_POST)
    def draft_view(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        """Begin a correction, and go on writing it."""
        report, begun = self.get_object(request, str(pk)), []

        def verb() -> None:
            begun.append(draft_from(report, by=request.user))
            self.log_change(request, report, "Correction draft begun.")

        shown = self.act(request, report, verb, "Mend the text in the story, and write one sentence to readers.")
        if not begun:
            return shown
        return HttpResponseRedirect(reverse("admin:investigations_correction_change", args=[begun[0].pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The report, with the words as readers have them."""
        report = self.get_object(request, object_id)
        story, content = StoryRow.objects.filter(work=report.work).first(), edition_at(report.work, report.edition)
        about = reported(content, story.slug, report.place) if story and content else None
        is_open = report.state == ReportState.RECEIVED
        context = {
            "desk_report": report,
            "about": about,
            "address": readers_address(about.href) if about else "",
            "answer_form": AnswerForm(report) if is_open and may_answer(request.user) else None,
            "may_draft": is_open and request.user.has_perm("investigations.add_correction"),
            "drafts": Correction.objects.visible_to(request.user).filter(report=report.pk),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
