"""“What shows this?”: words of a story's text are marked, and a record hung on them, without leaving the text."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from investigations.admin.base import limited
from investigations.admin.checkable import key_of, label_of
from investigations.lint.checkable import shown_by
from investigations.lint.spans import SAID
from investigations.models import Meeting, Quote, Source, Story
from investigations.vocabulary import Showing, Stance

NOUNS: dict[str, Any] = {"quote": Quote, "meeting": Meeting, "source": Source}
MOST = 5
"""How many of a noun are offered: whoever looks for more types another letter."""


@dataclass(frozen=True)
class Offer:
    """A record to choose; `exact` when it is a quote that holds the very words."""

    key: str
    label: str
    exact: bool = False


class ShowsPages:
    """For the screen of stories: records for marked words, and hanging one on them."""

    admin_site: Any

    def shows_urls(self) -> list[URLPattern]:
        """The addresses."""
        wrap, name = self.admin_site.admin_view, "investigations_story"
        return [
            path("<int:pk>/shows/", wrap(never_cache(require_safe(self.shows_view))), name=f"{name}_shows"),
            path("<int:pk>/attach/", wrap(never_cache(require_POST(self.attach_view))), name=f"{name}_attach"),
        ]

    def story_to_support(self, request: HttpRequest, pk: int) -> Story:
        """The story. Raises Http404 and PermissionDenied as a passage's form does."""
        story: Story = self.story_to_write(request, pk)  # type: ignore[attr-defined]
        if not request.user.has_perm("investigations.add_evidence"):
            raise PermissionDenied
        return story

    def shows_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What may show the words or, with letters typed, what is found by them."""
        story = self.story_to_support(request, pk)
        letters, words = request.GET.get("q", "").strip(), request.GET.get("words", "").strip()
        offers = self.found(request, story, letters) if letters else likely(story, words)
        return TemplateResponse(request, "admin/investigations/story/shows_results.html", {"offers": offers})

    def found(self, request: HttpRequest, story: Story, letters: str) -> list[Offer]:
        """Records of the story's investigation, as the lists of the desk find them."""
        found = []
        for model in NOUNS.values():
            screen = self.admin_site.get_model_admin(model)
            rows, twice = screen.get_search_results(request, self.records(request, story, model), letters)
            found += list((rows.distinct() if twice else rows)[:MOST])
        return [Offer(key_of(record), label_of(record)) for record in found]

    def records(self, request: HttpRequest, story: Story, model: Any) -> Any:
        """The records that may be chosen."""
        return limited(model.objects.filter(investigation=story.investigation_id), request.user)

    def attach_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Save the text with its new mark and hang the record on it: both or neither."""
        story = self.story_to_support(request, pk)
        sent = request.POST

        def hang(story: Story) -> dict[str, str]:
            noun, _, number = sent.get("record", "").partition("-")
            known = noun in NOUNS and number.isascii() and number.isdigit() and len(number) < 19
            record = self.records(request, story, NOUNS[noun]).filter(pk=number).first() if known else None
            if record is None:
                raise ValidationError("Choose a quote, a meeting or a source from the list.")
            passage = marked(story, sent.get("mark", ""))
            showing = sent.get("showing", Showing.SHOWN)
            passage.attach(record, by=request.user, stance=sent.get("stance", Stance.SUPPORTS), showing=showing)
            return {"said": f"{passage.mark}: {label_of(record)}"}

        return self.saved(request, story, hang)  # type: ignore[attr-defined]


def marked(story: Story, mark: str) -> Any:
    """The passage of a mark that stands in the text. Raises ValidationError, saying why, where none does."""
    parsed = story.parsed()
    known = mark in {each.id for each in parsed.marks}
    faults = [problem.code for problem in parsed.problems if problem.mark == mark or not (known or problem.mark)]
    if known and not faults:
        return story.passages.get(mark=mark)
    why = " ".join(SAID[faults[0]][1:]) if faults else "A link, code, emphasis or a paragraph begins or ends inside."
    raise ValidationError(f"These words can’t be marked. {why}")


def likely(story: Story, words: str) -> list[Offer]:
    """The records that may show these words, the exact quote first."""
    return [Offer(key_of(row), label_of(row), exact=isinstance(row, Quote)) for row in shown_by(story, words)]
