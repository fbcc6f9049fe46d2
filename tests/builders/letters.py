"""Letters to those whom a story criticizes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from investigations.models import Claim, Letter
from investigations.publishing.answers import take_answer
from investigations.publishing.letter_words import TO_BE_FILLED_IN
from investigations.publishing.letters import edit_letter, send_letter, write_letter
from tests.builders.common import DAY_AFTER, MORNING, NOON, make_user, numbers, saved
from tests.builders.stories import make_comment_request, make_passage


def make_letter(**values: Any) -> Any:
    """A letter that nobody has sent yet."""
    if "request" not in values:
        asked = {"story": values.pop("story")} if "story" in values else {}
        values["request"] = make_comment_request(**asked)
    if "written_by" not in values:
        values["written_by"] = make_user(f"letter-writer-{next(numbers)}", "Reporter")
    words = "We intend to write:\n\n1. The board met in March.\n"
    return saved(Letter(**{"words": words, "deadline": DAY_AFTER, "written_at": MORNING, **values}))


def make_sent_letter(**values: Any) -> Any:
    """A letter that went out."""
    letter = make_letter(**values)
    letter.sent_by, letter.sent_at = letter.written_by, NOON
    return saved(letter)


def make_claim(**values: Any) -> Any:
    """A passage in a letter that went out."""
    if "passage" not in values:
        values["passage"] = make_passage()
    if "letter" not in values:
        values["letter"] = make_sent_letter(story=values["passage"].story)
    return saved(Claim(**{"number": 1, "words": "The board met in March.", **values}))


def put_to_somebody(
    story: Any, *, by: Any, steps: int = 2, marks: Any = ("p1",), now: Any = None, **asked: Any
) -> Any:
    """A letter about passages of a story: written in one step, sent in two, and answered in three."""
    now = now or timezone.now()
    request = asked.pop("request", None) or make_comment_request(story=story, **asked)
    letter = write_letter(request, marks, deadline=now + timedelta(days=2), by=by, now=now)
    words = letter.words.replace(TO_BE_FILLED_IN, "It is about the vote.")
    letter = edit_letter(letter, words, by=by, now=now)
    if steps > 1:
        letter = send_letter(letter, by=by, now=now)
    return take_answer(letter, "1. It is wrong.", by=by, now=now) if steps > 2 else letter
