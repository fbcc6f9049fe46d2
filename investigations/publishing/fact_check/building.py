"""A story's rows as its fact-check file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from investigations.lint import Finding, check
from investigations.lint.strength import Strength, main_source, strengths
from investigations.models import CommentRequest, Evidence, Source, Story
from investigations.models.story_review import desk_state
from investigations.pages.instants import instant
from investigations.pages.records import date_view
from investigations.publishing.clearing import clearances_of
from investigations.publishing.fact_check.evidence import as_readers, evidence_of, in_full, who
from investigations.publishing.fact_check.parts import (
    ClearanceView,
    EditionView,
    FactCheckFile,
    FindingView,
    Group,
    Lapsed,
    PassageView,
    Passed,
    RequestView,
    Signature,
)
from investigations.publishing.fact_check.people import groups_by_person
from investigations.publishing.fact_check.sentences import sentences_of
from investigations.publishing.fact_check.unnamed import last_page, unnamed_in
from investigations.publishing.projection.records import project_date
from investigations.publishing.projection.story import work_of
from investigations.publishing.signatures import digest_now
from investigations.record.models import Edition
from investigations.vocabulary import FileGrouping, FileVersion, Outcome

NOT_COUNTED = "origins are counted in the full version"


def build(
    story: Story, version: FileVersion, grouping: FileGrouping, *, by: Any, now: datetime | None = None
) -> FactCheckFile:
    """The file of a story as it stands, in a fixed number of queries; it asks nobody whether `by` may have it.

    The full version has the names of those sources whose identity is open to `by` now, and logs their reading. The
    other has no word that readers wouldn't get, save what was done by whom and when, in fixed words; raises
    ValueError while something shown to readers can't go out.
    """
    now, full = now or timezone.now(), version == FileVersion.FULL
    digest, parsed, found = digest_now(story), story.parsed(), check(story, now=now).findings
    evidence = _by_mark(story, parsed.marks)
    pieces = [piece for rows in evidence.values() for piece in rows]
    known = Source.objects.with_those_behind([source for piece in pieces if (source := main_source(piece))])
    passages = _passages(story, parsed.marks, evidence, found, known, full=full)
    sentences = sentences_of(parsed, passages)
    requests = [(row, _request(row, full=full)) for row in _asked(story)]
    editions = tuple(
        EditionView(row.number, row.get_change_display(), instant(row.published_at).words, row.digest)
        for row in Edition.objects.filter(work=work_of(story)).order_by("number")
    )
    whole = (Group("", sentences),)
    by_person = grouping == FileGrouping.PERSON
    in_text = {mark.id for mark in parsed.marks}
    unnamed = unnamed_in(pieces, known) if full else []
    return FactCheckFile(
        slug=story.slug,
        made_by=who(by),
        made_at=timezone.localtime(now),
        version=version,
        grouping=grouping,
        wording=story.wording_digest(),
        investigation=story.investigation.title,
        headline=story.headline,
        standfirst=story.standfirst,
        bylines=tuple(row.author.name for row in story.bylines.select_related("author")),
        state=f"Published, edition {editions[-1].number}" if editions else desk_state(story).label,
        signatures=_signatures(story, digest),
        clearances=_clearances(story, digest, full=full),
        editions=editions,
        findings=tuple(_finding(each, full=full) for each in found if each.mark not in in_text),
        lapsed=_lapsed(story, found, full=full),
        requests=tuple(view for _, view in requests),
        groups=groups_by_person(sentences, evidence, requests, full=full) if by_person else whole,
        sentences=sentences,
        not_in_text=tuple(view for mark, view in passages.items() if mark not in in_text) if full else (),
        unnamed=last_page(unnamed, evidence, sentences, by=by, now=now) if full else (),
    )


def _by_mark(story: Story, marks: Iterable[Any]) -> dict[str, list[Evidence]]:
    """The evidence by mark: those in the text in its order, then those that are not there any more."""
    found: dict[str, list[Evidence]] = {mark.id: [] for mark in marks}
    for piece in evidence_of(story):
        found.setdefault(piece.passage.mark, []).append(piece)
    return found


def _passages(
    story: Story, marks: Iterable[Any], evidence: Any, findings: Iterable[Finding], known: Any, *, full: bool
) -> dict[str, PassageView]:
    rows = {row.mark: row for row in story.passages.order_by("pk")}
    strong = strengths(row.pk for row in rows.values())
    words = {mark.id: mark.words for mark in marks}
    at_mark: dict[str, list[Finding]] = {}
    for finding in findings:
        at_mark.setdefault(finding.mark, []).append(finding)
    views = {}
    for mark in [*words, *(mark for mark in rows if mark not in words)]:
        row = rows.get(mark)
        changed = bool(row and mark in words and row.words != words[mark])
        pieces = evidence.get(mark, [])
        views[mark] = PassageView(
            mark=mark,
            words=words.get(mark, row.words if row else ""),
            changed=changed,
            confirmed=row.words if row and changed and full else "",
            strength=_strength(strong[row.pk], pieces, full=full) if row else "",
            pieces=tuple(in_full(piece, known) if full else as_readers(piece) for piece in pieces),
            findings=tuple(_finding(each, full=full) for each in at_mark.get(mark, [])),
        )
    return views


def _strength(strength: Strength, pieces: Iterable[Evidence], *, full: bool) -> str:
    """How many origins; beside unnamed sources in full alone, for “1 origin” tells that two of them are one."""
    unnamed = any(source.is_unnamed for piece in pieces for source in piece.sources())
    return str(strength) if full or not unnamed else NOT_COUNTED


def _finding(finding: Finding, *, full: bool) -> FindingView:
    """A finding; its own words name no record, what it is about does."""
    place = f"Paragraph {finding.paragraph}" if finding.paragraph else ""
    row = finding.overridden
    return FindingView(
        id=finding.id,
        group=finding.group,
        where=", ".join(filter(None, (place, finding.mark))),
        msg=finding.msg,
        hint=finding.hint,
        about=finding.obj if full else "",
        passed=Passed(who(row.by), instant(row.at).words, row.reason if full else "") if row else None,
    )


def _lapsed(story: Story, findings: Iterable[Finding], *, full: bool) -> tuple[Lapsed, ...]:
    """Overrides that hold no more, each as it was given."""
    standing = {(finding.id, finding.mark, finding.place) for finding in findings if finding.overridden}
    return tuple(
        Lapsed(row.finding, row.mark, who(row.by), instant(row.at).words, row.reason if full else "")
        for row in story.overrides.select_related("by").order_by("at", "pk")
        if (row.finding, row.mark, row.place) not in standing
    )


def _asked(story: Story) -> list[CommentRequest]:
    return list(story.comment_requests.select_related("person", "organization").order_by("position", "pk"))


def _request(row: CommentRequest, *, full: bool) -> RequestView:
    """A request: the outcome and what follows it as readers read it, the rest for the full version."""
    outcome = f"{Outcome(row.outcome).label if row.outcome else 'No reply yet'}."
    return RequestView(
        name=str(row.person or row.organization),
        asked=date_view(project_date(row.asked), missing="").words,
        deadline=instant(row.deadline).words if row.deadline else "",
        outcome=f"{outcome} {row.detail}".strip(),
        how=row.asked_how if full else "",
        about=row.about if full else "",
    )


def _signatures(story: Story, digest: str) -> tuple[Signature, ...]:
    """Every signature ever put under the story, the oldest first."""
    rows = story.approvals.select_related("by").order_by("at", "pk")
    return tuple(
        Signature(who(row.by), row.as_editor, instant(row.at).words, row.digest, row.digest == digest) for row in rows
    )


def _clearances(story: Story, digest: str, *, full: bool) -> tuple[ClearanceView, ...]:
    """What counsel was asked and answered; a request that was taken back is none."""
    return tuple(
        ClearanceView(
            counsel=who(row.counsel),
            asked_by=who(row.asked_by),
            asked_at=instant(row.asked_at).words,
            outcome=row.get_outcome_display() if row.outcome else "No answer yet",
            answered_at=instant(row.answered_at).words if row.answered_at else "",
            holds=not changed,
            note=row.note if full else "",
        )
        for row, changed in clearances_of(story, digest)
        if row.taken_back_at is None
    )
