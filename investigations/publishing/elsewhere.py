"""Where else an error ran: other stories that say the wrong words, or show a record that is changed with it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from investigations.models import Correction, Elsewhere, Figure
from investigations.pages import paths
from investigations.publishing.changes import WordChange
from investigations.publishing.outgoing import Outgoing, history_of, outgoing
from investigations.publishing.projection.story import entry_name, work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_on_team
from investigations.publishing.two_people import require_right
from investigations.record import digests
from investigations.record.models import Edition, Part, StoryRow
from investigations.record.reading import pieces
from investigations.vocabulary import CorrectionState, ElsewhereKind, ElsewhereState

TELLING = 3
"""So many words are telling by themselves; fewer are looked for with two words before or behind them."""
CONTEXT = 2
WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Place:
    """A place in the record: of what kind, the words or the record there, and its story's address and headline."""

    kind: ElsewhereKind
    work: str
    what: str
    where: str

    @property
    def key(self) -> str:
        """A digest of place and words: the same place with other words is another."""
        return hashlib.sha256(digests.canonical([self.kind, self.work, self.what]).encode()).hexdigest()


def find_elsewhere(correction: Correction, going: Outgoing) -> list[Place]:
    """Every other story whose readers have the wrong words, or otherwise a record that changes with this correction.

    The words have to stand there as they are, but for capitals and the space and signs between them. The same queries
    for any number of stories.
    """
    others = _latest_of_others(work_of(correction.story))
    found = [*_with_words(going.changes, others), *_with_records(correction, going, others)]
    rows = {row.work: row for row in StoryRow.objects.filter(work__in={work for _, work, _ in found})}
    places = {
        Place(kind, work, what, f"“{rows[work].headline}”, {paths.absolute(paths.story(rows[work].slug))}"): None
        for kind, work, what in found
        if work in rows
    }
    return list(places)


def look_elsewhere(correction: Correction, going: Outgoing, *, by: Any, now: datetime) -> None:
    """Bring the list up to date: new places open new rows; what is found no more goes unless somebody ticked it."""
    places = {place.key: place for place in find_elsewhere(correction, going)}
    found = correction.elsewhere.exclude(found="")
    found.filter(state=ElsewhereState.OPEN).exclude(found__in=places).delete()
    known = set(found.values_list("found", flat=True))
    Elsewhere.objects.bulk_create(
        Elsewhere(
            correction=correction,
            kind=place.kind,
            what=place.what,
            place=place.where,
            found=key,
            added_by=by,
            added_at=now,
        )
        for key, place in places.items()
        if key not in known
    )


@transaction.atomic
def refresh_elsewhere(correction: Correction, *, by: Any, now: datetime) -> None:
    """Bring the list of a submitted correction up to date for somebody who approves such ones.

    One that can't go out is left as it is.
    """
    correction = correction.locked()
    if correction.state in (CorrectionState.SUBMITTED, CorrectionState.APPROVED):
        with suppress(Refused, ValueError):
            require_right(correction, by)
            look_elsewhere(correction, outgoing(correction, history_of(correction)[-1]), by=by, now=now)


def require_looked_at(correction: Correction) -> None:
    """Raise Refused, naming the first, while nobody said what is with a place where the error ran as well."""
    if row := correction.elsewhere.waiting().first():
        raise Refused(f"It also ran in {row.place}: say whether it is fixed, not affected, or in another correction.")


@transaction.atomic
def add_elsewhere(
    correction: Correction, *, by: Any, kind: str, what: str, where: str, now: datetime | None = None
) -> Elsewhere:
    """Add a place outside the record by hand: a newsletter, an alert, a post.

    It changes nothing that was approved. Raises ValidationError for what is missing, Refused for strangers.
    """
    correction = correction.locked()
    _require_writer(correction, by)
    row = Elsewhere(correction=correction, kind=kind, what=what.strip(), place=where.strip())
    row.added_by, row.added_at = by, now or timezone.now()
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def tick(
    row: Elsewhere, *, by: Any, state: str, draft: Correction | None = None, now: datetime | None = None
) -> None:
    """Say what is with a place: fixed, not affected, in another correction, or to be looked at again.

    It changes nothing that was approved. Raises ValidationError for a correction that can't mend it, Refused for
    strangers.
    """
    correction = row.correction.locked()
    row = Elsewhere.objects.select_for_update().get(pk=row.pk)
    row.correction = correction
    _require_writer(correction, by)
    ticked = state != ElsewhereState.OPEN
    row.state, row.draft = state, draft if state == ElsewhereState.IN_DRAFT else None
    row.ticked_by, row.ticked_at = (by, now or timezone.now()) if ticked else (None, None)
    row.full_clean()
    row.save()


