"""A filtered list, a page at a time, by key: the page in the middle costs what the first one does."""

from datetime import date

from investigations.pages.meetings import MeetingList, meeting_item
from investigations.public.filters import MeetingFilter
from investigations.record.models import MeetingRow, StoryRow

PAGE_SIZE = 50


def meeting_listing(chosen: MeetingFilter, after: str) -> MeetingList:
    """The meetings that answer, behind the one that `after` names (a day and a key, like 2016-04-14.2f7k…)."""
    form = chosen.form
    valid = form.is_valid()
    since = form.cleaned_data.get("since") if valid else None
    until = form.cleaned_data.get("until") if valid else None
    rows = chosen.qs if valid else MeetingRow.objects.none()
    if place := _place(after):
        rows = rows.after(*place)
    page = list(rows.prefetch_related("attendances")[: PAGE_SIZE + 1])
    notices, noindex = site_notices()
    return MeetingList(
        items=tuple(meeting_item(row, since, until) for row in page[:PAGE_SIZE]),
        form=form,
        filtered=any(form.cleaned_data.values()) if valid else True,
        next=_next(chosen, page[PAGE_SIZE - 1]) if len(page) > PAGE_SIZE else "",
        notices=notices,
        noindex=noindex,
    )


def _place(after: str) -> tuple[date, str] | None:
    day, _, key = after.partition(".")
    try:
        return date.fromisoformat(day), key
    except ValueError:
        return None


def _next(chosen: MeetingFilter, last: MeetingRow) -> str:
    query = chosen.data.copy()
    query["after"] = f"{last.sort_day.isoformat()}.{last.key}"
    return f"?{query.urlencode()}"


def site_notices() -> tuple[tuple[str, ...], bool]:
    """The banners of everything published, and whether all of it asks search engines to stay away."""
    rows = list(StoryRow.objects.values_list("notice", "hidden_from_search_engines").order_by("notice").distinct())
    return tuple(dict.fromkeys(notice for notice, _ in rows if notice)), all(hidden for _, hidden in rows)
