"""Rows of the public search from the ledger: the words that readers get now, and no others."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from investigations.fulltext.words import folded
from investigations.pages import paths
from investigations.pages.correction import TAGS
from investigations.pages.instants import day_words, instant
from investigations.pages.meeting import AttendanceView, MeetingView
from investigations.pages.offices import offices
from investigations.pages.records import DateView, QuoteView, SourceView, capitalized, date_view
from investigations.pages.request import request_sentence
from investigations.pages.story import record_view
from investigations.publishing.entry_rows import entry_keys, last_said
from investigations.publishing.row import Row, batches, write_together
from investigations.publishing.rows import is_investigation, is_policy, is_story
from investigations.record.models import OrganizationRow, Part, PersonRow, SearchRow
from investigations.record.models.search import mark_of
from investigations.record.reading import EditionContent
from investigations.vocabulary import ChangeKind, SearchKind

BATCH = 500
TITLE_LENGTH = 500


def search_rows(history: list[EditionContent]) -> Iterator[Row]:
    """Every row that a work and its entries have in the public search.

    A retracted story has only its notes. Of somebody who may not be named there is only each citation, under the key
    of that citation.
    """
    latest = history[-1]
    if is_policy(latest.work):
        yield from _policy_rows(latest)
    if is_investigation(latest.work):
        yield from _investigation_rows(history)
    if not is_story(latest.work):
        return
    notes = [piece.content for piece in latest.of_kind(Part.Kind.CORRECTION) if piece.content and not piece.withheld]
    if not latest.withheld and not any(note["kind"] == ChangeKind.RETRACTION for note in notes):
        yield from _story_rows(history)
        yield from _citation_rows(latest)
    for note in notes:
        yield _note_row(latest, note)
    for name, piece in last_said(entry_keys([latest.work])).items():
        if piece.content:
            yield entry_row(name, piece.content)


def search_row(
    kind: SearchKind,
    name: str,
    *,
    title: str,
    said: Iterable[str],
    href: str,
    when: str = "",
    work: str = "",
    only: str | None = None,
) -> Row:
    """A row with the words that are searched of it: those of its title and of what is said, or `only` these."""
    text = " · ".join(dict.fromkeys(each.strip() for each in said if each.strip()))
    values = {
        "work": work,
        "kind": str(kind),
        "title": title[:TITLE_LENGTH],
        "text": text,
        "when": when,
        "href": href,
        "head": folded(title) if only is None else "",
        "words": folded(text if only is None else only),
        "marks": mark_of(kind),
    }
    return Row(SearchRow, {"name": name}, values)


# --- A story and a policy ---


def _story_rows(history: list[EditionContent]) -> Iterator[Row]:
    latest, header = history[-1], history[-1].header
    address = paths.story(header["slug"])
    published = instant(history[0].published_at).day
    names = ", ".join(byline["name"] for byline in header["bylines"])
    requests = [request_sentence(piece.content) for piece in latest.of_kind(Part.Kind.REQUEST) if piece.content]
    common: dict[str, Any] = {"title": header["headline"], "when": published, "work": latest.work}
    said = [header["standfirst"], names and f"By {names}", *requests]
    yield search_row(SearchKind.STORY, latest.work, said=said, href=address, **common)
    for number, piece in enumerate(latest.of_kind(Part.Kind.BLOCK), start=1):
        if piece.content and piece.content["text"].strip():
            name, href = f"{latest.work}/b{number}", f"{address}#b{number}"
            yield search_row(SearchKind.TEXT, name, said=[piece.content["text"]], href=href, **common)
    for piece in latest.of_kind(Part.Kind.FIGURE):
        if figure := piece.content:
            name, href = f"{latest.work}/{figure['key']}", f"{address}#figure-{figure['key']}"
            said = [figure["caption"], figure["credit"], figure.get("rests_on", "")]
            yield search_row(SearchKind.TEXT, name, said=said, href=href, **common)


def _citation_rows(latest: EditionContent) -> Iterator[Row]:
    """What sources said who may not be named, each citation for itself."""
    for piece in latest.of_kind(Part.Kind.NOTE):
        record = piece.content.get("inline") if piece.content else None
        if record and record["type"] == "quote":
            href = f"{paths.story(latest.header['slug'])}#{piece.content['passage']}"
            yield _record_row(f"citation/{piece.key}", record_view(record), href=href, work=latest.work)


def _note_row(latest: EditionContent, note: dict[str, Any]) -> Row:
    kind = ChangeKind(note["kind"])
    changed = [words for change in note["changes"] for words in (change["old"], change["new"])]
    return search_row(
        SearchKind.NOTE,
        f"note/{note['number']}",
        title=f"{TAGS[kind]}: {latest.header['headline']}",
        said=[note["note"], note.get("basis") or "", *changed],
        href=paths.correction(note["number"]),
        when=day_words(date.fromisoformat(note["noted"])) if note.get("noted") else instant(note["published_at"]).day,
        work=latest.work,
    )


def _policy_rows(latest: EditionContent) -> Iterator[Row]:
    said = [piece.content["text"] for piece in latest.of_kind(Part.Kind.BLOCK) if piece.content]
    header = latest.header
    if not latest.withheld:
        address = paths.policy(header["slug"])
        yield search_row(
            SearchKind.POLICY, latest.work, title=header["title"], said=said, href=address, work=latest.work
        )


def _investigation_rows(history: list[EditionContent]) -> Iterator[Row]:
    """The page of an investigation: what it asks, what its chart rests on and lacks, the events that it marks."""
    latest = history[-1]
    charts = [piece.content for piece in latest.of_kind(Part.Kind.FIGURE) if piece.content]
    chosen = [piece.content for piece in latest.of_kind(Part.Kind.CHOSEN) if piece.content]
    said = [piece.content["text"] for piece in latest.of_kind(Part.Kind.BLOCK) if piece.content]
    said += [chart[name] for chart in charts for name in ("caption", "rests_on", "lacks")]
    said += [one["label"] for one in chosen if one["type"] == "event"]
    people = [one for one in chosen if one["type"] == "person"]
    said += [", ".join(filter(None, (one["name"], one["description"]))) for one in people]
    yield search_row(
        SearchKind.INVESTIGATION,
        latest.work,
        title=latest.header["title"],
        said=said,
        href=paths.investigation(latest.header["slug"]),
        when=instant(history[0].published_at).day,
        work=latest.work,
    )


# --- People and organizations: from their rows, which are made of those of the entries that name them ---


def named_search_rows(people: Collection[str], organizations: Collection[str]) -> Iterator[Row]:
    """The rows of these people with the offices that their pages say, and of these organizations, as far as any entry
    names them.
    """
    for keys in batches(people):
        for person in PersonRow.objects.filter(key__in=keys).order_by("sort", "key"):
            said = [capitalized(office.words) for office in offices(person.roles)]
            name, href = f"person/{person.key}", paths.person(person.key)
            yield search_row(SearchKind.PERSON, name, title=person.name, said=said, href=href)
    for keys in batches(organizations):
        for body in OrganizationRow.objects.filter(key__in=keys).order_by("sort", "key"):
            name, href = f"organization/{body.key}", paths.organization(body.key)
            yield search_row(SearchKind.ORGANIZATION, name, title=body.name, said=[], href=href)


def write_named_search_rows(people: Collection[str], organizations: Collection[str]) -> None:
    """Write the rows of these people and organizations, and drop those of whom nothing is said any more."""
    made = list(named_search_rows(people, organizations))
    names = {f"person/{key}" for key in people} | {f"organization/{key}" for key in organizations}
    for some in batches(names - {row.key["name"] for row in made}):
        SearchRow.objects.filter(name__in=some).delete()
    standing: dict[str, SearchRow] = {}
    for some in batches(names):
        standing |= {row.name: row for row in SearchRow.objects.filter(name__in=some)}
    write_together(SearchRow, [row for row in made if not _stands(standing, row)])


# --- Entries ---


def entry_row(name: str, content: dict[str, Any]) -> Row:
    """The row of an entry that readers get."""
    return _record_row(name, record_view(content), href=paths.entry(*name.split("/")))


def _record_row(name: str, view: Any, *, href: str, work: str = "") -> Row:
    match view:
        case QuoteView():
            said = [view.words, view.label if view.name else "", view.setting, view.to_whom]
            when = _when(view.said)
            # by a descriptor, a setting or an addressee one would find what else the same source said
            only = None if view.name else view.words
            told = {"title": view.by, "href": href, "when": when, "work": work}
            return search_row(SearchKind.QUOTE, name, said=said, only=only, **told)
        case MeetingView():
            said = [view.description, view.place, *(words for row in view.attendances for words in _at_meeting(row))]
            return search_row(SearchKind.MEETING, name, title=view.title, said=said, href=href, when=_when(view.when))
        case SourceView():
            said = [view.description, view.looked_where, *view.coverages]
            return search_row(SearchKind.SOURCE, name, title=view.title, said=said, href=href, when=_when(view.dated))
    raise ValueError(f"nothing is known to search of {name}")


def _when(date: DateView) -> str:
    """A date in words; nothing where none is stated."""
    return "" if date == date_view(None) else date.words


def _at_meeting(row: AttendanceView) -> Iterator[str]:
    """Who was there, as what, and what is said of the role.

    Of whoever is not named for it there are the words alone, and none where they are about a class of meetings: by
    them one would find all the meetings of which the same source spoke.
    """
    yield ", ".join(words for words in (row.name, row.label) if words)
    yield row.note
    for account in (*row.affirmed, *row.questioned):
        said = account.words or account.wording
        if account.href:  # a quote has a page where its speaker is named
            yield f"{account.by}: {said}"
        elif not account.about:
            yield said


# --- Writing ---


def write_search_rows(work: str, rows: Iterable[Row]) -> None:
    """Write these rows of a work over what stands there, and drop what is no longer there; what is so stays."""
    made = {row.key["name"]: row for row in rows}
    names = [*entry_keys([work]), *made]
    standing: dict[str, SearchRow] = {}
    for some in _batches(names):
        standing |= {row.name: row for row in SearchRow.objects.filter(Q(work=work) | Q(name__in=some))}
    gone = [row.pk for name, row in standing.items() if name not in made]
    for some in _batches(gone):
        SearchRow.objects.filter(pk__in=some).delete()
    new = [row for row in made.values() if not _stands(standing, row)]
    SearchRow.objects.bulk_create(
        [SearchRow(**row.key, **row.values) for row in new],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=list(new[0].values) if new else ["title"],
    )


def _stands(standing: dict[str, SearchRow], row: Row) -> bool:
    """Whether a row is there already as it must be."""
    there = standing.get(row.key["name"])
    return there is not None and all(getattr(there, field) == value for field, value in row.values.items())


def _batches(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, max(1, len(values)), BATCH):
        yield values[start : start + BATCH]
