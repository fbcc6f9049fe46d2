"""Stories and what hangs on them."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from investigations.models import (
    Approval,
    Author,
    Byline,
    Clearance,
    CommentRequest,
    Contribution,
    Correction,
    Demonstration,
    DraftNote,
    Elsewhere,
    Evidence,
    FactCheckFileOpened,
    Figure,
    FindingOverride,
    KeptWords,
    Passage,
    Policy,
    Recheck,
    ScheduledPublication,
    Story,
    StoryComment,
    StoryOpened,
    StoryReview,
    WithholdingOrder,
)
from tests.builders.common import MORNING, NEXT_DAY, NOON, make_user, numbers, saved
from tests.builders.records import make_investigation, make_person, make_quote


def make_story(**values: Any) -> Any:
    """A story without passages."""
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    number = next(numbers)
    defaults = {
        "headline": f"The contract nobody saw {number}",
        "standfirst": "How a harbor was sold.",
        "body": "The board met in March.",
    }
    return saved(Story(**{**defaults, **values}))


def make_author(**values: Any) -> Any:
    """Somebody who signs stories."""
    return saved(Author(**{"name": f"A. Reporter {next(numbers)}", **values}))


def make_byline(**values: Any) -> Any:
    """A name over a story."""
    if "story" not in values:
        values["story"] = make_story()
    if "author" not in values:
        values["author"] = make_author()
    return saved(Byline(**values))


def make_comment_request(**values: Any) -> Any:
    """Somebody asked for comment, who has not replied yet."""
    if "story" not in values:
        values["story"] = make_story()
    if not {"person", "organization"} & values.keys():
        values["person"] = make_person()
    return saved(CommentRequest(**values))


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
        return saved(Figure(**{**chart, **values}))
    figure = Figure(**{"caption": "The harbor at dawn.", "alt_text": "Cranes over water.", **values})
    figure.set_picture(make_picture())
    return saved(figure)


def make_policy(**values: Any) -> Any:
    """A policy nobody has published yet."""
    return saved(Policy(**{"title": f"How we correct {next(numbers)}", "body": "We correct in public.", **values}))


def make_passage(**values: Any) -> Any:
    """A passage whose mark is in its story."""
    if "story" not in values:
        values["story"] = make_story(body="The board [met in March]{#p1}.")
    return saved(Passage(**{"mark": "p1", "words": "met in March", **values}))


def make_evidence(**values: Any) -> Any:
    """A quote that supports a passage."""
    if "passage" not in values:
        values["passage"] = make_passage()
    if not {"quote", "meeting", "source"} & values.keys():
        values["quote"] = make_quote(investigation=values["passage"].story.investigation)
    return saved(Evidence(**values))


def make_correction(**values: Any) -> Any:
    """A draft."""
    if "story" not in values:
        values["story"] = make_story()
    if "written_by" not in values:
        values["written_by"] = make_user(f"writer-{next(numbers)}", "Reporter")
    by, now = values.pop("written_by"), values.pop("written_at", NEXT_DAY)
    note = "An earlier edition gave a wrong month. It was March."
    correction = Correction(**{"note": note, "cause": "editing", "came_to_light": "staff", **values})
    correction.write(by=by, now=now)
    return correction


def make_correction_step(**values: Any) -> Any:
    """The first step of a correction: it was written."""
    return make_correction(**values).steps.get()


def make_elsewhere(**values: Any) -> Any:
    """A newsletter in which an error ran, added by hand."""
    if "correction" not in values:
        values["correction"] = make_correction(**({"story": values.pop("story")} if "story" in values else {}))
    values.setdefault("added_by", values["correction"].written_by)
    defaults = {
        "kind": "newsletter",
        "what": "The wrong month.",
        "place": "Newsletter of March 2",
        "added_at": NEXT_DAY,
    }
    return saved(Elsewhere(**{**defaults, **values}))


def make_draft_note(**values: Any) -> Any:
    """A comment of a draft that stands at no passage and waits."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"writer-{next(numbers)}", "Reporter")
    return saved(DraftNote(**{"words": "Ask the board.", "file_name": "draft.docx", "at": MORNING, **values}))


