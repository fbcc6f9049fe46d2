"""What each kind of record says to the desk's search: what whoever sees the record reads on its own screen.

What only some of those people may read is in none of these texts: identities and who opened them, words that somebody
has not saved yet, words that are to be destroyed, what readers wrote of themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from investigations.models.account import MeetingClass, RoleAccount
from investigations.models.comment_request import CommentRequest
from investigations.models.correction import Correction
from investigations.models.draft_note import DraftNote
from investigations.models.interview import Interview
from investigations.models.investigation import Investigation
from investigations.models.investigation_page import InvestigationPage, MarkedEvent
from investigations.models.meeting import Attendance, Meeting
from investigations.models.organization import Organization
from investigations.models.passage import Passage
from investigations.models.person import Person
from investigations.models.quote import Quote
from investigations.models.role import Role
from investigations.models.source import Source
from investigations.models.story import Byline, Story
from investigations.models.story_comment import StoryComment
from investigations.text import parse


@dataclass(frozen=True)
class Said:
    """A kind of record and its words.

    `investigation` leads to the number of the investigation whose team sees it; empty for what everybody shares.
    `screen` is the noun on whose screen it stands, and `at` leads to the number of that. `reads` are the relations
    that `title` and `words` read.
    """

    kind: str
    label: str
    model: Any
    title: Callable[[Any], str]
    words: Callable[[Any], Iterable[str]]
    investigation: str = "investigation_id"
    screen: str = ""
    at: str = "pk"
    reads: tuple[str, ...] = ()
    many: tuple[Any, ...] = ()

    def rows(self) -> Any:
        """The records, with all that their words are made of, in a fixed number of queries."""
        rows = self.model._default_manager.select_related(*self.reads) if self.reads else self.model._default_manager
        return rows.prefetch_related(*self.many)

    def visible_to(self, user: Any) -> Any:
        """Those of the records that this person may see."""
        return self.rows().visible_to(user)

    def text(self, row: Any) -> str:
        """All its words but those of its title."""
        return " · ".join(dict.fromkeys(each.strip() for each in self.words(row) if each and each.strip()))

    def investigation_of(self, row: Any) -> int | None:
        """The number of the investigation whose team sees it; None for what everybody shares."""
        return _follow(row, self.investigation) if self.investigation else None

    def at_of(self, row: Any) -> Any:
        """The number of the row on whose screen it stands."""
        return _follow(row, self.at)


def _follow(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row


# --- Titles ---


def _source_title(source: Source) -> str:
    return f"{source.code_name}: {source.title or source.person or source.descriptor}"


def _quote_title(quote: Quote) -> str:
    return str(quote.speaker or _source_title(quote.source))


def _of_story(row: Any) -> str:
    return str(row.story.headline)


# --- Words ---


def _story(story: Story) -> Iterator[str]:
    yield story.standfirst
    yield ", ".join(byline.author.name for byline in story.bylines.all())
    yield from (block.text for block in parse(story.body).blocks)
    for figure in story.figures.all():
        yield from (figure.caption, figure.alt_text, figure.credit, figure.rests_on)


def _passage(passage: Passage) -> Iterator[str]:
    yield passage.words
    yield from (piece.label for piece in passage.evidence.all())


def _quote(quote: Quote) -> Iterator[str]:
    yield quote.words
    yield _source_title(quote.source)
    yield from (quote.speaker_label, quote.setting, quote.to_whom, quote.said, quote.terms_wording)
    yield from (quote.locator, quote.checked_against, quote.slug)


def _meeting(meeting: Meeting) -> Iterator[str]:
    yield from (meeting.when, meeting.place, meeting.description)
    for row in meeting.attendances.all():
        yield ", ".join(said for said in (str(row.person or row.descriptor), row.role_as_of) if said)
        yield row.role_note
    yield from _accounts(meeting)
    yield from (meeting.locator, meeting.checked_against, meeting.slug)


def _class(group: MeetingClass) -> Iterator[str]:
    yield str(group.subject or "")
    yield group.counted
    yield from _accounts(group)


def _accounts(about: Any) -> Iterator[str]:
    """What is said of roles: of whom, and as what."""
    for account in about.role_accounts.all():
        yield f"{account.person}: {account.wording}"


def _source(source: Source) -> Iterator[str]:
    yield from (source.description, source.how_they_know, source.reason_for_anonymity, source.dated)
    yield from (source.looked_where, source.looked_by, source.url, source.full_text)


def _person(person: Person) -> Iterator[str]:
    yield person.description
    for role in person.roles.all():
        yield ", ".join(str(said) for said in (role.title, role.organization) if said)
    yield from (merger.name for merger in person.mergers.all())


def _organization(organization: Organization) -> Iterator[str]:
    yield str(organization.parent or "")
    yield from (merger.name for merger in organization.mergers.all())


def _interview(interview: Interview) -> Iterator[str]:
    yield from (interview.said, interview.setting, interview.to_whom, interview.terms_wording, interview.slug)


def _request(asked: CommentRequest) -> Iterator[str]:
    yield from (asked.story.headline, asked.about, asked.asked, asked.asked_how, asked.detail)
    for letter in asked.letters.all():
        yield from (letter.words, letter.answer)
        for claim in letter.claims.all():
            yield from (claim.words, claim.answer)


def _correction(correction: Correction) -> Iterator[str]:
    yield from (correction.note, correction.basis, correction.alone_because)


def _note(note: DraftNote) -> Iterator[str]:
    yield from (note.words, note.anchor, note.links, note.file_name)


def _page(page: InvestigationPage) -> Iterator[str]:
    yield from (block.text for block in parse(page.body).blocks)
    yield from (page.caption, page.rests_on, page.lacks)


ACCOUNTS = Prefetch("role_accounts", RoleAccount.objects.select_related("person"))

SAID = {
    said.model: said
    for said in (
        Said("investigation", "Investigations", Investigation, str, lambda row: [row.notice], investigation="pk"),
        Said(
            *("story", "Stories", Story, str, _story),
            many=(Prefetch("bylines", Byline.objects.select_related("author")), "figures"),
        ),
        Said(
            *("passage", "Passages", Passage, lambda row: f"{row.mark} of {row.story.headline}", _passage),
            investigation="story.investigation_id",
            reads=("story",),
            many=("evidence",),
        ),
        Said("quote", "Quotes", Quote, _quote_title, _quote, reads=("speaker", "source__person")),
        Said(
            *("meeting", "Meetings", Meeting, lambda row: row.title, _meeting),
            many=(Prefetch("attendances", Attendance.objects.select_related("person")), ACCOUNTS),
        ),
        Said(
            *("meetingclass", "Classes of meetings", MeetingClass, lambda row: row.label, _class),
            reads=("subject",),
            many=(ACCOUNTS,),
        ),
        Said("source", "Sources and documents", Source, _source_title, _source, reads=("person",)),
        Said(
            "interview",
            "Interviews",
            Interview,
            lambda row: _source_title(row.source),
            _interview,
            reads=("source__person",),
        ),
        Said(
            *("person", "People", Person, str, _person),
            investigation="",
            many=(Prefetch("roles", Role.objects.select_related("organization")), "mergers"),
        ),
        Said(
            *("organization", "Organizations", Organization, str, _organization),
            investigation="",
            reads=("parent",),
            many=("mergers",),
        ),
        Said(
            *("commentrequest", "Requests for comment", CommentRequest, lambda row: row.whom, _request),
            investigation="story.investigation_id",
            reads=("story", "person", "organization"),
            many=("letters__claims",),
        ),
        Said(
            *("correction", "Corrections", Correction, _of_story, _correction),
            investigation="story.investigation_id",
            reads=("story",),
        ),
        Said(
            *("draftnote", "Notes from drafts", DraftNote, _of_story, _note),
            investigation="story.investigation_id",
            screen="story",
            at="story_id",
            reads=("story",),
        ),
        Said(
            *("storycomment", "Comments of colleagues", StoryComment, _of_story, lambda row: [row.said, row.words]),
            investigation="story.investigation_id",
            screen="story",
            at="story_id",
            reads=("story",),
        ),
        Said(
            *("investigationpage", "Pages of investigations", InvestigationPage, lambda row: row.investigation.title),
            _page,
            reads=("investigation",),
        ),
        Said(
            *("markedevent", "Events", MarkedEvent, lambda row: row.label, lambda row: [row.when]),
            investigation="page.investigation_id",
            screen="investigationpage",
            at="page_id",
            reads=("page",),
        ),
    )
}
"""Every kind that is searched, by its model."""

BY_KIND = {said.kind: said for said in SAID.values()}