def _require_writer(correction: Correction, by: Any) -> None:
    require_on_team(correction.story, by)
    if not by.is_active or not by.has_perm("investigations.change_correction"):
        raise Refused("Only reporters and editors say where else it ran.")


# In the record.


def _latest_of_others(work: str) -> Any:
    """The latest edition of each other story; figures and pictures aside, that is what readers get."""
    last = Edition.objects.order_by().values("work").annotate(last=Max("position")).values("last")
    return Edition.objects.filter(position__in=last, work__startswith="story:").exclude(work=work)


def _read(parts: Any) -> Iterator[tuple[str, Any]]:
    """These parts as readers have them, each with its work; what is withheld is left out."""
    parts = list(parts.select_related("edition").order_by("edition__position", "order"))
    read = pieces(parts, {part.edition_id: part.edition.schema for part in parts})
    return ((part.edition.work, piece) for part, piece in zip(parts, read, strict=True) if not piece.withheld)


def _with_words(changes: Iterable[WordChange], others: Any) -> Iterator[tuple[ElsewhereKind, str, str]]:
    wanted = dict.fromkeys(words for change in changes if not change.of for words in telling(change))
    if not wanted:
        return
    # The database reads for one word of each; only what holds it is looked at closely.
    hint = Q()
    for words in wanted:
        plain = [word for word in words.split() if word.isascii() and word.isalnum()]
        hint |= Q(content__icontains=max(plain, key=len)) if plain else Q(content__isnull=False)
    kinds = [Part.Kind.HEADER, Part.Kind.BLOCK]
    for work, piece in _read(Part.objects.filter(hint, edition__in=others, kind__in=kinds)):
        texts = [piece.content.get(name, "") for name in ("headline", "standfirst", "text")]
        for words in wanted:
            if any(f" {words} " in f" {folded(text)} " for text in texts):
                yield ElsewhereKind.STORY, work, words


def telling(change: WordChange) -> list[str]:
    """The wrong words as they are looked for: alone if they are enough, else with words before or behind them."""
    old, lead, tail = (folded(text).split() for text in (change.old, change.lead, change.tail))
    if len(old) >= TELLING:
        return [" ".join(old)]
    if not old:  # something was missing here: readers had what stands around it side by side
        around = [*lead[-CONTEXT:], *tail[:CONTEXT]]
        return [" ".join(around)] if len(around) == 2 * CONTEXT else []
    sides = [[*lead[-CONTEXT:], *old], [*old, *tail[:CONTEXT]]]
    return list(dict.fromkeys(" ".join(words) for words in sides if len(words) >= TELLING))


def folded(text: str) -> str:
    """The words of a text in small letters, one space between them."""
    return " ".join(WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("’", "'")))


def _with_records(correction: Correction, going: Outgoing, others: Any) -> Iterator[tuple[ElsewhereKind, str, str]]:
    changed = changed_entries(going)
    if not changed:
        return
    for work, piece in _read(Part.objects.filter(edition__in=others, kind=Part.Kind.ENTRY, key__in=changed)):
        if digests.canonical(piece.content) != digests.canonical(changed[piece.key]):
            yield ElsewhereKind.ENTRY, work, title_of(piece.content)
    keys = [key.partition("/")[2] for key in changed if key.startswith("meeting/")]
    charts = Figure.objects.filter(meeting_class__meetings__public_key__in=keys).exclude(story=correction.story)
    captions = dict(charts.values_list("public_key", "caption"))
    shown = Part.objects.filter(edition__in=others, kind=Part.Kind.FIGURE, key__in=captions)
    for key, work in shown.values_list("key", "edition__work"):
        yield ElsewhereKind.CHART, work, captions[key]


def changed_entries(going: Outgoing) -> dict[str, dict[str, Any]]:
    """The records that readers have in the story otherwise than they would get them, by name, as they would be."""
    if going.projection is None:
        return {}
    before = going.latest.entries()
    after = {entry_name(entry): entry for entry in going.projection.entries}
    return {
        name: entry
        for name, entry in after.items()
        if name in before
        and not before[name].withheld
        and digests.canonical(before[name].content) != digests.canonical(entry)
    }


def title_of(entry: dict[str, Any]) -> str:
    """What a record is called to readers: its title, or a quote's words."""
    return str(entry.get("title") or entry.get("words"))
