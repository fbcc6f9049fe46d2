"""Pages of people and organizations: what the record says of them, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.text import Truncator

from investigations.pages import paths
from investigations.pages.along import Along, AlongView, along
from investigations.pages.cite import Cite, cite
from investigations.pages.dating import DateView, date_view
from investigations.pages.instants import instant
from investigations.pages.offices import OfficeView, offices
from investigations.pages.records import capitalized, terms_words_of
from investigations.record.models import AttendanceRow, OrganizationRow, PersonRow, QuoteRow, SourceRow, StoryRow
from investigations.vocabulary import Presence, QuoteForm

LONGEST = 200
"""How many meetings, and how many quotes, a page shows; the lists show all."""


@dataclass(frozen=True)
class Held:
    """A story whose edition holds what a page says."""

    headline: str
    href: str
    edition: int
    edition_href: str
    retracted: bool


@dataclass(frozen=True)
class Moment:
    """Something somebody said, or a meeting that records put them at."""

    said: bool
    when: DateView
    words: str
    in_their_words: bool
    setting: str
    terms: str
    label: str
    presence: str
    in_dispute: bool
    href: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Year:
    """The moments that were in this year at first; `name` is that year, or says that no date is stated."""

    name: str
    moments: tuple[Moment, ...]

    @property
    def has_both(self) -> bool:
        """Whether something said can stand beside something on record."""
        return len({moment.said for moment in self.moments}) == 2


@dataclass(frozen=True)
class NamedSource:
    """A source that is this person, or what they gave."""

    title: str
    kind: str
    href: str


@dataclass(frozen=True)
class PersonPage:
    """Somebody whom published records name; `over_time` draws the offices and moments that have a date.

    `changed` is when the last edition went out that names them (ISO 8601).
    """

    name: str
    path: str
    roles: tuple[OfficeView, ...]
    moments: tuple[Moment, ...]
    sources: tuple[NamedSource, ...]
    meetings: int
    quotes: int
    all_meetings: str
    all_quotes: str
    stories: tuple[Held, ...]
    changed: str
    over_time: AlongView | None
    cite: Cite | None
    notices: tuple[str, ...]
    hidden_from_search_engines: bool

    @property
    def lead(self) -> str:
        """What stands over the page."""
        meetings = f"{self.meetings} record{'' if self.meetings == 1 else 's'} of meetings"
        quotes = f"{self.quotes} quote{'' if self.quotes == 1 else 's'}"
        return f"What published records say, and nothing more: named in {meetings}, {quotes}."

    @property
    def years(self) -> tuple[Year, ...]:
        """The moments by the year of the first day on which each may have been."""
        return tuple(Year(name, tuple(those)) for name, those in groupby(self.moments, _year))

    @property
    def shortened(self) -> bool:
        """Whether the lists have more than the page."""
        return max(self.meetings, self.quotes) > LONGEST

    @property
    def not_drawn(self) -> str:
        """What the picture leaves out, in sentences; empty if it has everything."""
        said, view = [], self.over_time
        if view and self.shortened:
            said.append(f"Only the first {view.drawn} are drawn; the lists of meetings and quotes have all.")
        elif view and view.drawn < view.dated:
            said.append(f"Only the first {view.drawn} of {view.dated} are drawn; the list below has all.")
        if view and view.undated:
            said.append("What has no date is not drawn.")
        return " ".join(said)


@dataclass(frozen=True)
class Holder:
    """Somebody who held offices in a body."""

    name: str
    href: str
    offices: tuple[OfficeView, ...]


@dataclass(frozen=True)
class OrganizationPage:
    """A body in which people held offices that published records say."""

    name: str
    path: str
    holders: tuple[Holder, ...]
    people: int
    all_people: str
    all_meetings: str
    all_quotes: str
    stories: tuple[Held, ...]
    changed: str
    cite: Cite | None
    notices: tuple[str, ...]
    hidden_from_search_engines: bool

    @property
    def lead(self) -> str:
        """What stands over the page."""
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        return f"Published records say that {people} held office in it."


@dataclass(frozen=True)
class Holding:
    """A story with the last of its editions that names somebody, and when that went out."""

    story: StoryRow
    edition: int
    published_at: datetime


def person_page(
    row: PersonRow,
    attendances: Iterable[AttendanceRow],
    quotes: Iterable[QuoteRow],
    sources: Iterable[SourceRow],
    holdings: list[Holding],
) -> PersonPage:
    """A person's page; `holdings` are the stories that name them, the last published first."""
    path = paths.person(row.key)
    met = [_met(attendance) for attendance in attendances]
    moments = sorted([*met, *(_said(quote) for quote in quotes)], key=_place)
    held = offices(row.roles)
    until = holdings[0].published_at.date() if holdings else None
    return PersonPage(
        name=row.name,
        path=path,
        roles=held,
        moments=tuple(moments),
        over_time=along(row.name, held, [_drawn(moment) for moment in moments], base=path, until=until),
        sources=tuple(
            NamedSource(source.title, source.get_kind_display(), paths.entry("source", source.key))
            for source in sources
        ),
        meetings=row.meetings,
        quotes=row.quotes,
        all_meetings=f"{paths.MEETINGS}?person={row.key}",
        all_quotes=f"{paths.QUOTES}?person={row.key}",
        stories=_stories(holdings),
        changed=instant(holdings[0].published_at).iso if holdings else "",
        cite=_cite(row.name, path, holdings),
        notices=_notices(holdings),
        hidden_from_search_engines=_hidden(holdings),
    )


