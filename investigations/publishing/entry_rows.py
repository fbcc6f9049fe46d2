"""Index rows of meetings, quotes and sources from the ledger: what lists and filters of entries read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Model

from investigations.pages import paths
from investigations.pages.records import quote_view
from investigations.publishing.row import Row, write_together
from investigations.record.models import AttendanceRow, FacetRow, MeetingRow, Part, QuoteRow, SourceRow, StoryRow
from investigations.record.models.entries import UNDATED, reach_of
from investigations.record.reading import EditionContent, Piece, pieces
from investigations.vocabulary import Presence

LISTS: dict[str, Any] = {"meetings": MeetingRow, "quotes": QuoteRow, "sources": SourceRow}
"""The list that an entry of each type stands in, by its name, and its table."""
COLUMNS = {"meetings": ("kind", "established"), "quotes": ("form", "terms"), "sources": ("kind",)}
"""What a row of each list is found by that has one value."""
SORT_LENGTH = 120


@dataclass
class Said:
    """An entry as the last edition that holds it has it, with every work that holds it.

    `position` is the place of that edition in the chain, `anew` of the one since which its story has it so.
    `editions` gives each work's last edition with it; `stances` are those of its citations there.
    """

    name: str
    piece: Piece
    position: int
    anew: int
    editions: dict[str, int] = field(default_factory=dict)
    stances: set[str] = field(default_factory=set)


def entry_keys(of_works: list[str]) -> list[str]:
    """The keys of every entry that any edition of these works holds."""
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, edition__work__in=of_works)
    return list(parts.order_by("key").values_list("key", flat=True).distinct())


@dataclass(frozen=True)
class Told:
    """An entry in the last of the editions of one work that have it alike, one after another; `anew` is the first."""

    part: Part
    anew: int

    @property
    def position(self) -> int:
        """The place in the chain of the last of them."""
        return self.part.edition.position


def last_said(keys: list[str]) -> dict[str, Piece]:
    """Each entry as it was said anew last: several works may hold the same."""
    return {name: piece for name, (piece, _) in last_told(keys).items()}


def last_told(keys: list[str]) -> dict[str, tuple[Piece, Told]]:
    """Each entry as it was said anew last, and where; three queries.

    An edition that carries an entry on as the one before had it, like one of a note alone, doesn't say it anew:
    another story may have mended it since. Where readers don't get what was, it is the last edition's.
    """
    told = _told_by_works(keys)
    anew = {key: max(those, key=lambda one: one.anew) for key, those in told.items()}
    last = {key: max(those, key=lambda one: one.position) for key, those in told.items()}
    parts = {one.part.pk: one.part for one in [*anew.values(), *last.values()]}
    schemas = {part.edition_id: part.edition.schema for part in parts.values()}
    read = dict(zip(parts, pieces(parts.values(), schemas), strict=True))
    chosen = {key: anew[key] if read[anew[key].part.pk].content else last[key] for key in told}
    return {key: (read[one.part.pk], one) for key, one in chosen.items()}


def _told_by_works(keys: list[str]) -> dict[str, list[Told]]:
    """Each entry as the last edition of every work that holds it has it."""
    found: dict[tuple[str, str], Told] = {}
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys).select_related("edition")
    for part in parts.order_by("edition__position"):
        place, before = (part.key, part.edition.work), found.get((part.key, part.edition.work))
        carried = before is not None and _carries_on(before.part, part)
        found[place] = Told(part, before.anew if before and carried else part.edition.position)
    told: dict[str, list[Told]] = defaultdict(list)
    for (key, _), one in found.items():
        told[key].append(one)
    return told


def _carries_on(before: Part, part: Part) -> bool:
    """Whether an edition has an entry as the one right before it had it."""
    follows = before.edition.number + 1 == part.edition.number
    return follows and part.content is not None and part.content == before.content


def said_with_holders(keys: list[str]) -> list[Said]:
    """These entries with who holds them, in a fixed number of queries."""
    parts = Part.objects.filter(kind=Part.Kind.ENTRY, key__in=keys)
    held = list(
        parts.values("key", "edition__work")
        .annotate(position=Max("edition__position"), number=Max("edition__number"))
        .order_by("position")
    )
    found = {name: Said(name, piece, one.position, one.anew) for name, (piece, one) in last_told(keys).items()}
    for row in held:
        found[row["key"]].editions[row["edition__work"]] = row["number"]
    for name, stance in _stances({row["position"] for row in held}):
        if name in found:
            found[name].stances.add(stance)
    return list(found.values())


def _stances(positions: set[int]) -> Iterator[tuple[str, str]]:
    """What each citation in these editions does for its passage, with the entry that it cites."""
    parts = list(Part.objects.filter(kind=Part.Kind.NOTE, edition__position__in=positions).select_related("edition"))
    for piece in pieces(parts, {part.edition_id: part.edition.schema for part in parts}):
        if piece.content.get("entry"):
            yield piece.content["entry"], piece.content["stance"]


def entry_rows(history: list[EditionContent]) -> Iterator[Row]:
    """The rows of a story's entries, and of its citations of those who may not be named."""
    found = said_with_holders(entry_keys([history[-1].work]))
    works = {work for said in found for work in said.editions} | {history[-1].work}
    stories = {row.work: row for row in StoryRow.objects.filter(work__in=works)}
    for said in found:
        if said.piece.content:
            yield from _rows_of(said, stories)
    yield from _citation_rows(history[-1], stories)


