"""What reporters paste: a list of names, a quote with who said it, where and when."""

import re
from dataclasses import dataclass

from investigations import dates

QUOTE = re.compile(r"""^\s*["“](?P<words>.+)["”]\s*\((?P<rest>[^()]*)\)\s*\.?\s*$""", re.DOTALL)
COUNT = re.compile(r"^(?P<who>.+?)\s*\((?P<count>[0-9]{1,5})\)$")


@dataclass(frozen=True)
class PastedQuote:
    """A quote as it was pasted: the words, who, where, and when in words."""

    words: str
    name: str
    setting: str
    said: str


@dataclass(frozen=True)
class PastedName:
    """A line of a pasted list: a name or a description, and how many people it stands for."""

    who: str
    headcount: int


def read_quote(text: str) -> PastedQuote:
    """Read `"words" (Name, setting, March 2, 2017)`; setting and date may be missing.

    Raises ValueError, with the form to use, for anything else.
    """
    found = QUOTE.match(text)
    if not found:
        raise ValueError("Paste it like “the words” (Name, setting, March 2, 2017).")
    parts = [part.strip() for part in found["rest"].split(",")]
    name, rest = parts[0], parts[1:]
    if not name:
        raise ValueError("Say who spoke, first in the brackets: (Name, setting, March 2, 2017).")
    said = ""
    for size in (2, 1):  # March 2, 2017 holds a comma of its own
        if len(rest) >= size and _is_date(words := ", ".join(rest[-size:])):
            said, rest = words, rest[:-size]
            break
    return PastedQuote(found["words"].strip(), name, ", ".join(rest), said)


def _is_date(words: str) -> bool:
    try:
        dates.parse(words)
    except dates.DateNotUnderstood:
        return False
    return True


def read_names(text: str) -> list[PastedName]:
    """Read a list of names, one a line; a number in brackets says how many: “other ambassadors (6)”."""
    names = []
    for line in filter(None, (line.strip(" \t•-*;,") for line in text.splitlines())):
        found = COUNT.match(line)
        names.append(PastedName(found["who"], int(found["count"])) if found else PastedName(line, 1))
    return names
