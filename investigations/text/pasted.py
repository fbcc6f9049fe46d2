"""What was copied from a word processor, as paragraphs: HTML of Word, Google Docs and their kin.

Nothing of the HTML itself is kept: its words, links, emphasis and lists are, so there is nothing to clean.
"""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from investigations.text.writing import MAX_LEVEL, Paragraph, Run, write

MAX_OPEN = 200
"""How many elements may be open at once; what is nested deeper keeps the style around it."""

_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "source", "embed", "track"}
_UNSEEN = {"script", "style", "head", "title", "template", "svg", "math", "object", "textarea", "select", "xml"}
_OPENS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "tr", "pre", "section", "article", "dd"}
_DECLARED = re.compile(r"<!\[(?!endif\]--)(?:[^\]>]*\]>)?")
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)")
_SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(\w+)")
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)")
_COUNTS = re.compile(r"^\W*[0-9A-Za-z]{1,5}[.)]")


UNSTYLED = Run("")


@dataclass(frozen=True)
class _Open:
    """An open element and what it makes of the words in it."""

    tag: str = ""
    run: Run = UNSTYLED
    unseen: bool = False
    bullet: bool = False


def paragraphs_of(html: str) -> tuple[Paragraph, ...]:
    """The paragraphs of pasted HTML; empty ones are left out."""
    reader = _Reader()
    reader.feed(_DECLARED.sub("", html))
    reader.close()
    reader.end_paragraph()
    return tuple(reader.paragraphs)


def markdown_of(html: str) -> str:
    """Pasted HTML as story Markdown."""
    return write(paragraphs_of(html)).markdown


class _Reader(HTMLParser):
    """Reads HTML, well formed or not, from its first to its last sign."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._open: list[_Open] = [_Open()]
        self._runs: list[Run] = []
        self._kind, self._level = "paragraph", 0
        self._signs = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag in ("td", "th") and self._runs:
            self._runs.append(Run(" · "))
        if tag in _VOID:
            return
        if tag in ("p", "li"):
            self._close_what_it_ends(tag)
        if tag in _OPENS:
            self._begin(tag, held)
        if len(self._open) < MAX_OPEN:
            self._open.append(self._opened(tag, held))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _OPENS and not (tag in ("p", "div") and self._within("li")):
            self.end_paragraph()
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if here.bullet:
            self._signs += data
        elif not here.unseen:
            self._runs.append(replace(here.run, words=re.sub(r"[\s\x00]", lambda sign: _space(sign[0]), data)))

    def end_paragraph(self) -> None:
        """The words so far are a paragraph."""
        kind = self._kind
        if kind == "bullet" and _COUNTS.match(self._signs):
            kind = "number"
        if any(run.words.strip() for run in self._runs):
            self.paragraphs.append(Paragraph(tuple(self._runs), kind, self._level))
        self._runs, self._kind, self._level, self._signs = [], "paragraph", 0, ""

    def _close_what_it_ends(self, tag: str) -> None:
        """A paragraph ends where the next begins, and an item likewise, whether or not it says so."""
        ends = {"p": {"li", "blockquote", "td", "th", "div"}, "li": {"ul", "ol"}}[tag]
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in ends:
                return
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def _begin(self, tag: str, held: dict[str, str]) -> None:
        if tag in ("p", "div") and self._within("li"):
            if any(run.words.strip() for run in self._runs):
                self._runs.append(Run("\n"))
            return
        self.end_paragraph()
        in_word = _WORD_LIST.search(held.get("style", ""))
        lists = [each.tag for each in self._open if each.tag in ("ul", "ol")]
        if in_word:
            self._kind, self._level = "bullet", min(int(in_word[1][:2]) - 1, MAX_LEVEL)
        elif tag == "li":
            self._kind = "number" if lists[-1:] == ["ol"] else "bullet"
            self._level = min(max(0, len(lists) - 1), MAX_LEVEL)
        elif re.fullmatch("h[1-6]", tag):
            self._kind, self._level = "heading", int(tag[1])
        elif tag == "blockquote" or self._within("blockquote"):
            self._kind = "quote"

    def _opened(self, tag: str, held: dict[str, str]) -> _Open:
        above, style = self._open[-1], held.get("style", "").lower()
        run = above.run
        run = replace(run, strong=run.strong or tag in ("b", "strong"), emphasis=run.emphasis or tag in ("i", "em"))
        if found := _WEIGHT.search(style):
            run = replace(run, strong=found[1] in ("bold", "bolder", "600", "700", "800", "900"))
        if found := _SLANT.search(style):
            run = replace(run, emphasis=found[1] in ("italic", "oblique"))
        if tag == "a":
            run = replace(run, link=held.get("href", "").strip())
        unseen = above.unseen or tag in _UNSEEN or "display:none" in style.replace(" ", "")
        return _Open(tag, run, unseen, above.bullet or bool(re.search(r"mso-list\s*:\s*ignore", style)))

    def _within(self, tag: str) -> bool:
        return any(each.tag == tag for each in self._open)


def _space(sign: str) -> str:
    return sign if sign == "\u00a0" else " "
