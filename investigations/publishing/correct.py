"""Corrections: the fix and its note go out together, as a new edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from investigations import diffs
from investigations.models import Correction
from investigations.publishing.compile import compile_work
from investigations.publishing.ledger import NewPart, append_edition, lock_chain
from investigations.publishing.projection.story import Projection, project_story, work_of
from investigations.publishing.publish import parts_of, prepared
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import correction_digest
from investigations.record import digests
from investigations.record.models import CorrectionRow, Edition, Part
from investigations.record.reading import EditionContent, read
from investigations.vocabulary import ChangeKind, CorrectionState


def correct(correction: Correction, *, by: Any, now: datetime | None = None) -> Edition:
    """Publish an approved correction: mended text and note as the story's next edition, in one transaction.

    Raises Refused when it is not approved as it stands now, when nothing was mended, and for all that
    refuses a first publication.
    """
    now = now or timezone.now()
    projection = prepared(correction.story, by=by)
    with transaction.atomic():
        lock_chain()
        correction = Correction.objects.select_for_update().select_related("story").get(pk=correction.pk)
        _require_approved(correction, projection)
        editions = list(Edition.objects.filter(work=work_of(correction.story)).order_by("number"))
        if not editions:
            raise Refused("Readers haven't seen this story yet: mend it, and publish it.")
        history = read(editions)
        changes = changed_words(history[-1], projection)
        if not changes:
            raise Refused(f"Nothing was mended: the text is the one of edition {history[-1].number}.")
        number = (CorrectionRow.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        note = {
            "number": number,
            "kind": ChangeKind.CORRECTION,
            "severity": correction.severity,
            "note": correction.note,
            "published_at": digests.instant(now),
            "edition": history[-1].number + 1,
            "wrong_since": wrong_since(history, changes),
            "changes": changes,
        }
        edition = append_edition(
            work=projection.work,
            change=ChangeKind.CORRECTION,
            parts=[
                *parts_of(projection),
                *carried_notes(history[-1], projection),
                NewPart(Part.Kind.CORRECTION, f"correction-{number}", note),
            ],
            published_at=now,
        )
        correction.state, correction.number = CorrectionState.PUBLISHED, number
        correction.published_by, correction.published_at = by, now
        correction.save()
        compile_work(projection.work)
    return edition


def readers_would_see(correction: Correction) -> list[dict[str, Any]]:
    """The changes of words that publishing this correction would bring readers; none once it is published."""
    editions = Edition.objects.filter(work=work_of(correction.story)).order_by("number")
    latest = editions.last()
    if latest is None or correction.state == CorrectionState.PUBLISHED:
        return []
    try:
        projection = project_story(correction.story)
    except ValueError:
        return []
    return changed_words(read([latest])[0], projection)


def _require_approved(correction: Correction, projection: Projection) -> None:
    if correction.state == CorrectionState.PUBLISHED:
        raise Refused(f"This correction is published already, as number {correction.number}.")
    if correction.state != CorrectionState.APPROVED:
        raise Refused("Somebody who had no hand in it approves the correction first.")
    if correction.approved_digest != correction_digest(correction, projection):
        raise Refused("The note or the story was changed after the approval: it is approved anew.")


def changed_words(old: EditionContent, new: Projection) -> list[dict[str, Any]]:
    """Every change of words between the edition readers have and the one they would get, with its place.

    `block` counts the new edition's blocks from 1 and `at` is a code-point offset in that block's text,
    behind the new words, or where the removed ones stood; `was` is the whole old sentence or block.
    """
    changes = []
    for name in ("headline", "standfirst"):
        before, after = old.header[name], new.header[name]
        changes += [_change(name, None, before, after, change) for change in diffs.changes(before, after)]
    before_blocks = [piece.content.get("text", "") for piece in old.of_kind(Part.Kind.BLOCK)]
    after_blocks = [block["text"] for block in new.blocks]
    last = 0
    for old_index, new_index in diffs.align_blocks(before_blocks, after_blocks):
        before = before_blocks[old_index] if old_index is not None else ""
        after = after_blocks[new_index] if new_index is not None else ""
        last = new_index if new_index is not None else last
        for change in diffs.changes(before, after):
            changes.append(_change("text", last + 1, before, after, change))
    return changes


def _change(where: str, block: int | None, before: str, after: str, change: diffs.Change) -> dict[str, Any]:
    return {
        "where": where,
        "block": block,
        "at": change.new_end if after else None,
        "old": change.old.strip(),
        "new": change.new.strip(),
        "was": before,
    }


def wrong_since(history: list[EditionContent], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The first edition from which on readers had the words that are now changed."""
    wordings = {change["was"] for change in changes if change["old"]}
    first = history[-1]
    for edition in reversed(history):
        texts = {piece.content.get("text", "") for piece in edition.of_kind(Part.Kind.BLOCK)}
        texts |= {edition.header["headline"], edition.header["standfirst"]}
        if not wordings <= texts:
            break
        first = edition
    return {"edition": first.number, "at": digests.instant(first.published_at)}


def carried_notes(old: EditionContent, new: Projection) -> list[NewPart]:
    """The notes of earlier corrections, each moved to where its words stand in the new edition."""
    before = [piece.content.get("text", "") for piece in old.of_kind(Part.Kind.BLOCK)]
    after = [block["text"] for block in new.blocks]
    pairs = {a: b for a, b in diffs.align_blocks(before, after) if a is not None}
    notes = []
    for piece in old.of_kind(Part.Kind.CORRECTION):
        if piece.withheld:
            continue
        changes = [_moved(change, before, after, pairs) for change in piece.content["changes"]]
        notes.append(NewPart(Part.Kind.CORRECTION, piece.key, piece.content | {"changes": changes}))
    return notes


def _moved(
    change: dict[str, Any], before: list[str], after: list[str], pairs: dict[int, int | None]
) -> dict[str, Any]:
    """A change's place in the new edition: behind the same words, or at the end of what became of their block."""
    if change["block"] is None:
        return change
    old_index = change["block"] - 1
    new_index = pairs.get(old_index)
    if new_index is None:
        return change | {"block": min(change["block"], len(after)), "at": None}
    place = None
    if change["at"] is not None:
        # A place is behind a character: where that character went, the place goes.
        last = diffs.map_offset(before[old_index], after[new_index], max(0, change["at"] - 1))
        place = None if last is None else last + min(1, change["at"])
    return change | {"block": new_index + 1, "at": place}
