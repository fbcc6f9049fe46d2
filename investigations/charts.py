"""Numbers to the geometry of a chart. Every figure is text already: no language's decimal comma gets in."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 26
LABEL = 118
WIDTH = 400
VALUE = 30


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: its label, its number if there is one, and words in place of a number."""

    label: str
    value: int | None
    words: str
    open_ended: bool = False


@dataclass(frozen=True)
class Row:
    """A row as it is drawn: coordinates in the chart's own units, as text."""

    label: str
    words: str
    y: str
    text_y: str
    width: str
    words_x: str
    drawn: str


@dataclass(frozen=True)
class BarChart:
    """A horizontal bar chart as it is drawn."""

    rows: tuple[Row, ...]
    view_box: str
    bar_x: str
    bar_height: str
    space: str


def bar_chart(bars: Sequence[Bar]) -> BarChart:
    """The geometry of a chart of whole numbers.

    A row is drawn as a `bar`, as an `open` bar (counted in part), as a `zero` line, or as a dashed box
    where nothing is `missing` but the number itself: nothing stated is not zero.
    """
    most = max((bar.value or 0 for bar in bars), default=0) or 1
    space = WIDTH - LABEL - VALUE
    return BarChart(
        rows=tuple(_row(bar, place, space / most) for place, bar in enumerate(bars)),
        view_box=f"0 0 {WIDTH} {len(bars) * ROW}",
        bar_x=str(LABEL),
        bar_height=str(ROW - 8),
        space=str(space),
    )


def _row(bar: Bar, place: int, unit: float) -> Row:
    width = (bar.value or 0) * unit
    drawn = "missing" if bar.value is None else "zero" if bar.value == 0 else "open" if bar.open_ended else "bar"
    return Row(
        label=bar.label,
        words=bar.words,
        y=str(place * ROW + 4),
        text_y=str(place * ROW + 18),
        width=f"{width:.1f}",
        words_x=f"{LABEL + (8 if drawn == 'missing' else width + 6):.1f}",
        drawn=drawn,
    )
