"""The sources that readers get by their descriptor alone, for the last page of the full file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.views.decorators.debug import sensitive_variables

from investigations.lint.strength import main_source
from investigations.models import Evidence, Source, Story
from investigations.models.secrecy import names_open_to
from investigations.models.source_identity import vault
from investigations.publishing.fact_check.evidence import evidence_of, who
from investigations.publishing.fact_check.parts import SentenceView, Unnamed
from investigations.vault import Damaged, Sealed
from investigations.vocabulary import IdentityState

SEALED = "In the vault, which is sealed"
UNREADABLE = "In the vault, and can’t be read: {}"


def unnamed_in(pieces: Iterable[Evidence], sources: Mapping[int, Source]) -> list[Source]:
    """The unnamed sources that pieces rest on, and those behind them, by code name."""
    cited = {source.pk: source for piece in pieces for source in piece.sources()}
    return sorted(
        (source for source in ({**sources, **cited}).values() if source.is_unnamed), key=lambda one: one.code_name
    )


def held_of(story: Story) -> list[Source]:
    """The sources in the vault that a story's file is about."""
    pieces = evidence_of(story)
    known = Source.objects.with_those_behind([source for piece in pieces if (source := main_source(piece))])
    return [source for source in unnamed_in(pieces, known) if source.identity == IdentityState.HELD]


@sensitive_variables()
def last_page(
    sources: list[Source],
    evidence: Mapping[str, list[Evidence]],
    sentences: Iterable[SentenceView],
    *,
    by: Any,
    now: datetime,
) -> tuple[Unnamed, ...]:
    """The sources, with the names of those whose identity is open to this person now; each such reading is logged."""
    held = [source for source in sources if source.identity == IdentityState.HELD]
    names: dict[int, str] = {}
    closed = f"In the vault, not opened to {who(by)}"
    try:
        names = names_open_to(held, by=by, now=now)
        closed = SEALED if vault().sealed else closed
    except Sealed:
        closed = SEALED
    except Damaged as error:
        closed = UNREADABLE.format(error)
    places = _places(evidence, sentences)
    return tuple(
        Unnamed(
            code_name=source.code_name,
            descriptor=source.descriptor,
            how_they_know=source.how_they_know,
            why=source.reason_for_anonymity,
            identity=_identity(source, names, closed, by),
            name=names.get(source.pk, ""),
            sentences=tuple(sorted(places.get(source.pk, ()))),
        )
        for source in sources
    )


def _identity(source: Source, names: Mapping[int, str], closed: str, by: Any) -> str:
    if source.pk in names:
        return f"In the vault, open to {who(by)}"
    return closed if source.identity == IdentityState.HELD else IdentityState(source.identity).label


def _places(evidence: Mapping[str, list[Evidence]], sentences: Iterable[SentenceView]) -> dict[int, set[int]]:
    """By source the sentences whose evidence rests on it."""
    found: dict[int, set[int]] = {}
    for sentence in sentences:
        for passage in sentence.passages:
            for piece in evidence.get(passage.mark, ()):
                for source in (*piece.sources(), main_source(piece)):
                    if source:
                        found.setdefault(source.pk, set()).add(sentence.number)
    return found
