"""What the rules look at, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from investigations.lint.finding import Finding
from investigations.models import Evidence, Passage, Source, Story
from investigations.text import StoryText
from investigations.vocabulary import Showing


@dataclass(frozen=True)
class StoryContext:
    """A story with its text parsed and its passages and evidence at hand, in a fixed number of queries."""

    story: Story
    parsed: StoryText
    passages: dict[str, Passage]
    evidence: dict[str, list[Evidence]]
    now: datetime
    sources: dict[int, Source]

    @classmethod
    def of(cls, story: Story, *, now: datetime) -> "StoryContext":
        """Read a story for its check."""
        passages = {passage.mark: passage for passage in story.passages.all()}
        evidence: dict[str, list[Evidence]] = {mark: [] for mark in passages}
        for piece in Evidence.objects.filter(passage__story=story).with_records():
            evidence[piece.passage.mark].append(piece)
        cited = [source for pieces in evidence.values() for piece in pieces for source in piece.sources()]
        return cls(story, story.parsed(), passages, evidence, now, Source.objects.with_those_behind(cited))

    def with_those_behind(self, source: Source) -> list[Source]:
        """A source, and those that its reference leads to: by whom it was reported, what it relies on, and so on."""
        found, waiting = {source.pk: source}, [source]
        while waiting:
            last = waiting.pop()
            ahead = [pk for pk in (last.relay_id, last.origin_id) if pk and pk not in found]
            waiting += [found.setdefault(pk, self.sources[pk]) for pk in ahead]
        return list(found.values())

    def pieces(self, *showing: Showing) -> Iterator[tuple[str, Evidence]]:
        """The evidence that readers get in one of these ways, each piece with its mark."""
        for mark, pieces in self.evidence.items():
            yield from ((mark, piece) for piece in pieces if piece.showing in showing)

    def paragraph_of(self, mark: str) -> int | None:
        """The paragraph in which a mark stands, from 1."""
        for block in self.parsed.blocks:
            if any(found.id == mark for found in block.marks):
                return block.number
        return None

    def place(self, mark: str) -> str:
        """A mark and its paragraph, in words."""
        paragraph = self.paragraph_of(mark)
        return f"Passage {mark}, paragraph {paragraph}" if paragraph else f"Passage {mark}"

    def finding(self, id_: str, msg: str, hint: str, mark: str, about: str = "") -> Finding:
        """A finding at a passage; `about` names the record or words for the desk."""
        obj = f"{self.place(mark)}, {about}" if about else self.place(mark)
        return Finding(id_, msg, hint, obj, self.paragraph_of(mark), mark, about)

    def text_before(self, mark: str) -> str:
        """The text of a mark's paragraph and of the one before it, which may introduce it."""
        paragraph = self.paragraph_of(mark)
        numbers = {paragraph, paragraph - 1} if paragraph else set()
        return "\n".join(block.text for block in self.parsed.blocks if block.number in numbers)
