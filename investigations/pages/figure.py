"""Figures as readers see them: pictures at an address of their own, charts drawn from their numbers."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations import dates
from investigations.charts import Bar, BarChart, bar_chart
from investigations.pages import paths
from investigations.vocabulary import FigureKind, MonthState


@dataclass(frozen=True)
class MonthView:
    """A month of a chart, for the table beside it."""

    label: str
    words: str
    state: str


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
    chart: BarChart | None
    months: tuple[MonthView, ...]
    counted: str
    rests_on: str

    @property
    def description(self) -> str:
        """The chart's numbers in a sentence, for those who don't see it."""
        return "; ".join(f"{month.label}: {month.words}" for month in self.months) + "."


def figure_view(content: dict[str, Any]) -> FigureView:
    """A projected figure."""
    is_chart = content["kind"] == FigureKind.CHART
    months = tuple(_month(month) for month in content["months"]) if is_chart else ()
    return FigureView(
        key=content["key"],
        after=content["after"],
        caption=content["caption"],
        credit=content["credit"],
        alt_text=content["alt_text"],
        src="" if is_chart else picture_path(content),
        width=0 if is_chart else content["width"],
        height=0 if is_chart else content["height"],
        chart=bar_chart([_bar(month) for month in content["months"]]) if is_chart else None,
        months=months,
        counted=content.get("counted", ""),
        rests_on=content.get("rests_on", ""),
    )


def _label(month: dict[str, Any]) -> str:
    first = date.fromisoformat(f"{month['month']}-01")
    return f"{dates.MONTHS[first.month]} {first.year}"


def _words(month: dict[str, Any]) -> str:
    match MonthState(month["state"]):
        case MonthState.NOT_STATED:
            return "not stated"
        case MonthState.PARTLY:
            return f"{month['count']}, rest not stated"
    return str(month["count"])


def _month(month: dict[str, Any]) -> MonthView:
    return MonthView(_label(month), _words(month), MonthState(month["state"]).label)


def _bar(month: dict[str, Any]) -> Bar:
    return Bar(
        label=_label(month),
        value=month["count"],
        words=_words(month),
        open_ended=month["state"] == MonthState.PARTLY,
    )


def picture(content: dict[str, Any]) -> bytes:
    """A projected picture's bytes."""
    return base64.b64decode(content["data"])


def picture_path(content: dict[str, Any]) -> str:
    """A picture's address: the digest of its bytes, so that an address never shows another picture."""
    ending = "jpg" if content["media_type"] == "image/jpeg" else "png"
    return paths.picture(f"{hashlib.sha256(picture(content)).hexdigest()[:32]}.{ending}")
