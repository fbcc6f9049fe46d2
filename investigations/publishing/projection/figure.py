"""Figures to public data: pictures with their bytes, charts with their numbers."""

import base64
from typing import Any

from investigations.models import Figure
from investigations.models.month import counted_by_month
from investigations.text import StoryText
from investigations.vocabulary import FigureKind


def project_figure(figure: Figure, parsed: StoryText) -> dict[str, Any]:
    """A figure with the block behind which it stands (0: under the headline)."""
    shared = {
        "key": figure.public_key,
        "kind": figure.kind,
        "after": _block_of(figure, parsed),
        "caption": figure.caption,
        "credit": figure.credit,
        "alt_text": figure.alt_text,
    }
    if figure.kind == FigureKind.CHART and figure.meeting_class and figure.since and figure.until:
        group = figure.meeting_class
        months = counted_by_month(group, figure.since, figure.until)
        return shared | {"counted": group.counted, "rests_on": figure.rests_on, "months": months}
    return shared | {
        "media_type": figure.media_type,
        "width": figure.width,
        "height": figure.height,
        "data": base64.b64encode(bytes(figure.image or b"")).decode("ascii"),
    }


def _block_of(figure: Figure, parsed: StoryText) -> int:
    if figure.after is None:
        return 0
    marked = (block.number for block in parsed.blocks if any(m.id == figure.after.mark for m in block.marks))
    return next(marked, len(parsed.blocks))
