"""A filtered list of the record, a page at a time, by key: the page in the middle costs what the first one does."""

from collections.abc import Callable, Mapping
from datetime import date
from heapq import merge
from typing import Any

from django.db.models import Exists, OuterRef

from investigations.pages.indexes import (
    INDEXES,
    IndexPage,
    downloads,
    meeting_item,
    organization_item,
    person_item,
    quote_item,
    source_item,
)
from investigations.public.facets import WORDS, RecordFilter, without_unnamed
from investigations.public.free_text import PAGE_SIZE
from investigations.public.indexes import FILTERS
from investigations.record.models import FacetRow, StoryRow
from investigations.record.models.entries import Reach, near

COUNTED_TO = 1000
"""Beyond so many, what answers is not counted any further."""
COMMON = 5000
"""A choice that finds more than this is no way to a late day: the days lead as well."""

ITEMS: dict[str, Callable[[Any, date | None, date | None], Any]] = {
    "meetings": meeting_item,
    "quotes": quote_item,
    "sources": source_item,
    "people": person_item,
    "organizations": organization_item,
}

Place = tuple[Any, str]
"""Where a row stands in its list: what it is sorted by, and its key."""


def index_page(name: str, query: Any) -> IndexPage:
    """The rows of a list that answer this query, behind the one that its `after` names (like 2016-04-14.2f7k…)."""
    filters = FILTERS[name]
    chosen = filters(query, filters.Meta.model._default_manager.all())
    valid = chosen.form.is_valid()
    asked = chosen.asked() if valid else {}
    after = _place(chosen, str(query.get("after", "")))
    places = found(chosen, PAGE_SIZE + 1, after) if valid else []
    rows = _rows(chosen, places[:PAGE_SIZE])
    days = asked.get("since"), asked.get("until")
    notices, noindex = site_notices()
    return IndexPage(
        name=name,
        about=INDEXES[name],
        items=tuple(ITEMS[name](row, *days) for row in rows),
        form=chosen.form,
        filtered=bool(asked) or not valid,
        counted=_counted(chosen, len(rows), asked=asked, more=len(places) > PAGE_SIZE, first=after is None),
        emptied=_emptied(chosen) if asked and not places and after is None else (),
        next=_next(chosen, places[PAGE_SIZE - 1]) if len(places) > PAGE_SIZE else "",
        downloads=downloads(name, chosen.query) if rows else (),
        notices=notices,
        noindex=noindex,
    )


def found(
    chosen: RecordFilter, limit: int, after: Place | None = None, *, without: str = "", counting: bool = False
) -> list[Place]:
    """Where the first rows stand that answer every question but `without`, behind a place; of the unnamed none when
    it is for `counting`.

    Whatever finds least leads: a choice by its own rows, which stand in the order of the list, words that are rare,
    or the list itself. Where days are asked for, what is of few days is read from near them, and the rest in a part
    of its own.
    """
    days = [value for name in ("since", "until") if (value := chosen.asked().get(name)) and name != without]
    rows = chosen.rows(without)
    lead = chosen.rarest(without)
    if counting:
        rows = rows.filter(without_unnamed(chosen.LIST))
    sort = rows.model.SORT
    if lead == WORDS:
        parts = [rows]
    elif lead and not (days and chosen.number(lead) > COMMON):
        parts = [_along(chosen, lead, rows, counting)]
    elif not days or sort != "sort_day":
        parts = [rows]
    else:
        since, until = (chosen.asked().get(name) if name != without else None for name in ("since", "until"))
        behind = after[0] if after else None
        parts = rows.by_reach(since, until, behind)
        if lead:
            open_ended = rows.filter(reach=Reach.OPEN)
            of_few_days = _along(chosen, lead, rows.exclude(reach=Reach.OPEN), counting)
            parts = [of_few_days.filter(**_texts(near("sort", since, until, Reach.YEAR, behind))), open_ended]
    return list(merge(*(_read(part, limit, after) for part in parts)))[:limit]


