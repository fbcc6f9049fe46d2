"""The fact-check file: a form that says which, and the file as its answer. A link alone makes none."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from investigations.models import FactCheckFileOpened, Story
from investigations.publishing.fact_check.opening import open_file, versions_for
from investigations.publishing.fact_check.parts import FactCheckFile
from investigations.publishing.fact_check.rendering import html, missing_for_pdf, pdf
from investigations.publishing.fact_check.unnamed import held_of
from investigations.vocabulary import FileFormat, FileGrouping, FileVersion

SHOWN_LINES = 20
WITH_NAMES = (
    "Only for the full file, and only for sources on which you are named: opens their identities to you for a quarter"
    " of an hour, and puts the names on its last page. Others named on them read your reason. Left empty, the file"
    " names only those that you have open now."
)


class FactCheckForm(forms.Form):
    """Which file, in what order, as what."""

    version: Any = forms.ChoiceField(widget=forms.RadioSelect)
    grouping = forms.ChoiceField(
        choices=FileGrouping, widget=forms.RadioSelect, label="Order", initial=FileGrouping.SENTENCE
    )
    format = forms.ChoiceField(choices=FileFormat, widget=forms.RadioSelect, initial=FileFormat.HTML)
    reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why you need the names",
        help_text=WITH_NAMES,
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, versions: tuple[FileVersion, ...], has_names: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [(one.value, one.label) for one in versions]  # type: ignore[attr-defined]
        self.fields["version"].initial = FileVersion.WITHOUT
        self.fields["format"].help_text = missing_for_pdf()
        if not has_names:
            del self.fields["reason"]


class FactCheckPages:
    """For the screen of stories: the file, for those who may see the story and counsel who is asked to clear it."""

    admin_site: Any

    def fact_check_urls(self) -> list[URLPattern]:
        """The address."""
        view = self.admin_site.admin_view(self.fact_check_view)
        return [path("<int:pk>/fact_check/", view, name="investigations_story_fact_check")]

    @method_decorator([never_cache, sensitive_post_parameters()])
    @sensitive_variables()
    def fact_check_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The form; sent, the file."""
        story = Story.objects.filter(pk=pk).select_related("investigation").first()
        versions = versions_for(story, request.user) if story else ()
        if story is None or not versions:
            raise Http404("There is nothing at this address.")
        is_counsel = FileVersion.FULL not in versions
        back = reverse(f"admin:investigations_story_{'read' if is_counsel else 'change'}", args=[pk])
        has_names = not is_counsel and bool(held_of(story))
        form = FactCheckForm(versions, has_names, request.POST or None)
        if form.is_valid():
            try:
                file = open_file(story, by=request.user, **chosen(form.cleaned_data))
                return answer(file, FileFormat(form.cleaned_data["format"]), back)
            except PermissionDenied as error:
                form.add_error("reason", str(error))
            except ValidationError as error:
                form.add_error(None, error)
        context = {
            **self.admin_site.each_context(request),
            "title": "Fact-check file",
            "story": story,
            "back": back,
            "form": form,
        }
        return TemplateResponse(request, "admin/investigations/story/fact_check.html", context)


def chosen(given: dict[str, str]) -> dict[str, Any]:
    """What a form says, as `open_file` takes it."""
    return {
        "version": FileVersion(given["version"]),
        "grouping": FileGrouping(given["grouping"]),
        "format": FileFormat(given["format"]),
        "reason": given.get("reason", ""),
    }


def answer(file: FactCheckFile, format: FileFormat, back: str) -> HttpResponse:
    """The file as a page, or as PDF to keep."""
    if format == FileFormat.PDF:
        response, place = HttpResponse(pdf(file), content_type="application/pdf"), "attachment"
    else:
        response, place = HttpResponse(html(file, back=back)), "inline"
    response["Content-Disposition"] = f'{place}; filename="{file.name}.{format.value}"'
    return response


def files_opened(story: Story) -> list[FactCheckFileOpened]:
    """The story's files that somebody had made lately, the last one first."""
    return list(FactCheckFileOpened.objects.last_of(story)[:SHOWN_LINES])
