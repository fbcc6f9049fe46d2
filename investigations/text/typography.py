"""Typographic quotes, dashes and ellipses, put in where the writer sees them."""

import re

from investigations.text.reading import PARSER

_TYPED = re.compile(
    r"""
    (?P<kept>
        \\[!-/:-@\[-`{-~]                                       # an escape
      | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`) | `+         # code
      | <[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>                 # an address in angle brackets
      | \]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)
        (?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)  # the target of a link
      | \]\{[^{}]*\}                                            # the braces of a mark
      | https?://[^\s<>"“”‘’]*[^\s<>"“”‘’'.,…;:!?)\]*_]         # a bare address
    )
    | (?P<dots>\.{3})
    | (?P<en>(?<=[0-9])--(?=[0-9]))
    | (?P<em>(?<!-)---(?!-) | (?<!\S)--(?!\S) | (?<=[\w.,…!?"'”’)*\]}])--(?=[\w"'”’“‘(*\[]))
    | (?P<quote>["'])
    """,
    re.VERBOSE | re.DOTALL,
)
_ELIDED = re.compile(r"'(?:[0-9]{2}s?\b|(?:tis|twas|em|til|cause|n|bout)\b)", re.IGNORECASE)


def typographic(markdown: str) -> str:
    """Put in curly quotes, dashes and ellipses as the writer saves; line ends become ``\\n``.

    ``--`` is an en dash between figures, an em dash between words or spaces; ``---`` is an em dash. Code,
    addresses, link targets, braces and escaped signs stay as typed. Applying it again changes nothing.
    """
    lines = re.sub(r"\r\n?", "\n", markdown).split("\n")
    for token in PARSER.parse("\n".join(lines)):
        if token.type == "inline" and token.map:
            first, last = token.map
            lines[first:last] = _TYPED.sub(_typeset, "\n".join(lines[first:last])).split("\n")
    return "\n".join(lines)


def _typeset(typed: re.Match[str]) -> str:
    if typed["quote"]:
        return _quote(typed.string, typed.start())
    return {"dots": "…", "en": "–", "em": "—"}.get(typed.lastgroup or "", typed[0])


def _quote(text: str, at: int) -> str:
    """The curly form of a straight quote: opening after a space or bracket, or between a dash and a word."""
    # what stands beyond other quotes and signs of emphasis decides
    before = text[max(0, at - 9) : at].rstrip("\"'*_")[-1:] or "\n"
    after = text[at + 1 : at + 10].lstrip("\"'*_")[:1] or "\n"
    if before in "—–-":
        opens = after.isalnum() or after in "“‘([$…"
    else:
        opens = (before.isspace() or before in "([{“‘/" or _quoted(text, at)) and not after.isspace()
    if text[at] == '"':
        return "“" if opens else "”"
    return "‘" if opens and not _ELIDED.match(text, at) else "’"


def _quoted(text: str, at: int) -> bool:
    """Whether this is the first sign of a line in a block quote."""
    return text[at - 1] == ">" and not text[text.rfind("\n", 0, at) + 1 : at].strip("> ")
