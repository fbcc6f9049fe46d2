"""Which passages speak of somebody: a guess, for whoever writes to them to tick or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from investigations.lint.names import holds_name
from investigations.models import CommentRequest, Evidence
from investigations.text import sentences_around


@dataclass(frozen=True)
class About:
    """A passage with the sentence that holds it, and why it seems to speak of somebody; no reason, no guess."""

    mark: str
    sentence: str
    why: tuple[str, ...]


def passages_about(request: CommentRequest) -> list[About]:
    """Every passage of a story in the order of the text; those that seem to speak of whoever is asked say why.

    Nobody can know from the text alone: “he” is no name, and a sentence may name somebody in passing.
    """
    sentences = sentences_around(request.story.parsed())
    pieces = Evidence.objects.filter(passage__story=request.story).select_related("passage", "quote", "meeting")
    evidence: dict[str, list[Evidence]] = {}
    for piece in pieces.prefetch_related("meeting__attendances"):
        evidence.setdefault(piece.passage.mark, []).append(piece)
    return [
        About(mark, sentence, tuple(_why(request, sentence, evidence.get(mark, []))))
        for mark, sentence in sentences.items()
    ]


def _why(request: CommentRequest, sentence: str, pieces: list[Evidence]) -> Iterator[str]:
    if request.organization:
        name = re.escape(request.organization.name)
        if re.search(rf"(?<!\w){name}(?!\w)", sentence, re.IGNORECASE):
            yield "named in its sentence"
    if request.person:
        if holds_name(sentence, request.person):
            yield "named in its sentence"
        if any(piece.quote and piece.quote.speaker_id == request.person_id for piece in pieces):
            yield "quoted as evidence"
        if any(
            row.person_id == request.person_id for p in pieces if p.meeting for row in p.meeting.attendances.all()
        ):
            yield "at a meeting that is evidence"
