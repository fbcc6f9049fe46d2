"""What readers no longer get doesn't come back with the next edition."""

import json
from typing import Any

from investigations import diffs
from investigations.models import Story, WithholdingOrder
from investigations.publishing.projection.story import Projection, cited, entry_name, project_entries, work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.scope import named, plain, says
from investigations.record.models import Part
from investigations.text import parse
from investigations.vocabulary import WithheldScope


def require_nothing_withheld(projection: Projection) -> None:
    """Raise Refused where an edition would bring back what readers no longer get.

    A hidden paragraph is known by its likeness, withheld words by themselves, a withheld entry by its name. Words
    that were destroyed are known to nobody; before that they were taken out of the desk's story. An edition that is
    withheld as a whole doesn't come back as it was, though most of its paragraphs may.
    """
    texts = [block["text"] for block in projection.blocks]
    _require_no_entry({entry_name(entry) for entry in projection.entries})
    for order in _hidden_of(projection.work):
        paragraphs = _paragraphs(order)
        if order.scope == WithheldScope.EDITION:
            if paragraphs == texts:
                raise Refused("That is the edition which was withheld: change it, or have it restored first.")
            continue
        if order.words:
            told = [projection.header, projection.blocks, projection.notes, projection.figures, projection.requests]
            if says(told, order.words):
                raise Refused("The story has words that are withheld: take them out, or have them restored first.")
            continue
        for place in _alike(paragraphs, texts):
            raise Refused(f"Paragraph {place} is withheld: take it out, or have it restored first.")


def require_gone_from_the_desk(order: WithholdingOrder) -> None:
    """Raise Refused while the desk's story has what is about to be destroyed: its next edition would bring it back.

    Asked while the words are still known: afterwards they are not.
    """
    if order.scope == WithheldScope.ENTRY:
        for story in Story.objects.filter(investigation=order.investigation):
            if order.entry in {entry_name(entry) for entry in _entries(story)}:
                raise Refused(f"“{story}” still rests on this record: take it out of the story first.")
        return
    story = order.story
    if story is None:
        return
    texts = [block.text for block in story.parsed().blocks]
    paragraphs = _paragraphs(order)
    if order.scope == WithheldScope.EDITION:
        if texts == paragraphs:
            raise Refused("The desk’s story still reads like this edition: mend it first.")
        return
    if order.words:
        over = [story.headline, story.standfirst]
        if any(plain(order.words) in plain(text) for text in [*over, *texts]):
            raise Refused("The desk’s story still has these words: take them out first.")
        return
    for place in _alike(paragraphs, texts):
        raise Refused(f"The desk’s story still has this as paragraph {place}: take it out first.")


def _entries(story: Story) -> list[dict[str, Any]]:
    """What the desk's story would publish of records; nothing while it can't be projected."""
    try:
        return project_entries(cited(story, parse(story.body)))
    except ValueError:
        return []


def _require_no_entry(names: set[str]) -> None:
    if WithholdingOrder.objects.standing().filter(scope=WithheldScope.ENTRY, entry__in=names).exists():
        raise Refused("The story rests on a record that is withheld: take it out, or have it restored first.")


def _hidden_of(work: str) -> list[WithholdingOrder]:
    """The orders that hide something of this story and aren't final."""
    rows = WithholdingOrder.objects.waiting().exclude(story=None).select_related("story")
    return [order for order in rows if order.story and work_of(order.story) == work]


def _paragraphs(order: WithholdingOrder) -> list[str]:
    """The paragraphs that an order holds, as long as they are known."""
    parts = [part for part in named(order.parts) if part.kind == Part.Kind.BLOCK and part.content]
    return [str(json.loads(part.content or "{}")["text"]) for part in parts]


def _alike(paragraphs: list[str], texts: list[str]) -> list[int]:
    """Which of these texts, counted from 1, hold one of the paragraphs or more than half of its words."""
    return [
        place
        for place, text in enumerate(texts, start=1)
        if any(was in text or len(diffs.align_blocks([was], [text])) == 1 for was in paragraphs)
    ]
