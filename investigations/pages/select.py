"""A question with a fixed choice of answers, for forms that are plain GET."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Select:
    """A select: its name in the query, its label, its options (value and words), what was chosen, what is wrong."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    problem: str = ""

    @property
    def said(self) -> str:
        """The chosen option's words."""
        return dict(self.options).get(self.chosen, "")
