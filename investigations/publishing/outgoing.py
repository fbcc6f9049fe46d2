"""What a correction would bring readers: found by the software, refused where it doesn't fit its kind."""

from dataclasses import dataclass
from typing import Any

from investigations.models import Correction
from investigations.publishing.carrying import carried_content
from investigations.publishing.changed_records import changed_records
from investigations.publishing.changes import WordChange, changed_words, wrong_since
from investigations.publishing.ledger import NewPart
from investigations.publishing.minor import touched
from investigations.publishing.parts import parts_of
from investigations.publishing.projection.story import Projection, project_story, work_of
from investigations.publishing.refusal import Refused
from investigations.record import digests
from investigations.record.models import Edition, Part
from investigations.record.reading import EditionContent, read
from investigations.vocabulary import CHANGES_WORDS, ChangeKind

WRONG_BEFORE = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION)
KEPT_BY_A_NOTE = [kind for kind in Part.Kind if kind != Part.Kind.CORRECTION]


@dataclass(frozen=True)
class Outgoing:
    """The next edition without the note that comes with it.

    `projection` is the mended story; None where nothing but a note is added, or the story is taken back.
    """

    latest: EditionContent
    projection: Projection | None
    changes: list[WordChange]
    touches: list[str]
    parts: list[NewPart]

    def digest(self, correction: Correction) -> str:
        """What an approval is bound to: the wording of the note, and all that would go out with it."""
        content = self.projection.digest() if self.projection else self.latest.digest
        return digests.digest("correction", {"wording": digests.canonical(correction.wording())}, content)


def history_of(correction: Correction) -> list[EditionContent]:
    """Every edition of the story, in order. Raises Refused when readers have none."""
    history = read(Edition.objects.filter(work=work_of(correction.story)).order_by("number"))
    if not history:
        raise Refused("Readers haven't seen this story yet: mend it, and publish it.")
    return history


def outgoing(correction: Correction, latest: EditionContent) -> Outgoing:
    """What would go out. Raises Refused when it doesn't fit the kind, and ValueError for words that can't go out."""
    if latest.change == ChangeKind.RETRACTION:
        raise Refused("This story was retracted: nothing more goes out under it.")
    if correction.kind == ChangeKind.RETRACTION:
        return Outgoing(latest, None, [], [], [NewPart(Part.Kind.HEADER, "header", latest.header)])
    projection = project_story(correction.story)
    if latest.withheld:
        if correction.kind != ChangeKind.UPDATE:
            raise Refused(
                f"Edition {latest.number} is withheld: an update brings the story back, mended; nothing else says"
                " what it said."
            )
        return Outgoing(latest, projection, [], [], parts_of(projection))
    changes = changed_words(latest, projection)
    if changes_words(correction):
        changes += changed_records(latest, projection)
        if not changes and not correction.corrects:
            raise Refused(f"Nothing was mended: text and records are those of edition {latest.number}.")
        if changes or not correction.corrects:
            return Outgoing(latest, projection, changes, touched(changes, latest, projection), parts_of(projection))
    if changes:
        kind = "An old note" if correction.noted else f"An {correction.get_kind_display().lower()}"
        raise Refused(f"{kind} changes no words, and the story's were changed: correct these, or put them back.")
    return Outgoing(latest, None, [], [], _kept_parts(latest, KEPT_BY_A_NOTE))


def since_when_wrong(correction: Correction, history: list[EditionContent], going: Outgoing) -> dict[str, Any] | None:
    """Since when readers had what is now changed; None where nothing was wrong, or nobody knows since when."""
    if correction.corrects and not going.changes:
        wrong = history[(correction.corrects.edition or 1) - 1]
        return {"edition": wrong.number, "at": digests.instant(wrong.published_at)}
    if correction.kind not in WRONG_BEFORE or not going.changes:
        return None
    return wrong_since(history, going.changes)


def changes_words(correction: Correction) -> bool:
    """Whether the text is mended with it."""
    return correction.kind in CHANGES_WORDS and not correction.noted


def readers_would_see(correction: Correction) -> list[WordChange]:
    """The changes of words that publishing this correction would bring readers; none once it is published."""
    latest = Edition.objects.filter(work=work_of(correction.story)).order_by("number").last()
    if latest is None or not correction.is_open:
        return []
    try:
        return outgoing(correction, read([latest])[0]).changes
    except (Refused, ValueError):
        return []


def digest_of(correction: Correction) -> str:
    """What an approval given now would be bound to; empty while it can't go out."""
    try:
        return outgoing(correction, history_of(correction)[-1]).digest(correction)
    except (Refused, ValueError):
        return ""


def _kept_parts(latest: EditionContent, kinds: list[Any]) -> list[NewPart]:
    """The parts of the edition that readers have, as they stand; what is withheld there is withheld in this one."""
    pieces = [piece for kind in kinds for piece in latest.of_kind(kind)]
    return [NewPart(piece.kind, piece.key, carried_content(latest, piece)) for piece in pieces]
