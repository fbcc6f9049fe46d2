"""Requests for comment as readers read them: a sentence each."""

from typing import Any

from investigations.pages.instants import instant
from investigations.vocabulary import Outcome

SENTENCES = {
    Outcome.REPLIED: "{name} replied.",
    Outcome.ANSWERED_IN_PART: "{name} answered in part.",
    Outcome.DECLINED: "{name} declined to comment.",
    Outcome.DECLINED_ON_RECORD: "{name} declined to comment on the record.",
    Outcome.NO_RESPONSE: "{name} did not respond.",
    Outcome.OTHERS_ANSWERED: "Others answered for {name}.",
    Outcome.NOT_STATED: "Whether {name} was asked for comment is not stated.",
}

SILENT_UNTIL = "{name} did not respond by {deadline}."
"""Of silence to a letter, which named the deadline."""


def request_sentence(content: dict[str, Any]) -> str:
    """A projected request: its outcome as a sentence, and what is to be said behind it."""
    sentence, deadline = SENTENCES[Outcome(content["outcome"])], ""
    if content.get("deadline"):
        sentence, deadline = SILENT_UNTIL, instant(content["deadline"]).words
    said = sentence.format(name=content["name"], deadline=deadline)
    return f"{said} {content['detail']}".strip()
