"""Drafts on the screen of stories: brought in from a file or pasted, their comments and footnotes settled."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from investigations import text
from investigations.exchange import docx
from investigations.exchange.placing import Plan, bring_in, joined, plan_of
from investigations.exchange.sheet import MAX_BYTES, Unreadable
from investigations.exchange.uploads import InMemoryUpload, UploadStorage
from investigations.lint.checkable import counted, proposals
from investigations.models import Investigation, Story
from investigations.text.pasted import markdown_of

FORGOTTEN = "This preview has been used or has expired: bring the draft in again. Nothing was written."
OUTDATED = "The story has changed since the preview, so nothing was written: bring the draft in again."
PASTED = "pasted text"


class DraftForm(forms.Form):
    """A draft, as a file or pasted."""

    file = forms.FileField(
        required=False,
        label="File",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=(
            f"A .docx of up to {MAX_BYTES // 1024**2} MB, as Word saves it and Google Docs downloads it. Each comment"
            " and footnote becomes a marked passage. Nothing is written before you have seen what would be."
        ),
    )
    text = forms.CharField(
        required=False,
        label="Or paste it",
        max_length=docx.MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80}),
        help_text=(
            "Links, emphasis and lists are kept. Comments don’t come with what is copied: for these, use the file."
        ),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large, before anything looks into it, and one of another kind."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            size = f"{file.size / 1024**2:.1f} MB; up to {MAX_BYTES // 1024**2} MB are read"
            raise forms.ValidationError(f"This file has {size}. Take the pictures out.")
        if file and not file.name.lower().endswith(".docx"):
            raise forms.ValidationError("Drafts come in as .docx: save it as that, or paste it.")
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        found = super().clean() or {}
        if not self.errors and bool(found.get("file")) == bool(found.get("text", "").strip()):
            raise forms.ValidationError("Choose a file or paste the text: one of both.")
        return found


class NewStoryForm(DraftForm):
    """A draft that becomes a story of its own."""

    investigation: Any = forms.ModelChoiceField(queryset=None)
    headline = forms.CharField(
        required=False,
        max_length=200,
        help_text="Left empty, it is the draft’s title, or the heading with which it begins.",
    )
    field_order = ["investigation", "headline", "file", "text"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["investigation"]
        field.queryset = Investigation.objects.visible_to(user)
        if len(mine := list(field.queryset[:2])) == 1:
            field.initial = mine[0]


class DraftPages:
    """For the screen of stories: bring a draft in, or make a story of one; then settle what it said."""

    admin_site: Any
    change_list_template: Any = "admin/investigations/story/change_list.html"

    class Media:
        js = ["newsroom/paste.js"]

    def draft_urls(self) -> list[URLPattern]:
        """The addresses."""
        wrap = self.admin_site.admin_view
        name = "investigations_story"
        return [
            path("from-draft/", self.draft_upload, name=f"{name}_from_draft"),
            path("from-draft/confirm/", wrap(require_POST(self.confirm_draft)), name=f"{name}_from_draft_confirm"),
            path("pasted/", wrap(require_POST(self.pasted_view)), name=f"{name}_pasted"),
            path("<int:pk>/draft/", self.draft_upload, name=f"{name}_draft"),
            path("<int:pk>/draft/confirm/", wrap(require_POST(self.confirm_draft)), name=f"{name}_draft_confirm"),
            path("<int:pk>/notes/", wrap(self.notes_view), name=f"{name}_notes"),
            path("<int:pk>/notes/<int:note>/", wrap(require_POST(self.settle_view)), name=f"{name}_settle"),
        ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The body takes what is pasted with its links, emphasis and lists."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and db_field.name == "body":
            field.widget.attrs["data-paste"] = reverse("admin:investigations_story_pasted")
        return field

    # --- Pasting ---

    def pasted_view(self, request: HttpRequest) -> JsonResponse:
        """What was copied from a word processor, as Markdown."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):  # type: ignore[attr-defined]
            raise PermissionDenied
        return JsonResponse({"markdown": markdown_of(request.POST.get("html", ""))})

    # --- Bringing in ---

    def draft_upload(self, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        """The page of a draft: upload handlers have to be set before the form's token is read."""
        request.upload_handlers = [InMemoryUpload(request)]
        return self.admin_site.admin_view(self.draft_view)(request, pk=pk)

    draft_upload.csrf_exempt = True  # type: ignore[attr-defined]  # admin_view checks the token

    def draft_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        """Take a draft and show what it would become."""
        story = self.story_to_fill(request, pk)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = DraftForm(*sent) if story else NewStoryForm(*sent, user=request.user)
        plan = upload = None
        if form.is_valid():
            found = form.cleaned_data
            investigation = story.investigation if story else found["investigation"]
            data = found["file"].read() if found["file"] else found["text"].encode()
            about = {
                "name": found["file"].name[-200:] if found["file"] else PASTED,
                "investigation": investigation.pk,
                "headline": found.get("headline", ""),
                "wording": story.wording_digest() if story else "",
            }
            try:
                plan = planned(data, about, investigation, story)
                if not story and not (found["headline"] or plan.title):
                    form.add_error("headline", "The draft has no title: give the story one.")
                    plan = None
            except Unreadable as error:
                form.add_error("file" if found["file"] else "text", str(error))
            if plan:
                storage = UploadStorage(about={**self.about_draft(request, story), **about})
                storage.save(data)
                upload = str(storage.name)
        form.fields["text"].widget.attrs["data-paste"] = reverse("admin:investigations_story_pasted")
        context = {
            **self.admin_site.each_context(request),
            "title": "Bring in a draft" if story else "New story from a draft",
            "opts": Story._meta,
            "story": story,
            "form": form,
            "plan": plan,
            "shown": text.parse(text.typographic(plan.body)).blocks if plan else (),
            "headline": form.cleaned_data.get("headline") or plan.title if plan else "",
            "upload": upload,
            "confirm_address": self.draft_address("confirm", story),
        }
        return TemplateResponse(request, "admin/investigations/story/draft.html", context)

    def confirm_draft(self, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        """Write what was previewed: all of it, or nothing and the reason."""
        story = self.story_to_fill(request, pk)
        storage = UploadStorage(name=request.POST.get("upload") or "-", about=self.about_draft(request, story))
        try:
            data = storage.take()
            found = storage.about
            investigations = Investigation.objects.visible_to(request.user)
            investigation = investigations.filter(pk=found["investigation"]).first()
            if investigation is None:
                raise KeyError(found["investigation"])
        except KeyError:
            return self.refused_draft(request, story, FORGOTTEN)
        try:
            with transaction.atomic():
                if story:
                    story = Story.objects.select_for_update().get(pk=story.pk)
                    if story.wording_digest() != found["wording"]:
                        return self.refused_draft(request, story, OUTDATED)
                plan = planned(data, found, investigation, story)
                story = story or Story(investigation=investigation, headline=found["headline"] or plan.title)
                notes = bring_in(story, plan, by=request.user, file_name=found["name"])
        except ValidationError as error:
            return self.refused_draft(request, self.story_to_fill(request, pk), " ".join(error.messages))
        left = len(plan.left_over)
        said = f"Brought in: {len({each.mark for each in plan.placed})} passages marked"
        said += f", {left} comments or footnotes could not be placed." if left else "."
        checkable = reverse("admin:investigations_story_checkable", args=[story.pk])
        count = counted(proposals(story))
        told = format_html('{} {}: <a href="{}">step through them</a>.', said, count, checkable) if count else said
        self.message_user(request, told, level="SUCCESS")  # type: ignore[attr-defined]
        page = "notes" if notes else "change"
        return HttpResponseRedirect(reverse(f"admin:investigations_story_{page}", args=[story.pk]))

    def story_to_fill(self, request: HttpRequest, pk: int | None) -> Story | None:
        """The story that a draft goes into; None for a new one. Raises Http404 or PermissionDenied."""
        if pk is None:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]
                raise PermissionDenied
            return None
        story: Story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, story):  # type: ignore[attr-defined]
            raise PermissionDenied
        return story

    def about_draft(self, request: HttpRequest, story: Story | None) -> dict[str, Any]:
        """Whose draft it is and where it goes: nobody else can confirm it, nor elsewhere."""
        return {"by": request.user.pk, "noun": "draft", "story": story.pk if story else 0}

    def draft_address(self, page: str, story: Story | None) -> str:
        """The address of a draft's page or of its confirmation."""
        name = f"{'draft' if story else 'from_draft'}{'_' if page else ''}{page}"
        return reverse(f"admin:investigations_story_{name}", args=[story.pk] if story else [])

    def refused_draft(self, request: HttpRequest, story: Story | None, said: str) -> HttpResponseBase:
        """Back to the draft's page, with the reason."""
        self.message_user(request, said, level="ERROR")  # type: ignore[attr-defined]
        return HttpResponseRedirect(self.draft_address("", story))

    # --- What it said ---

    def notes_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What the comments and footnotes of drafts said, those that wait first."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        rows = story.draft_notes.select_related("passage", "by", "settled_by")
        notes = list(rows.prefetch_related("passage__evidence__source"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Comments and footnotes of the draft",
            "opts": Story._meta,
            "story": story,
            "waiting": [note for note in notes if not note.settled_at],
            "settled": [note for note in notes if note.settled_at],
            "may_settle": self.has_change_permission(request, story),  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/investigations/story/notes.html", context)

    def settle_view(self, request: HttpRequest, pk: int, note: int) -> HttpResponseBase:
        """Settle a note; with “show”, readers get the evidence that was made of it."""
        story = self.story_to_fill(request, pk)
        found = story.draft_notes.select_related("story", "passage").filter(pk=note).first() if story else None
        if found is None:
            raise Http404("There is nothing at this address.")
        found.settle(by=request.user, show="show" in request.POST)
        self.message_user(request, "Settled.", level="SUCCESS")  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:investigations_story_notes", args=[pk]))


def planned(data: bytes, about: dict[str, Any], investigation: Investigation, story: Story | None) -> Plan:
    """What these bytes, a file or pasted text, would become. Raises Unreadable."""
    body = story.body if story else ""
    if about["name"] == PASTED:
        return Plan("", joined(body, data.decode()))
    headed = bool(story) or bool(about["headline"])
    return plan_of(docx.read(data), investigation, body=body, headed=headed)
