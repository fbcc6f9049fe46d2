"""Figures as readers see them: pictures at an address of their own, charts drawn from their numbers."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from investigations.pages import paths
from investigations.pages.pictures import PictureView, months_view
from investigations.vocabulary import FigureKind


@dataclass(frozen=True)
class FigureView:
    """A figure in a story."""

    key: str
    after: int
    caption: str
    credit: str
    alt_text: str
    src: str
    width: int
    height: int
    chart: PictureView | None
    rests_on: str

    @property
    def description(self) -> str:
        """The chart's numbers in a sentence, for those who don't see it."""
        return self.chart.summary if self.chart else ""


def figure_view(content: dict[str, Any], base: str = "") -> FigureView:
    """A projected figure; `base` is the address of the edition that it stands in."""
    is_chart = content["kind"] == FigureKind.CHART
    return FigureView(
        key=content["key"],
        after=content["after"],
        caption=content["caption"],
        credit=content["credit"],
        alt_text=content["alt_text"],
        src="" if is_chart else picture_path(content),
        width=0 if is_chart else content["width"],
        height=0 if is_chart else content["height"],
        chart=months_view(content, name=content["key"], base=base) if is_chart else None,
        rests_on=content.get("rests_on", ""),
    )


def picture(content: dict[str, Any]) -> bytes:
    """A projected picture's bytes."""
    return base64.b64decode(content["data"])


def picture_path(content: dict[str, Any]) -> str:
    """A picture's address: the digest of its bytes, so that an address never shows another picture."""
    ending = "jpg" if content["media_type"] == "image/jpeg" else "png"
    return paths.picture(f"{hashlib.sha256(picture(content)).hexdigest()[:32]}.{ending}")
