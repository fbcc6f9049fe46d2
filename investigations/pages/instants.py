"""Instants as readers read them: in the newsroom's time zone, to the minute, with the zone."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from investigations import dates


@dataclass(frozen=True)
class Instant:
    """An instant in words and as `datetime` attributes have it (ISO 8601 with offset)."""

    words: str
    iso: str
    day: str


def instant(value: datetime | str) -> Instant:
    """An instant, given as an aware datetime or ISO text, for readers: “June 13, 2017, 9:00 a.m. EDT”."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    local = value.astimezone(ZoneInfo(settings.TIME_ZONE))
    hour, half = (local.hour % 12 or 12), ("a.m." if local.hour < 12 else "p.m.")
    day = day_words(local.date())
    return Instant(
        words=f"{day}, {hour}:{local.minute:02d} {half} {local.tzname()}",
        iso=local.isoformat(timespec="minutes"),
        day=day,
    )


def day_words(day: date) -> str:
    """A day in words: “June 13, 2017”."""
    return f"{dates.MONTHS[day.month]} {day.day}, {day.year}"
