"""The words of a no-surprises letter, to be edited: who we are, each claim as it is to be published, until when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from investigations.models import CommentRequest
from investigations.pages.instants import instant

TO_BE_FILLED_IN = "[Say in a sentence or two what the story is about.]"

LETTER = """\
To {name}

We write to you from {site}. We are preparing a story that speaks of you. Before it is published you should know \
what it will say of you, and we want to have your answer.

{to_be_filled_in}

This is what we intend to publish, in the words in which we intend to publish it. Each has a number, for your answer.

{claims}

Is this right? Where it is not, please tell us what is wrong, and what shows that. If something is missing that \
readers should know, please tell us that too.

Please answer by {deadline}, in writing, to {contact}. It helps us if you put its number before what you say to \
each. If you need more time, tell us before then.

We may publish what you answer, with your name. If you want to tell us something on other terms, please agree on \
them with us first.

If we have not heard from you by then, we will write that you did not respond by {deadline}.

{by}
{site}
"""


def letter_words(request: CommentRequest, claims: Mapping[int, str], *, deadline: datetime, by: Any) -> str:
    """A letter with these sentences under their numbers, and nothing else of the story or of what it rests on."""
    return LETTER.format(
        name=request.whom,
        site=settings.SITE_NAME,
        contact=settings.CONTACT,
        to_be_filled_in=TO_BE_FILLED_IN,
        claims="\n\n".join(f"{number}. {words}" for number, words in claims.items()),
        deadline=instant(deadline).words,
        by=by.get_full_name() or by.get_username(),
    )
