"""Requests for comment to public data: who, and what came of it; what was put to them stays inside."""

from typing import Any

from investigations.models import CommentRequest


def project_comment_request(request: CommentRequest) -> dict[str, Any]:
    """A request with its outcome."""
    return {
        "name": str(request.person or request.organization),
        "outcome": request.outcome,
        "detail": request.detail,
    }
