"""The desk's search: what somebody may see of all the desk's records, by their words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from investigations.fulltext.excerpt import Run, excerpt, marked
from investigations.fulltext.question import LEAST, MOST_TYPED, Question, question
from investigations.models import DeskText
from investigations.models.desk_finding import best, find, seen_by
from investigations.models.desk_words import BY_KIND, Said

RANKED = 500
"""Of so many rows that answer, the last written, the best come first; of a rarer answer, of all."""

PAGE_SIZE = 20
PAGES = 10

PAGES_OF_THEIR_OWN = {"draftnote": "story_notes"}
"""Kinds that stand on another page than the form of their screen."""


@dataclass(frozen=True)
class Found:
    """A record that answers: its title and a piece of its text, with what was found in them."""

    label: str
    title: list[Run]
    excerpt: list[Run]
    href: str


@require_safe
def desk_search_view(request: HttpRequest) -> HttpResponse:
    """What answers a question, best first: `q`, `kind`, `page`; a kind or a page that isn't there counts as none."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: MOST_TYPED + 1]
    asked, kinds = question(typed), kinds_for(request)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in kinds else ""
    found = [] if asked.is_short else find(seen_by(request.user, asked, [kind] if kind else kinds), RANKED + 1)
    ranked = best(found[:RANKED], asked, request.user)
    shown = ranked[: PAGE_SIZE * PAGES]
    number = _number(request.GET.get("page", ""), -(-len(shown) // PAGE_SIZE))
    context = {
        **admin.site.each_context(request),
        "title": "Search the desk",
        "typed": typed[:MOST_TYPED],
        "kinds": [(name, said.label) for name, said in kinds.items()],
        "kind": kind,
        "said": _said(typed, asked, len(ranked), more=len(found) > RANKED),
        "hits": hits(shown[PAGE_SIZE * (number - 1) : PAGE_SIZE * number], asked, request.user),
        "previous": _query(typed, kind, number - 1) if number > 1 else "",
        "next": _query(typed, kind, number + 1) if number * PAGE_SIZE < len(shown) else "",
    }
    return TemplateResponse(request, "admin/search.html", context)


def kinds_for(request: HttpRequest) -> dict[str, Said]:
    """The kinds of records whose screens this person may open, by name."""
    screens = {model._meta.model_name: screen for model, screen in admin.site._registry.items()}
    return {
        kind: said
        for kind, said in BY_KIND.items()
        if screens[said.screen or kind].has_view_or_change_permission(request)
    }


def hits(rows: list[DeskText], asked: Question, user: Any) -> list[Found]:
    """These rows as they answer, in their order: read from the records themselves, of those that somebody may see."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row.record)
    records = {
        (kind, record.pk): record
        for kind, numbers in wanted.items()
        for record in BY_KIND[kind].visible_to(user).filter(pk__in=numbers)
    }
    keys = [(row.kind, row.record) for row in rows]
    return [_found(BY_KIND[kind], records[kind, pk], asked) for kind, pk in keys if (kind, pk) in records]


def _found(said: Said, record: Any, asked: Question) -> Found:
    page = PAGES_OF_THEIR_OWN.get(said.kind, f"{said.screen or said.kind}_change")
    return Found(
        label=said.label,
        title=marked(said.title(record), asked),
        excerpt=excerpt(said.text(record), asked),
        href=reverse(f"admin:investigations_{page}", args=[said.at_of(record)]),
    )


def _said(typed: str, asked: Question, number: int, *, more: bool) -> str:
    """How much was found, or what to do."""
    if asked.is_short:
        too_little = f"Type at least {LEAST} letters or figures."
        return too_little if typed else "Type words. What has all of them is found, whatever their order."
    rest = " Only the first words were looked for: there were too many." if asked.cut else ""
    if more:
        return (
            f"More than {RANKED:,} records have this. Of the {RANKED:,} that were entered last, these are the best:"
            f" add a word, or put words that stand together in quotation marks.{rest}"
        )
    if not number:
        return f"Nothing that you may see has all of these words.{rest}"
    return f"{number} record{'' if number == 1 else 's'}.{rest}"


def _number(given: str, pages: int) -> int:
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    return min(max(number, 1), max(pages, 1))


def _query(typed: str, kind: str, number: int) -> str:
    return f"?{urlencode({'q': typed, 'kind': kind, 'page': number})}"
