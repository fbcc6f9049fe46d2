"""How far an order to withhold reaches: every part of the record that holds what is to go."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from investigations import diffs
from investigations.models import Story, WithholdingOrder
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.record.models import FacetRow, Part
from investigations.vocabulary import WithheldScope

WITH_A_PASSAGE = (Part.Kind.BLOCK, Part.Kind.NOTE, Part.Kind.FIGURE, Part.Kind.REQUEST, Part.Kind.CORRECTION)
SHORTEST_SNIPPET = 20
"""Characters of words on their own, without those around them, that can be told to be of a paragraph."""


def name_of(part: Part) -> str:
    """A part's name on the desk: work, edition, place."""
    return f"{part.edition.work}/{part.edition.number}/{part.order}"


def named(names: Iterable[str]) -> list[Part]:
    """The parts of these names, in their order in the chain."""
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for name in names:
        work, number, order = name.rsplit("/", 2)
        places[work, int(number)].append(int(order))
    found: list[Part] = []
    for (work, edition), orders in places.items():
        parts = Part.objects.filter(edition__work=work, edition__number=edition, order__in=orders)
        found += parts.select_related("edition")
    return sorted(found, key=lambda part: (part.edition.position, part.order))


def parts_in_scope(order: WithholdingOrder) -> list[Part]:
    """Every part that holds what the order is about and was not destroyed, in the order of the chain.

    Raises Refused for what readers never had.
    """
    find = {
        WithheldScope.PASSAGE: _with_the_passage,
        WithheldScope.ENTRY: _with_the_entry,
        WithheldScope.EDITION: _of_the_edition,
    }[WithheldScope(order.scope)]
    return [part for part in find(order) if part.content is not None]


def _work(order: WithholdingOrder) -> str:
    return work_of(order.story) if order.story else ""


def _of_the_edition(order: WithholdingOrder) -> list[Part]:
    parts = _parts(edition__work=_work(order), edition__number=order.edition)
    if not parts:
        raise Refused(f"Readers never had an edition {order.edition} of this story.")
    return parts


# --- An entry ---


def _with_the_entry(order: WithholdingOrder) -> list[Part]:
    """The entry in every edition that has it, notes that say something of it, and meetings that repeat a quote.

    A note without words of its own stays: the place where the entry was cited says that it is withheld.
    """
    own = _parts(kind=Part.Kind.ENTRY, key=order.entry)
    if not own:
        raise Refused("Readers never had an entry of that name.")
    beside = _parts(
        edition__in={part.edition_id for part in own},
        kind__in=[Part.Kind.NOTE, Part.Kind.ENTRY],
        content__isnull=False,
    )
    notes = _parts(kind=Part.Kind.CORRECTION, content__contains=json.dumps(order.entry))
    return [
        *(part for part in beside if part.key == order.entry or _repeats(part, order.entry)),
        *_parts(kind=Part.Kind.CHOSEN, key__in=[order.entry, *_named_there_alone(own, order.entry)]),
        *_events_of(order.entry),
        *(part for part in notes if _tells_of(_content(part), {order.entry})),
    ]


def _named_there_alone(own: list[Part], entry: str) -> list[str]:
    """The people, as an investigation's page has them, whom no other entry that readers have names."""
    holders = [one for part in own for one in (_content(part), *_content(part).get("attendances", []))]
    people = {one["key"] for holder in holders for one in (holder.get("person"), holder.get("speaker")) if one}
    elsewhere = FacetRow.objects.filter(list__in=["meetings", "quotes", "sources"], name="person", value__in=people)
    others = elsewhere.exclude(key=entry.partition("/")[2]).values_list("value", flat=True)
    return sorted(f"person/{key}" for key in people - set(others))


def _events_of(entry: str) -> list[Part]:
    """The events that investigations' pages mark because this source says so."""
    kind, _, key = entry.partition("/")
    events = (
        _parts(kind=Part.Kind.CHOSEN, key__startswith="event/", content__isnull=False) if kind == "source" else []
    )
    return [part for part in events if _content(part)["source"] == key]


def _tells_of(correction: dict[str, Any], names: set[str]) -> bool:
    """Whether a correction shows a line of one of these things beside the text."""
    return any(change.get("of") in names for change in correction.get("changes", []))


