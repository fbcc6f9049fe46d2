"""A folded text as words in a row: as it stands, without its markup, and without middle initials.

The words are squeezed into one stream of letters and digits; whatever stood between two of them is looked at only
where something was found.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from investigations.spellings.folding import ESCAPE, SOFT, Piece, Placed, folded_sign, rewritten

_UNSPACED = r"\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
"""Letters of scripts that put no space between words: a name may begin and end at any of them."""

_WORD = re.compile(rf"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[{_UNSPACED}]|[^\W_A-Za-z0-9{_UNSPACED}]+")
"""A word, or a hump of a word in CamelCase."""

_MARKUP = re.compile(
    r"""
    <!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->        # a comment
  | </?[A-Za-z!?][^<>]*+>                        # a tag
  | \]\([^()\s]*+(?:\s[^()]*+)?\)                # the end of a link, with its target
  | \](?:\[[^\[\]]*+\]|\{[^{}]*+\})              # or with its reference; of a mark
  | \\{1,4}[nrtbf]                               # white space as JSON writes it
    """,
    re.VERBOSE,
)
_BYTES = re.compile("%[0-9a-fA-F]{2}(?:%[89abAB][0-9a-fA-F])*")
_BETWEEN = rf"[\s\-_+./={SOFT}]"
_INITIAL = re.compile(rf"(?<={_BETWEEN})(?:[B-HJ-Z]\.?|[AI]\.|[b-hj-z]\.|[a-z](?=[\-_+/=]))(?={_BETWEEN})(?!__)")
"""A letter that may be a middle initial; a, A and I alone, and a and i at the end of a sentence, are words."""


class Reading:
    """Words in a row: ``stream`` is their letters and digits in lower case, ``starts`` where in it each begins.

    ``spans`` is where each stands in ``text``; ``starts`` has one more, the stream's length.
    """

    __slots__ = ("places", "spans", "starts", "stream", "text")

    def __init__(self, placed: Placed) -> None:
        self.text, self.places = placed.text, placed.places
        self.spans = [word.span() for word in _WORD.finditer(self.text)]
        low = self.text.casefold()
        self.stream = "".join([low[start:end] for start, end in self.spans])
        self.starts = list(accumulate([end - start for start, end in self.spans], initial=0))


def readings_of(placed: Placed) -> Iterator[Reading]:
    """The text as it stands; without its markup; and each of them without initials, if there are any.

    A middle initial nobody recorded would stand between the names.
    """
    ways = [placed]
    if _MARKUP.search(placed.text):
        ways.append(rewritten(placed, _MARKUP, _without))
    for way in ways:
        yield Reading(way)
        if _INITIAL.search(way.text):
            yield Reading(rewritten(way, _INITIAL, lambda initial: iter(())))


def end_in(text: str, place: int) -> int:
    """Where in the first text the character or escape at this place ends, with the marks that follow it."""
    byte = _BYTES.match(text, place)
    escape = byte or ESCAPE.match(text, place)
    end = escape.end() if escape else place + 1
    while end < len(text) and not folded_sign(text[end]):
        end += 1
    return end


def _without(markup: re.Match[str]) -> Iterator[Piece]:
    yield ("\n" if markup[0][0] == "\\" else SOFT), 0
