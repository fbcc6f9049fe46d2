"""Requests for comment to public data: who, and what came of it; what was put to them stays inside."""

from typing import Any

from investigations.models import CommentRequest
from investigations.record import digests
from investigations.vocabulary import Outcome


def project_comment_request(request: CommentRequest) -> dict[str, Any]:
    """A request with its outcome; of silence, until when they were asked in a letter to answer."""
    return {
        "name": request.whom,
        "outcome": request.outcome,
        "detail": request.detail,
        **_until_when(request),
    }


def _until_when(request: Any) -> dict[str, str]:
    """The deadline, where nothing came of a letter; else the key is left out."""
    silent = request.outcome == Outcome.NO_RESPONSE and request.has_letter and request.deadline
    return {"deadline": digests.instant(request.deadline)} if silent else {}
