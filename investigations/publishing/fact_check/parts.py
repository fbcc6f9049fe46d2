"""What a fact-check file is made of: plain data, ready to print."""

from dataclasses import dataclass, field
from datetime import datetime

from investigations.pages.instants import instant
from investigations.pages.meeting import MeetingView
from investigations.pages.records import QuoteView, SourceView
from investigations.vocabulary import FileGrouping, FileVersion, Stance


@dataclass(frozen=True)
class Line:
    """A fact with its label."""

    label: str
    words: str


@dataclass(frozen=True)
class Piece:
    """A piece of evidence. `record` is what readers get, or would; without one, this version keeps it at the desk.

    `inside` are the desk's own lines, of the full version alone. `checked` says who held it against its source.
    """

    stance: str
    showing: str
    at_desk: bool
    kind: str
    label: str
    record: QuoteView | MeetingView | SourceView | None
    checked: str
    inside: tuple[Line, ...] = ()

    @property
    def contradicts(self) -> bool:
        """Whether it speaks against the passage."""
        return self.stance == Stance.CONTRADICTS.label


@dataclass(frozen=True)
class Passed:
    """An editor's word that a finding may stand; the reason is in the full version alone."""

    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True)
class FindingView:
    """What the story check says: how grave, where, what, and who let it pass."""

    id: str
    group: str
    where: str
    msg: str
    hint: str
    about: str = ""
    passed: Passed | None = None


@dataclass(frozen=True)
class PassageView:
    """Marked words with what hangs on them; `confirmed` are the words as confirmed, if they read otherwise now."""

    mark: str
    words: str
    changed: bool
    confirmed: str
    strength: str
    pieces: tuple[Piece, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class Run:
    """Words of a sentence; with a mark when they are a passage's."""

    words: str
    mark: str = ""


@dataclass(frozen=True)
class SentenceView:
    """A sentence of the text by its number, the passages that begin in it, and those that began before."""

    number: int
    paragraph: int
    is_heading: bool
    runs: tuple[Run, ...]
    why: tuple[str, ...]
    passages: tuple[PassageView, ...]
    continued: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """The sentence."""
        return "".join(run.words for run in self.runs)

    @property
    def rests_on_nothing(self) -> bool:
        """Whether no word of it is marked."""
        return not (self.passages or self.continued)


@dataclass(frozen=True)
class RequestView:
    """A request for comment: to whom, when, until when, what came of it; in full, how and about what."""

    name: str
    asked: str
    deadline: str
    outcome: str
    how: str = ""
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Sentences under one heading: the person named in them, or none for the text from its first word to its last."""

    name: str
    sentences: tuple[SentenceView, ...]
    requests: tuple[RequestView, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signed which wording, and whether that still is the story's."""

    by: str
    as_editor: bool
    at: str
    digest: str
    holds: bool


@dataclass(frozen=True)
class ClearanceView:
    """Counsel's word, and whether the story was changed since."""

    counsel: str
    asked_by: str
    asked_at: str
    outcome: str
    answered_at: str
    holds: bool
    note: str = ""


@dataclass(frozen=True)
class EditionView:
    """An edition that readers have or had."""

    number: int
    change: str
    at: str
    digest: str


@dataclass(frozen=True)
class Lapsed:
    """An override that holds no more: what it was about has changed, or the finding is gone."""

    finding: str
    mark: str
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True)
class Unnamed:
    """A source that readers get by its descriptor alone, for the last page of the full version.

    The name is in no `repr`: an error that is mailed prints those.
    """

    code_name: str
    descriptor: str
    how_they_know: str
    why: str
    identity: str
    name: str = field(default="", repr=False)
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True)
class FactCheckFile:
    """A story's file: who made it, when, which version of which words, and all that it says."""

    slug: str
    made_by: str
    made_at: datetime
    version: FileVersion
    grouping: FileGrouping
    wording: str
    investigation: str
    headline: str
    standfirst: str
    bylines: tuple[str, ...]
    state: str
    signatures: tuple[Signature, ...]
    clearances: tuple[ClearanceView, ...]
    editions: tuple[EditionView, ...]
    findings: tuple[FindingView, ...]
    lapsed: tuple[Lapsed, ...]
    requests: tuple[RequestView, ...]
    groups: tuple[Group, ...]
    sentences: tuple[SentenceView, ...]
    not_in_text: tuple[PassageView, ...]
    unnamed: tuple[Unnamed, ...]

    @property
    def is_full(self) -> bool:
        """Whether it holds what stays at the desk."""
        return self.version == FileVersion.FULL

    @property
    def by_person(self) -> bool:
        """Whether it is put in order by who is named."""
        return self.grouping == FileGrouping.PERSON

    @property
    def names(self) -> int:
        """How many identities are in it."""
        return sum(bool(one.name) for one in self.unnamed)

    @property
    def without_passage(self) -> int:
        """How many sentences no passage stands in."""
        return sum(sentence.rests_on_nothing for sentence in self.sentences)

    @property
    def passages(self) -> int:
        """How many passages the text has."""
        return sum(len(sentence.passages) for sentence in self.sentences)

    @property
    def made_when(self) -> str:
        """When it was made, in words."""
        return instant(self.made_at).words

    @property
    def name(self) -> str:
        """What the file is called, without its ending: the story's short name and the day."""
        return f"fact-check-{self.slug}-{self.made_at:%Y-%m-%d}"
