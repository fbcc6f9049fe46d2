"""Index rows of what each choice of a filter finds: counted once, when something is published, not when asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Count, Q

from investigations.publishing.entry_rows import LISTS, key_of, sort_text
from investigations.publishing.named_rows import NAMED
from investigations.publishing.row import Row, write_together
from investigations.record.models import CountRow, FacetRow, OrganizationRow, PersonRow, StoryRow

ALL_LISTS = {**LISTS, **NAMED}
WHOLE_LIST = ("", "")
"""The name and value under which all rows of a list are counted."""

Choice = tuple[str, str, str]
"""A list, a filter of it, and a value."""
ALWAYS: set[Choice] = {(of_list, *WHOLE_LIST) for of_list in ALL_LISTS}
"""Counted whatever is published."""


def count_rows(choices: Iterable[Choice]) -> Iterator[Row]:
    """How many rows each of these choices finds. Citations of the unnamed don't count.

    What finds nothing has no row; a story with nothing but such citations can be chosen, and has no number.
    """
    by_filter: dict[tuple[str, str], set[str]] = defaultdict(set)
    for of_list, name, value in choices:
        by_filter[of_list, name].add(value)
    for (of_list, name), values in sorted(by_filter.items()):
        numbers = _counted(of_list, name, values)
        labels = _labels(name, numbers)
        for value, number in numbers.items():
            label, sort = labels.get(value, ("", ""))
            key = {"list": of_list, "name": name, "value": value}
            yield Row(CountRow, key, {"label": label, "sort": sort, "number": number})


def _counted(of_list: str, name: str, values: set[str]) -> dict[str, int]:
    if (name, "") == WHOLE_LIST:
        rows: Any = ALL_LISTS[of_list]._default_manager.all()
        number = (rows.filter(work="") if of_list == "quotes" else rows).count()
        return {"": number} if number else {}
    facets = FacetRow.objects.filter(list=of_list, name=name, value__in=values).order_by()
    return dict(facets.values_list("value").annotate(number=Count("pk", filter=Q(counted=True))))


def _labels(name: str, values: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What readers are told each value is, and by what it is sorted; nothing for those that the vocabulary names."""
    values = list(values)
    if name == "person":
        people = PersonRow.objects.filter(key__in=values).values_list("key", "name", "sort")
        return {key: (label, sort) for key, label, sort in people}
    if name == "organization":
        bodies = OrganizationRow.objects.filter(key__in=values).values_list("key", "name", "sort")
        return {key: (label, sort) for key, label, sort in bodies}
    if name == "story":
        works = [f"story:{value}" for value in values]
        stories = StoryRow.objects.filter(work__in=works).values_list("work", "headline")
        return {key_of(work): (headline, sort_text(headline)) for work, headline in stories}
    if name == "investigation":
        rows = StoryRow.objects.filter(investigation_key__in=values).order_by("changed_at", "pk")
        titles = dict(rows.values_list("investigation_key", "investigation"))
        return {key: (title, sort_text(title)) for key, title in titles.items()}
    return {}


def choices_of(keys: Collection[str]) -> set[Choice]:
    """The choices that find these rows of entries, people and organizations now."""
    facets = FacetRow.objects.filter(key__in=keys, list__in=list(ALL_LISTS))
    return set(facets.order_by().values_list("list", "name", "value").distinct())


def choices_named(people: Collection[str], organizations: Collection[str], work: str) -> set[Choice]:
    """The choices of any list that say the name of one of these, or the title of this work or its investigation."""
    told = StoryRow.objects.filter(work=work).values("investigation_key")
    named = (
        Q(name="person", value__in=people)
        | Q(name="organization", value__in=organizations)
        | Q(name="story", value=key_of(work))
        | Q(name="investigation", value__in=told)
    )
    return set(CountRow.objects.filter(named).order_by().values_list("list", "name", "value"))


def all_choices() -> set[Choice]:
    """Every choice that finds a row."""
    return set(FacetRow.objects.order_by().values_list("list", "name", "value").distinct()) | ALWAYS


def write_count_rows(choices: set[Choice]) -> None:
    """Write how many rows these choices find, and drop those that find none any more."""
    choices = choices | ALWAYS
    made = list(count_rows(choices))
    write_together(CountRow, made)
    stay = {tuple(row.key.values()) for row in made}
    by_filter: dict[tuple[str, str], list[str]] = defaultdict(list)
    for of_list, name, value in choices - stay:
        by_filter[of_list, name].append(value)
    for (of_list, name), values in by_filter.items():
        CountRow.objects.filter(list=of_list, name=name, value__in=values).delete()
