"""What stands beside a story's text: its evidence, passage by passage; the check and the preview as fragments."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from investigations.lint import RULES, check
from investigations.lint.strength import Strength, strengths
from investigations.models import Evidence, Passage, Story
from investigations.publishing.signatures import is_editor

TABS = ("evidence", "check", "preview")


@dataclass(frozen=True)
class Beside:
    """A passage with the words under its mark now, its evidence and its strength."""

    passage: Passage
    now: str
    evidence: tuple[Evidence, ...]
    strength: Strength

    @property
    def changed(self) -> bool:
        """Whether its evidence was confirmed for other words; also when the mark is nowhere in the text."""
        return self.now != self.passage.words


def passages_of(story: Story) -> list[Beside]:
    """The passages of a story in the order of its text, those whose mark is gone last; a fixed number of queries."""
    marks = {mark.id: mark.words for mark in reversed(story.parsed().marks)}
    order = {mark: place for place, mark in enumerate(reversed(marks))}
    evidence = Evidence.objects.select_related("quote__source", "meeting", "source")
    rows = list(story.passages.prefetch_related(Prefetch("evidence", evidence)))
    strong = strengths([row.pk for row in rows])
    rows.sort(key=lambda row: order.get(row.mark, len(order)))
    return [Beside(row, marks.get(row.mark, ""), tuple(row.evidence.all()), strong[row.pk]) for row in rows]


def check_context(story: Story, user: Any) -> dict[str, Any]:
    """The check of the story as saved."""
    return {
        "desk_story": story,
        "story_check": check(story),
        "rules": len(RULES),
        "may_publish": is_editor(user),
    }


class BesidePages:
    """For the screen of stories: a tab's content anew, after something was saved."""

    admin_site: Any

    def beside_urls(self) -> list[URLPattern]:
        """The address."""
        view = self.admin_site.admin_view(never_cache(require_safe(self.beside_view)))
        return [path("<int:pk>/beside/<slug:tab>/", view, name="investigations_story_beside")]

    def beside_view(self, request: HttpRequest, pk: int, tab: str) -> HttpResponseBase:
        """The tab of this name."""
        story = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if tab not in TABS:
            raise Http404("There is no such tab.")
        context = {
            "evidence": lambda: {"passages": passages_of(story)},
            "check": lambda: check_context(story, request.user),
            "preview": lambda: self.preview_context(request, story),  # type: ignore[attr-defined]
        }[tab]()
        return TemplateResponse(request, f"admin/investigations/story/beside_{tab}.html", context)
