"""Word diffs: what changed between two texts, in phrases a reader can follow, and where the rest now lies.

Built on ``difflib.SequenceMatcher`` with ``autojunk`` off: its guess that frequent words are noise pulls
texts apart at the wrong places. All offsets count code points, ends exclusive.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_TOKEN = re.compile(
    r"""
    [0-9]+(?:[.,:][0-9]+)*                       # a figure, whole: 1,200.50
  | [\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*  # a word, with its apostrophe
  | \S[\u0300-\u036f\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d\S[\ufe0f\U0001f3fb-\U0001f3ff]*)*  # one sign
    """,
    re.VERBOSE,
)

SHORT_WORD = 3
"""Two replacements with no more between them than one word or sign of this length are shown as one."""

LIKENESS = 0.5
"""Paragraphs that share more than this part of their words are shown beside each other."""

BAND = 25
"""How far from its place in a rewritten run a paragraph is looked for; it keeps long rewrites affordable."""


@dataclass(frozen=True)
class Change:
    """Words that differ; kind is insert, delete or replace, ``old == old_text[old_start:old_end]``."""

    kind: str
    old: str
    new: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int


_Gap = tuple[int, int, int, int]
"""Start and end in the old text, start and end in the new."""


def changes(old: str, new: str) -> list[Change]:
    """What differs, in order.

    Changes parted by white space alone are one, and so are replacements parted by one short word or sign (see
    ``SHORT_WORD``): "in the garden" became "at the house", not "in" "at" and "garden" "house".
    """
    joined: list[Change] = []
    for gap in _gaps(old, new):
        change = _change(old, new, gap)
        if joined and _are_one(joined[-1], change, old[joined[-1].old_end : change.old_start]):
            first = joined.pop()
            change = _change(old, new, (first.old_start, gap[1], first.new_start, gap[3]))
        joined.append(change)
    return joined


def _change(old: str, new: str, gap: _Gap) -> Change:
    was, now = old[gap[0] : gap[1]], new[gap[2] : gap[3]]
    return Change("replace" if was and now else "delete" if was else "insert", was, now, *gap)


def _are_one(first: Change, second: Change, between: str) -> bool:
    words = between.split()
    rewritten = first.kind == second.kind == "replace"
    return not words or (rewritten and len(words) == 1 and len(words[0]) <= SHORT_WORD)


def _gaps(old: str, new: str) -> Iterator[_Gap]:
    """The stretches between the tokens both texts share, without the white space they share."""
    a, b = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    shared = [(a[i].span(), b[j].span()) for i, j in _shared([t[0] for t in a], [t[0] for t in b])]
    edges = [((0, 0), (0, 0)), *shared, ((len(old), len(old)), (len(new), len(new)))]
    for ((_, old_start), (_, new_start)), ((old_end, _), (new_end, _)) in pairwise(edges):
        gap = _without_shared_space(old, new, (old_start, old_end, new_start, new_end))
        if gap[0] < gap[1] or gap[2] < gap[3]:
            yield gap


def _without_shared_space(old: str, new: str, gap: _Gap) -> _Gap:
    i, i_end, j, j_end = gap
    while i < i_end and j < j_end and old[i] == new[j] and old[i].isspace():
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1] and old[i_end - 1].isspace():
        i_end, j_end = i_end - 1, j_end - 1
    return i, i_end, j, j_end


def _shared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places at which both hold the same token, what they begin and end with alike coming free."""
    head = 0
    limit = min(len(old), len(new))
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield from ((i, i) for i in range(head))
    for i, j, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
        yield from ((head + i + step, head + j + step) for step in range(size))
    yield from ((len(old) - step, len(new) - step) for step in range(tail, 0, -1))


def segments(old: str, new: str) -> list[tuple[str, str]]:
    """Both texts in one run of (kind, text), kind being equal, delete or insert; a deletion comes first.

    The equal and deleted texts join to the old text, the equal and inserted ones to the new.
    """
    run: list[tuple[str, str]] = []
    done = 0
    for change in changes(old, new):
        run += [("equal", old[done : change.old_start]), ("delete", change.old), ("insert", change.new)]
        done = change.old_end
    run.append(("equal", old[done:]))
    return [(kind, text) for kind, text in run if text]


def map_offset(old: str, new: str, offset: int) -> int | None:
    """Where the character at this place of the old text stands in the new; ``None`` if it was changed.

    The end of the old text maps to the place after its last character. To map the end of a passage, map its
    last character and add one; words put in between show only when the words are compared. Raises
    ``ValueError`` for an offset outside the old text.
    """
    if not 0 <= offset <= len(old):
        raise ValueError(f"Offset {offset} lies outside a text of {len(old)} characters.")
    at_end = offset == len(old)
    shift = 0
    for change in changes(old, new):
        if change.old_start > offset or (at_end and change.kind == "insert" and change.old_start == offset):
            break
        if offset < change.old_end or (at_end and offset == change.old_end):
            return None
        shift = change.new_end - change.old_end
    return offset + shift


def effort(old: list[str], new: list[str]) -> int:
    """How many pairs of equal words the paragraphs that differ hold: what aligning and comparing them costs."""
    unlike_old, unlike_new = set(old) - set(new), set(new) - set(old)
    was, now = (
        Counter(token for text in texts if text in unlike for token in _TOKEN.findall(text))
        for texts, unlike in ((old, unlike_old), (new, unlike_new))
    )
    return sum(count * now[token] for token, count in was.items())


def align_blocks(old: list[str], new: list[str], *, alike: bool = True) -> list[tuple[int | None, int | None]]:
    """Pair the paragraphs of two editions, in order.

    Equal ones come first; between them, unless ``alike`` is off, those more alike than ``LIKENESS``. ``(i, None)``
    was deleted, ``(None, j)`` inserted. For showing a diff only: likeness never carries a mark from one to another.
    """
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    for shared_i, shared_j in [*_shared(old, new), (len(old), len(new))]:
        found = _alike(old[i:shared_i], new[j:shared_j]) if alike else []
        for like_i, like_j in [*((i + a, j + b) for a, b in found), (shared_i, shared_j)]:
            pairs += [(a, None) for a in range(i, like_i)] + [(None, b) for b in range(j, like_j)]
            if like_i < len(old) and like_j < len(new):
                pairs.append((like_i, like_j))
            i, j = like_i + 1, like_j + 1
    return pairs


def _alike(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The pairs, in order, that are most alike in all."""
    likeness = _likenesses(old, new)
    if not likeness:
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + likeness.get((i, j), 0)
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_followed(best))


def _followed(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs that make up the best sum."""
    i = j = 0
    while best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _likenesses(old: list[str], new: list[str]) -> dict[tuple[int, int], float]:
    """How alike the pairs are that are alike at all and near each other in the run."""
    a, b = ([_TOKEN.findall(text) for text in texts] for texts in (old, new))
    counts = [Counter(tokens) for tokens in a], [Counter(tokens) for tokens in b]
    found = {}
    for i, was in enumerate(a):
        place = i * len(b) // len(a)
        for j in range(max(0, place - BAND), min(len(b), place + BAND + 1)):
            total = (len(was) + len(b[j])) * LIKENESS
            # what they share in any order bounds the true likeness, and is far cheaper
            if 2 * (counts[0][i] & counts[1][j]).total() > total:
                ratio = SequenceMatcher(None, was, b[j], autojunk=False).ratio()
                if ratio > LIKENESS:
                    found[i, j] = ratio
    return found
