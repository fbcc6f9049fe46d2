"""The reverse view: what rests on a record, among the stories that the person may see."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from investigations.admin.addresses import readers_address
from investigations.models.resting import PATHS, evidence_on, stories_on
from investigations.models.withholding_order import may_withhold
from investigations.pages import paths
from investigations.record.models import Edition, Part, StoryRow
from investigations.vocabulary import WithheldScope

SHOWN = 50
KEYED = ("quote", "meeting", "source")


@dataclass(frozen=True)
class Linked:
    """Some words that lead to a page of the desk."""

    words: str
    href: str
    story: str = ""


@dataclass(frozen=True)
class Published:
    """A story that readers have, and those of its editions that show the record."""

    headline: str
    editions: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class RestsOn:
    """What rests on a record: passages and stories now, and the editions that readers have."""

    passages: tuple[Linked, ...]
    stories: tuple[Linked, ...]
    published: tuple[Published, ...]
    more: bool
    withhold: str = ""


def rests_on(record: Any, user: Any) -> RestsOn | None:
    """What rests on this record; None for a kind that nothing rests on."""
    if type(record) not in PATHS:
        return None
    pieces = evidence_on(record).visible_to(user)
    seen = pieces.select_related("passage__story").order_by("passage")[: SHOWN + 1]
    passages = list(dict.fromkeys(piece.passage for piece in seen))
    stories = list(stories_on(record).visible_to(user)[: SHOWN + 1])
    return RestsOn(
        passages=tuple(Linked(p.words, _change("passage", p), p.story.headline) for p in passages[:SHOWN]),
        stories=tuple(Linked(story.headline, _change("story", story)) for story in stories[:SHOWN]),
        published=published_with(record, pieces),
        more=max(len(passages), len(stories)) > SHOWN,
        withhold=withhold_address(record, user),
    )


def withhold_address(record: Any, user: Any) -> str:
    """Where a standards editor withholds an entry that readers have; empty for others, and for what has no entry."""
    noun = type(record).__name__.lower()
    name = f"{noun}/{record.public_key}" if noun in KEYED else ""
    if not name or not may_withhold(user) or not Part.objects.filter(kind=Part.Kind.ENTRY, key=name).exists():
        return ""
    query = urlencode({"scope": WithheldScope.ENTRY, "entry": name})
    return f"{reverse('admin:investigations_withholdingorder_add')}?{query}"


def _change(noun: str, row: Any) -> str:
    return reverse(f"admin:investigations_{noun}_change", args=[row.pk])


def published_with(record: Any, pieces: Any) -> tuple[Published, ...]:
    """The stories whose editions show the record itself, or evidence that stands on it."""
    keys = {f"{name}/{key}" for name in KEYED for key in _keys(pieces, name)}
    if (noun := type(record).__name__.lower()) in KEYED:
        keys.add(f"{noun}/{record.public_key}")
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys)
    editions = Edition.objects.filter(pk__in=parts.values("edition")).order_by("work", "number")
    numbers: dict[str, list[int]] = defaultdict(list)
    for work, number in editions.values_list("work", "number"):
        numbers[work].append(number)
    return tuple(
        Published(row.headline, tuple((n, readers_address(paths.edition(row.slug, n))) for n in numbers[row.work]))
        for row in StoryRow.objects.filter(work__in=numbers).order_by("slug")
    )


def _keys(pieces: Any, name: str) -> Any:
    return pieces.filter(**{f"{name}__isnull": False}).values_list(f"{name}__public_key", flat=True)[:500]
