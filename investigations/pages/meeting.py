"""Meetings as readers see them: who was there, and the accounts of the role in which."""

from dataclasses import dataclass
from typing import Any

from investigations.counting import says_a_number
from investigations.pages import paths
from investigations.pages.dating import DateView, date_behind, date_view
from investigations.pages.offices import OfficeView, offices
from investigations.pages.records import Reference, capitalized, person_href, reference, terms_words
from investigations.vocabulary import AccountStance, Established, MeetingKind, Presence, QuoteForm

NO_PLACE = "place not stated"


@dataclass(frozen=True)
class AccountView:
    """One claim about a role: who says so, in which words, on what terms, and what it is about."""

    wording: str
    by: str
    label: str
    words: str
    in_their_words: bool
    terms: str
    about: str
    href: str
    relay: Reference | None
    how_they_know: str

    @property
    def concerns(self) -> str:
        """What it is said of: this meeting, or meetings of a kind."""
        return self.about or "this meeting"


@dataclass(frozen=True)
class AttendanceView:
    """One row of who was there."""

    name: str
    label: str
    headcount: int
    presence: str
    came: bool
    in_dispute: bool
    note: str
    href: str
    offices: tuple[OfficeView, ...]
    affirmed: tuple[AccountView, ...]
    questioned: tuple[AccountView, ...]
    is_named: bool = False

    @property
    def counted(self) -> str:
        """The name, and how many people it stands for unless its own words say a number: “more than 30” is not 31."""
        if self.headcount == 1 or says_a_number(self.name):
            return self.name
        return f"{self.name} ({self.headcount} people)"

    @property
    def has_accounts(self) -> bool:
        """Whether anybody is on record about the role."""
        return bool(self.affirmed or self.questioned)


@dataclass(frozen=True)
class MeetingView:
    """A meeting as a card and a page show it."""

    kind: str
    kind_label: str
    title: str
    when: DateView
    place: str
    established: str
    source: Reference | None
    relay: Reference | None
    locator: str
    description: str
    attendances: tuple[AttendanceView, ...]
    href: str

    @property
    def groups(self) -> tuple[tuple[str, tuple[AttendanceView, ...]], ...]:
        """The attendances by whether they came, in the order in which readers ask."""
        labels = [Presence(choice).label for choice in Presence.values]
        found = ((label, tuple(row for row in self.attendances if row.presence == label)) for label in labels)
        return tuple((label, rows) for label, rows in found if rows)

    @property
    def named(self) -> str:
        """What it is, in a citation."""
        return f"{self.title}{date_behind(self.title, self.when)}"

    @property
    def in_dispute(self) -> tuple[AttendanceView, ...]:
        """Those whose role there is in dispute."""
        return tuple(row for row in self.attendances if row.in_dispute)

    @property
    def came(self) -> int:
        """How many people are known to have been there."""
        return sum(row.headcount for row in self.attendances if row.came)


def meeting_view(entry: dict[str, Any]) -> MeetingView:
    """A projected meeting."""
    return MeetingView(
        kind="meeting",
        kind_label=MeetingKind(entry["kind"]).label,
        title=entry["title"],
        when=date_view(entry["when"]),
        place=entry["place"] or NO_PLACE,
        established=Established(entry["established"]).label,
        source=reference(entry["source"]),
        relay=reference(entry["relay"]),
        locator=entry["locator"],
        description=entry["description"],
        attendances=tuple(_attendance(row) for row in entry["attendances"]),
        href=paths.entry("meeting", entry["key"]),
    )


def _attendance(row: dict[str, Any]) -> AttendanceView:
    accounts = [(account["stance"], _account(account)) for account in row["accounts"]]
    return AttendanceView(
        name=row["person"]["name"] if row["person"] else capitalized(row["descriptor"]),
        label=row["label"],
        headcount=row["headcount"],
        presence=Presence(row["presence"]).label,
        came=row["presence"] == Presence.CAME,
        in_dispute=row["role_in_dispute"],
        note=row["role_note"],
        href=person_href(row["person"]),
        offices=offices(row["roles"]),
        affirmed=tuple(view for stance, view in accounts if stance == AccountStance.AFFIRMS),
        questioned=tuple(view for stance, view in accounts if stance == AccountStance.QUESTIONS),
        is_named=bool(row["person"]),
    )


def _account(account: dict[str, Any]) -> AccountView:
    relay = reference(account["relay"])
    return AccountView(
        wording=capitalized(account["wording"]),
        by=capitalized(account["by"]),
        label=account["label"],
        words=account["words"],
        in_their_words=account["form"] in {QuoteForm.VERBATIM, QuoteForm.TRANSLATED},
        terms=terms_words(account["terms"], relay),
        about=account["about"],
        href=paths.entry("quote", account["quote"]) if account["quote"] else "",
        relay=relay,
        how_they_know=account.get("how_they_know", ""),
    )
