"""An investigation's page as plain data: its question, the chart, stories, timeline, people, documents, notes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from investigations import dates
from investigations.pages import paths
from investigations.pages.cite import Cite, cite_investigation
from investigations.pages.correction import CorrectionView, row_view
from investigations.pages.dating import date_behind
from investigations.pages.investigations import asks_first
from investigations.pages.lists import StoryItem, story_item
from investigations.pages.pictures import Marked, PictureView, months_view
from investigations.pages.policy import PolicyBlock
from investigations.pages.records import DateView, capitalized, date_view
from investigations.pages.story import EditionView, edition_view, notice
from investigations.pages.tenures import PersonView, offices_view, person_view
from investigations.pages.timeline import TimelineItem, timeline_item, timeline_view
from investigations.record.models import CorrectionRow, Part, StoryRow
from investigations.record.reading import EditionContent
from investigations.vocabulary import Established, MeetingKind, SourceKind

WITHHELD = "a source that is withheld"


@dataclass(frozen=True)
class SourceItem:
    """A source as a line of a list."""

    title: str
    kind: str
    dated: DateView
    description: str
    href: str


@dataclass(frozen=True)
class EventView:
    """An event that is marked: its day, what happened, and who says so."""

    when: DateView
    label: str
    source: SourceItem | None

    @property
    def words(self) -> str:
        """The day and what happened, in a line."""
        return f"{capitalized(self.when.words)}: {self.label}"


@dataclass(frozen=True)
class CountedItem:
    """A record that the chart counts, and how many people it counts there."""

    title: str
    when: DateView
    count: int
    href: str

    @property
    def date_behind(self) -> str:
        """Its date, behind the title."""
        return date_behind(self.title, self.when)


@dataclass(frozen=True)
class ChartView:
    """The chart that carries the argument, with what it rests on and what it lacks."""

    view: PictureView
    caption: str
    rests_on: str
    lacks: str
    coverages: tuple[tuple[str, SourceItem | None], ...]
    undated: int
    counted: tuple[CountedItem, ...]
    withheld: int


@dataclass(frozen=True)
class InvestigationView:
    """An investigation's page, in one edition."""

    title: str
    path: str
    note: str
    notices: tuple[str, ...]
    hidden_from_search_engines: bool
    asks: str
    feed: str
    blocks: tuple[PolicyBlock, ...]
    chart: ChartView | None
    stories: tuple[StoryItem, ...]
    events: tuple[EventView, ...]
    timeline: PictureView | None
    people: tuple[PersonView, ...]
    offices: PictureView | None
    documents: tuple[SourceItem, ...]
    corrections: tuple[CorrectionView, ...]
    changed: tuple[CountedItem, ...]
    edition: EditionView
    editions: tuple[EditionView, ...]

    @property
    def is_latest(self) -> bool:
        """Whether this edition stands at the page's own address."""
        return self.edition.number == self.editions[-1].number

    @property
    def canonical(self) -> str:
        """The address to cite."""
        return paths.absolute(self.path if self.is_latest else self.edition.href)

    @property
    def cite(self) -> Cite:
        """How to cite it in this edition."""
        return cite_investigation(self.title, self.edition.href, self.edition.number, self.edition.published)

    @property
    def pictures(self) -> tuple[tuple[PictureView, tuple[str, ...]], ...]:
        """Every picture, each with what is said beneath it."""
        found: list[tuple[PictureView, tuple[str, ...]]] = []
        if self.chart:
            covers = tuple(sentence for sentence, _ in self.chart.coverages)
            lacks = f"What it lacks: {self.chart.lacks}" if self.chart.lacks else ""
            rests = f"What it rests on: {self.chart.rests_on}" if self.chart.rests_on else ""
            found.append((self.chart.view, (self.chart.caption, rests, lacks, *covers)))
        found += [(view, ()) for view in (self.timeline, self.offices) if view]
        return tuple(found)


def investigation_page(
    history: list[EditionContent],
    number: int,
    stories: Mapping[str, StoryRow],
    notes: Mapping[str, list[CorrectionRow]],
    changed: Collection[str] = (),
) -> InvestigationView:
    """The page of edition `number`; `history` is every edition in order, `stories` and `notes` are those of works.

    A story's name and its notes are told as they stand now; what is counted and listed is the edition's own. Of the
    meetings with the keys in `changed` readers were told otherwise since.
    """
    content = history[number - 1]
    header, slug = content.header, history[-1].header["slug"]
    editions = tuple(edition_view(item, paths.investigation_edition(slug, item.number), number) for item in history)
    base = paths.investigation_edition(slug, number)
    published = content.published_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    chosen = [piece.content for piece in content.of_kind(Part.Kind.CHOSEN) if piece.content]
    sources = {one["key"]: source_item(one) for one in chosen if one["type"] == "source"}
    events = tuple(_event(one, sources) for one in chosen if one["type"] == "event")
    charts = [piece.content for piece in content.of_kind(Part.Kind.FIGURE) if piece.content]
    meetings = {one["key"]: one for one in chosen if one["type"] == "meeting"}
    moments = [_moment(one) for one in meetings.values() if one["on_timeline"]]
    marked = [_marked(one, sources) for one in chosen if one["type"] == "event"]
    people = tuple(person_view(one) for one in chosen if one["type"] == "person")
    works = [one["work"] for one in chosen if one["type"] == "story" and one["work"] in stories]
    return InvestigationView(
        title=header["title"],
        path=paths.investigation(slug),
        note=header["note"],
        notices=(header["notice"],) if header["notice"] else (),
        hidden_from_search_engines=header["hidden_from_search_engines"],
        asks=asks_first(content),
        feed=paths.investigation_feed(header["key"]) if _has_feed(header["key"], works, stories) else "",
        blocks=tuple(
            PolicyBlock(piece.content.get("html", ""), notice(piece.withheld))
            for piece in content.of_kind(Part.Kind.BLOCK)
        ),
        chart=_chart(charts[0], base, chosen, meetings, sources) if charts else None,
        stories=tuple(story_item(stories[work], notes.get(work, ())) for work in works),
        events=events,
        timeline=timeline_view([*moments, *marked], name="timeline", title="Timeline", base=base)
        if moments
        else None,
        people=people,
        offices=offices_view(people, name="offices", base=base, until=published.date()),
        documents=tuple(sources[one["key"]] for one in chosen if one["type"] == "source" and one["listed"]),
        corrections=tuple(
            row_view(row) for work in works for row in sorted(notes.get(work, ()), key=lambda row: row.number)
        ),
        changed=tuple(_counted(one, one["count"] or 0) for key, one in meetings.items() if key in changed),
        edition=editions[number - 1],
        editions=editions,
    )


