"""A draft from a word processor, .docx: paragraphs, and the comments and footnotes with the words each stands at.

The libraries that were looked at give a comment's text and not which words it is anchored at, or no footnotes; so the
parts of the file that hold words are read here. Nothing else of it is unpacked, and nothing is written to any file.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from investigations.exchange.sheet import MAX_BYTES, Unreadable
from investigations.exchange.wordstyles import Numbering, Styles, flag, inside, named, value
from investigations.text.writing import Anchor, Paragraph, Run, sentence_before

MAX_PART = 8 * 1024 * 1024
"""How large a part of words may be when unpacked: a novel has two megabytes."""

MAX_CHARACTERS = 300_000
"""How long a draft may be: fifty thousand words."""

MAX_REMARKS = 500
"""How many comments and footnotes a draft may have."""

MAX_DEPTH = 60

NOT_DOCX = (
    "This file can’t be read as .docx. Open it in your word processor and save it as “Word document (.docx)”,"
    " without a password."
)
TOO_LONG = f"This draft is longer than {MAX_CHARACTERS:,} characters: bring it in as several stories."
IN_A_TABLE = "It stands in a table: tables come in as lines of text."
TWO_PARAGRAPHS = "Its words run over more than one paragraph."
NOWHERE = "It stands at no words of the text: in a heading line of the page, a text box, or at deleted words."

_DROPPED = {"del", "moveFrom", "drawing", "pict", "object", "instrText", "delText", "rPr", "pPr", "Fallback"}
_ADDRESS = re.compile(r"""https?://[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]]""", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """A comment or a footnote: its own words, its addresses with the words of each link, and what it stands at."""

    key: str
    kind: str
    words: str
    links: tuple[tuple[str, str], ...] = ()
    at: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft as read: its title, its paragraphs with anchors, its remarks in the order of the text."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...] = ()


def read(data: bytes) -> Draft:
    """Read a .docx. Raises Unreadable, with what to do, for what is no such file or is too large."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"This file has more than {MAX_BYTES // 1024**2} MB: take the pictures out.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Reader(_Package(archive)).draft()
    except Unreadable:
        raise
    except Exception as error:  # a damaged file fails in many ways
        raise Unreadable(NOT_DOCX) from error


class _Package:
    """The parts of a file, by what they are to the part that holds the text."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        (self._main,) = (target for kind, target in self._related("").values() if kind == "officeDocument")
        self._parts = dict(self._related(self._main).values())

    def part(self, kind: str) -> Element:
        """A part; an empty one where the file has none."""
        name = self._main if kind == "document" else self._parts.get(kind, "")
        return self._tree(name) if name in self._archive.namelist() else Element("none")

    def links(self, kind: str) -> dict[str, str]:
        """The addresses that a part's links lead to."""
        name = self._main if kind == "document" else self._parts.get(kind, "")
        related = self._related(name) if name in self._archive.namelist() else {}
        return {key: target for key, (of, target) in related.items() if of == "hyperlink"}

    def _related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: the kind and the target of each, by key."""
        held = join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")
        if held not in self._archive.namelist():
            return {}
        found = {}
        for each in self._tree(held):
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target)
        return found

    def _tree(self, name: str) -> Element:
        # zipfile never unpacks more of a member than it declares.
        if self._archive.getinfo(name).file_size > MAX_PART:
            raise Unreadable(TOO_LONG)
        data = self._archive.read(name)
        if b"<!DOCTYPE" in data.replace(b"\0", b"").upper():
            raise Unreadable(NOT_DOCX)
        return ElementTree.fromstring(data)  # noqa: S314 - entities are refused above


class _Reader:
    """Reads one file's parts."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))

    def draft(self) -> Draft:
        """The draft."""
        body = _Body(self._styles, self._numbering, self._package.links("document"))
        body.read(next(iter(inside(self._package.part("document"), "body")), Element("none")))
        remarks = [*self._remarks("comments", "comment"), *self._remarks("footnotes", "footnote")]
        remarks += self._remarks("endnotes", "endnote")
        if len(remarks) > MAX_REMARKS:
            raise Unreadable(f"This draft has more than {MAX_REMARKS} comments and notes: split it.")
        return body.with_remarks(remarks)

    def _remarks(self, part: str, tag: str) -> Iterator[Remark]:
        links = self._package.links(part)
        for each in inside(self._package.part(part), tag):
            if value(each, "type") not in ("", "normal"):
                continue
            read = _Body(self._styles, self._numbering, links)
            read.read(each)
            words = "\n".join(filter(None, (" ".join(one.words.split()) for one in read.paragraphs)))
            found: dict[str, str] = {}
            for paragraph in read.paragraphs:
                for run in paragraph.runs:
                    if run.link:
                        found[run.link] = found.get(run.link, "") + run.words
            linked = {address: " ".join(title.split()) for address, title in found.items()}
            for address in _ADDRESS.findall(words):
                linked.setdefault(address, "")
            yield Remark(f"{tag} {value(each, 'id')}", tag, words, tuple(linked.items()))


