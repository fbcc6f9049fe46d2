"""The scanner: made once of all that is protected, asked of many texts.

A text is folded once; at each word the stream is looked up by its first letters and then by whole forms, so that
the time grows with the text and hardly with the number of people.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from investigations.spellings.folding import folded
from investigations.spellings.forms import Form, What, address_forms, email_forms, handle_forms, name_forms
from investigations.spellings.identity import Protected
from investigations.spellings.phones import Phones
from investigations.spellings.places import Place, judged, placed_at
from investigations.spellings.readings import Reading, end_in, readings_of

HEAD = 4
"""Letters of a form by which it is looked up first."""

FARTHEST = 8
"""So many occurrences of named people before a hit are asked whether it lies in them."""

_BY_NAME = {What.FULL_NAME, What.ONE_NAME, What.INITIALS, What.SURNAME, What.FIRST_NAME}


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: ``start`` and ``end`` (exclusive) count code points of the text given; ``found`` stands there.

    ``blocks`` is whether it stops a publication; else it is a warning. Shown as text, a hit doesn't say the words.
    """

    ref: str
    what: What
    start: int
    end: int
    found: str = field(repr=False)
    blocks: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """A hit before it is known whether it counts; ``first`` is the first name of what was looked for."""

    hit: Hit
    first: str


def scan(text: str, protected: Sequence[Protected], named: Collection[str] = ()) -> list[Hit]:
    """See ``Scanner.scan``; for one text."""
    return Scanner(protected).scan(text, named)


class Scanner:
    """Everything that is protected, ready to be looked for."""

    def __init__(self, protected: Sequence[Protected]) -> None:
        self._forms: dict[str, list[tuple[str, Form]]] = defaultdict(list)
        for one in protected:
            for form in _forms_of(one):
                self._forms[form.key].append((one.ref, form))
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._forms:
            lengths[key[:HEAD]].add(len(key))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}
        self._short = tuple(sorted({len(head) for head in lengths if len(head) < HEAD}))
        self._phones = Phones((one.ref, phone) for one in protected for phone in one.phones)

    def __repr__(self) -> str:
        return "<Scanner>"

    def scan(self, text: str, named: Collection[str] = ()) -> list[Hit]:
        """What of the protected stands in a text, in order.

        ``named`` are full names of people whom the text names with good reason: a name within one of them, with
        another first name, isn't reported; addresses, numbers and handles always are.
        """
        read = list(readings_of(folded(text)))
        matches = [match for reading in read for match in self._matches(text, reading)]
        if named and matches:
            matches = _without_named(matches, text, read, named)
        return _one_each([match.hit for match in matches])

    def _matches(self, text: str, reading: Reading) -> Iterator[_Match]:
        for place, ref, form in self._places(reading):
            blocks = judged(form, place, reading.text)
            if blocks is not None:
                yield _Match(_hit(text, reading, ref, form.what, place.start, place.end, blocks), form.first)
        for ref, start, end in self._phones.found(reading.text):
            yield _Match(_hit(text, reading, ref, What.PHONE, start, end, True), "")

    def _places(self, reading: Reading) -> Iterator[tuple[Place, str, Form]]:
        stream, lengths, forms = reading.stream, self._lengths, self._forms
        for word, at in enumerate(reading.starts[:-1]):
            found = lengths.get(stream[at : at + HEAD], ())
            for length in (*self._short, *found) if self._short else found:
                for ref, form in forms.get(stream[at : at + length], ()):
                    if place := placed_at(form, reading, word):
                        yield place, ref, form


def _forms_of(one: Protected) -> set[Form]:
    forms: set[Form] = set()
    for name in one.names:
        forms |= name_forms(name)
    for email in one.emails:
        forms |= email_forms(email, one.names)
    for handle in one.handles:
        forms |= handle_forms(handle)
    for address in one.addresses:
        forms |= address_forms(address)
    return forms


def _hit(text: str, reading: Reading, ref: str, what: What, start: int, end: int, blocks: bool) -> Hit:
    first, last = reading.places[start], end_in(text, reading.places[end - 1])
    return Hit(ref, what, first, last, text[first:last], blocks)


def _without_named(matches: list[_Match], text: str, read: list[Reading], named: Collection[str]) -> list[_Match]:
    """The matches but those within the full name of somebody else."""
    others = Scanner([Protected("", names=tuple(named))])
    spans = sorted(
        (match.hit.start, match.hit.end, match.first)
        for reading in read
        for match in others._matches(text, reading)
        if match.hit.what is What.FULL_NAME
    )
    starts = [start for start, _, _ in spans]

    def is_another(match: _Match) -> bool:
        last = bisect_right(starts, match.hit.start)
        return match.hit.what in _BY_NAME and any(
            match.hit.end <= end and match.first != first for _, end, first in spans[max(0, last - FARTHEST) : last]
        )

    return [match for match in matches if not is_another(match)]


def _one_each(hits: list[Hit]) -> list[Hit]:
    """The hits in order, without those that lie in another of the same person that says as much."""
    kept: list[Hit] = []
    reached: dict[tuple[str, bool], int] = defaultdict(int)
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, not hit.blocks, hit.what)):
        if hit.end > reached[hit.ref, True] and (hit.blocks or hit.end > reached[hit.ref, False]):
            kept.append(hit)
            reached[hit.ref, hit.blocks] = hit.end
    return kept
