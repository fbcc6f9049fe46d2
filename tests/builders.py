"""Plain builders: each makes one saved, valid row, with whatever the test cares about given by name."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from PIL import Image

from investigations.models import (
    Approval,
    Attendance,
    Author,
    Byline,
    CommentRequest,
    Confidant,
    Consent,
    Contribution,
    Correction,
    Coverage,
    Demonstration,
    Evidence,
    Figure,
    GateFinding,
    GateRun,
    IdentityAccess,
    Interview,
    Investigation,
    Meeting,
    MeetingClass,
    Merger,
    Organization,
    Passage,
    PasswordHold,
    Person,
    Policy,
    Quote,
    Role,
    RoleAccount,
    Source,
    SourceIdentity,
    Story,
    Withdrawal,
    secrecy,
)
from investigations.models.base import new_key
from investigations.publishing.correct import correct
from investigations.publishing.ledger import NewPart, append_edition
from investigations.publishing.publish import publish
from investigations.publishing.signatures import approve, sign
from investigations.record.models import Part
from investigations.vocabulary import ChangeKind

_numbers = count(1)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def _saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def make_user(name: str, *groups: str, **values: Any) -> Any:
    """An account in these groups."""
    user = User.objects.create_user(name, password="a-password-of-tests", is_staff=True, **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_person(**values: Any) -> Any:
    """Somebody named."""
    return _saved(Person(**{"name": f"Robin Example {next(_numbers)}", **values}))


def make_organization(**values: Any) -> Any:
    """A body."""
    return _saved(Organization(**{"name": f"Office {next(_numbers)}", **values}))


def make_role(**values: Any) -> Any:
    """An office held since 2010."""
    values.setdefault("person", None)
    values["person"] = values["person"] or make_person()
    return _saved(Role(**{"title": "harbor master", "since": "2010", **values}))


def make_merger(**values: Any) -> Any:
    """A redirect from somebody who was merged; with `organization` from a body."""
    noun = "organization" if "organization" in values else "person"
    if noun not in values:
        values["person"] = make_person()
    if "by" not in values:
        values["by"] = make_user(f"merger-{next(_numbers)}", "Standards editor")
    number = next(_numbers)
    names = {"old_pk": 10_000 + number, "slug": f"robbin-{number}", "public_key": new_key(), "name": "Robbin Example"}
    return _saved(Merger(**{"noun": noun, "at": MORNING, **names, **values}))


def make_investigation(*, team: Any = (), **values: Any) -> Any:
    """An investigation."""
    investigation = _saved(Investigation(**{"title": f"The harbor {next(_numbers)}", **values}))
    investigation.team.set(team)
    return investigation


def make_source(**values: Any) -> Any:
    """A document; with `descriptor` or `person` a person."""
    if "descriptor" in values:
        values = {"kind": "person", "identity": "not_held", **values}
    elif "person" in values:
        values = {"kind": "person", **values}
    else:
        values = {"kind": "document", "title": "Minutes of the harbor board", **values}
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    return _saved(Source(**values))


def make_quote(**values: Any) -> Any:
    """A quote on the record from a named source."""
    if "source" not in values:
        investigation = values.get("investigation") or make_investigation()
        values["source"] = make_source(investigation=investigation, person=make_person())
    defaults = {
        "investigation": values["source"].investigation,
        "words": f"We signed it that day, all {next(_numbers)} of us",
        "terms": "on_record",
        "said": "March 2, 2017",
    }
    return _saved(Quote(**{**defaults, **values}))


def make_meeting(**values: Any) -> Any:
    """A meeting, without anybody at it yet."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    defaults = {
        "title": f"Meeting {next(_numbers)}",
        "kind": "meeting",
        "when": "September 2016",
        "established": "document",
    }
    return _saved(Meeting(**{**defaults, **values}))