class _Body:
    """The paragraphs of a part, as they come, and where remarks begin and end in them."""

    def __init__(self, styles: Styles, numbering: Numbering, links: dict[str, str]) -> None:
        self.paragraphs: list[Paragraph] = []
        self._styles, self._numbering, self._links = styles, numbering, links
        self._runs: list[Run] = []
        self._link = ""
        self._fields: list[str] = []
        self._size = 0
        self._table = 0
        self._in_table: dict[str, str] = {}
        self._starts: dict[str, tuple[int, int]] = {}
        self._ends: dict[str, tuple[int, int]] = {}
        self._points: dict[str, tuple[int, int]] = {}

    # --- Reading ---

    def read(self, within: Element, depth: int = 0) -> None:
        """Read all paragraphs below this element."""
        if depth > MAX_DEPTH:
            raise Unreadable(NOT_DOCX)
        for element in within:
            tag = named(element)
            if tag == "p":
                self._paragraph(element, depth)
            elif tag == "tbl":
                self._read_table(element, depth)
            elif tag in ("commentRangeStart", "commentRangeEnd"):
                self._edge(tag, element)
            elif tag not in _DROPPED:
                self.read(element, depth + 1)

    def _read_table(self, element: Element, depth: int) -> None:
        """A row becomes a paragraph, its cells set apart by a dot."""
        self._table += 1
        for row in inside(element, "tr"):
            first = len(self.paragraphs)
            cells = []
            for cell in inside(row, "tc"):
                begin = len(self.paragraphs)
                self.read(cell, depth + 2)
                cells.append(" ".join(each.words for each in self.paragraphs[begin:] if each.words.strip()))
            del self.paragraphs[first:]
            self.paragraphs.append(Paragraph((Run(" · ".join(filter(None, cells))),)))
        self._table -= 1

    def _paragraph(self, element: Element, depth: int) -> None:
        kind, level = self._kind(element)
        outer, self._runs, self._link, self._fields = self._runs, [], "", []
        self._inline(element, depth + 1)
        self.paragraphs.append(Paragraph(tuple(self._runs), kind, level))
        self._runs = outer

    def _kind(self, element: Element) -> tuple[str, int]:
        properties = next(iter(inside(element, "pPr")), Element("none"))
        style = self._styles.of(properties)
        if style.kind in ("title", "heading"):
            return style.kind, style.level
        listed = self._numbering.of(properties) or style.numbered
        if listed:
            return self._numbering.kind(*listed), listed[1]
        return style.kind, 0

    def _inline(self, within: Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable(NOT_DOCX)
        for element in within:
            tag = named(element)
            if tag == "r":
                self._run(element)
            elif tag == "hyperlink":
                before, self._link = self._link, self._links.get(value(element, "id"), "")
                self._inline(element, depth + 1)
                self._link = before
            elif tag == "fldSimple":
                before, self._link = self._link, _address(value(element, "instr")) or self._link
                self._inline(element, depth + 1)
                self._link = before
            elif tag in ("commentRangeStart", "commentRangeEnd"):
                self._edge(tag, element)
            elif tag not in _DROPPED:
                self._inline(element, depth + 1)

    def _run(self, element: Element) -> None:
        properties = next(iter(inside(element, "rPr")), Element("none"))
        hidden = flag(properties, "vanish")
        strong, emphasis = self._styles.stress(properties)
        for part in element:
            tag = named(part)
            words = ""
            if tag == "t":
                words = part.text or ""
            elif tag in ("br", "cr"):
                words = "\n"
            elif tag in ("tab", "ptab"):
                words = " "
            elif tag == "noBreakHyphen":
                words = "\u2011"
            elif tag == "fldChar":
                self._field(value(part, "fldCharType"))
            elif tag == "instrText" and self._fields:
                self._fields[-1] += part.text or ""
            elif tag in ("commentReference", "footnoteReference", "endnoteReference"):
                self._stands(self._points, f"{tag.removesuffix('Reference')} {value(part, 'id')}")
            if words and not hidden:
                self._add(Run(words, strong, emphasis, self._link))

    def _field(self, kind: str) -> None:
        """A link may be a field: an instruction, a sign, and the words that readers see."""
        if kind == "begin":
            self._fields.append("")
        elif kind == "separate" and self._fields:
            self._link = _address(self._fields[-1]) or self._link
        elif kind == "end" and self._fields and _address(self._fields.pop()):
            self._link = ""

    def _add(self, run: Run) -> None:
        self._size += len(run.words)
        if self._size > MAX_CHARACTERS:
            raise Unreadable(TOO_LONG)
        self._runs.append(run)

    # --- Remarks ---

    def _here(self) -> tuple[int, int]:
        return len(self.paragraphs), sum(len(run.words) for run in self._runs)

    def _edge(self, tag: str, element: Element) -> None:
        key = f"comment {value(element, 'id')}"
        self._stands(self._starts if tag.endswith("Start") else self._ends, key)
        if key in self._in_table and tag.endswith("End") and self._starts.get(key, ("",))[0] == len(self.paragraphs):
            self._in_table[key] = "".join(run.words for run in self._runs)[self._starts[key][1] :]

    def _stands(self, places: dict[str, tuple[int, int]], key: str) -> None:
        places.setdefault(key, self._here())
        if self._table:
            self._in_table.setdefault(key, "")

    def with_remarks(self, remarks: list[Remark]) -> Draft:
        """The draft: each remark anchored at its words, or with the reason why it isn't."""
        anchors: dict[int, list[Anchor]] = {}
        placed: list[tuple[tuple[int, int], Remark]] = []
        last = (len(self.paragraphs), 0)
        for remark in sorted(remarks, key=lambda each: each.kind != "comment"):  # notes take what comments leave
            number, start, end, at, reason = self._place(remark, anchors)
            if not reason:
                anchors.setdefault(number, []).append(Anchor(remark.key, start, end))
            order = self._starts.get(remark.key) or self._points.get(remark.key) or last
            placed.append((order, replace(remark, at=" ".join(at.split()), reason=reason)))
        paragraphs = []
        title = ""
        for number, paragraph in enumerate(self.paragraphs):
            if paragraph.kind == "title" and not title and number not in anchors:
                title = " ".join(paragraph.words.split())
                continue
            kind, level = ("heading", 1) if paragraph.kind == "title" else (paragraph.kind, paragraph.level)
            held = tuple(anchors.get(number, ()))
            paragraphs.append(Paragraph(paragraph.runs, kind, level, held))
        ordered = sorted(placed, key=lambda each: each[0])
        return Draft(title, tuple(paragraphs), tuple(remark for _, remark in ordered))

    def _place(self, remark: Remark, anchors: dict[int, list[Anchor]]) -> tuple[int, int, int, str, str]:
        """The paragraph, from where to where in it, the words; and the reason why it can't be placed."""
        start, end = self._starts.get(remark.key), self._ends.get(remark.key)
        point = self._points.get(remark.key)
        if remark.key in self._in_table:
            return 0, 0, 0, self._in_table[remark.key], IN_A_TABLE
        if start and end:
            held = [each for each in self._pieces(start, end) if each[3].strip()]
            if len(held) > 1:
                return 0, 0, 0, "\n".join(each[3] for each in held), TWO_PARAGRAPHS
            if held:
                return *held[0], ""
            point = None
        if not point or point[0] >= len(self.paragraphs):
            return 0, 0, 0, "", NOWHERE
        words = self.paragraphs[point[0]].words
        taken = [(each.start, each.end) for each in anchors.get(point[0], ())]
        first, until = sentence_before(words, point[1], taken)
        if not words[first:until].strip():
            return 0, 0, 0, "", NOWHERE
        return point[0], first, until, words[first:until], ""

    def _pieces(self, start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int, int, str]]:
        for number in range(start[0], min(end[0] + 1, len(self.paragraphs))):
            words = self.paragraphs[number].words
            first = start[1] if number == start[0] else 0
            until = end[1] if number == end[0] else len(words)
            yield number, first, until, words[first:until]


def _address(instruction: str) -> str:
    found = re.match(r"""\s*HYPERLINK\s+"([^"]+)\"""", instruction)
    return found[1] if found else ""