def _rows_of(said: Said, stories: dict[str, StoryRow]) -> Iterator[Row]:
    content = said.piece.content
    own = list(_MAKERS[content["type"]](content, said.position))
    row = own[0]
    row.values["said_anew"] = said.anew
    yield from own
    facets = dict.fromkeys(_named_in(content))
    facets |= {("stance", stance): None for stance in said.stances}
    yield from _facet_rows(row, facets | _told_in(said.editions, stories), counted=True)


def _told_in(editions: dict[str, int], stories: dict[str, StoryRow]) -> dict[tuple[str, str], int | None]:
    """The stories that hold something, each with its last edition that does, and their investigations."""
    found: dict[tuple[str, str], int | None] = {("story", key_of(work)): n for work, n in editions.items()}
    keys = {stories[work].investigation_key for work in editions if work in stories}
    return found | {("investigation", key): None for key in keys if key}


def key_of(work: str) -> str:
    """A story's public key, by its work’s name in the record."""
    return work.removeprefix("story:")


def _facet_rows(row: Row, facets: dict[tuple[str, str], int | None], *, counted: bool) -> Iterator[Row]:
    name = next(name for name, model in LISTS.items() if model is row.model)
    sort = str(row.values[row.model.SORT])  # type: ignore[attr-defined]
    own: dict[tuple[str, str], int | None] = {(column, str(row.values[column])): None for column in COLUMNS[name]}
    if row.values.get("role_in_dispute"):
        own["in_dispute", "on"] = None
    for (facet, value), edition in (facets | own).items():
        key = {"list": name, "name": facet, "value": value, "sort": sort, "key": row.key["key"]}
        yield Row(FacetRow, key, {"edition": edition, "counted": counted})


