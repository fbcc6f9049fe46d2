"""Story Markdown written from paragraphs with runs of one style, as files and the clipboard hold them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from investigations.text.reading import is_allowed, parse, squeezed

MAX_LEVEL = 8
"""How deep a list may be nested, from 0: word processors know nine levels."""

NO_WORDS = "It stands at no words."
OVERLAPS = "Its words are partly those of another comment."
CANT_BE_MARKED = "Its words can’t be marked: a link or a style begins or ends inside."

_ESCAPED = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?:([#>+=~-])|([0-9]{1,9})([.)])(?=\s|$))", re.MULTILINE)
_TARGET = {ord(sign): f"%{ord(sign):02X}" for sign in " <>()\\\"'`*[]{}\n\t"}


@dataclass(frozen=True)
class Run:
    """Words of one style; a line break in them is one that the writer made."""

    words: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Anchor:
    """What a remark stands at: from where to where in the words of its paragraph; its key names the remark."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its kind is paragraph, heading, bullet, number or quote; its level that of heading or list."""

    runs: tuple[Run, ...]
    kind: str = "paragraph"
    level: int = 0
    anchors: tuple[Anchor, ...] = ()

    @property
    def words(self) -> str:
        """The words of its runs."""
        return "".join(run.words for run in self.runs)


@dataclass
class Written:
    """Markdown; which mark each remark stands at; and why a remark has none."""

    markdown: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def write(paragraphs: Iterable[Paragraph], *, first: int = 1) -> Written:
    """Write paragraphs as Markdown that reads as the same words; new marks count from `first`."""
    written = Written()
    blocks: list[str] = []
    items = _Items()
    for paragraph in paragraphs:
        laid = _Laid(paragraph)
        marked = laid.marked(first + len(set(written.marks.values())))
        written.marks |= marked.marks
        written.refused |= marked.refused
        if not marked.markdown:
            continue
        if paragraph.kind in ("bullet", "number"):
            line = items.line(paragraph, marked.markdown)
            if items.follows:
                blocks[-1] += f"\n{line}"
            else:
                blocks.append(line)
            items.follows = True
        else:
            items = _Items()
            inset = "> " if paragraph.kind == "quote" else ""
            blocks.append(re.sub("^", inset, marked.markdown, flags=re.MULTILINE))
    written.markdown = "\n\n".join(blocks)
    return written


def plain(words: str) -> str:
    """The words as Markdown in which no sign means anything."""
    return _line_starts(_escaped(words))


class _Items:
    """The list that is being written: of which kind each level is, and how far its words are set in."""

    def __init__(self) -> None:
        self.follows = False
        self._levels: list[tuple[str, int]] = []

    def line(self, paragraph: Paragraph, markdown: str) -> str:
        level = min(paragraph.level, len(self._levels), MAX_LEVEL)
        inset = sum(len(_bullet(*above)) for above in self._levels[:level])
        before = self._levels[level] if level < len(self._levels) else ("", 0)
        number = before[1] + 1 if before[0] == paragraph.kind else 1
        self._levels[level:] = [(paragraph.kind, number)]
        bullet = _bullet(paragraph.kind, number)
        lines = markdown.split("\n")
        within = " " * (inset + len(bullet))
        return "\n".join([f"{' ' * inset}{bullet}{lines[0]}", *(f"{within}{line}" for line in lines[1:])])


def _bullet(kind: str, number: int) -> str:
    return "- " if kind == "bullet" else f"{number}. "


