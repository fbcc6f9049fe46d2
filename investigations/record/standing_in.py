"""What stands in for a header or a correction that readers don't get: only what the ledger says without its content.

Pages, rows and feeds read a stand-in like any other content, so none of them has to know what was withheld.
"""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from investigations import dates
from investigations.record import digests
from investigations.record.models import Edition, Part, StoryRow

HEADLINE = "Withheld"


def header(
    number: int, parts: Iterable[Part], contents: dict[int, dict[str, Any]], withheld: Iterable[int]
) -> dict[str, Any]:
    """In place of the withheld header of edition `number`; `parts` are those of all editions, the latest first.

    `contents` has what the ledger still holds of them by id, `withheld` the ids that readers don't get. The address
    stays the one that readers know. Once the latest header is destroyed, its row in the lists alone remembers it; a
    record made anew from nothing but the ledger falls back on an earlier header, then on the story's random key.
    """
    parts, withheld = list(parts), set(withheld)
    work = parts[0].edition.work
    row = None if parts[0].pk in contents else StoryRow.objects.filter(work=work).first()
    known = next((contents[part.pk] for part in parts if part.pk in contents), {})
    if row:
        known = {name: getattr(row, name) for name in ("slug", "notice", "hidden_from_search_engines")}
    own = next((contents[part.pk] for part in parts if part.edition.number == number and part.pk in contents), known)
    readable = [contents[part.pk] for part in parts if part.pk not in withheld]
    return {
        "slug": own.get("slug", work.partition(":")[2]),
        "headline": readable[0]["headline"] if parts[0].pk not in withheld else HEADLINE,
        "standfirst": "",
        "bylines": [],
        "investigation": readable[0].get("investigation", {}) if readable else {"key": "", "title": ""},
        "notice": known.get("notice", ""),
        "hidden_from_search_engines": known.get("hidden_from_search_engines", True),
    }


def correction(key: str, first: Edition, at: Any, authority: str, destroyed: bool) -> dict[str, Any]:
    """In place of a withheld correction, named like `correction-7`; `first` is the edition it went out with."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    how = "removed for good" if destroyed else "withheld"
    return {
        "number": int(key.rpartition("-")[2]),
        "kind": first.change,
        "severity": "ordinary",
        "note": f"This note was {how} on {dates.MONTHS[day.month]} {day.day}, {day.year}: {authority}.",
        "published_at": digests.instant(first.published_at),
        "edition": first.number,
        "wrong_since": None,
        "changes": [],
    }
