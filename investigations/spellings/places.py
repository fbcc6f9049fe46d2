"""Whether letters in a row are what was looked for: what stands between its parts and around it, and its capitals."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from investigations.spellings.folding import SOFT
from investigations.spellings.forms import Form, What
from investigations.spellings.readings import UNSPACED, Reading

SHORT = 8
"""A full name of fewer letters, run together in one word, may be that word: it warns."""

_MARKS = str.maketrans("", "", f"*_~`'\\[]{SOFT}")
_HYPHENATED = re.compile(r"-[ \t]*+\n\s*+")
_INNER = re.compile(rf"[\s.\-'*_~`\\\[\]{SOFT}]{{0,6}}")
_SPACE = re.compile(rf"[\s*_~`\\\[\]{SOFT}]*")
_CONNECTOR = re.compile(r"[-_+./=]{1,2}")
_INITIALS = re.compile(rf"\.?[\s\-*_~`\\\[\]{SOFT}]{{0,6}}")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s")
_IN_HANDLE = re.compile(rf"[-_+.*~`\\\[\]{SOFT}]{{0,6}}")
_AT_BEHIND = re.compile(r"\s?(?:@|[\[({<]\s?at\b)", re.IGNORECASE)
_ONE_LETTER_WORDS = frozenset("aio")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a reading's text a form stands; ``gaps`` is what stands at its joins, None where nothing parts them.

    ``capitals`` is whether its parts begin with one, in order; ``split`` whether a part is broken by markup.
    """

    start: int
    end: int
    gaps: tuple[str | None, ...]
    capitals: tuple[bool, ...]
    split: bool


def placed_at(form: Form, reading: Reading, word: int) -> Place | None:
    """The place of a form whose letters stand in the stream from this word on; None if words around it go on or
    words within it break where the form has no break."""
    text, spans, starts = reading.text, reading.spans, reading.starts
    begin = starts[word]
    end = begin + len(form.key)
    breaks: dict[int, str] = {}
    last = word + 1
    while starts[last] < end:
        breaks[starts[last] - begin] = text[spans[last - 1][1] : spans[last][0]]
        last += 1
    if starts[last] > end and reading.stream[end : starts[last]] not in {"s", "es"}:
        return None
    split = False
    for offset, gap in breaks.items():
        if offset in form.inner:
            if not _INNER.fullmatch(gap):
                return None
        elif offset not in form.joins:
            if not _glues(gap):
                return None
            split = split or bool(gap)
    places = [spans[word][0]]
    for join in form.joins:
        at = bisect_right(starts, begin + join, word, last) - 1
        places.append(spans[at][0] + begin + join - starts[at])
    return Place(
        start=spans[word][0],
        end=spans[last - 1][1],
        gaps=tuple(breaks.get(join) for join in form.joins),
        capitals=tuple(not text[place].islower() for place in places),
        split=split,
    )


def _glues(gap: str) -> bool:
    """Whether one word goes on over it: emphasis, markup, a hyphen at the end of a line."""
    rest = gap.translate(_MARKS)
    return not rest or bool(_HYPHENATED.fullmatch(rest)) or (rest == "-" and SOFT in gap)


def judged(form: Form, place: Place, text: str) -> bool | None:
    """Whether what stands there blocks (True), warns (False), or is something else (None)."""
    if form.what is What.ADDRESS:
        return True
    if form.what is What.EMAIL:
        return True if _has_at(form, place) else None
    if form.what is What.HANDLE:
        return _handle(form, place, text)
    if form.what is What.FULL_NAME:
        return _full_name(form, place, text)
    if form.what is What.INITIALS:
        return _initials(form, place, text)
    if not _stands_alone(place, text):
        return None
    if form.what is What.ONE_NAME:
        return _one_name(form, place)
    if form.what is What.SURNAME:
        return False if place.capitals[0] else None
    return False if _first_name(place, text) else None


