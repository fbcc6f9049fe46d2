"""What an order to withhold reaches, said to those who decide on it."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from investigations.models import WithholdingOrder
from investigations.models.legal_hold import ON_HOLD, is_on_hold
from investigations.pages import paths
from investigations.publishing.refusal import Refused
from investigations.publishing.returning import require_gone_from_the_desk
from investigations.publishing.rows import is_investigation
from investigations.publishing.scope import named, parts_in_scope, plain
from investigations.publishing.withhold import require_may_make_final
from investigations.record.models import Edition, Part
from investigations.record.reading import read

NOUNS = {
    Part.Kind.HEADER: ("headline with its bylines", "headlines with their bylines"),
    Part.Kind.BLOCK: ("paragraph", "paragraphs"),
    Part.Kind.ENTRY: ("entry", "entries"),
    Part.Kind.NOTE: ("piece of evidence", "pieces of evidence"),
    Part.Kind.FIGURE: ("figure", "figures"),
    Part.Kind.REQUEST: ("request for comment", "requests for comment"),
    Part.Kind.CORRECTION: ("correction’s note", "corrections’ notes"),
    Part.Kind.CHOSEN: ("line of an investigation’s page", "lines of investigations’ pages"),
}


@dataclass(frozen=True)
class Extent:
    """How many parts of which kind, in which editions, and on which pages readers are told of it."""

    parts: tuple[str, ...]
    editions: tuple[str, ...]
    pages: tuple[str, ...]
    gone: int


def extent(order: WithholdingOrder) -> Extent:
    """What an order holds, with what came to the record since and shows the same."""
    held = {part.pk: part for part in named(order.parts)}
    with suppress(Refused):
        held |= {part.pk: part for part in parts_in_scope(order) if order.is_waiting}
    left = [part for part in held.values() if part.content is not None]
    counted = Counter(Part.Kind(part.kind) for part in held.values())
    editions = {part.edition_id: part.edition for part in held.values()}
    return Extent(
        parts=tuple(f"{n} {NOUNS[kind][n > 1]}" for kind in NOUNS if (n := counted[kind])),
        editions=tuple(_edition_name(edition) for edition in editions.values()),
        pages=tuple(dict.fromkeys(_pages(list(held.values())))),
        gone=len(held) - len(left),
    )


def _edition_name(edition: Edition) -> str:
    (content,) = read([edition])
    return f"“{content.header['title' if is_investigation(edition.work) else 'headline']}”, edition {edition.number}"


def _pages(parts: list[Part]) -> list[str]:
    """The addresses of readers' pages that say that something was withheld."""
    slugs = {content.work: content.header["slug"] for content in read({part.edition for part in parts})}
    found = []
    for part in parts:
        slug, number = slugs[part.edition.work], part.edition.number
        if is_investigation(part.edition.work):
            found += [paths.investigation(slug), paths.investigation_edition(slug, number)]
            continue
        found += [paths.story(slug), paths.edition(slug, number)]
        if part.kind == Part.Kind.ENTRY:
            found.append(paths.entry(*part.key.split("/")))
        if part.kind == Part.Kind.CORRECTION:
            found.append(paths.correction(int(part.key.rpartition("-")[2])))
    return sorted(found)


def left_outside(order: WithholdingOrder) -> list[str]:
    """Where else the record has words that are to go, in sentences: a passage takes neither headline nor records."""
    if not order.words or not order.story:
        return []
    found = []
    held = {part.edition.work for part in named(order.parts)}
    kinds = [Part.Kind.HEADER, Part.Kind.ENTRY]
    for part in Part.objects.filter(edition__work__in=held, kind__in=kinds, content__isnull=False):
        if plain(order.words) in plain(part.content or ""):
            header = part.kind == Part.Kind.HEADER
            what = f"headline of edition {part.edition.number}" if header else f"record {part.key}"
            found.append(f"The {what} has these words too: it takes an order of its own.")
    return list(dict.fromkeys(found))


def why_not_final(order: WithholdingOrder, user: object) -> str:
    """Why this person can't make the order final now; empty when they can."""
    if is_on_hold(order.investigation_id):
        return ON_HOLD
    try:
        require_may_make_final(order, user)
        require_gone_from_the_desk(order)
    except Refused as refused:
        return str(refused)
    return ""
