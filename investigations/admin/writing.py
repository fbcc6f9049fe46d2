"""Writing on the story's screen: words are kept while they are written, and saved without leaving it."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from investigations.admin.story_form import StoryForm, others_here
from investigations.admin.word_diff import word_diff
from investigations.lint.checkable import counted, proposals
from investigations.models import KeptWords, Story
from investigations.models.correction_step import clock
from investigations.models.kept_words import WORDS
from investigations.models.story_state import state_of
from investigations.text import next_mark

WritingForm = modelform_factory(Story, form=StoryForm, fields=WORDS)
CONFLICT, REFUSED = 409, 422


class WritingPages:
    """For the screen of stories: keep, drop and save words for the screen's script, and what it needs to go on."""

    admin_site: Any

    def writing_urls(self) -> list[URLPattern]:
        """The addresses."""
        return [
            path(
                f"<int:pk>/{verb}/",
                self.admin_site.admin_view(never_cache(require_POST(view))),
                name=f"investigations_story_{verb}",
            )
            for verb, view in (("keep", self.keep_view), ("drop", self.drop_view), ("save", self.save_view))
        ]

    def story_to_write(self, request: HttpRequest, pk: int) -> Story:
        """The story. Raises Http404 and PermissionDenied as its form does."""
        story: Story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, story):  # type: ignore[attr-defined]
            raise PermissionDenied
        return story

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep words that aren't saved; says when, and who else has the story open."""
        story = self.story_to_write(request, pk)
        sent = request.POST
        KeptWords.objects.keep(story, by=request.user, words=sent.dict(), opened=sent.get("opened", ""))
        others = " ".join(f"{one.in_words()}." for one in others_here(request, story))
        return JsonResponse({"kept": clock(timezone.now()), "others": others})

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Drop the words that were kept: the story stays as it is."""
        story = self.story_to_write(request, pk)
        KeptWords.objects.of(story, by=request.user).delete()
        return HttpResponseRedirect(reverse("admin:investigations_story_change", args=[story.pk]))

    def save_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Save the words, as the form's own button would; it is refused as that is, and nothing is written."""
        story = self.story_to_write(request, pk)
        return self.saved(request, story)

    def saved(self, request: HttpRequest, story: Story, then: Any = None) -> JsonResponse:
        """Save what was sent and do what comes with it, both or neither; says how the story stands now."""
        form: Any = WritingForm(request.POST, instance=story)
        form.user = request.user
        try:
            with transaction.atomic():
                if not form.is_valid():
                    return refused(form.errors.values(), CONFLICT if form.meanwhile else REFUSED)
                if set(form.changed_data) - {"opened"} or then:
                    story.edit(by=request.user, seen=form.seen)
                extra = then(story) if then else {}
                KeptWords.objects.of(story, by=request.user).delete()
        except ValidationError as error:
            return refused([error.messages], REFUSED)
        return JsonResponse({**standing_of(story), **checkable_in(story, request), **extra})


def refused(found: Iterable[Iterable[str]], status: int) -> JsonResponse:
    """The sentences that say why not."""
    return JsonResponse({"said": " ".join(sentence for sentences in found for sentence in sentences)}, status=status)


def standing_of(story: Story) -> dict[str, Any]:
    """What the screen's script goes on from: the words as saved, what they hang together with, the next free mark."""
    return {
        "saved": clock(story.edited_at) if story.edited_at else "",
        **{name: getattr(story, name) for name in WORDS},
        "opened": json.dumps(state_of(story)),
        "mark": free_mark(story),
    }


def checkable_in(story: Story, request: HttpRequest) -> dict[str, Any]:
    """After something was pasted: how many sentences look checkable, and where one steps through them."""
    said = counted(proposals(story)) if request.POST.get("pasted") else ""
    href = reverse("admin:investigations_story_checkable", args=[story.pk])
    return {"checkable": {"said": said, "href": href}} if said else {}


def free_mark(story: Story) -> str:
    """The next mark that neither the text nor a passage has, like `p3`."""
    taken = " ".join(f"{{#{mark}}}" for mark in story.passages.values_list("mark", flat=True))
    return next_mark(f"{story.body} {taken}")


def kept_context(request: HttpRequest, story: Story) -> dict[str, Any]:
    """Words of this person's that were never saved, and how they differ from the story's."""
    kept = None if request.method == "POST" else KeptWords.objects.unsaved(story, by=request.user)
    changes = [(name, word_diff(getattr(story, name), getattr(kept, name))) for name in WORDS] if kept else []
    return {
        "kept": kept,
        "kept_at": kept and clock(kept.at),
        "kept_changes": [(name, runs) for name, runs in changes if any(kind != "equal" for kind, _ in runs)],
        "put_back": bool(kept and "kept" in request.GET),
    }
