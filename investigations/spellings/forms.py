"""What to look for: the forms of a name, an address, a handle, each squeezed to letters and digits."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product
from typing import Any

from investigations.spellings.folding import fold
from investigations.spellings.ordinary import GENERIC, ORDINARY, PARTICLES, SUFFIXES, TITLES

LONG = 10
"""So many letters make the local part of an address a handle, if it doesn't look like a name or a code anyway."""

SHORTEST_LOCAL = 6
MOST_CHOICES = 8
"""So many ways to write the umlauts of one part of a name: all of them up to three umlauts."""

MOST_VARIANTS = 64

_WORDS = re.compile(r"[^\W_]+")
_PAIRS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_UMLAUT = re.compile("([äöüøå])")
_DOUBLED = re.compile("(ae|oe|ue|aa)")


class What(StrEnum):
    """What of a person was found."""

    FULL_NAME = "full name"
    ONE_NAME = "one name"
    INITIALS = "initial and surname"
    EMAIL = "e-mail"
    PHONE = "phone"
    HANDLE = "handle"
    ADDRESS = "address"
    SURNAME = "surname"
    FIRST_NAME = "first name and initial"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write something: ``key`` is its letters and digits, run together, in lower case.

    ``joins`` are the offsets in it where its parts meet, ``inner`` those where a part has a break of its own
    (O'Brien). ``reversed`` is surname first; ``ordinary`` is made of ordinary words; ``bare`` is distinctive
    enough to be found without an @ beside it. ``at`` is where an address has its @, ``spelled`` is with "at" for it.
    """

    key: str
    what: What
    joins: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()
    reversed: bool = False
    ordinary: bool = False
    bare: bool = True
    at: int = 0
    spelled: bool = False
    first: str = ""


Words = tuple[str, ...]
"""A part of a name as its words: ("o", "brien")."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a name: its words, run together, and the ways its accented letters may be written."""

    key: str
    initials: str
    variants: tuple[Words, ...]


def words_of(text: str) -> Words:
    """The words of a text, in one form."""
    return tuple(_WORDS.findall(fold(text)))


def parsed(name: str) -> tuple[list[str], list[str]]:
    """Given names and surname, particles with the surname, without titles; "Nandu, Zoe" is turned round."""
    first, comma, rest = name.partition(",")
    if comma and not set(words_of(rest)) <= SUFFIXES:
        name = f"{rest} {first}"
    parts = [(part, "".join(words_of(part))) for part in name.replace(",", " ").split()]
    parts = [(part, key) for part, key in parts if key]
    while len(parts) > 1 and parts[0][1] in TITLES:
        parts.pop(0)
    while len(parts) > 1 and parts[-1][1] in SUFFIXES:
        parts.pop()
    cut = len(parts) - 1
    while cut > 1 and parts[cut - 1][1] in PARTICLES:
        cut -= 1
    written = [part for part, _ in parts]
    return written[:cut], written[cut:]


def name_forms(name: str) -> set[Form]:
    """The forms of a person's name: in full, reversed, with middle names dropped or initialed, with initials."""
    given, family = parsed(name)
    if not family:
        return set()
    if not given:
        return _one_name(_part(family[0]))
    firsts = [_part(part) for part in given]
    forms: set[Form] = set()
    for surname in map(_part, {" ".join(family), family[-1]}):
        for what, parts in _given_forms(firsts):
            forms.update(_with_surname(what, parts, surname))
        if surname.key not in ORDINARY and len(surname.key) > 1:
            forms.update(_form(What.SURNAME, [words], first=firsts[0].key) for words in surname.variants)
        if len(firsts[0].key) > 1 and firsts[0].key not in ORDINARY:
            initial = (surname.initials[0],)
            forms.update(_form(What.FIRST_NAME, [words, initial]) for words in firsts[0].variants)
    return forms


def _one_name(part: _Part) -> set[Form]:
    ordinary = part.key in ORDINARY
    return {_form(What.ONE_NAME, [words], ordinary=ordinary) for words in part.variants if len(part.key) > 1}


def _given_forms(given: Sequence[_Part]) -> set[tuple[What, tuple[_Part, ...]]]:
    """The given names as they may be written before the surname."""
    initials = [_initial(part.initials[0]) for part in given]
    every = [_initial(letter) for part in given for letter in part.initials]
    forms = {(What.INITIALS, tuple(parts)) for parts in (initials[:1], initials, every)}
    if len(given[0].key) > 1:
        forms |= {(What.FULL_NAME, (given[0],)), (What.FULL_NAME, (given[0], *initials[1:]))}
    if any(len(part.key) > 1 for part in given[1:]):
        forms |= {(What.FULL_NAME, tuple(given)), (What.FULL_NAME, (initials[0], *given[1:]))}
    return forms


def _with_surname(what: What, given: Sequence[_Part], surname: _Part) -> Iterator[Form]:
    """Given names before the surname and behind it, in each way accented letters may be written."""
    first = given[0].key
    ordinary = surname.key in ORDINARY and (what is What.INITIALS or first in ORDINARY)
    choices = (*(part.variants for part in given), surname.variants)
    for parts in islice(product(*choices), MOST_VARIANTS):
        yield _form(what, parts, ordinary=ordinary, first=first)
        yield _form(what, (parts[-1], *parts[:-1]), ordinary=ordinary, first=first, reversed=True)


def _form(what: What, parts: Sequence[Words], **more: Any) -> Form:
    joins: list[int] = []
    inner: list[int] = []
    at = 0
    for part in parts:
        for number, word in enumerate(part):
            (inner if number else joins).append(at)
            at += len(word)
    return Form("".join(map("".join, parts)), what, tuple(joins[1:]), tuple(inner), **more)


def _initial(letter: str) -> _Part:
    return _Part(letter, letter, ((letter,),))


def _part(text: str) -> _Part:
    """A part as it is, with each ü as ue, and each ue as u; in other scripts in each case, for look-alikes."""
    words = words_of(text)
    found = [words]
    if max(map(len, words), default=0) > 4:
        found += [tuple(choice.split()) for choice in _choices(" ".join(words), _DOUBLED, _single)]
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text).lower()
        found += map(words_of, (text.upper(), composed, *_choices(composed, _UMLAUT, _written_out)))
    return _Part("".join(words), "".join(word[0] for word in words), tuple(dict.fromkeys(found)))


