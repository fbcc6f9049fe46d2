"""Reading a body: its blocks, its marks, and every mark that is none."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from investigations.text.parts import Block, Fault, Mark, Problem, StoryText

MAX_NESTING = 60
"""How deep lists and quotes may be nested; what is deeper is lost, and reported."""

_MARK_END = re.compile(r"\]\{#(p[1-9][0-9]{0,8})\}")
_KINDS = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "hr": "rule",
    "fence": "code",
    "code_block": "code",
}
_BLOCK_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "pre", "hr"}
_CLEANER = nh3.Cleaner(
    tags=_BLOCK_TAGS | {"em", "strong", "a", "code", "br", "span"},
    attributes={"a": {"href"}, "span": {"id"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Read every link, so that a bad target is reported instead of left to readers as raw Markdown."""
        return True


def _mark_rule(state: StateInline, silent: bool) -> bool:
    """Read ``[the words]{#p3}`` and nothing else; the attrs plugin drops what it doesn't know silently."""
    start, stop = state.pos, state.posMax
    if state.src[start] != "[" or not _MARK_END.search(state.src, start, stop):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start)
    braces = _MARK_END.match(state.src, label_end, stop) if label_end >= 0 else None
    if not braces:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label_end
        opening = state.push("mark_open", "span", 1)
        opening.attrs = {"id": braces[1]}
        opening.meta = {"syntax": (start, label_end, braces.end())}
        state.md.inline.tokenize(state)
        state.push("mark_close", "span", -1)
    state.pos, state.posMax = braces.end(), stop
    return True


PARSER = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING})
# A line like "[Doe]: never" would be swallowed as the definition of a link.
PARSER.disable(["reference", "html_block", "html_inline"])
PARSER.inline.ruler.before("link", "mark", _mark_rule)


@lru_cache(maxsize=16)  # one request asks several times what a body says
def parse(markdown: str) -> StoryText:
    """The blocks and marks of a body, and every mark that couldn't be kept among the problems."""
    source = tidied(markdown)
    lines = source.split("\n")
    reader = _Reader()
    blocks = []
    for number, tokens in enumerate(_top_level(PARSER.parse(source)), start=1):
        first, last = tokens[0].map or (0, 0)
        blocks.append(reader.block(number, tokens, "\n".join(lines[first:last])))
    return StoryText(tuple(blocks), tuple(reader.problems))


def tidied(markdown: str) -> str:
    """NFC with plain line ends; surrogates, which no encoder takes, replaced."""
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", re.sub(r"\r\n?", "\n", markdown))
    return unicodedata.normalize("NFC", text)


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


