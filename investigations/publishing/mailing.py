"""Mail to those concerned: that something was done with a correction, by whom, and where to read it.

A mail lies on servers of others: it holds no word of the note, the story, its headline or a source.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from investigations.models import Correction
from investigations.models.correction_step import name_of
from investigations.publishing.two_people import able, approvers, right_to_approve
from investigations.vocabulary import CorrectionAct

SAID = {
    CorrectionAct.SUBMITTED: ("A correction waits for you", "{} submitted a correction. Read it, and answer:"),
    CorrectionAct.SENT_BACK: ("A correction of yours was sent back", "{} sent it back, with a comment:"),
    CorrectionAct.DECLINED: ("A correction of yours was declined", "{} says why no correction is needed:"),
    CorrectionAct.APPROVED: ("A correction of yours was approved", "{} approved it; it is still to be published:"),
    CorrectionAct.PUBLISHED: ("A correction was published", "{} published it:"),
    CorrectionAct.PUBLISHED_ALONE: (
        "A correction went out without second approval",
        "{} published it; somebody who had no hand in it still has to sign:",
    ),
}
TO_ITS_AUTHOR = (CorrectionAct.SENT_BACK, CorrectionAct.DECLINED, CorrectionAct.APPROVED)

log = logging.getLogger(__name__)


def tell(act: CorrectionAct, correction: Correction, *, by: Any) -> None:
    """Mail those concerned once the transaction has ended; a mail that fails is logged and fails nothing else."""
    if settings.MAILS_THE_DESK:
        transaction.on_commit(lambda: _send(act, correction, by))


def concerned(act: CorrectionAct, correction: Correction, *, by: Any) -> list[Any]:
    """Who is told of an act: never whoever did it."""
    if act == CorrectionAct.SUBMITTED:
        people = approvers(correction)
    elif act in TO_ITS_AUTHOR:
        people = [correction.written_by]
    elif act == CorrectionAct.PUBLISHED_ALONE:
        people = [correction.written_by, *able(correction, right_to_approve(correction))]
    else:
        team = correction.story.investigation.team.values("pk")
        editors = able(correction, "investigations.approve_correction").filter(pk__in=team)
        people = [correction.written_by, *editors]
    return [user for user in dict.fromkeys(people) if user.is_active and user.pk != by.pk]


def link_to(act: CorrectionAct, correction: Correction) -> str:
    """Where it is read: the queue for those who are asked, else the correction's own page."""
    if act == CorrectionAct.SUBMITTED:
        queue = reverse("admin:investigations_correction_queue")
        return f"{settings.BASE_URL}{queue}?card={correction.pk}#correction-{correction.pk}"
    return settings.BASE_URL + reverse("admin:investigations_correction_change", args=[correction.pk])


def _send(act: CorrectionAct, correction: Correction, by: Any) -> None:
    try:
        subject, sentence = SAID[act]
        body = f"{sentence.format(name_of(by))}\n\n{link_to(act, correction)}\n"
        to = [user.email for user in concerned(act, correction, by=by) if user.email]
        mails = [EmailMessage(subject, body, to=[address]) for address in to]
        get_connection().send_messages(mails)
    except Exception as error:  # the act is done; its words and addresses stay out of the log
        log.warning("A mail about a correction was not sent: %s", type(error).__name__)


def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """A warning where nobody at the desk is mailed."""
    if settings.MAILS_THE_DESK:
        return []
    return [
        Warning(
            "No mail server is set: nobody is told that a correction waits for them.",
            hint="Set NEWSROOM_MAIL_SERVER, like smtps://user:secret@mail.example.org.",
            id="desk.W001",
        )
    ]
