"""Two texts as one run of words kept, taken out and put in, with what is far from any change left out."""

from investigations import diffs

AROUND = 80
"""So many characters are kept of words on either side of a change."""


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Pairs of equal, delete or insert and the words."""
    run = diffs.segments(old, new)
    last = len(run) - 1
    return [
        (kind, _shortened(words, head=number > 0, tail=number < last) if kind == "equal" else words)
        for number, (kind, words) in enumerate(run)
    ]


def _shortened(words: str, *, head: bool, tail: bool) -> str:
    """Words that stayed, as far as they stand near a change: at their head, at their tail, or at both."""
    if len(words) <= 2 * AROUND:
        return words
    first = words[:AROUND].rpartition(" ")[0] if head else ""
    last = words[-AROUND:].partition(" ")[2] if tail else ""
    return f"{first} … {last}" if first or last else words
