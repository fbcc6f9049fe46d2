"""The feed of each investigation: its stories, from the rows of what is published."""

from collections.abc import Iterable, Iterator

from investigations.pages import feeds, paths, render
from investigations.publishing.investigation_pages import href_of
from investigations.record.models import CorrectionRow, StoryRow


def all_investigations() -> list[str]:
    """The keys of every investigation of which readers have a story."""
    rows = StoryRow.objects.exclude(investigation_key="").order_by("investigation_key")
    return list(rows.values_list("investigation_key", flat=True).distinct())


def investigation_feeds(keys: Iterable[str]) -> Iterator[tuple[str, render.Rendered]]:
    """The feed of each of these investigations that has a story, at its address."""
    for key in keys:
        rows = StoryRow.objects.filter(investigation_key=key).order_by("-told_at", "-id")
        stories = list(rows[: feeds.LENGTH])
        if not stories:
            continue
        notes: dict[str, list[CorrectionRow]] = {row.work: [] for row in stories}
        for note in CorrectionRow.objects.filter(work__in=notes):
            notes[note.work].append(note)
        written = feeds.investigation_feed(key, stories, notes, href_of(key))
        yield paths.investigation_feed(key), render.Rendered(written, feeds.ATOM)
