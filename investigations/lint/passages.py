"""Rules on passages: each mark has its row, each row its mark, and the words are those confirmed."""

from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.vocabulary import Showing


def marks_and_rows(context: StoryContext) -> Iterator[Finding]:
    """A mark that has no row, and a row that has no mark."""
    marks = {mark.id: mark for mark in context.parsed.marks}
    for mark in marks.values():
        if mark.id not in context.passages:
            yield Finding(
                "story.E020",
                f"The mark {mark.id} has no passage behind it.",
                "Save the story: each mark gets its row.",
                f"{context.place(mark.id)}, “{mark.words}”",
                context.paragraph_of(mark.id),
                mark.id,
            )
    for mark_id, passage in context.passages.items():
        if mark_id not in marks:
            yield Finding(
                "story.E021",
                "The passage is nowhere in the text.",
                f"Mark its words again with {{#{mark_id}}}, or delete the row: its evidence goes with it.",
                f"Passage {mark_id}, “{passage.words}”",
                None,
                mark_id,
            )


def words_changed(context: StoryContext) -> Iterator[Finding]:
    """Words that are no longer the ones under which the evidence was confirmed."""
    for mark in context.parsed.marks:
        passage = context.passages.get(mark.id)
        if passage and passage.words != mark.words:
            yield Finding(
                "story.E022",
                "The words are no longer those under which its evidence was confirmed.",
                "Look at its evidence again and tick “still holds”, or put the words back.",
                f"{context.place(mark.id)}, confirmed as “{passage.words}” and now “{mark.words}”",
                context.paragraph_of(mark.id),
                mark.id,
            )


def evidence_shown(context: StoryContext) -> Iterator[Finding]:
    """A marked passage that would lead readers nowhere."""
    for mark in context.parsed.marks:
        pieces = context.evidence.get(mark.id)
        if mark.id in context.passages and not pieces:
            yield Finding(
                "story.E023",
                "The passage is marked and has no evidence.",
                "Add what shows it, or take the mark away.",
                f"{context.place(mark.id)}, “{mark.words}”",
                context.paragraph_of(mark.id),
                mark.id,
            )
        elif pieces and all(piece.showing != Showing.SHOWN for piece in pieces):
            yield Finding(
                "story.W024",
                "Readers are shown none of the passage's evidence.",
                "Show one piece, or take the mark away and keep the evidence on the desk.",
                f"{context.place(mark.id)}, “{mark.words}”",
                context.paragraph_of(mark.id),
                mark.id,
            )


def meetings_attended(context: StoryContext) -> Iterator[Finding]:
    """A meeting shown to readers at which nobody is on file."""
    for mark in context.parsed.marks:
        for piece in context.evidence.get(mark.id, []):
            if piece.meeting and piece.showing == Showing.SHOWN and not piece.meeting.attendances.all():
                yield Finding(
                    "story.W025",
                    "Readers are told of a meeting and of nobody who was there.",
                    "Say on the meeting who came, if only how many.",
                    f"{context.place(mark.id)}, meeting “{piece.meeting.slug}”",
                    context.paragraph_of(mark.id),
                    mark.id,
                )