def make_recheck(**values: Any) -> Any:
    """A quote in a story that was changed since readers got it."""
    if "story" not in values:
        values["story"] = make_story()
    if "opened_by" not in values:
        values["opened_by"] = make_user(f"changer-{next(numbers)}", "Reporter")
    if "part" not in values:
        values["part"] = f"quote/{make_quote(investigation=values['story'].investigation).public_key}"
    return saved(Recheck(**{"opened_at": NEXT_DAY, **values}))


def make_story_review(**values: Any) -> Any:
    """A story sent to the editors."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"sender-of-{next(numbers)}", "Reporter")
    wording = values["story"].wording_digest()
    return saved(StoryReview(**{"act": "sent", "at": MORNING, "wording": wording, **values}))


def make_story_comment(**values: Any) -> Any:
    """A colleague's comment on the whole of a story."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"colleague-{next(numbers)}", "Editor")
    return saved(StoryComment(**{"said": "Who says so?", "at": MORNING, **values}))


def make_scheduled_publication(**values: Any) -> Any:
    """A story set to go out the day after."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"setter-{next(numbers)}", "Editor")
    return saved(ScheduledPublication(**{"due": NEXT_DAY, "digest": "0" * 64, "at": MORNING, **values}))


def make_story_opened(**values: Any) -> Any:
    """Somebody with a story's screen before them."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"beside-{next(numbers)}", "Reporter")
    return saved(StoryOpened(**{"since": MORNING, "at": NOON, **values}))


def make_kept_words(**values: Any) -> Any:
    """Words of somebody's that the story doesn't say."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"keeper-{next(numbers)}", "Reporter")
    return saved(KeptWords(**{"headline": "Another headline", "body": "Other words.", "at": NOON, **values}))


def make_approval(**values: Any) -> Any:
    """A signature under some digest."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"signer-{next(numbers)}", "Editor")
    return saved(Approval(**{"digest": "0" * 64, "at": MORNING, "as_editor": True, **values}))


def make_clearance(**values: Any) -> Any:
    """A lawyer asked to clear a story, who has not answered."""
    if "story" not in values:
        values["story"] = make_story()
    for name, group in (("counsel", "Counsel"), ("asked_by", "Reporter")):
        if name not in values:
            values[name] = make_user(f"{group.lower()}-{next(numbers)}", group)
    return saved(Clearance(**{"asked_at": MORNING, "digest": "0" * 64, **values}))


def make_finding_override(**values: Any) -> Any:
    """A finding that an editor let pass."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"passer-{next(numbers)}", "Editor")
    defaults = {"finding": "story.E080", "place": "0" * 64, "reason": "The photographer asked for it.", "at": MORNING}
    return saved(FindingOverride(**{**defaults, **values}))


def make_fact_check_file(**values: Any) -> Any:
    """A fact-check file that somebody had made."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"checker-{next(numbers)}", "Reporter")
    defaults = {"version": "without", "grouping": "sentence", "format": "html", "at": MORNING, "wording": "0" * 64}
    return saved(FactCheckFileOpened(**{**defaults, **values}))


def make_withholding_order(**values: Any) -> Any:
    """An edition hidden, as the desk has it, without the record."""
    if "story" not in values and "entry" not in values:
        values["story"] = make_story(investigation=values.pop("investigation", None) or make_investigation())
    if "story" in values:
        values = {"scope": "edition", "edition": 1, "investigation": values["story"].investigation, **values}
    if "ordered_by" not in values:
        values["ordered_by"] = make_user(f"chief-{next(numbers)}", "Standards editor")
    defaults = {"ordered_at": MORNING, "authority": "Order of the Harbor Court, 3 HC 17", "reason": "It says so."}
    return saved(WithholdingOrder(**{"parts": ["story:x/1/0"], **defaults, **values}))


def make_contribution(**values: Any) -> Any:
    """A change by somebody."""
    if "story" not in values:
        values["story"] = make_story()
    if "by" not in values:
        values["by"] = make_user(f"hand-{next(numbers)}", "Reporter")
    return saved(Contribution(**{"at": MORNING, "wording": "0" * 64, **values}))


def make_demonstration(**values: Any) -> Any:
    """The mark of a demo's database."""
    return saved(Demonstration(**values))