def _choices(text: str, pattern: re.Pattern[str], other: Callable[[str], str]) -> Iterator[str]:
    """The text with each of what the pattern finds as it is or otherwise."""
    pieces = pattern.split(text)
    ways = product(*((piece, other(piece)) if number % 2 else (piece,) for number, piece in enumerate(pieces)))
    return map("".join, islice(ways, MOST_CHOICES))


def _written_out(umlaut: str) -> str:
    return _PAIRS[umlaut]


def _single(pair: str) -> str:
    return pair[0]


def email_forms(address: str, names: Iterable[str] = ()) -> set[Form]:
    """An e-mail address, whole, with its signs spelled out or not, and its local part as a handle."""
    local, _, domain = address.partition("@")
    name, host = words_of(local), words_of(domain)
    forms = set()
    for at, dot_host, dot_name in product(("", "at"), ("", "dot"), ("", "dot")):
        before = [word for word in _dotted(name, dot_name) if word]
        words = [*before, at, *_dotted(host, dot_host)]
        parts = [(word,) for word in words if word]
        forms.add(_form(What.EMAIL, parts, at=sum(map(len, before)), spelled=bool(at)))
    if len("".join(name)) >= SHORTEST_LOCAL and not set(name) <= GENERIC | ORDINARY:
        forms.add(_form(What.HANDLE, [(word,) for word in name], bare=_distinctive(name, names)))
    return forms


def _dotted(words: Sequence[str], dot: str) -> list[str]:
    return [part for word in words for part in (word, dot)][:-1]


def _distinctive(words: Words, names: Iterable[str]) -> bool:
    """Whether no other word is likely to read so: long, with digits, or with a part of the name and more."""
    key = "".join(words)
    parts = {part for name in names for part in words_of(name) if len(part) > 2}
    return not key.isalpha() or len(key) >= LONG or any(part in key != part for part in parts)


def handle_forms(handle: str) -> set[Form]:
    """A handle; a short one, or an ordinary word, needs an @ beside it."""
    words = words_of(handle)
    key = "".join(words)
    if len(key) < 2:
        return set()
    return {_form(What.HANDLE, [(word,) for word in words], bare=len(key) >= 5 and key not in ORDINARY | GENERIC)}


def address_forms(address: str) -> set[Form]:
    """A street with its number."""
    words = words_of(address)
    return {_form(What.ADDRESS, [(word,) for word in words])} if len("".join(words)) >= 8 else set()
