"""Which two editions a reader asks to see beside each other."""

from collections.abc import Mapping

from investigations.pages.changes import ChangesPage, changes_page
from investigations.record.models import Edition, StoryRow
from investigations.record.reading import read


def changes_between(slug: str, query: Mapping[str, str]) -> ChangesPage | None:
    """What changed between the editions `from` and `to`, the older one first; None if there are no such.

    Without `to` it is the latest, without `from` the one before it.
    """
    work = StoryRow.objects.filter(slug=slug).values("work")
    editions = {str(edition.number): edition for edition in Edition.objects.filter(work__in=work).order_by("number")}
    if not editions:
        return None
    last = query.get("to") or str(len(editions))
    if last not in editions:
        return None
    first = query.get("from") or str(max(1, int(last) - 1))
    if first not in editions:
        return None
    pair = sorted((editions[first], editions[last]), key=lambda edition: edition.number)
    older, newer = read(pair) if first != last else read(pair[:1]) * 2
    return changes_page(slug, list(editions.values()), older, newer)
