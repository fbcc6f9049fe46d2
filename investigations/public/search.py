"""The search of what is public."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from investigations.fulltext.question import MOST_TYPED, Question, question
from investigations.pages import render
from investigations.pages.search import SearchPage, counted_words, hit, nothing_asked, nothing_found, unknown_kind
from investigations.pages.select import Select
from investigations.public.finding import best, find
from investigations.public.listing import site_notices
from investigations.record.models import SearchRow
from investigations.vocabulary import SearchKind

RANKED = 500
"""Of so many rows, the last published ones that answer, the best come first; of a rarer answer, of all."""

PAGE_SIZE = 20
PAGES = 10
"""How many pages one may turn: whoever has read so many adds a word."""


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """What answers a question, best first."""
    rendered = render.search(search_page(request.GET))
    return HttpResponse(rendered.body, content_type=rendered.content_type)


def search_page(query: QueryDict) -> SearchPage:
    """The page that a query asks for: `q`, `kind`, `page`; a kind that isn't there is told, a page is none asked."""
    typed = " ".join(query.get("q", "").replace("\x00", " ").split())[: MOST_TYPED + 1]
    asked = question(typed)
    kinds = Select("kind", "What", (("", "Everything"), *SearchKind.choices), _one_of_kinds(query.get("kind", "")))
    found = [] if asked.is_short else find(asked, kinds.chosen, RANKED + 1)
    more, ranked = len(found) > RANKED, best(found[:RANKED], asked)
    shown = ranked[: PAGE_SIZE * PAGES]
    pages = max(1, -(-len(shown) // PAGE_SIZE))
    number = _number(query.get("page", ""), pages)
    given = query.get("kind", "")
    unknown = unknown_kind(given) if given and not kinds.chosen else ""
    if asked.is_short:
        said = nothing_asked(typed)
    elif not found:
        said = nothing_found(typed, kinds.said if kinds.chosen else "", _of_every_kind(asked, kinds.chosen))
    else:
        said = counted_words(len(ranked), len(shown), most=RANKED, more=more, cut=asked.cut)
    rows = SearchRow.objects.in_bulk(shown[PAGE_SIZE * (number - 1) : PAGE_SIZE * number])
    return SearchPage(
        typed=typed[:MOST_TYPED],
        kinds=kinds,
        hits=tuple(hit(rows[pk], asked) for pk in shown if pk in rows),
        said=f"{unknown} {said}".strip(),
        number=number,
        previous=_page(typed, kinds.chosen, number - 1) if number > 1 else "",
        next=_page(typed, kinds.chosen, number + 1) if number < pages else "",
        notices=site_notices()[0],
    )


def _of_every_kind(asked: Question, kind: str) -> str:
    number = len(find(asked, "", RANKED + 1)) if kind else 0
    return f"more than {RANKED:,}" if number > RANKED else str(number or "")


def _one_of_kinds(given: str) -> str:
    return given if given in SearchKind.values else ""


def _number(given: str, pages: int) -> int:
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    return min(max(number, 1), pages)


def _page(typed: str, kind: str, number: int) -> str:
    asked = {"q": typed, "kind": kind, "page": str(number)}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"