def _has_feed(key: str, works: list[str], stories: Mapping[str, StoryRow]) -> bool:
    """Whether a story that is listed belongs to the investigation: then it has a feed."""
    return any(stories[work].investigation_key == key for work in works)


def source_item(one: dict[str, Any]) -> SourceItem:
    """A projected source of a list."""
    return SourceItem(
        title=one["title"],
        kind=SourceKind(one["kind"]).label,
        dated=date_view(one["dated"]),
        description=one["description"],
        href=paths.entry("source", one["key"]),
    )


def _event(one: dict[str, Any], sources: Mapping[str, SourceItem]) -> EventView:
    return EventView(date_view(one["when"]), one["label"], sources.get(one["source"]))


def _marked(one: dict[str, Any], sources: Mapping[str, SourceItem]) -> TimelineItem:
    """An event on the timeline, with who says so."""
    source = sources.get(one["source"])
    return timeline_item(one["when"], one["label"], f"event. {source.title if source else WITHHELD}", event=True)


def _moment(one: dict[str, Any]) -> TimelineItem:
    """A meeting on the timeline."""
    known = f"{MeetingKind(one['kind']).label}. {Established(one['established']).label}"
    known += ". Role in dispute" if one["role_in_dispute"] else ""
    return timeline_item(one["when"], one["title"], known, href=paths.entry("meeting", one["key"]))


def _chart(
    content: dict[str, Any],
    base: str,
    chosen: list[dict[str, Any]],
    meetings: Mapping[str, dict[str, Any]],
    sources: Mapping[str, SourceItem],
) -> ChartView:
    counts = {row["meeting"]: row["count"] for row in content["counts"]}
    counted = [_counted(one, counts[key]) for key, one in meetings.items() if key in counts]
    order = {key: _sort_day(one["when"]) for key, one in meetings.items()}
    counted.sort(key=lambda item: (order[item.href.split("/")[-2]], item.title))
    return ChartView(
        view=months_view(content, name="chart", base=base, events=marked_events(chosen)),
        caption=content["caption"],
        rests_on=content["rests_on"],
        lacks=content["lacks"],
        coverages=tuple(
            (coverage_words(one, content["what"], sources), sources.get(one["source"]))
            for one in content["coverages"]
        ),
        undated=content["undated"],
        counted=tuple(counted),
        withheld=len(counts) - len(counted),
    )


def marked_events(chosen: Iterable[dict[str, Any]]) -> list[Marked]:
    """The events that have a place in a chart by month: all days that each may be are in one month."""
    events = [one for one in chosen if one["type"] == "event"]
    return [
        Marked(*days, f"{capitalized(date_view(one['when']).words)}: {one['label']}")
        for one in events
        if (days := _days_of_a_month(one["when"]))
    ]


def _counted(one: dict[str, Any], count: int) -> CountedItem:
    return CountedItem(one["title"], date_view(one["when"]), count, paths.entry("meeting", one["key"]))


def coverage_words(one: dict[str, Any], what: str, sources: Mapping[str, SourceItem]) -> str:
    """What makes a zero of a silence, as a sentence."""
    source = sources.get(one["source"])
    since, until = (_day_words(date.fromisoformat(one[end])) for end in ("since", "until"))
    title = source.title if source else WITHHELD
    return (
        f"{capitalized(title)} counts all of {what} from {since}, to {until}: for those days its silence means none."
    )


def _days_of_a_month(when: dict[str, Any] | None) -> tuple[date, date] | None:
    """The first and the last day that it may be, if all are in one month."""
    if not when or not when["earliest"] or not when["latest"] or when["earliest"][:7] != when["latest"][:7]:
        return None
    return date.fromisoformat(when["earliest"]), date.fromisoformat(when["latest"])


def _sort_day(when: dict[str, Any] | None) -> str:
    return str((when or {}).get("earliest") or (when or {}).get("latest") or "9999-12-31")


def _day_words(day: date) -> str:
    return dates.display(dates.parse(day.isoformat()))
