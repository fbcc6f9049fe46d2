"""Sentences of a story that look checkable, one after the other: mark it, attach a record, or go on."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from investigations.exchange.placing import mark_with
from investigations.lint.checkable import Proposal, counted, proposals
from investigations.models import Story


class MarkForm(forms.Form):
    """The words to mark, and which records show them."""

    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        label="Words to mark",
        help_text="Cut it down to the words that need evidence, exactly as they stand in the story.",
    )
    records = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="What shows it",
        help_text="Whatever is ticked is attached as evidence that supports the words.",
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["records"]
        field.choices = [(key_of(record), label_of(record)) for record in proposal.records]
        if not proposal.records:
            del self.fields["records"]


class CheckablePages:
    """For the screen of stories: its checkable sentences."""

    admin_site: Any

    def checkable_urls(self) -> list[URLPattern]:
        """The address."""
        view = self.admin_site.admin_view(self.checkable_view)
        return [path("<int:pk>/checkable/", view, name="investigations_story_checkable")]

    def checkable_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """One sentence, with what may show it; the one after it once this is marked or passed over."""
        story: Story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, story):  # type: ignore[attr-defined]
            raise PermissionDenied
        found = proposals(story)
        at = _place(request, found)
        proposal = found[at] if found else None
        form = None
        if proposal:
            initial = {
                "words": proposal.sentence.words.rstrip(".!?… "),
                "records": [key_of(record) for record in proposal.records[:1]],
            }
            form = MarkForm(request.POST or None, proposal=proposal, initial=initial)
            if form.is_valid():
                chosen = form.cleaned_data.get("records", [])
                records = [record for record in proposal.records if key_of(record) in chosen]
                try:
                    mark = mark_with(story, form.cleaned_data["words"], records, by=request.user)
                except ValidationError as error:
                    form.add_error("words", " ".join(error.messages))
                else:
                    self.message_user(request, f"Marked as {mark}.", level="SUCCESS")  # type: ignore[attr-defined]
                    address = reverse("admin:investigations_story_checkable", args=[pk])
                    return HttpResponseRedirect(f"{address}?at={at}")
        context = {
            **self.admin_site.each_context(request),
            "title": "Sentences that look checkable",
            "opts": Story._meta,
            "story": story,
            "found": found,
            "count": counted(found),
            "proposal": proposal,
            "place": at,
            "form": form,
        }
        return TemplateResponse(request, "admin/investigations/story/checkable.html", context)


def _place(request: HttpRequest, found: list[Proposal]) -> int:
    """Which sentence is asked for, from 0. One that was sent with its words is that one, wherever it stands now."""
    asked = request.GET.get("at", "")
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if request.method == "POST":
        sent = request.POST.get("sentence", "")
        place = next((at for at, each in enumerate(found) if each.sentence.words == sent), place)
    return min(place, max(0, len(found) - 1))


def key_of(record: Any) -> str:
    """What names a record in the form."""
    return f"{record._meta.model_name}-{record.pk}"


def label_of(record: Any) -> str:
    """A record as whoever may read the story tells it from others."""
    noun = record._meta.model_name
    if noun == "quote":
        return f"Quote {record}: “{record.words[:160]}”"
    when = f", {record.when}" if noun == "meeting" and record.when else ""
    return f"{noun.capitalize()} {record}: {record.title}{when}"
