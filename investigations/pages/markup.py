"""A block's clean HTML with what readers get at the words put into it: references and correction tags.

Blocks come from `text.parse` through nh3: the only spans in them are passages, never nested, and every
text is escaped. Offsets are code points of the block's canonical text.
"""

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser

# Where words stand, and so may an addition; the white space between list items is no place for one.
PARAGRAPHS = {"p", "li", "h2", "h3", "pre"}


class _Decorator(HTMLParser):
    """Writes the HTML again and puts the additions where they belong."""

    def __init__(self, after_passage: Mapping[str, str], at_offset: Sequence[tuple[int, str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.after_passage = after_passage
        self.waiting = sorted(at_offset)
        self.out: list[str] = []
        self.passage = ""
        self.links = 0
        self.paragraphs = 0
        self.reached = 0  # not `offset`: the parser keeps its own place in the HTML under that name
        self.pending_space = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._insert_due(self.reached)
        if tag == "br":
            self.pending_space = self.reached > 0
        if tag == "span":
            self.passage = values["id"] or ""
            mark = ' class="passage"' if self.passage in self.after_passage else ""
            self.out.append(f'<span{mark} id="{escape(self.passage)}">')
            return
        self.links += tag == "a"
        self.paragraphs += tag in PARAGRAPHS
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.out.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self.links -= tag == "a"
        if tag in PARAGRAPHS:
            self._insert_due(self.reached)
            self.pending_space = self.reached > 0
            self.paragraphs -= 1
        self.out.append(f"</{tag}>")
        if tag == "span":
            self.out.append(self.after_passage.get(self.passage, ""))
            self.passage = ""
        if tag in {"span", "a"}:
            self._insert_due(self.reached)

    def handle_data(self, data: str) -> None:
        for character in data:
            # An offset behind a space is the one before it: an addition stands at the word it follows.
            self._insert_due(self.reached + (character.isspace() and self.reached > 0))
            if character.isspace():
                self.pending_space = self.reached > 0
            else:
                self.reached += 1 + self.pending_space
                self.pending_space = False
            self.out.append(escape(character, quote=False))

    def _insert_due(self, offset: int) -> None:
        """Write what is due at this offset: behind a passage or a link rather than inside it."""
        if self.passage or self.links or not self.paragraphs:
            return
        while self.waiting and self.waiting[0][0] <= offset:
            self.out.append(self.waiting.pop(0)[1])

    def finish(self) -> str:
        """The HTML, with what is still waiting at the end of its last paragraph."""
        self.close()
        ends = [place for place, piece in enumerate(self.out) if piece[:2] == "</" and piece[2:-1] in PARAGRAPHS]
        place = ends[-1] if ends else len(self.out)
        self.out[place:place] = [addition for _, addition in self.waiting]
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
