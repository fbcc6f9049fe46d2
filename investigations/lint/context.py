"""What the rules look at, read once."""

from dataclasses import dataclass

from investigations.models import Evidence, Passage, Story
from investigations.text import StoryText


@dataclass(frozen=True)
class StoryContext:
    """A story with its text parsed and its passages and evidence at hand, in a fixed number of queries."""

    story: Story
    parsed: StoryText
    passages: dict[str, Passage]
    evidence: dict[str, list[Evidence]]

    @classmethod
    def of(cls, story: Story) -> "StoryContext":
        """Read a story for its check."""
        passages = {passage.mark: passage for passage in story.passages.all()}
        evidence: dict[str, list[Evidence]] = {mark: [] for mark in passages}
        for piece in Evidence.objects.filter(passage__story=story).with_records():
            evidence[piece.passage.mark].append(piece)
        return cls(story, story.parsed(), passages, evidence)

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
