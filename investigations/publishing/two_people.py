"""Who may approve a correction: nobody who wrote in it, or contributed to its story since the last edition."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from investigations.models import Contribution, Correction
from investigations.models.correction_step import clock, name_of
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import require_on_team
from investigations.record.models import Edition
from investigations.vocabulary import NEEDS_STANDARDS, CorrectionAct

MOST_NAMES = 4
WRITING = (CorrectionAct.WRITTEN, CorrectionAct.CHANGED)


def right_to_approve(correction: Correction) -> str:
    """The permission that this kind of correction asks of whoever approves it."""
    grave = correction.kind in NEEDS_STANDARDS
    return "investigations.approve_grave_correction" if grave else "investigations.approve_correction"


def require_right(correction: Correction, by: Any) -> None:
    """Raise Refused for somebody who approves no corrections of this kind, or is not on the team."""
    require_on_team(correction.story, by)
    if not by.is_active or not by.has_perm("investigations.approve_correction"):
        raise Refused("Only editors approve corrections.")
    if not by.has_perm(right_to_approve(correction)):
        kind = correction.get_kind_display().lower()
        raise Refused(f"A standards editor approves {_article(kind)} {kind}{_who_can(correction)}.")


def require_no_hand(correction: Correction, by: Any) -> None:
    """Raise Refused, saying who can approve instead, for everybody who had a hand in what would go out."""
    if did := hand_in(correction, by):
        raise Refused(f"{did}{_who_can(correction)}.")


def hand_in(correction: Correction, by: Any) -> str:
    """What this person did since the last edition that bars them from approving, and when; empty for nothing.

    For one that is published: what they did between the edition before and the one that brought it.
    """
    if by.pk == correction.written_by_id:
        return f"You wrote this correction {clock(correction.written_at)}"
    last = contributions(correction).filter(by=by).order_by("-at", "-id").first()
    if last:
        return f"You changed this story {clock(last.at)}"
    own = writings(correction).filter(by=by).order_by("-id").first()
    return f"You changed this correction {clock(own.at)}" if own else ""


def writings(correction: Correction) -> Any:
    """What was done to its wording: that waits until it goes out itself, whatever editions come before."""
    return correction.steps.filter(act__in=WRITING)


def contributions(correction: Correction) -> Any:
    """What was done to the story since its last edition, or for one that is published in the edition before."""
    editions = Edition.objects.filter(work=work_of(correction.story)).order_by("number")
    found = Contribution.objects.filter(story=correction.story)
    if correction.edition:
        own = editions.filter(number=correction.edition).first()
        found = found.filter(at__lte=own.published_at) if own else found
        editions = editions.filter(number__lt=correction.edition)
    last = editions.last()
    return found.filter(at__gt=last.published_at) if last else found


def approvers(correction: Correction) -> list[Any]:
    """The people who may approve it now, by name."""
    barred = {
        correction.written_by_id,
        *contributions(correction).values_list("by_id", flat=True),
        *writings(correction).values_list("by_id", flat=True),
    }
    return list(able(correction, right_to_approve(correction)).exclude(pk__in=barred))


def able(correction: Correction, right: str) -> Any:
    """Those of the desk with this right who may see the correction, by name."""
    users = get_user_model().objects
    model = "django.contrib.auth.backends.ModelBackend"
    unlimited = users.with_perm("investigations.see_all_investigations", backend=model)
    team = correction.story.investigation.team.all()
    seeing = Q(pk__in=team.values("pk")) | Q(pk__in=unlimited.values("pk"))
    return users.with_perm(right, backend=model).filter(seeing, is_staff=True).order_by("first_name", "username")


def why_not(correction: Correction, by: Any) -> str:
    """Why this person can't approve it, and who can; empty for somebody who can."""
    try:
        require_right(correction, by)
        require_no_hand(correction, by)
    except Refused as refused:
        return str(refused)
    return ""


def _who_can(correction: Correction) -> str:
    names = [name_of(user) for user in approvers(correction)]
    if not names:
        return "; nobody else here can approve it: ask for an editor on the team"
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more > 0:
        return f"; {', '.join(shown)} or one of {more} more can approve"
    return f"; {' or '.join([', '.join(shown[:-1]), shown[-1]] if shown[:-1] else shown)} can approve"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
