"""What somebody searches for: words and quoted phrases, whatever else they typed."""

import re
from dataclasses import dataclass, replace

from investigations.fulltext.words import words

MOST_PHRASES = 16
"""Words and phrases that are looked for; what is typed behind them is not."""

MOST_TYPED = 400
"""Characters that are read of what was typed."""

LEAST = 2
"""Letters and figures without which nothing is looked for."""

# A phrase in straight or typographic quotation marks, or what stands between two spaces.
PIECE = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)')


@dataclass(frozen=True)
class Question:
    """Phrases, each of one word or more, of which every one must stand in a row.

    `marks` are groups of a row's marks: of each group it must have one. With `unfinished` the last word may go on,
    as while somebody types. `cut` says that more was typed than is looked for.
    """

    phrases: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...] = ()
    unfinished: bool = False
    cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.phrases

    @property
    def is_short(self) -> bool:
        """Whether there is too little to look for."""
        return sum(len(word) for phrase in self.phrases for word in phrase) < LEAST

    def among(self, *marks: str) -> "Question":
        """The same question, of rows that have one of these marks."""
        return replace(self, marks=(*self.marks, marks))


def question(typed: str, *, unfinished: bool = False) -> Question:
    """What is asked by these characters. Words in quotation marks, or joined by a sign, are one phrase."""
    phrases: list[tuple[str, ...]] = []
    goes_on = unfinished
    for quoted, plain in PIECE.findall(typed[:MOST_TYPED]):
        if phrase := tuple(word.folded for word in words(quoted or plain)):
            phrases.append(phrase)
            goes_on = unfinished and not quoted
    kept = tuple(dict.fromkeys(phrases))[:MOST_PHRASES]
    cut = len(typed) > MOST_TYPED or len(set(phrases)) > MOST_PHRASES
    return Question(kept, unfinished=goes_on and bool(kept) and kept[-1] == phrases[-1], cut=cut)
