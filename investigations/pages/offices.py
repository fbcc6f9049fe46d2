"""Offices that people held, as readers see them: from when to when as far as it is stated."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.pages import paths


@dataclass(frozen=True)
class End:
    """One end of an office: its words and the first and last day that it may be; empty and None if not stated."""

    words: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class OfficeView:
    """An office: what, in which body, from when to when."""

    title: str
    organization: str
    href: str
    since: End
    until: End
    in_office: bool

    @property
    def from_to(self) -> str:
        """From when to when, with a word on what is not stated."""
        since, until = self.since.words, self.until.words
        if self.in_office:
            return f"since {since}, and still when this was published" if since else "when this was published"
        if since and until:
            return f"since {since}, until {until}"
        if since:
            return f"since {since}; until when is not stated"
        return f"until {until}; since when is not stated" if until else "when is not stated"

    @property
    def words(self) -> str:
        """The whole of it in one line."""
        where = f", {self.organization}" if self.organization else ""
        return f"{self.title}{where}, {self.from_to}"


def offices(roles: list[dict[str, Any]]) -> tuple[OfficeView, ...]:
    """Projected offices."""
    return tuple(
        OfficeView(
            title=role["title"],
            organization=role["organization"]["name"] if role["organization"] else "",
            href=paths.organization(role["organization"]["key"]) if role["organization"] else "",
            since=_end(role["since"]),
            until=_end(role["until"]),
            in_office=role["in_office"],
        )
        for role in roles
    )


def _end(when: dict[str, Any] | None) -> End:
    when = when or {}
    earliest, latest = (
        date.fromisoformat(day) if (day := when.get(edge)) else None for edge in ("earliest", "latest")
    )
    return End(when.get("words", ""), earliest, latest)
