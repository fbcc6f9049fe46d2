"""Stories on their way to readers."""

from datetime import datetime
from typing import Any

from investigations.publishing.correct import correct
from investigations.publishing.ledger import NewPart, append_edition
from investigations.publishing.publish import publish
from investigations.publishing.signatures import approve, sign
from investigations.record.models import Part
from investigations.vocabulary import ChangeKind
from tests.builders.common import MORNING, NEXT_DAY, NOON
from tests.builders.records import make_quote
from tests.builders.stories import make_byline, make_correction, make_evidence, make_story


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
    """A story that passes its check: each passage has evidence, the text is somebody's."""
    story = make_story(investigation=investigation, body=body, **values)
    make_byline(story=story)
    story.edit(by=by, now=MORNING)
    for passage in story.passages.all():
        make_evidence(passage=passage, quote=make_quote(investigation=investigation))
    return story


def publish_story(story: Any, *, reporter: Any, editor: Any, now: datetime = NOON) -> Any:
    """Sign as two people and publish."""
    sign(story, by=reporter, now=now)
    sign(story, by=editor, now=now)
    return publish(story, by=editor, now=now)


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
    """Mend the text as the reporter, approve and publish as the editor; returns the correction."""
    assert story.body.count(old) == 1
    story.edit(by=reporter, now=now, body=story.body.replace(old, new))
    correction = make_correction(
        **{"story": story, "written_by": reporter, "note": "Lee Sample did not watch the vote.", **values}
    )
    approve(correction, by=editor, now=now)
    correct(correction, by=editor, now=now)
    correction.refresh_from_db()
    return correction
