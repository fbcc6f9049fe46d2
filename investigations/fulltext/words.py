"""Text as the words that are searched: without case, accents and punctuation, on either engine alike."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

MOST_WORDS = 16_000
"""Words of one row that are searched: PostgreSQL keeps no place of a word behind the 16,383rd."""

MOST_BYTES = 900_000
"""Bytes of the words of one row that are searched, five more a word: PostgreSQL keeps no more than a megabyte."""

LONGEST = 60
"""Characters of a word that count."""

# A letter or figure, then more of them with the accents that stand as characters of their own.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
PLAIN = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Word:
    """A word as it is searched, and where it stands in its text."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for found in WORD.finditer(text):
        for part in WORD.findall(fold(found[0])):
            yield Word(part[:LONGEST], found.start(), found.end())


def folded(text: str) -> str:
    """The words of a text, one space between them: what the index is made of."""
    plain = text.isascii()  # by far the most; these rules are then the same and quicker
    made = (
        [word[:LONGEST] for word in PLAIN.findall(text.lower())] if plain else [word.folded for word in words(text)]
    )
    made = made[:MOST_WORDS]
    if 4 * len(text) > MOST_BYTES:
        sizes = accumulate(len(word.encode()) + 5 for word in made)
        made = [word for word, size in zip(made, sizes, strict=True) if size <= MOST_BYTES]
    return " ".join(made)


def fold(word: str) -> str:
    """A word without case and accents: “Žofia” and “ZOFIA” are “zofia”, “Straße” is “strasse”."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