def _repeats(part: Part, entry: str) -> bool:
    kind, _, key = entry.partition("/")
    content = _content(part)
    if part.kind == Part.Kind.NOTE:
        return bool(content.get("entry") == entry and content["label"])
    accounts = [account for row in content.get("attendances", []) for account in row["accounts"]]
    return kind == "quote" and any(account["quote"] == key for account in accounts)


# --- A passage ---


def _with_the_passage(order: WithholdingOrder) -> list[Part]:
    """The paragraph as every edition has it, its evidence, and whatever else of the story shows its words."""
    parts = _parts(edition__work=_work(order), kind__in=WITH_A_PASSAGE)
    blocks = _paragraphs(order, [part for part in parts if part.kind == Part.Kind.BLOCK])
    texts = [_content(part)["text"] for part in blocks if part.content]
    passages = {(part.edition_id, passage["id"]) for part in blocks for passage in _content(part).get("passages", [])}
    taken = {part.pk for part in blocks}
    notes = [part for part in parts if part.kind == Part.Kind.NOTE]
    evidence = {f"note/{part.key}" for part in notes if (part.edition_id, _content(part).get("passage")) in passages}
    return [
        part
        for part in parts
        if part.pk in taken
        or (part.kind == Part.Kind.NOTE and (part.edition_id, _content(part).get("passage")) in passages)
        or (part.kind == Part.Kind.CORRECTION and _shows(_content(part), texts))
        or (part.kind == Part.Kind.CORRECTION and _tells_of(_content(part), evidence))
        or (order.words and part.kind != Part.Kind.BLOCK and says(_content(part), order.words))
    ]


def paragraph_with(story: Story, edition: int, words: str) -> int | None:
    """Which paragraph of that edition, counted from 1, has these words; None if none has."""
    blocks = _parts(kind=Part.Kind.BLOCK, edition__work=work_of(story), edition__number=edition)
    return next((n for n, part in enumerate(blocks, start=1) if plain(words) in plain(_text(part))), None)


def _paragraphs(order: WithholdingOrder, blocks: list[Part]) -> list[Part]:
    """The blocks that hold the words or, without words, those that are the paragraph or were made from it."""
    start = [part for part in blocks if part.edition.number == order.edition and part.key == f"b{order.paragraph}"]
    if not start:
        raise Refused(f"Readers never had a paragraph {order.paragraph} in edition {order.edition} of this story.")
    if order.words:
        found = [part for part in blocks if plain(order.words) in plain(_text(part))]
        if start[0] not in found and start[0].content is not None:
            raise Refused("Those words are not in that paragraph: copy them from it.")
        return found
    editions: dict[int, list[Part]] = defaultdict(list)
    for part in blocks:
        editions[part.edition_id].append(part)
    first, text = editions[start[0].edition_id], _text(start[0])
    found = []
    for own in editions.values():
        pairs = dict(diffs.align_blocks([_text(part) for part in first], [_text(part) for part in own]))
        alike = pairs.get(first.index(start[0]))
        found += [part for place, part in enumerate(own) if place == alike or (text and text in _text(part))]
    return found


def _shows(correction: dict[str, Any], texts: list[str]) -> bool:
    """Whether a correction shows words of these paragraphs, as they were or as they are."""
    for change in correction.get("changes", []):
        lead, tail = change["lead"].removeprefix("…"), change["tail"].removesuffix("…")
        alone = [change[name].strip() for name in ("old", "new")]
        shown = [lead + change["old"] + tail, lead + change["new"] + tail]
        shown += [words for words in alone if len(words) >= SHORTEST_SNIPPET]
        if any(words.strip() and words.strip() in text for words in shown for text in texts):
            return True
    return False


def says(content: Any, words: str) -> bool:
    """Whether any text in this content has these words."""
    return any(plain(words) in plain(text) for text in _texts(content))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from _texts(each)


def plain(text: str) -> str:
    """A text by its words alone: case and the width of spaces don't count."""
    return " ".join(text.casefold().split())


# --- Parts ---


def _parts(**wanted: Any) -> list[Part]:
    return list(Part.objects.filter(**wanted).select_related("edition").order_by("edition__position", "order"))


def _content(part: Part) -> dict[str, Any]:
    """A part's content, also of one that is hidden; nothing once it is destroyed."""
    return dict(json.loads(part.content)) if part.content else {}


def _text(part: Part) -> str:
    return str(_content(part).get("text", ""))
