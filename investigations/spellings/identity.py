"""What of an identity's free text is looked for: names, handles, addresses, numbers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from investigations.spellings.forms import words_of
from investigations.spellings.phones import SHORTEST, digits_of

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_AT = re.compile(r"(?<![\w.])@([\w.-]*\w)")
_SERVICE = re.compile(
    r"\b(?:signal|telegram|threema|twitter|x|instagram|facebook|skype|wire|matrix|mastodon|bluesky|session|discord"
    r"|wickr|handle|user(?:name)?|nick(?:name)?|id)\s*:\s*([\w.-]{3,})",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"(?:https?://|www\.|\bt\.me/)\S*?/([\w.-]{3,})/?(?=[\s,;)]|$)")
_PHONE = re.compile(r"(?<![\w.])[+(]{0,2}[0-9](?:[\s().\-/·]{0,3}[0-9])+(?![\w])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}")
_DIALED = re.compile(r"[+(0]|[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}$")
_STREET = re.compile(r"(?=[^,]*[A-Z])(?:[^,]*\s[0-9]{1,5}[a-zA-Z]?|[0-9]{1,5}[a-zA-Z]?\s[^,]*)")
_BORN = re.compile(
    r"(?P<name>.+?)[\s,(]+(?:née|né|nee|geb\.|born|formerly|aka|a\.k\.a\.)\s+(?P<other>[^()]+)\)?", re.I
)


@dataclass(frozen=True, slots=True)
class Protected:
    """What must not go out about somebody; ``ref`` is how the caller knows whom a hit is about."""

    ref: str
    names: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    handles: tuple[str, ...] = field(default=(), repr=False)
    addresses: tuple[str, ...] = field(default=(), repr=False)


def protected(ref: str, identity: Mapping[str, str]) -> Protected:
    """Read an identity's fields: names and aliases (one a line), contact, and what is in employer and notes of it.

    Of employer and notes only e-mail addresses and telephone numbers count, numbers there only if they are written
    as one dials them. A line of contact is an address if it has a house number, a handle if it is one word.
    """
    contact, asides = identity.get("contact", ""), f"{identity.get('employer', '')}\n{identity.get('notes', '')}"
    names: list[str] = []
    handles = [*_handles(contact)]
    for line in re.split(r"[\n;]", f"{identity.get('name', '')}\n{identity.get('aliases', '')}"):
        if _is_handle(line.strip()):
            handles.append(line.strip())
        elif words_of(line):
            names.extend(_names(line.strip()))
    addresses = [
        found[0] for line in re.split(r"[\n;]", contact) if (found := _STREET.match(_unaddressed(line).strip()))
    ]
    return Protected(
        ref,
        names=tuple(dict.fromkeys(names)),
        emails=tuple(dict.fromkeys(_EMAIL.findall(f"{contact}\n{asides}"))),
        phones=tuple(dict.fromkeys([*_phones(contact), *filter(_DIALED.match, _phones(asides))])),
        handles=tuple(dict.fromkeys(handles)),
        addresses=tuple(addresses),
    )


def _names(written: str) -> Iterator[str]:
    """The name, and the one borne before: "Zoe Nandu (née Okoro)" is Zoe Nandu and Zoe Okoro."""
    two = _BORN.fullmatch(written)
    if two is None:
        yield written
        return
    yield two["name"]
    yield two["other"] if " " in two["other"].strip() else f"{two['name'].split()[0]} {two['other']}"


def _is_handle(word: str) -> bool:
    return bool(re.fullmatch(r"@\S+|(?=\S*[0-9_])[\w.-]+", word))


def _unaddressed(text: str) -> str:
    """A text of contact without addresses of e-mail, links, handles and telephone numbers."""
    for pattern in (_EMAIL, _PROFILE, _AT, _SERVICE, _DATE):
        text = pattern.sub(" ", text)
    return _PHONE.sub(lambda found: " " if len(digits_of(found[0])) >= SHORTEST else found[0], text)


def _handles(contact: str) -> Iterator[str]:
    without = _EMAIL.sub(" ", contact)
    for pattern in (_AT, _SERVICE, _PROFILE):
        yield from (found.strip(".-") for found in pattern.findall(without))
    for line in re.split(r"[\n;]", _unaddressed(contact)):
        if re.fullmatch(r"[\w.-]{5,}", line.strip()) and not line.strip().isdigit():
            yield line.strip()


def _phones(text: str) -> Iterator[str]:
    text = _DATE.sub(" ", _EMAIL.sub(" ", text))
    for line in re.split(r"[\n;,]", text):
        yield from (found for found in _PHONE.findall(line) if len(digits_of(found)) >= SHORTEST)
