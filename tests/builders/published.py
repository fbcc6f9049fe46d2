"""Stories on their way to readers."""

from datetime import datetime
from typing import Any

from investigations.models import WithholdingOrder
from investigations.publishing.compile import compile_work
from investigations.publishing.correct import correct
from investigations.publishing.elsewhere import look_elsewhere, tick
from investigations.publishing.ledger import NewPart, append_edition, append_withholding
from investigations.publishing.outgoing import history_of, outgoing
from investigations.publishing.projection.story import work_of
from investigations.publishing.publish import publish
from investigations.publishing.signatures import sign
from investigations.publishing.steps import approve, send_back, submit
from investigations.publishing.withhold import hide
from investigations.record.models import Part, Report
from investigations.vocabulary import ChangeKind
from tests.builders.common import DAY_AFTER, MORNING, NEXT_DAY, NOON, saved
from tests.builders.records import make_checked_quote
from tests.builders.stories import make_byline, make_correction, make_evidence, make_story

COURT = "Order of the Harbor Court, 3 HC 17"


def append_plain_edition(work: str = "story:plain", headline: str = "A headline") -> Any:
    """An edition straight into the ledger, without desk or pages: its header and one block."""
    return append_edition(
        work=work,
        change=ChangeKind.FIRST,
        parts=[
            NewPart(Part.Kind.HEADER, "header", {"headline": headline}),
            NewPart(Part.Kind.BLOCK, "b1", {"text": "The board met."}),
        ],
        published_at=NOON,
    )


READY_BODY = """\
The harbor board [met in secret in March]{#p1}, and the port was sold.

The chair said that [nobody had asked her]{#p2}. Lee Sample watched the vote from the gallery.
"""


def make_ready_story(*, investigation: Any, by: Any, body: str = READY_BODY, **values: Any) -> Any:
    """A story that passes its check: each passage has a checked quote, the text is somebody's."""
    story = make_story(investigation=investigation, body=body, **values)
    make_byline(story=story)
    story.edit(by=by, now=MORNING)
    for passage in story.passages.all():
        make_evidence(passage=passage, quote=make_checked_quote(investigation=investigation, checked_by=by))
    return story


def publish_story(story: Any, *, reporter: Any, editor: Any, now: datetime = NOON) -> Any:
    """Sign as two people and publish."""
    sign(story, by=reporter, now=now)
    sign(story, by=editor, now=now)
    return publish(story, by=editor, now=now)


def make_submitted(**values: Any) -> Any:
    """A correction that its author has submitted."""
    correction = make_correction(**values)
    submit(correction, by=correction.written_by, now=correction.written_at)
    return correction


def withhold(*, by: Any, now: datetime = NEXT_DAY, **values: Any) -> Any:
    """Hide something from readers, as a standards editor; `entry` names an entry, otherwise it is about a story."""
    if "entry" not in values:
        values = {"scope": "passage" if "paragraph" in values else "edition", "edition": 1, **values}
    defaults = {"scope": "entry", "authority": COURT, "reason": "A name stands there that must not."}
    return hide(WithholdingOrder(**{**defaults, **values}), by=by, now=now)


def withhold_part(part: Any, *states: str, authority: str = COURT, now: datetime = NEXT_DAY) -> None:
    """Acts upon one part of the record, without an order."""
    for state in states:
        append_withholding(part=part, state=state, authority=authority, at=now)
        if state == "destroyed":
            Part.objects.filter(pk=part.pk).update(content=None, salt=None)
    compile_work(part.edition.work)


def correct_story(
    story: Any,
    *,
    reporter: Any,
    editor: Any,
    old: str = " Lee Sample watched the vote from the gallery.",
    new: str = "",
    now: datetime = NEXT_DAY,
    **values: Any,
) -> Any:
    """Mend the text and submit as the reporter, approve and publish as the editor; returns the correction."""
    assert story.body.count(old) == 1
    story.edit(by=reporter, now=now, body=story.body.replace(old, new))
    correction = make_submitted(
        **{
            "story": story,
            "written_by": reporter,
            "written_at": now,
            "note": "Lee Sample did not watch the vote.",
            **values,
        }
    )
    tick_places(correction, by=reporter)
    approve(correction, by=editor, now=now)
    correct(correction, by=editor, now=now)
    correction.refresh_from_db()
    return correction


def tick_places(correction: Any, *, by: Any) -> None:
    """Say of every place where the error ran as well, as the other stories of a test do, that it is not affected."""
    going = outgoing(correction, history_of(correction)[-1])
    look_elsewhere(correction, going, by=by, now=correction.written_at)
    for row in correction.elsewhere.waiting():
        tick(row, by=by, state="unaffected")


def correct_alone(story: Any, *, reporter: Any, editor: Any, said: str, alone: str, now: datetime = DAY_AFTER) -> Any:
    """A correction that is sent back with a comment, submitted again, and published by the editor alone."""
    story.edit(by=reporter, now=now, standfirst=f"{story.standfirst} More to come.")
    correction = make_submitted(story=story, written_by=reporter, written_at=now, note="There is more.")
    send_back(correction, by=editor, comment=said, now=now)
    submit(correction, by=reporter, now=now)
    correct(correction, by=editor, alone=alone, now=now)
    correction.refresh_from_db()
    return correction


def make_report(*, story: Any, **values: Any) -> Any:
    """A reader's report of an error in a story's first edition, about its first passage."""
    said = {"wrong": "It was in April.", "place": "p1", "edition": 1, "received_at": NEXT_DAY}
    return saved(Report(work=work_of(story), **{**said, **values}))