def _has_at(form: Form, place: Place) -> bool:
    """Whether an address has its sign, or "at" as a word: "to@get.her" is not "together"."""
    gaps = dict(zip(form.joins, place.gaps, strict=True))
    if form.spelled:
        return gaps[form.at] is not None and gaps[form.at + len("at")] is not None
    return "@" in (gaps[form.at] or "")


def _handle(form: Form, place: Place, text: str) -> bool | None:
    if not _stands_alone(place, text) or not all(gap is None or _IN_HANDLE.fullmatch(gap) for gap in place.gaps):
        return None
    clear = form.bare and not (_runs_together(place) and len(form.key) < SHORT)
    return True if clear or _beside_at(place, text) else None


def _first_name(place: Place, text: str) -> bool:
    """Zoe N."""
    (gap,) = place.gaps
    return bool(gap and _SPACE.fullmatch(gap)) and all(place.capitals) and text[place.end : place.end + 1] == "."


def _runs_together(place: Place) -> bool:
    """Whether it has parts and nothing parts them."""
    return bool(place.gaps) and all(gap is None for gap in place.gaps)


def _full_name(form: Form, place: Place, text: str) -> bool | None:
    if _runs_together(place) and len(form.key) < SHORT and not _beside_at(place, text):
        return None if place.split else False
    joins = (0, *form.joins)
    for number, gap in enumerate(place.gaps):
        rest = gap or ""
        if joins[number + 1] - joins[number] == 1:
            rest = rest.removeprefix(".")
        if _SENTENCE_END.search(rest):
            return None
    if not form.ordinary:
        return True
    near = all(gap is None or _SPACE.fullmatch(gap) or _CONNECTOR.fullmatch(gap) for gap in place.gaps)
    return near and all(place.capitals) and not form.reversed


def _initials(form: Form, place: Place, text: str) -> bool | None:
    between = place.gaps[1:] if form.reversed else place.gaps[:-1]
    if not all(gap is None or _INITIALS.fullmatch(gap) for gap in between):
        return None
    gap = place.gaps[0 if form.reversed else -1]
    if gap is None:
        return True if _beside_at(place, text) and not form.ordinary else None
    told = _surname_first(form, place, gap, text) if form.reversed else _initial_first(form, place, gap)
    return True if told else None


def _initial_first(form: Form, place: Place, gap: str) -> bool:
    """Z. Nandu, Z Nandu, z-nandu; with an ordinary word only A. May."""
    capitals = place.capitals[0] and place.capitals[-1]
    if gap.startswith("."):
        return not _SENTENCE_END.search(gap[1:]) and (capitals or not form.ordinary)
    if form.ordinary:
        return False
    if _CONNECTOR.fullmatch(gap):
        return True
    if _SPACE.fullmatch(gap):
        return capitals or (gap != "" and form.key[0] not in _ONE_LETTER_WORDS)
    return False


def _surname_first(form: Form, place: Place, gap: str, text: str) -> bool:
    """Nandu, Z. or Nandu Z; never with an ordinary word: "in May, J. Smith said"."""
    dotted = text[place.end : place.end + 1] == "."
    near = _SPACE.fullmatch(gap.removeprefix(",")) or _CONNECTOR.fullmatch(gap)
    clear = dotted or form.key[form.joins[0]] not in _ONE_LETTER_WORDS
    return bool(near) and not form.ordinary and all(place.capitals) and clear


def _one_name(form: Form, place: Place) -> bool | None:
    if place.capitals[0]:
        return not form.ordinary
    return None if form.ordinary or len(form.key) < 5 else False


def _stands_alone(place: Place, text: str) -> bool:
    """Whether no letter goes on before or behind it."""
    return not any(
        outside.isalpha() and not (UNSPACED.match(outside) or UNSPACED.match(inside))
        for outside, inside in (
            (text[place.start - 1 : place.start] if place.start else "", text[place.start]),
            (text[place.end : place.end + 1], text[place.end - 1]),
        )
    )


def _beside_at(place: Place, text: str) -> bool:
    return text[max(0, place.start - 1) : place.start] == "@" or bool(_AT_BEHIND.match(text, place.end))
