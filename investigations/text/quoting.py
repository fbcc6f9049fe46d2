"""Whether quoted words stand in a text: what a reporter leaves out or puts in square brackets set aside."""

import re
import unicodedata

_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.{3,}")
_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_EDGES = " .,;:!?-'\""


def missing_words(quoted: str, source: str) -> str:
    """The first piece of the quoted words that isn't in the text, in order; empty when all are.

    Case, spacing, and the kind of quotation marks and dashes don't count. A quote is cut at “…” and at words in
    square brackets, which are the reporter's; each piece must come after the one before it.
    """
    text, place = folded(source), 0
    for piece in _LEFT_OUT.split(quoted):
        wanted = folded(piece).strip(_EDGES)
        found = text.find(wanted, place)
        if found < 0:
            return piece.strip()
        place = found + len(wanted)
    return ""


def own_words(quoted: str) -> str:
    """Quoted words without what the reporter put in or left out."""
    return " ".join(_LEFT_OUT.sub(" ", quoted).split())


def stands_in(quoted: str, words: str) -> bool:
    """Whether quoted words stand in others character by character, whole words, in order.

    Only spacing, the kind of quotation marks and dashes, the punctuation at the end of a piece and the case of its
    first letter don't count: these belong to the sentence around it. Pieces as in `missing_words`.
    """
    text, place = _alike(words), 0
    for piece in _LEFT_OUT.split(quoted):
        wanted = _alike(piece).strip(_EDGES)
        if not wanted:
            continue
        first = f"[{re.escape(wanted[0].lower())}{re.escape(wanted[0].upper())}]"
        found = re.compile(rf"(?<!\w){first}{re.escape(wanted[1:])}(?!\w)").search(text, place)
        if found is None:
            return False
        place = found.end()
    return True


def _alike(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).translate(_SAME).split())


def folded(words: str) -> str:
    """Words as they are compared: in one case, with single spaces and plain quotation marks and dashes."""
    return " ".join(unicodedata.normalize("NFKC", words).translate(_SAME).casefold().split())