def _along(chosen: RecordFilter, lead: str, rows: Any, counting: bool) -> Any:
    """The rows of a choice, in the order of the list, as far as they are among these."""
    name, value = chosen.facet(lead)
    facets = FacetRow.objects.filter(list=chosen.LIST, name=name, value=value)
    if counting:
        facets = facets.filter(counted=True)
    return facets.filter(Exists(rows.filter(key=OuterRef("key"))))


def _texts(bounds: Mapping[str, date]) -> dict[str, str]:
    return {name: str(day) for name, day in bounds.items()}


def _read(part: Any, limit: int, after: Place | None) -> list[tuple[str, str]]:
    """Where the first rows of a part stand behind a place, each by its words."""
    sort = part.model.SORT
    if after:
        part = part.after(str(after[0]) if part.model is FacetRow else after[0], after[1])
    read = part.order_by(sort, "key").values_list(sort, "key")[:limit]
    return [(str(place), key) for place, key in read]


def _rows(chosen: RecordFilter, places: list[Place]) -> list[Any]:
    """The rows at these places, in their order."""
    rows = chosen.queryset.filter(key__in=[key for _, key in places])
    if chosen.LIST == "meetings":
        rows = rows.prefetch_related("attendances")
    by_key = {row.key: row for row in rows}
    return [by_key[key] for _, key in places if key in by_key]


def _place(chosen: RecordFilter, after: str) -> Place | None:
    sort, dot, key = after.rpartition(".")  # what is sorted by may be empty, as of a title that is dots alone
    if not dot or "\x00" in after:
        return None
    if chosen.queryset.model.SORT != "sort_day":
        return sort, key
    try:
        return date.fromisoformat(sort), key
    except ValueError:
        return None


def place_behind(chosen: RecordFilter, last: Place) -> Place:
    """The place behind which a reading goes on that had this row last."""
    return (date.fromisoformat(last[0]) if chosen.queryset.model.SORT == "sort_day" else last[0]), last[1]


def _next(chosen: RecordFilter, last: Place) -> str:
    query = chosen.data.copy()
    query["after"] = f"{last[0]}.{last[1]}"
    return f"?{query.urlencode()}"


def _counted(chosen: RecordFilter, shown: int, *, asked: Mapping[str, Any], more: bool, first: bool) -> str:
    """How much there is: of the whole list as counted at publication, of an answer as far as it is shown."""
    about = INDEXES[chosen.LIST]
    if not shown:
        return ""
    if not asked and first:
        unnamed = ", and what sources said who are not named" if chosen.LIST == "quotes" else ""
        return f"{_number(chosen.total, chosen)}{' by name' if unnamed else ''}{unnamed}."
    return f"{shown} {about.one if shown == 1 else about.many}{', and more on the next page' if more else ''}."


def _number(number: int, chosen: RecordFilter) -> str:
    about = INDEXES[chosen.LIST]
    return f"{number:,} {about.one if number == 1 else about.many}"


def _emptied(chosen: RecordFilter) -> tuple[str, ...]:
    """For each question, what it shuts out: how much answers all the others, the unnamed left out. A query each."""
    numbers = {name: len(found(chosen, COUNTED_TO + 1, without=name, counting=True)) for name in chosen.asked()}
    return tuple(f"Without “{chosen.said(name)}” {_there_are(number)}." for name, number in numbers.items())


def _there_are(number: int) -> str:
    if number > COUNTED_TO:
        return f"there would be more than {COUNTED_TO:,}"
    return f"there would be {number or 'none either'}"


def site_notices() -> tuple[tuple[str, ...], bool]:
    """The banners of everything published, and whether any of it asks search engines to stay away: lists name it."""
    rows = list(StoryRow.objects.values_list("notice", "hidden_from_search_engines").order_by("notice").distinct())
    return tuple(dict.fromkeys(notice for notice, _ in rows if notice)), any(hidden for _, hidden in rows)