class _Laid:
    """A paragraph's words with single spaces, each with its run, and where in them its anchors are."""

    def __init__(self, paragraph: Paragraph) -> None:
        self._heading = min(3, max(2, paragraph.level)) if paragraph.kind == "heading" else 0
        signs: list[str] = []
        self._runs: list[Run] = []
        place: list[int] = []
        for run in paragraph.runs:
            for sign in run.words:
                place.append(len(signs))
                if sign.isspace():
                    sign = "\n" if sign == "\n" and not self._heading else "\u00a0" if sign == "\u00a0" else " "
                    if not signs or signs[-1].isspace():
                        if signs and sign == "\n":
                            signs[-1] = sign
                        continue
                elif unicodedata.category(sign) == "Cc":
                    continue
                signs.append(sign)
                self._runs.append(run)
        while signs and signs[-1].isspace():
            signs.pop()
        self._text = "".join(signs)
        place.append(len(signs))
        self._anchors = [
            Anchor(each.key, place[each.start], min(place[each.end], len(signs))) for each in paragraph.anchors
        ]

    def marked(self, first: int) -> Written:
        """The paragraph in Markdown with its marks; with less style, and then without marks, where it must be."""
        if not self._text:
            return Written(refused={each.key: NO_WORDS for each in self._anchors})
        spans, refused = self._spans()
        marks = {span: f"p{first + number}" for number, span in enumerate(spans)}
        for styled in (True, False):
            markdown = self._composed(marks, styled)
            if self._reads_as_meant(markdown, marks):
                keys = {key: marks[span] for span, held in spans.items() for key in held}
                return Written(markdown, keys, refused)
        refused |= {key: CANT_BE_MARKED for held in spans.values() for key in held}
        styled = self._reads_as_meant(markdown := self._composed({}, styled=True), {})
        return Written(markdown if styled else self._composed({}, styled=False), {}, refused)

    def _spans(self) -> tuple[dict[tuple[int, int], list[str]], dict[str, str]]:
        """From where to where marks stand, with the remarks of each; and the remarks that can't have one."""
        spans: dict[tuple[int, int], list[str]] = {}
        refused = {}
        for anchor in sorted(self._anchors, key=lambda each: (each.start, each.end)):
            words = self._text[anchor.start : anchor.end]
            start = anchor.start + len(words) - len(words.lstrip())
            end = anchor.end - (len(words) - len(words.rstrip()))
            if not any(sign.isalnum() for sign in words):
                refused[anchor.key] = NO_WORDS
            elif (start, end) not in spans and any(start < until and since < end for since, until in spans):
                refused[anchor.key] = OVERLAPS
            else:
                spans.setdefault((start, end), []).append(anchor.key)
        return spans, refused

    def _reads_as_meant(self, markdown: str, marks: dict[tuple[int, int], str]) -> bool:
        read = parse(markdown)
        kind = "heading" if self._heading else "paragraph"
        meant = {mark: squeezed(self._text[start:end]).rstrip() for (start, end), mark in marks.items()}
        return (
            [block.kind for block in read.blocks] == [kind]
            and read.text == squeezed(self._text).rstrip()
            and {mark.id: mark.words for mark in read.marks} == meant
            and not any(problem.mark in meant for problem in read.problems)
        )

    def _composed(self, marks: dict[tuple[int, int], str], styled: bool) -> str:
        pieces = []
        at = 0
        for (start, end), mark in sorted(marks.items()):
            pieces += [self._linked(at, start, styled), f"[{self._linked(start, end, styled)}]{{#{mark}}}"]
            at = end
        pieces.append(self._linked(at, len(self._text), styled))
        markdown = re.sub(r"(?<!\\)!(?=\[)", r"\\!", "".join(pieces))
        if self._heading:
            return f"{'#' * self._heading} " + re.sub(r"(#+)$", r"\\\1", markdown)
        return _line_starts(markdown)

    def _linked(self, start: int, end: int, styled: bool) -> str:
        if not styled:
            return _escaped(self._text[start:end])
        pieces = []
        for target, (first, last) in self._groups(start, end, _target):
            inner = self._trimmed(first, last)
            if not target or inner[0] == inner[1]:
                pieces.append(self._stressed(first, last))
                continue
            before, after = self._text[first : inner[0]], self._text[inner[1] : last]
            target = re.sub(r"&(?=#?\w+;)", "&amp;", target.translate(_TARGET))
            pieces.append(f"{_escaped(before)}[{self._stressed(*inner)}]({target}){_escaped(after)}")
        return "".join(pieces)

    def _stressed(self, start: int, end: int) -> str:
        pieces = []
        for stars, (first, last) in self._groups(start, end, self._stars):
            inside, beyond = self._trimmed(first, last)
            # stars between a word and a sign on its other side would stay stars
            while stars and inside < beyond and self._turns(inside - 1, inside):
                inside += 1
            while stars and inside < beyond and self._turns(beyond, beyond - 1):
                beyond -= 1
            if inside == beyond:
                stars = ""
            before, words, after = (
                _escaped(self._text[since:until])
                for since, until in ((first, inside), (inside, beyond), (beyond, last))
            )
            pieces.append(f"{before}{stars}{words}{stars}{after}")
        return "".join(pieces)

    def _stars(self, run: Run) -> str:
        return "*" * run.emphasis + "**" * (run.strong and not self._heading)

    def _groups(self, start: int, end: int, of: Callable[[Run], str]) -> Iterator[tuple[str, tuple[int, int]]]:
        for value, places in groupby(range(start, end), key=lambda place: of(self._runs[place])):
            held = list(places)
            yield value, (held[0], held[-1] + 1)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        words = self._text[start:end]
        if not words.strip():
            return start, start
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))

    def _turns(self, outer: int, inner: int) -> bool:
        """Whether stars between these signs would not be read as stress."""
        return self._text[inner].isspace() or (self._is_word(outer) and not self._is_word(inner))

    def _is_word(self, place: int) -> bool:
        return 0 <= place < len(self._text) and self._text[place].isalnum()


@lru_cache(maxsize=512)
def _target(run: Run) -> str:
    return run.link if is_allowed(run.link) else ""


def _escaped(words: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", unicodedata.normalize("NFC", words)).replace("\n", "\\\n")


def _line_starts(markdown: str) -> str:
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", markdown)


def sentence_before(words: str, at: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From where to where the words stand that a note at this place belongs to.

    They are those of the sentence that ends there, after whatever other remarks hold; a remark that ends there, or
    goes on there, gives its own.
    """
    end = len(words[:at].rstrip(' \t\n\u00a0.,;:!?…"”’)]'))
    for start, until in taken:
        if start < at and until >= end > start:
            return start, until
    begins = [found.end() for found in re.finditer(r"[.!?…][\"”’)\]]*\s+|\n", words[:end])]
    start = max([0, *begins, *(until for _, until in taken if until <= end)])
    closing = re.match(r"[.,!?…]*”", words[end:at])
    if closing and words.count("“", start, end) > words.count("”", start, end):
        end += closing.end()
    return start, end
