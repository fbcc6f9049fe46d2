"""Records changed at the desk: the stories whose readers have something else ask for a look."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from investigations.models import Contribution, Correction, Meeting, Quote, Recheck, Source, Story
from investigations.models.resting import evidence_on, evidence_resting_on, stories_on
from investigations.publishing.outgoing import Outgoing
from investigations.publishing.projection.meeting import project_meeting
from investigations.publishing.projection.quote import project_quote
from investigations.publishing.projection.records import project_source
from investigations.publishing.projection.story import attach_sources, project_record, sources_behind, work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_on_team
from investigations.record import digests
from investigations.record.models import Edition, Part
from investigations.record.reading import pieces
from investigations.vocabulary import ChangeKind, RecheckOutcome, Showing

PROJECTED: dict[type, Callable[[Any], dict[str, Any]]] = {
    Quote: project_quote,
    Meeting: project_meeting,
    Source: project_source,
}


@transaction.atomic
def record_changed(record: Any, *, by: Any, now: datetime | None = None) -> None:
    """Keep that this person had a hand in every story on the record, and ask where readers have it otherwise."""
    now = now or timezone.now()
    resting, evidence = stories_on(record), evidence_on(record)
    stories = _held(evidence, type(record), [record.pk], resting)
    Contribution.objects.record_all(Story.objects.filter(pk__in=resting.values("pk")), by=by, now=now)
    _look_again(stories, evidence, type(record), [record.pk], by=by, now=now)


@transaction.atomic
def look_again(kind: type, numbers: list[int], *, by: Any, now: datetime | None = None) -> None:
    """Ask where readers have these records otherwise, given by kind and numbers.

    A record that is an entry itself is asked about under its own name alone; else whatever shows it is: a meeting
    with a person's name, a citation with an unnamed source's words. Changed back, it is asked no more; answered, it
    is not asked again until it changes again.
    """
    evidence = evidence_resting_on((kind, numbers))
    stories = _held(evidence, kind, numbers, Story.objects.none())
    _look_again(stories, evidence, kind, numbers, by=by, now=now or timezone.now())


def _held(evidence: Any, kind: type, numbers: list[int], more: Any) -> list[Story]:
    """The stories that rest on these records or whose readers have them, held until the transaction ends."""
    wanted = Q(pk__in=evidence.values("passage__story")) | Q(pk__in=more.values("pk"))
    wanted |= Q(public_key__in=_keys_of_works_with(_own(kind, numbers)))
    return list(Story.objects.filter(wanted).order_by("pk").select_for_update())


def _look_again(
    stories: list[Story], evidence: Any, kind: type, numbers: list[int], *, by: Any, now: datetime
) -> None:
    own, shown, at_desk = _own(kind, numbers), _shown(stories), _at_desk(evidence)
    # What no passage rests on any more, and readers have still.
    for name in {name for parts in shown.values() for name in parts} & own.keys() - at_desk.keys():
        at_desk[name] = _digest(PROJECTED[kind], own[name])
    _compare(stories, shown, at_desk, set(own), by=by, now=now)


def _own(kind: type, numbers: list[int]) -> dict[str, Any]:
    """These records by the names of their own entries; none of a kind that has no entries."""
    if kind not in PROJECTED:
        return {}
    return {_name(row): row for row in kind._default_manager.filter(pk__in=numbers)}  # type: ignore[attr-defined]


def settle(correction: Correction, going: Outgoing, *, by: Any, now: datetime) -> None:
    """Answer what was asked about a correction's story when it brings readers the desk's records, or takes all back.

    A note alone leaves the records as readers have them.
    """
    if going.projection is None and correction.kind != ChangeKind.RETRACTION:
        return
    _close(correction.story.rechecks.waiting(), RecheckOutcome.CORRECTED, by=by, now=now, correction=correction)


@transaction.atomic
def say_not_needed(recheck: Recheck, *, by: Any, reason: str, now: datetime | None = None) -> None:
    """Answer that readers need no correction, and why.

    Raises Refused for somebody who doesn't approve corrections, without a reason, and for one that is answered.
    """
    Story.objects.select_for_update().get(pk=recheck.story_id)
    recheck = Recheck.objects.select_for_update().select_related("story").get(pk=recheck.pk)
    require_on_team(recheck.story, by)
    if not by.is_active or not by.has_perm("investigations.approve_correction"):
        raise Refused("Only editors say that no correction is needed.")
    if not recheck.is_open:
        raise Refused(f"This was answered already: {recheck.get_outcome_display().lower()}.")
    if not reason.strip():
        raise Refused("Say why: colleagues read it.")
    found = Recheck.objects.filter(pk=recheck.pk)
    _close(found, RecheckOutcome.NOT_NEEDED, by=by, now=now or timezone.now(), reason=reason.strip())


def _close(rows: Any, outcome: RecheckOutcome, *, by: Any, now: datetime, **facts: Any) -> None:
    rows.update(outcome=outcome, closed_by=by, closed_at=now, **facts)


def _compare(
    stories: list[Story],
    shown: dict[str, dict[str, str]],
    at_desk: dict[str, str],
    own: set[str],
    *,
    by: Any,
    now: datetime,
) -> None:
    """Open, bring up to date or close what is asked about these stories; the same queries for any number of them."""
    last = {}
    for row in Recheck.objects.filter(story__in=stories, part__in=at_desk).order_by("pk"):
        last[row.story_id, row.part] = row
    asked, again, put_back = [], [], []
    for story in stories:
        known = {name: content for name, content in shown[work_of(story)].items() if name in at_desk}
        changed = {name for name in known if known[name] != at_desk[name]}
        put_back += [row.pk for name in known.keys() - changed if (row := last.get((story.pk, name))) and row.is_open]
        named = {name for name in changed if name in own or name.startswith("note/")}
        for name in sorted(named or changed):
            content, row = at_desk[name], last.get((story.pk, name))
            if row and row.is_open:
                row.content = content
                again.append(row)
            elif not (row and row.outcome == RecheckOutcome.NOT_NEEDED and row.content == content):
                asked.append(Recheck(story=story, part=name, content=content, opened_by=by, opened_at=now))
    _close(Recheck.objects.filter(pk__in=put_back), RecheckOutcome.PUT_BACK, by=by, now=now)
    Recheck.objects.bulk_update(again, ["content"])
    Recheck.objects.bulk_create(asked)


def _name(record: Any) -> str:
    """How a quote, meeting or source is named within an edition."""
    return f"{type(record).__name__.lower()}/{record.public_key}"


def _latest() -> Any:
    return Edition.objects.order_by().values("work").annotate(last=Max("position")).values("last")


def _keys_of_works_with(names: Iterable[str]) -> list[str]:
    """The keys of the stories whose latest edition holds one of these entries."""
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=list(names), edition__position__in=_latest())
    return [work.partition(":")[2] for work in parts.values_list("edition__work", flat=True)]


def _shown(stories: Iterable[Story]) -> dict[str, dict[str, str]]:
    """By story's work, the digest of each record that its readers have now, by name; what is withheld left out."""
    works = [work_of(story) for story in stories]
    editions = Edition.objects.filter(position__in=_latest().filter(work__in=works)).in_bulk()
    kinds = [Part.Kind.ENTRY, Part.Kind.NOTE]
    parts = list(Part.objects.filter(edition__in=editions, kind__in=kinds).order_by("edition", "order"))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for part, piece in zip(parts, pieces(parts, {pk: each.schema for pk, each in editions.items()}), strict=True):
        entry = piece.kind == Part.Kind.ENTRY
        content = piece.content if entry else piece.content.get("inline")
        if content:
            name = piece.key if entry else f"note/{piece.key}"
            found[editions[part.edition_id].work][name] = _sha(content)
    return found


def _at_desk(evidence: Any) -> dict[str, str]:
    """The digest of each record, as it would go out now, that shown pieces of this evidence lead to, by name."""
    evidence = list(evidence.filter(showing=Showing.SHOWN).with_records())
    attach_sources(evidence)
    found = {}
    for piece in evidence:
        found[_name(piece.record)] = found[f"note/{piece.public_key}"] = _digest(project_record, piece)
        found |= {_name(quote): _digest(project_quote, quote) for quote in piece.quotes()}
        found |= {_name(source): _digest(project_source, source) for source in sources_behind(piece)}
    return found


def _digest(project: Callable[[Any], dict[str, Any]], row: Any) -> str:
    try:
        return _sha(project(row))
    except ValueError:  # its terms don't let it out any more
        return ""


def _sha(content: dict[str, Any]) -> str:
    return hashlib.sha256(digests.canonical(content).encode()).hexdigest()
