"""Offices as bars over time, person by person, with what took place along the same axis."""

from collections.abc import Sequence
from datetime import date

from investigations.charts.shapes import Layout, Meaning, Picture
from investigations.charts.timeline import Heading, Moment, Row, Tenure, timeline

HELD = Meaning(
    certain="held",
    possible="may have been held: day of beginning or end not known",
    unknown="not stated",
)

THEN = Meaning(
    certain="",
    possible="took place or was said on some day in this span",
    unknown="date not stated",
)


def role_bars(
    people: Sequence[tuple[str, Sequence[Tenure]]],
    layout: Layout,
    moments: Sequence[Moment] = (),
    *,
    until: date | None = None,
) -> Picture:
    """The offices of these people, each under its name, and the moments beneath them; the legend tells them apart.

    One person's offices stand under no name. `until` is the day on which those were held that had not ended.
    """
    rows: list[Row] = []
    for name, tenures in people:
        if len(people) > 1:
            rows.append(Heading(name))
        rows += tenures
    return timeline([*rows, *moments], THEN, layout, lasting=HELD, until=until)
