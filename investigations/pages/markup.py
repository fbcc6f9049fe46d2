"""A block's clean HTML with what readers get at the words put into it: references and correction tags.

Blocks come from `text.parse` through nh3: the only spans in them are passages, never nested, and every
text is escaped. Offsets are code points of the block's canonical text.
"""

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser

PARAGRAPHS = {"p", "li", "blockquote", "h2", "h3", "pre"}


class _Decorator(HTMLParser):
    """Writes the HTML again and puts the additions where they belong."""

    def __init__(self, after_passage: Mapping[str, str], at_offset: Sequence[tuple[int, str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.after_passage = after_passage
        self.waiting = sorted(at_offset)
        self.out: list[str] = []
        self.passage = ""
        self.links = 0
        self.reached = 0  # not `offset`: the parser keeps its own place in the HTML under that name
        self.pending_space = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "br":
            self.pending_space = self.reached > 0
        if tag == "span":
            self.passage = values["id"] or ""
            mark = ' class="passage"' if self.passage in self.after_passage else ""
            self.out.append(f'<span{mark} id="{escape(self.passage)}">')
            return
        self.links += tag == "a"
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.out.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self.links -= tag == "a"
        if tag in PARAGRAPHS:
            self._insert_due()
            self.pending_space = self.reached > 0
        self.out.append(f"</{tag}>")
        if tag == "span":
            self.out.append(self.after_passage.get(self.passage, ""))
            self.passage = ""

    def handle_data(self, data: str) -> None:
        for character in data:
            self._insert_due()
            if character.isspace():
                self.pending_space = self.reached > 0
            else:
                self.reached += 1 + self.pending_space
                self.pending_space = False
            self.out.append(escape(character, quote=False))

    def _insert_due(self) -> None:
        """Write what is due here: behind a passage or a link rather than inside it."""
        while self.waiting and self.waiting[0][0] <= self.reached and not (self.passage or self.links):
            self.out.append(self.waiting.pop(0)[1])

    def finish(self) -> str:
        """The HTML, with what is still waiting before its last closing tag."""
        self.close()
        if self.waiting:
            tail = self.out.pop() if self.out and self.out[-1].startswith("</") else ""
            self.out += [addition for _, addition in self.waiting] + [tail]
        return "".join(self.out)


def decorate(
    html: str, *, after_passage: Mapping[str, str] | None = None, at_offset: Sequence[tuple[int, str]] = ()
) -> str:
    """The block with `after_passage[id]` behind each passage, and each addition at its offset of the text.

    A passage that `after_passage` doesn't name keeps its id, so that links lead to the words, and is unmarked.
    """
    decorator = _Decorator(after_passage or {}, at_offset)
    decorator.feed(html)
    return decorator.finish()
