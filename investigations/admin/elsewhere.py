"""Where else an error ran, on the correction's screen: the list, what is said of each place, places added by hand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from investigations.models import Correction, Elsewhere
from investigations.publishing.elsewhere import add_elsewhere, tick
from investigations.vocabulary import ADDED_BY_HAND, CorrectionState, ElsewhereState

MOST_DRAFTS = 50
DRAFT = "correction-"


class ElsewhereButtons:
    """The two buttons of the list."""

    press: Any

    def elsewhere_add_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Add a place outside the record."""

        def verb(correction: Correction, *, by: Any) -> None:
            kind, what, where = (request.POST.get(name, "") for name in ("kind", "what", "where"))
            add_elsewhere(correction, by=by, kind=kind, what=what, where=where)

        return self.press(request, pk, verb, "Added: say whether it is fixed there.")

    def elsewhere_tick_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say what is with a place."""

        def verb(correction: Correction, *, by: Any) -> None:
            row = correction.elsewhere.filter(pk=number(request.POST.get("row", ""))).first()
            if row is None:
                raise ValidationError("That place is not on the list any more: look at it as it is now.")
            state, draft = request.POST.get(f"answer-{row.pk}", ""), None
            if state.startswith(DRAFT):
                chosen = number(state.removeprefix(DRAFT))
                draft = Correction.objects.visible_to(by).filter(pk=chosen).first()
                state = ElsewhereState.IN_DRAFT
            tick(row, by=by, state=state, draft=draft)

        return self.press(request, pk, verb, "Noted.")


def said(row: Elsewhere) -> str:
    """A place and what is said of it, in a line."""
    draft = f" ({row.draft})" if row.draft else ""
    return f"{row.get_kind_display()}: {row.place}: “{row.what}”. {row.get_state_display()}{draft}."


def number(words: str) -> int:
    """A number that a form sent; 0, which no row has, for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else 0


def ran_elsewhere(correction: Correction, user: Any) -> dict[str, Any]:
    """What the screen shows of where else it ran, and what may be chosen there."""
    others = Correction.objects.visible_to(user).waiting().exclude(pk=correction.pk).select_related("story")
    return {
        "elsewhere": correction.elsewhere.select_related("ticked_by", "draft__story"),
        "elsewhere_kinds": ADDED_BY_HAND,
        "elsewhere_drafts": others[:MOST_DRAFTS],
        "says_elsewhere": user.has_perm("investigations.change_correction")
        and correction.state != CorrectionState.DECLINED,
    }
