"""A filtered list of the record, a page at a time, by key: the page in the middle costs what the first one does."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from heapq import merge
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict

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
from investigations.pages.records import capitalized
from investigations.public.facets import CHOICES, PLACE, WORDS, RecordFilter, without_unnamed
from investigations.public.free_text import PAGE_SIZE
from investigations.public.indexes import FILTERS
from investigations.record.models import FacetRow, StoryRow
from investigations.record.models.entries import Reach, near

COUNTED_TO = 1000
"""Beyond so many, what would answer is not counted any further."""
TOTALED_TO = 200
"""Beyond so many, what answers several questions is not counted any further: that reads as much as some pages."""
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
    after = _place(chosen, str(query.get(PLACE, "")))
    places = found(chosen, PAGE_SIZE + 1, after) if valid else []
    rows = _rows(chosen, places[:PAGE_SIZE])
    more = len(places) > PAGE_SIZE
    days = asked.get("since"), asked.get("until")
    notices, noindex = site_notices()
    return IndexPage(
        name=name,
        about=INDEXES[name],
        items=tuple(ITEMS[name](row, *days) for row in rows),
        form=chosen.form,
        filtered=bool(asked) or not valid,
        counted=_counted(chosen, rows, more=more, first=after is None) if valid else "",
        left_out=_left_out(chosen),
        emptied=_emptied(chosen) if asked and not places and after is None else (),
        beginning=_beginning(chosen) if valid and after is not None else "",
        next=_next(chosen, places[PAGE_SIZE - 1]) if more else "",
        downloads=downloads(name, chosen.query) if rows else (),
        notices=notices,
        noindex=noindex,
    )


def found(
    chosen: RecordFilter,
    limit: int,
    after: Place | None = None,
    *,
    without: Collection[str] = (),
    counting: bool = False,
) -> list[Place]:
    """Where the first rows stand that answer every question but `without`, behind a place; of the unnamed none when
    it is for `counting`.

    Whatever finds least leads: a choice by its own rows, which stand in the order of the list, words that are rare,
    or the list itself. Where days are asked for, what is of few days is read from near them, and the rest in a part
    of its own.
    """
    days = [value for name in ("since", "until") if (value := chosen.asked().get(name)) and name not in without]
    rows = chosen.rows(*without)
    lead = chosen.rarest(*without)
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
        since, until = (chosen.asked().get(name) if name not in without else None for name in ("since", "until"))
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
    query = QueryDict(chosen.query, mutable=True)
    query[PLACE] = f"{last[0]}.{last[1]}"
    return f"?{query.urlencode()}"


def _beginning(chosen: RecordFilter) -> str:
    path = INDEXES[chosen.LIST].path
    return f"{path}?{chosen.query}" if chosen.query else path


def _left_out(chosen: RecordFilter) -> str:
    """That the address asks what nothing here is called."""
    return f"This list has no question {told}: it was left out." if (told := unknown_words(chosen)) else ""


def unknown_words(chosen: RecordFilter) -> str:
    """What an address asks that this list can't be asked, in quotation marks; empty if nothing."""
    return ", ".join(f"“{name}”" for name in chosen.unknown[:5])


def _counted(chosen: RecordFilter, rows: list[Any], *, more: bool, first: bool) -> str:
    """How much answers and which of it this page shows. Of what the unnamed said no number is given."""
    if not rows:
        return "" if first else "Nothing comes behind this place."
    unnamed = sum(chosen.LIST == "quotes" and row.is_citation for row in rows)
    if first and not more:
        return f"{capitalized(_number(chosen, len(rows) - unnamed, unnamed=bool(unnamed)))}."
    which = "first" if first else "next" if more else "last"
    shown = "" if unnamed or len(rows) == 1 else f" {len(rows)}"
    total = _total(chosen)
    if total is None or (total < len(rows) and not unnamed):
        about = INDEXES[chosen.LIST]
        named = about.one if len(rows) == 1 else about.many
        return f"The {which}{shown} {named}{', and more on the next page' if more else ''}."
    bounded = total > TOTALED_TO and _is_bounded(chosen)
    return f"The {which}{shown} of {_number(chosen, total, unnamed=bool(unnamed), bounded=bounded, part=True)}."


def _total(chosen: RecordFilter) -> int | None:
    """How many rows answer, without the unnamed: as counted at publication, or up to a bound; None if it would take
    too long to say, where a common word is asked for.
    """
    asked = chosen.asked()
    if not asked:
        return chosen.total
    if not _is_bounded(chosen):
        return chosen.number(next(iter(asked)))
    if WORDS in asked and getattr(chosen.filters[WORDS], "few", None) is None:
        return None
    return len(found(chosen, TOTALED_TO + 1, counting=True))


def _is_bounded(chosen: RecordFilter) -> bool:
    """Whether what is asked was not counted at publication."""
    asked = list(chosen.asked())
    return len(asked) > 1 or any(not isinstance(chosen.filters[name], CHOICES) for name in asked)


def _number(chosen: RecordFilter, number: int, *, unnamed: bool, bounded: bool = False, part: bool = False) -> str:
    """So many of what the list holds: “more than 200 meetings”, “2 quotes by name, and what sources said …”."""
    about = INDEXES[chosen.LIST]
    said = f"more than {TOTALED_TO:,}" if bounded else f"{number:,}"
    said = f"{said} {about.one if said == '1' else about.many}"
    others = "what sources said who are not named"
    if unnamed:
        return f"{said} by name, and {'of ' if part else ''}{others}" if number else others
    may_be_unnamed = part and chosen.LIST == "quotes" and not chosen.asked().keys() & {"person", "organization"}
    return f"{said} by name" if may_be_unnamed else said


def _emptied(chosen: RecordFilter) -> tuple[str, ...]:
    """For each question, what it shuts out: how much answers all the others, the unnamed left out. A query each.

    Where nothing would answer without any one of them, those that find nothing by themselves are named.
    """
    asked = chosen.asked()
    numbers = {name: len(found(chosen, COUNTED_TO + 1, without=[name], counting=True)) for name in asked}
    if not any(numbers.values()):
        alone = [name for name in asked if not found(chosen, 1, without=asked.keys() - {name})]
        if alone:
            return tuple(f"“{chosen.said(name)}” finds nothing by itself." for name in alone)
    return tuple(f"Without “{chosen.said(name)}” {_there_are(number)}." for name, number in numbers.items())


def _there_are(number: int) -> str:
    if number > COUNTED_TO:
        return f"there would be more than {COUNTED_TO:,}"
    return f"there would be {number or 'none either'}"


def site_notices() -> tuple[tuple[str, ...], bool]:
    """The banners of everything published, and whether any of it asks search engines to stay away: lists name it."""
    rows = list(StoryRow.objects.values_list("notice", "hidden_from_search_engines").order_by("notice").distinct())
    return tuple(dict.fromkeys(notice for notice, _ in rows if notice)), any(hidden for _, hidden in rows)