class _Reader:
    """Reads the blocks of one body in order and remembers the marks seen and a bracket left open."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._number = 0
        self._seen: set[str] = set()
        self._bracket_open = False

    def block(self, number: int, tokens: list[Token], source: str) -> Block:
        self._number = number
        before = len(self.problems)
        for token in tokens:
            self._check(token)
        text, marks = _canonical(tokens)
        for empty in (mark for mark in marks if not mark.words):
            self._report(Fault.EMPTY, text, empty.id)
            _drop_mark(tokens, empty.id)
        marks = tuple(mark for mark in marks if mark.words)
        reported = self.problems[before:]
        self._cast_net(source, text, {mark.id for mark in marks} | {problem.mark for problem in reported})
        html = _CLEANER.clean(PARSER.renderer.render(tokens, PARSER.options, {})).strip()
        return Block(number, _KINDS[tokens[0].type], html, text, marks)

    def _report(self, code: Fault, excerpt: str, mark: str = "") -> None:
        self.problems.append(Problem(code, self._number, shortened(excerpt), mark))

    def _cast_net(self, source: str, text: str, accounted: set[str]) -> None:
        """Under all else: no id of the source is lost and no ``]{#`` stays in the text without a problem."""
        for lost in sorted(set(re.findall(r"\]\s*\{#(p[0-9]+)", source)) - accounted):
            self._report(Fault.LEFTOVER, source, lost)
        if "]{#" in text and all(problem.block != self._number for problem in self.problems):
            self._report(Fault.LEFTOVER, text)

    def _check(self, token: Token) -> None:
        """Report what is wrong with a token and leave in it what may be printed."""
        if token.nesting == 1 and token.level == MAX_NESTING - 1:
            self._report(Fault.TOO_DEEP, "")
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"
        if token.type in ("fence", "code_block"):
            self._check_code(token.content)
        if token.children:
            self._check_surroundings(token.content, token.children)
            self._replace_images(token.children)
            self._drop_bad_links(token.children)
            token.children = list(self._sound_marks(token.children))
            self._check_braces(token.children)

    def _check_code(self, code: str) -> None:
        for found in re.finditer(r"\]\{#(p[0-9]+)?", code):
            self._report(Fault.ON_CODE, code, found[1] or "")

    def _check_surroundings(self, source: str, tokens: list[Token]) -> None:
        """Blame marks that change how the text around them is read.

        Words inside a mark are read by themselves: of emphasis that begins outside and ends inside, readers
        would see the asterisks; of a link around a mark, the address.
        """
        marks = [token for token in tokens if token.type == "mark_open"]
        text = squeezed(_raw(tokens))
        unmarked = _unmarked(source, marks) if marks else tokens
        if squeezed(_raw(unmarked)) == text:
            return
        fault = Fault.ON_LINK if _links(unmarked) > _links(tokens) else Fault.CROSSES_EMPHASIS
        guilty = [mark for mark in marks if squeezed(_raw(_unmarked(source, [mark]))) != text]
        for mark in guilty or marks:
            self._report(fault, text, _id(mark))

    def _replace_images(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "image":
                inside = token.children or []
                self._report(Fault.IMAGE, _raw(inside) or str(token.attrGet("src")))
                for mark in (child for child in inside if child.type == "mark_open"):
                    self._report(Fault.ON_IMAGE, _raw(inside), _id(mark))
                _make_text(token, _raw(inside))

    def _drop_bad_links(self, tokens: list[Token]) -> None:
        bad = False
        for token in tokens:
            if token.type == "link_open":
                target = str(token.attrGet("href"))
                bad = not is_allowed(target)
                if bad:
                    self._report(Fault.BAD_LINK, target)
            if bad and token.type in ("link_open", "link_close"):
                bracket = "<" if token.type == "link_open" else ">"
                _make_text(token, bracket if token.markup == "autolink" else "")

    def _sound_marks(self, tokens: list[Token]) -> Iterator[Token]:
        """The tokens without marks inside marks and marks seen before; their words stay."""
        kept: list[bool] = []
        for place, token in enumerate(tokens):
            if token.type == "mark_open":
                nested, seen = bool(kept), _id(token) in self._seen
                if nested or seen:
                    fault = Fault.NESTED if nested else Fault.DUPLICATE_ID
                    self._report(fault, _raw(tokens[place : place + 9]), _id(token))
                self._seen.add(_id(token))
                kept.append(not (nested or seen))
            if token.type not in ("mark_open", "mark_close") or kept[-1]:
                yield token
            if token.type == "mark_close":
                kept.pop()

    def _check_braces(self, tokens: list[Token]) -> None:
        """Report braces that stayed in the text although they were meant for a mark."""
        for token in tokens:
            if token.type == "code_inline":
                self._check_code(token.content)
        literal = "".join(map(_literal, tokens))
        for braces in re.finditer(r"\{([^{}]*)\}?", literal):
            if fault := self._fault_of(literal, braces):
                named = re.search("p[0-9]+", braces[1])
                excerpt = literal[max(0, braces.start() - 60) : braces.end()]
                self._report(fault, excerpt, named[0] if named else "")
        left_open, overclosed = _brackets(literal)
        self._bracket_open = left_open or (self._bracket_open and not overclosed)

    def _fault_of(self, literal: str, braces: re.Match[str]) -> Fault | None:
        before = literal[: braces.start()]
        touching, nearest = before[-1:], before.rstrip()[-1:]
        if touching == "]" and not _MARK_END.match(literal, len(before) - 1):
            return Fault.BAD_ID
        if not braces[1].lstrip().startswith("#"):
            return None
        left_open, overclosed = _brackets(before)
        if touching == "]":
            return Fault.CROSSES_PARAGRAPHS if overclosed and self._bracket_open else Fault.LEFTOVER
        if nearest == "]":
            return Fault.DETACHED
        return _SIGNS.get(touching) or (Fault.UNCLOSED_BRACKET if left_open else Fault.LEFTOVER)


_SIGNS = {"\ufdd0": Fault.ON_LINK, "\ufdd1": Fault.ON_CODE, "\ufdd2": Fault.ON_IMAGE}
_SIGNED = dict(zip(("link_close", "code_inline", "image"), _SIGNS, strict=True))


def _literal(token: Token) -> str:
    """The words of a token, code left out, and a sign nobody types where a link, code or an image ends."""
    words = "" if token.type == "code_inline" else _raw([token])
    return words + _SIGNED.get(token.meta.get("was", token.type), "")


def _brackets(literal: str) -> tuple[bool, bool]:
    """Whether a bracket is left open, and whether one is closed that was not opened."""
    depth, overclosed = 0, False
    for bracket in re.findall(r"[][]", literal):
        overclosed = overclosed or (bracket == "]" and depth == 0)
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
    return depth > 0, overclosed


def _id(mark: Token) -> str:
    return str(mark.attrs["id"])


def _links(tokens: list[Token]) -> int:
    return sum(token.type == "link_open" for token in tokens)


def _make_text(token: Token, words: str) -> None:
    token.meta = {"was": token.type}
    token.type, token.tag, token.nesting, token.content, token.children = "text", "", 0, words, None


def _drop_mark(tokens: list[Token], mark: str) -> None:
    for inline in tokens:
        inside = False
        kept = []
        for token in inline.children or []:
            inside = _id(token) == mark if token.type == "mark_open" else inside
            if not (inside and token.type in ("mark_open", "mark_close")):
                kept.append(token)
        inline.children = kept


def _unmarked(source: str, marks: list[Token]) -> list[Token]:
    """The inline tokens of the source without the brackets and braces of these marks."""
    holes = [hole for mark in marks for hole in _holes(*mark.meta["syntax"])]
    for start, end in sorted(holes, reverse=True):
        source = source[:start] + source[end:]
    return PARSER.parseInline(source)[0].children or []


def _holes(start: int, label_end: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (start, start + 1), (label_end, end)


def is_allowed(target: str) -> bool:
    """Whether the cleaner leaves the target of a link as it is."""
    link = f'<a href="{escape(target)}">'
    return bool(re.match("https?://[^/]|mailto:.", target, re.IGNORECASE)) and "href" in _CLEANER.clean(link)


def _raw(tokens: list[Token]) -> str:
    """The words of inline tokens, each break a space."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else _raw(token.children or []) or token.content
        for token in tokens
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).lstrip()


def shortened(text: str) -> str:
    words = squeezed(re.sub("[\ufdd0-\ufdd2]", "", text)).rstrip()
    return words if len(words) <= 80 else f"{words[:79]}…"


def _canonical(tokens: list[Token]) -> tuple[str, tuple[Mark, ...]]:
    """The canonical text of a block and its marks, those without words too."""
    raw, edges = "", []
    for token in tokens:
        leaves = token.children or ([token] if token.type in ("fence", "code_block") else [])
        raw += " " if leaves else ""
        for leaf in leaves:
            if leaf.type in ("mark_open", "mark_close"):
                edges.append((leaf, len(raw)))
            raw += _raw([leaf])
    text = squeezed(raw).rstrip()
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return text, tuple(_mark(_id(leaf), text, raw[:start], raw[:end]) for (leaf, start), (_, end) in pairs)


def _mark(mark: str, text: str, before: str, through: str) -> Mark:
    start, end = len(squeezed(before)), min(len(squeezed(through)), len(text))
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return Mark(mark, start, max(start, end), text[start:end])
