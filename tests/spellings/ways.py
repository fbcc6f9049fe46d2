"""Ways to spell a name, in the order in which they can be put on one another, and texts to plant it in."""

import html.entities
import json
import random
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, quote_plus

LATIN = "aceijopsxyABCEHKMOPTX"
ALIKE = str.maketrans(LATIN, "асеіјорѕхуАВСЕНКМОРТХ")
FULL_WIDTH = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)} | {" ": "\u3000"})
BOLD = str.maketrans(
    {chr(ord("A") + n): chr(0x1D400 + n) for n in range(26)}
    | {chr(ord("a") + n): chr(0x1D41A + n) for n in range(26)}
)
LIGATURES = {"ffi": "ﬃ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "st": "ﬆ"}


# Of each of these a name has one at a time: there is one place between two names, and no markup within markup.
SEPARATORS = {"no-break space", "thin space", "line break", "hyphens", "underscores", "plus", "dots", "one word"}
MARKUP = {"tags", "tags with attributes", "comments", "emphasis", "underscored", "links", "marks of passages"}
MARKDOWN = {"links", "marks of passages"}


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def written_out(text: str) -> str:
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
    capitals = {sign.upper(): pair.capitalize() for sign, pair in pairs.items()}
    return unicodedata.normalize("NFC", text).translate(str.maketrans(pairs | capitals))


def ligatured(text: str) -> str:
    for letters, ligature in LIGATURES.items():
        text = text.replace(letters, ligature)
    return text


def inside(sign: str, place: int = 2) -> Callable[[str], str]:
    """Put a sign into each word, so many letters from its end."""
    return lambda text: re.sub(rf"(\w)(?=\w{{{place}}}\b)", lambda found: found[0] + sign, text)


def around(before: str, behind: str) -> Callable[[str], str]:
    """Put signs around the middle of each word."""
    return lambda text: re.sub(
        r"\b(\w+)(\w)(\w)\b", lambda found: f"{found[1]}{before}{found[2]}{behind}{found[3]}", text
    )


def spaced(sign: str) -> Callable[[str], str]:
    return lambda text: text.replace(" ", sign)


def json_escaped(text: str) -> str:
    return json.dumps(text)[1:-1]


def all_json_escaped(text: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(text.encode("utf-16-le")).cast("H"))


WAYS: list[tuple[str, Callable[[str], str]]] = [
    ("reversed", lambda text: ", ".join(reversed(text.split(" ")))),
    ("possessive", lambda text: f"{text}’s"),
    ("plural", lambda text: f"{text}s"),
    ("titled", lambda text: f"Dr. {text}"),
    ("a middle initial", lambda text: text.replace(" ", " Q. ", 1)),
    ("no-break space", spaced("\u00a0")),
    ("thin space", spaced("\u2009")),
    ("line break", spaced(" \r\n  ")),
    ("hyphens", spaced("-")),
    ("underscores", spaced("_")),
    ("plus", spaced("+")),
    ("dots", spaced(".")),
    ("one word", spaced("")),
    ("hyphenated", inside("-\n")),
    ("upper case", str.upper),
    ("lower case", str.lower),
    ("swapped case", str.swapcase),
    ("without accents", without_accents),
    ("umlauts written out", written_out),
    ("NFC", lambda text: unicodedata.normalize("NFC", text)),
    ("NFD", lambda text: unicodedata.normalize("NFD", text)),
    ("NFKC", lambda text: unicodedata.normalize("NFKC", text)),
    ("NFKD", lambda text: unicodedata.normalize("NFKD", text)),
    ("ligatures", ligatured),
    ("look-alikes", lambda text: text.translate(ALIKE)),
    ("full width", lambda text: text.translate(FULL_WIDTH)),
    ("mathematical", lambda text: text.translate(BOLD)),
    ("zero-width space", inside("\u200b")),
    ("soft hyphen", inside("\u00ad", 1)),
    ("word joiner", inside("\u2060")),
    ("variation selector", inside("\ufe0f", 1)),
    ("direction mark", inside("\u200e")),
    ("tags", around("<b>", "</b>")),
    ("tags with attributes", around('<span class="a b">', "</span>")),
    ("comments", inside("<!-- so - it -- goes -->")),
    ("emphasis", around("**", "**")),
    ("underscored", around("__", "__")),
    ("links", around("[", "](https://example.org/a)")),
    ("marks of passages", around("[", "]{#p3}")),
    ("named entities", lambda text: text.encode("ascii", "htmlentityreplace").decode()),
    ("decimal entities", lambda text: "".join(f"&#{ord(sign)};" for sign in text)),
    ("hexadecimal entities", lambda text: "".join(f"&#x{ord(sign):X};" for sign in text)),
    ("HTML", html.escape),
    ("percent", quote),
    ("percent with plus", quote_plus),
    ("percent again", quote),
    ("JSON", json_escaped),
    ("all JSON", all_json_escaped),
]

ORDINARY_WORDS = (
    "the board met twice before a vote on harbor contracts and nobody asked who had paid for dredging in May while "
    "Page said to Brown that an auditor would read White papers by June"
).split()


def html_entities(error: UnicodeError) -> tuple[str, int]:
    """Write what ASCII lacks as named entities where there is one."""
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end]
    named = (f"&{html.entities.codepoint2name.get(ord(sign), f'#{ord(sign)}')};" for sign in signs)
    return "".join(named), error.end


def plain(chance: random.Random, planted: str) -> str:
    words = chance.choices(ORDINARY_WORDS, k=30)
    words.insert(chance.randrange(31), planted)
    return " ".join(words)


def in_html(chance: random.Random, planted: str) -> str:
    return f'<p class="a">{plain(chance, planted)}</p>\n<ul><li><a href="/x/?a=1&amp;b=2">{chance.random()}</a></ul>'


def in_attribute(chance: random.Random, planted: str) -> str:
    return f"<p>{plain(chance, 'and')} <img src='/a.png' alt='{planted}'> so</p>"


def in_markdown(chance: random.Random, planted: str) -> str:
    return f"# Who paid\n\n{plain(chance, planted)}\n\n- [one](https://example.org/a_b) _two_ **three**\n"


def in_json(chance: random.Random, planted: str) -> str:
    return json.dumps({"headline": plain(chance, "and"), "body": [plain(chance, planted), chance.random()]})


PLACES: list[Callable[[random.Random, str], str]] = [plain, in_html, in_attribute, in_markdown, in_json]