def make_attendance(**values: Any) -> Any:
    """Somebody named at a meeting; with `descriptor` people nobody named."""
    if "meeting" not in values:
        values["meeting"] = make_meeting()
    if "descriptor" not in values and "person" not in values:
        values["person"] = make_person()
    return _saved(Attendance(**values))


def make_meeting_class(*, meetings: Any = (), **values: Any) -> Any:
    """A class of meetings."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    group = _saved(MeetingClass(**{"label": f"her meetings with the board {next(_numbers)}", **values}))
    group.meetings.set(meetings)
    return group


def make_role_account(**values: Any) -> Any:
    """A claim about a role at a meeting, by a quote."""
    if "meeting" not in values and "meeting_class" not in values:
        values["meeting"] = make_meeting()
    about = values.get("meeting") or values["meeting_class"]
    if "quote" not in values and "source" not in values:
        values["quote"] = make_quote(investigation=about.investigation)
    if "person" not in values:
        values["person"] = make_person()
    return _saved(RoleAccount(**{"wording": "as harbor master", **values}))


def make_story(**values: Any) -> Any:
    """A story without passages."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    number = next(_numbers)
    defaults = {
        "headline": f"The contract nobody saw {number}",
        "standfirst": "How a harbor was sold.",
        "body": "The board met in March.",
    }
    return _saved(Story(**{**defaults, **values}))


def make_author(**values: Any) -> Any:
    """Somebody who signs stories."""
    return _saved(Author(**{"name": f"A. Reporter {next(_numbers)}", **values}))


def make_byline(**values: Any) -> Any:
    """A name over a story."""
    if "story" not in values:
        values["story"] = make_story()
    if "author" not in values:
        values["author"] = make_author()
    return _saved(Byline(**values))


def make_interview(**values: Any) -> Any:
    """An interview on the record with a named source."""
    if "source" not in values:
        investigation = values.get("investigation") or make_investigation()
        values["source"] = make_source(investigation=investigation, person=make_person())
    defaults = {
        "investigation": values["source"].investigation,
        "manner": "telephone",
        "said": "March 2, 2017",
        "terms": "on_record",
    }
    return _saved(Interview(**{**defaults, **values}))


def make_coverage(**values: Any) -> Any:
    """A source that counts all meetings of a class in the first quarter of 2016."""
    if "source" not in values:
        values["source"] = make_source()
    if "meeting_class" not in values:
        values["meeting_class"] = make_meeting_class(investigation=values["source"].investigation)
    return _saved(Coverage(**{"since": date(2016, 1, 1), "until": date(2016, 3, 31), **values}))


def make_comment_request(**values: Any) -> Any:
    """Somebody asked for comment, who has not replied yet."""
    if "story" not in values:
        values["story"] = make_story()
    if not {"person", "organization"} & values.keys():
        values["person"] = make_person()
    return _saved(CommentRequest(**values))


def make_picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture's file."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def make_figure(**values: Any) -> Any:
    """A picture; with `meeting_class` a chart of the first half of 2016."""
    if "story" not in values:
        values["story"] = make_story()
    if "meeting_class" in values:
        chart = {
            "kind": "chart",
            "since": date(2016, 1, 1),
            "until": date(2016, 6, 30),
            "caption": "Visits by month.",
        }
        return _saved(Figure(**{**chart, **values}))
    figure = Figure(**{"caption": "The harbor at dawn.", "alt_text": "Cranes over water.", **values})
    figure.set_picture(make_picture())
    return _saved(figure)


def make_policy(**values: Any) -> Any:
    """A policy nobody has published yet."""
    return _saved(Policy(**{"title": f"How we correct {next(_numbers)}", "body": "We correct in public.", **values}))


def make_passage(**values: Any) -> Any:
    """A passage whose mark is in its story."""
    if "story" not in values:
        values["story"] = make_story(body="The board [met in March]{#p1}.")
    return _saved(Passage(**{"mark": "p1", "words": "met in March", **values}))


