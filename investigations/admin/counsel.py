"""Counsel at the admin: stories to clear on the front page, each on a page of its own, and the desk's request."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from investigations.models import Clearance
from investigations.pages.figure import FigureView
from investigations.pages.story import StoryPage, story_page
from investigations.publishing.clearing import ask_counsel, clear, counsels, reading_for, take_back
from investigations.vocabulary import ClearanceOutcome


class AskForm(forms.Form):
    """Whom to ask."""

    counsel: Any = forms.ModelChoiceField(queryset=None, label="Lawyer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counsel"].queryset = counsels()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What counsel says of what they read."""

    outcome = forms.ChoiceField(choices=ClearanceOutcome, widget=forms.RadioSelect)
    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80}),
        help_text="What has to change, or why not. Those who asked read it.",
    )
    read = forms.CharField(max_length=64)  # the digest of the page, which the page writes itself


class CounselPages:
    """For the screen of stories: the desk asks a lawyer; whom it asks reads the story, and nothing else."""

    admin_site: Any

    def counsel_urls(self) -> list[URLPattern]:
        """The addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/ask-counsel/", wrap(require_POST(self.ask_view)), name="investigations_story_ask"),
            path(
                "<int:pk>/take-back/<int:clearance>/",
                wrap(require_POST(self.take_back_view)),
                name="investigations_story_take_back",
            ),
            path("<int:pk>/read/", wrap(never_cache(self.reading_view)), name="investigations_story_read"),
            path(
                "<int:pk>/read/pictures/<slug:key>/",
                wrap(never_cache(self.picture_view)),
                name="investigations_story_read_picture",
            ),
        ]

    # --- The desk ---

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask the lawyer who was chosen."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        form = AskForm(request.POST)

        def ask() -> None:
            if not form.is_valid():
                raise ValidationError("Choose whom to ask.")
            ask_counsel(story, form.cleaned_data["counsel"], by=request.user)

        said = "Asked: they read the story as readers would get it, until they answer or you take it back."
        return self.act(request, story, ask, said)  # type: ignore[attr-defined]

    def take_back_view(self, request: HttpRequest, pk: int, clearance: int) -> HttpResponseBase:
        """Take a request back."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        asked = story.clearances.filter(pk=clearance).first()
        if asked is None:
            raise Http404("There is nothing at this address.")
        said = "Taken back: they can't read it any longer."
        return self.act(  # type: ignore[attr-defined]
            request, story, lambda: take_back(asked, by=request.user), said
        )

    # --- Counsel ---

    def clearance_for(self, request: HttpRequest, pk: int) -> Clearance:
        """The request to this lawyer. Raises Http404, alike for no story, no request and one that is closed."""
        waiting = Clearance.objects.waiting_for(request.user).filter(story=pk)
        found = waiting.select_related("story__investigation", "asked_by").first()
        if found is None:
            raise Http404("There is nothing at this address.")
        return found

    def reading_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The story as readers would get it; counsel's answer."""
        clearance = self.clearance_for(request, pk)
        form = AnswerForm(request.POST or None)
        if form.is_valid():
            try:
                clear(clearance, by=request.user, **form.cleaned_data)
                return HttpResponseRedirect(reverse("admin:index"))
            except ValidationError as error:
                form.add_error(None, error)
        reading = reading_for(clearance)
        page = None
        if reading and reading.edition:
            page = with_pictures(
                story_page([reading.edition], 1, "all"), pk, "admin:investigations_story_read_picture"
            )
        context = {
            **self.admin_site.each_context(request),
            "title": clearance.story.headline,
            "notices": page.notices if page else (),
            "clearance": clearance,
            "reading": reading,
            "page": page,
            "blocks": [(block, ()) for block in page.blocks] if page else [],
            "form": form,
        }
        return TemplateResponse(request, "admin/investigations/story/read.html", context)

    def picture_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
        """A picture of the story: readers have no address for it yet."""
        reading = reading_for(self.clearance_for(request, pk))
        found = reading.picture(key) if reading else None
        if found is None:
            raise Http404("There is nothing at this address.")
        data, media_type = found
        return HttpResponse(data, content_type=media_type)


def with_pictures(page: StoryPage, pk: int, view: str) -> StoryPage:
    """The page with its pictures where the desk gets them, at the address of this name."""

    def here(figures: tuple[FigureView, ...]) -> tuple[FigureView, ...]:
        return tuple(
            replace(figure, src=reverse(view, args=[pk, figure.key])) if figure.src else figure for figure in figures
        )

    blocks = tuple(replace(block, figures=here(block.figures)) for block in page.blocks)
    return replace(page, lead_figures=here(page.lead_figures), blocks=blocks)


def stories_to_clear(user: Any) -> list[tuple[Clearance, str]]:
    """What waits for a lawyer, the longest first, each with the address where they read it."""
    rows = Clearance.objects.waiting_for(user).select_related("story", "asked_by").order_by("asked_at", "pk")
    return [(row, reverse("admin:investigations_story_read", args=[row.story_id])) for row in rows]
