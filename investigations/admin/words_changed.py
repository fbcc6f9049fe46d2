"""Words changed: one list of passages whose evidence was confirmed for other words, each with “still holds”."""

from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from investigations.admin.queue import number_in
from investigations.admin.word_diff import word_diff
from investigations.models import Passage, Story
from investigations.models.words_changed import words_changed

MINE = "1"


class WordsChangedPages:
    """For the screen of passages: the list, over one story or over all that the person sees."""

    admin_site: Any

    def words_changed_urls(self) -> list[URLPattern]:
        """The list's address."""
        page = self.admin_site.admin_view(self.words_changed_view)
        return [path("words-changed/", page, name="investigations_passage_words_changed")]

    def words_changed_view(self, request: HttpRequest) -> HttpResponseBase:
        """The list; of `?story=7` alone, and with `?mine=1` those whose evidence is this person's."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        number, mine = number_in(request.GET, "story"), request.GET.get("mine") == MINE
        found = words_changed(of_story(Passage.objects.visible_to(request.user), number))
        shown = [one for one in found if not mine or request.user.pk in one.owners]
        asked = number_in(request.GET, "at")
        numbers = [one.passage.pk for one in shown]
        context = {
            **self.admin_site.each_context(request),
            "title": "Words changed",
            "opts": Passage._meta,
            "changed": [
                (one, word_diff(one.passage.words, one.now), after) for one, after in zip_longest(shown, numbers[1:])
            ],
            "first": asked if asked in numbers else next(iter(numbers), None),
            "story": Story.objects.visible_to(request.user).filter(pk=number).first() if number else None,
            "mine": mine,
            "others": len(found) - len(shown),
            "may_confirm": self.has_change_permission(request),  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/investigations/passage/words_changed.html", context)


def of_story(passages: Any, number: int | None) -> Any:
    """The passages of the story of this number; all of them without one."""
    return passages if number is None else passages.filter(story=number)


def back_to_the_list(request: HttpRequest) -> HttpResponseBase | None:
    """Back to the list from which a button was pressed, at the passage after it; None when it was another page."""
    if "from_list" not in request.POST:
        return None
    kept = {name: number_in(request.POST, name) for name in ("story", "mine", "at")}
    query = urlencode({name: number for name, number in kept.items() if number})
    return HttpResponseRedirect(f"{reverse('admin:investigations_passage_words_changed')}?{query}")