def _named_in(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who is named in an entry, and the bodies in which they held the offices that it says."""
    for holder in [content, *content.get("attendances", [])]:
        if person := holder.get("speaker") or holder.get("person"):
            yield "person", person["key"]
        for role in holder.get("roles", []):
            if role["organization"]:
                yield "organization", role["organization"]["key"]


# --- Entries by type ---


def _meeting_rows(meeting: dict[str, Any], position: int) -> Iterator[Row]:
    """A meeting's row, and one for each named person at it."""
    attendances = meeting["attendances"]
    values = {
        "position": position,
        "title": meeting["title"],
        "kind": meeting["kind"],
        **span(meeting["when"]),
        "place": meeting["place"],
        "established": meeting["established"],
        "headcount": sum(a["headcount"] for a in attendances if a["presence"] == Presence.CAME),
        "role_in_dispute": any(a["role_in_dispute"] for a in attendances),
    }
    yield Row(MeetingRow, {"key": meeting["key"]}, values)
    for attendance in attendances:
        if person := attendance["person"]:
            yield Row(
                AttendanceRow,
                {"meeting_id": meeting["key"], "person": person["key"]},
                {
                    "name": person["name"],
                    "sort_name": person["sort_name"],
                    "label": attendance["label"],
                    "presence": attendance["presence"],
                    "role_in_dispute": attendance["role_in_dispute"],
                    "roles": attendance["roles"],
                },
            )


def _quote_rows(quote: dict[str, Any], position: int) -> Iterator[Row]:
    """The row of a quote by name."""
    yield Row(QuoteRow, {"key": quote["key"]}, _quote_values(quote, position))


def _quote_values(quote: dict[str, Any], position: int) -> dict[str, Any]:
    view = quote_view(quote)
    speaker = quote["speaker"] or {}
    return {
        "position": position,
        "words": view.words,
        "form": quote["form"],
        "by": view.by,
        "label": view.label if view.name else view.how_they_know,
        "speaker": speaker.get("key", ""),
        "sort_name": speaker.get("sort_name", ""),
        "roles": quote["roles"],
        **span(quote["said"]),
        "setting": view.setting,
        "terms": quote["terms"],
        "relay": view.relay.title if view.relay else "",
        "work": "",
        "href": view.href,
    }


def _source_rows(source: dict[str, Any], position: int) -> Iterator[Row]:
    """The row of a source that may be named."""
    person = source["person"] or {}
    values = {
        "position": position,
        "kind": source["kind"],
        "title": source["title"],
        "sort": sort_text(person.get("sort_name") or source["title"]),
        **span(source["dated"]),
        "description": source["description"],
        "person": person.get("key", ""),
        "person_name": person.get("name", ""),
        "sort_name": person.get("sort_name", ""),
        "relay": source["relay"]["title"] if source["relay"] else "",
    }
    yield Row(SourceRow, {"key": source["key"]}, values)


_MAKERS = {"meeting": _meeting_rows, "quote": _quote_rows, "source": _source_rows}


def _citation_rows(latest: EditionContent, stories: dict[str, StoryRow]) -> Iterator[Row]:
    """The rows of quotes of which nobody may be named: one a citation, under the citation's own key."""
    story = stories.get(latest.work)
    for piece in latest.of_kind(Part.Kind.NOTE):
        quote = piece.content.get("inline") or {}
        if story and quote.get("type") == "quote":
            href = f"{paths.story(story.slug)}#{piece.content['passage']}"
            values = _quote_values(quote, 0) | {"work": latest.work, "href": href, "said_anew": 0}
            row = Row(QuoteRow, {"key": piece.key}, values)
            yield row
            facets = _told_in({latest.work: latest.number}, stories) | {("stance", piece.content["stance"]): None}
            yield from _facet_rows(row, facets, counted=False)


def span(when: dict[str, Any] | None) -> dict[str, Any]:
    """A projected date as the fields of a row have it."""
    when = when or {}
    earliest, latest = (_day(when.get(end)) for end in ("earliest", "latest"))
    return {
        "when": when.get("words", ""),
        "earliest": earliest,
        "latest": latest,
        "reach": reach_of(earliest, latest),
        "sort_day": earliest or latest or UNDATED,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def sort_text(words: str) -> str:
    """Words by which a list is sorted: folded, without what stands before the first letter or figure."""
    folded = words.casefold().lstrip("“”‘’\"'([ .")
    return folded.removeprefix("the ")[:SORT_LENGTH]


# --- Writing ---


def write_entry_rows(work: str, rows: Iterable[Row]) -> None:
    """Write the rows of a work's entries, and drop those of what is no longer there or no longer for readers."""
    made: dict[type[Model], list[Row]] = defaultdict(list)
    for row in rows:
        made[row.model].append(row)
    keys = set(keys_in_lists(work)) | {row.key["key"] for model in LISTS.values() for row in made[model]}
    for model in LISTS.values():
        stay = {row.key["key"] for row in made[model]}
        model._default_manager.filter(key__in=keys - stay).delete()
    for model in (*LISTS.values(), AttendanceRow, FacetRow):
        write_together(model, made[model])
    _drop_others(AttendanceRow, {"meeting_id__in": keys}, made[AttendanceRow])
    _drop_others(FacetRow, {"key__in": keys, "list__in": list(LISTS)}, made[FacetRow])


def _drop_others(model: Any, among: dict[str, Any], made: list[Row]) -> None:
    """Drop the rows among these that were not made."""
    if made:
        names = list(made[0].key)
    else:
        model.objects.filter(**among).delete()
        return
    stay = {tuple(row.key.values()) for row in made}
    standing = model.objects.filter(**among).values_list("pk", *names)
    model.objects.filter(pk__in=[pk for pk, *key in standing if tuple(key) not in stay]).delete()


def keys_in_lists(work: str) -> list[str]:
    """The keys under which a work's entries, and its citations of the unnamed, stand or stood in the lists."""
    entries = [name.partition("/")[2] for name in entry_keys([work])]
    return entries + list(QuoteRow.objects.filter(work=work).order_by("pk").values_list("key", flat=True))