def make_evidence(**values: Any) -> Any:
    """A quote that supports a passage."""
    if "passage" not in values:
        values["passage"] = make_passage()
    if not {"quote", "meeting", "source"} & values.keys():
        values["quote"] = make_quote(investigation=values["passage"].story.investigation)
    return _saved(Evidence(**values))


def make_correction(**values: Any) -> Any:
    """A draft."""
    if "story" not in values:
        values["story"] = make_story()
    if "written_by" not in values:
        values["written_by"] = make_user(f"writer-{next(_numbers)}", "Reporter")
    return _saved(Correction(**{"note": "An earlier edition gave a wrong month. It was March.", **values}))


def make_approval(**values: Any) -> Any:
    """A signature under some digest."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"signer-{next(_numbers)}", "Editor")
    return _saved(Approval(**{"digest": "0" * 64, "at": MORNING, "as_editor": True, **values}))


def make_contribution(**values: Any) -> Any:
    """A change by somebody."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"hand-{next(_numbers)}", "Reporter")
    return _saved(Contribution(**{"at": MORNING, "wording": "0" * 64, **values}))


def make_consent(**values: Any) -> Any:
    """A source's word, to nothing in particular, about a quote."""
    if not {"quote", "interview", "withdrawal"} & values.keys():
        values["quote"] = make_quote()
    if "noted_by" not in values:
        values["noted_by"] = make_user(f"noter-{next(_numbers)}", "Reporter")
    defaults = {"agreed": "May be named.", "given": "March 3, 2017", "how": "by telephone"}
    return _saved(Consent(**{**defaults, **values}))


def make_withdrawal(**values: Any) -> Any:
    """Consent to a quote, taken back."""
    if not {"source", "interview", "quote"} & values.keys():
        values["quote"] = make_quote()
    if "noted_by" not in values:
        values["noted_by"] = make_user(f"noter-{next(_numbers)}", "Reporter")
    return _saved(Withdrawal(**{"withdrawn": "March 4, 2017", "note": "Called us: nothing of it.", **values}))


def make_demonstration(**values: Any) -> Any:
    """The mark of a demo's database."""
    return _saved(Demonstration(**values))


def make_source_identity(**values: Any) -> Any:
    """What names a source, in the vault."""
    source = values.get("source") or make_source(descriptor=f"an official, one of {next(_numbers)}", identity="known")
    by = values.get("by") or make_user(f"keeper-{next(_numbers)}", "Reporter")
    return secrecy.write_identity(source, {"name": f"Quentin Hollis {next(_numbers)}"}, by=by, now=MORNING)


def make_confidant(**values: Any) -> Any:
    """Somebody named on a source."""
    identity = make_source_identity(**values)
    return Confidant.objects.get(source=identity.source)


def make_identity_access(**values: Any) -> Any:
    """A line of the log of identities."""
    identity: SourceIdentity = make_source_identity(**values)
    return IdentityAccess.objects.filter(source=identity.source).first()


def make_gate_run(**values: Any) -> Any:
    """A run that held something back."""
    if "by" not in values:
        values["by"] = make_user(f"sender-{next(_numbers)}", "Reporter")
    return _saved(GateRun(**{"work": "story:x", "stage": "submission", "verdict": "held", "at": MORNING, **values}))


def make_gate_finding(**values: Any) -> Any:
    """Something that a run met."""
    run = values.pop("run", None) or make_gate_run()
    source = values.pop("source", None) or make_source_identity().source
    defaults = {"what": "full name", "place": "paragraph 2", "weight": "held"}
    return _saved(GateFinding(run=run, source=source, **{**defaults, **values}))


def make_password_hold(**values: Any) -> Any:
    """A hold of a day."""
    user = values.get("user") or make_user(f"reset-{next(_numbers)}", "Reporter")
    return _saved(PasswordHold(user=user, since=MORNING, until=NEXT_DAY))


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