def organization_page(row: OrganizationRow, people: Iterable[PersonRow], holdings: list[Holding]) -> OrganizationPage:
    """An organization's page; `people` are those who held offices in it, in the order of lists."""
    path = paths.organization(row.key)
    return OrganizationPage(
        name=row.name,
        path=path,
        holders=tuple(
            Holder(
                person.name,
                paths.person(person.key),
                tuple(office for office in offices(person.roles) if office.href == path),
            )
            for person in people
        ),
        people=row.people,
        all_people=f"{paths.PEOPLE}?organization={row.key}",
        all_meetings=f"{paths.MEETINGS}?organization={row.key}",
        all_quotes=f"{paths.QUOTES}?organization={row.key}",
        stories=_stories(holdings),
        changed=instant(holdings[0].published_at).iso if holdings else "",
        cite=_cite(row.name, path, holdings),
        notices=_notices(holdings),
        hidden_from_search_engines=_hidden(holdings),
    )


def _met(row: AttendanceRow) -> Moment:
    meeting = row.meeting
    return Moment(
        said=False,
        when=date_view({"words": meeting.when} if meeting.when else None),
        words=meeting.title,
        in_their_words=False,
        setting=meeting.place,
        terms=meeting.get_established_display(),
        label=row.label,
        presence="" if row.presence == Presence.CAME else row.get_presence_display(),
        in_dispute=row.role_in_dispute,
        href=paths.entry("meeting", meeting.key),
        earliest=meeting.earliest,
        latest=meeting.latest,
    )


def _said(row: QuoteRow) -> Moment:
    return Moment(
        said=True,
        when=date_view({"words": row.when} if row.when else None),
        words=row.words,
        in_their_words=row.form != QuoteForm.PARAPHRASE,
        setting=row.setting,
        terms=terms_words_of(row.terms, row.relay),
        label=row.label,
        presence="",
        in_dispute=False,
        href=row.href,
        earliest=row.earliest,
        latest=row.latest,
    )


def _drawn(moment: Moment) -> Along:
    shortly = Truncator(moment.words).words(8)
    if moment.said:
        kind = "said" if moment.in_their_words else "said, in our words"
        label = f"Said: “{shortly}”" if moment.in_their_words else f"Said, in our words: {shortly}"
    else:
        kind, label = "on record", f"{moment.presence}: {moment.words}" if moment.presence else moment.words
    return Along(
        when=capitalized(moment.when.words),
        label=label,
        earliest=moment.earliest,
        latest=moment.latest,
        kind=kind,
        what=moment.words,
        presence=moment.presence,
        in_dispute=moment.in_dispute,
        known=moment.terms,
        href=moment.href,
    )


def _year(moment: Moment) -> str:
    first = moment.earliest or moment.latest
    return str(first.year) if first else "Date not stated"


def _place(moment: Moment) -> tuple[date, date, bool, str]:
    """By the first possible day, then the last; what was said behind what took place on the same day."""
    first = moment.earliest or moment.latest or date.max
    return first, moment.latest or date.max, moment.said, moment.href


def _stories(holdings: list[Holding]) -> tuple[Held, ...]:
    return tuple(
        Held(
            headline=holding.story.headline,
            href=paths.story(holding.story.slug),
            edition=holding.edition,
            edition_href=paths.edition(holding.story.slug, holding.edition),
            retracted=holding.story.retracted,
        )
        for holding in holdings
    )


def _cite(what: str, path: str, holdings: list[Holding]) -> Cite | None:
    if not holdings:
        return None
    last = holdings[0]
    return cite(
        what,
        path,
        headline=last.story.headline,
        slug=last.story.slug,
        number=last.edition,
        published=last.published_at,
    )


def _notices(holdings: list[Holding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(holding.story.notice for holding in holdings if holding.story.notice))


def _hidden(holdings: list[Holding]) -> bool:
    return all(holding.story.hidden_from_search_engines for holding in holdings)
