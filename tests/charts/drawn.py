"""What a picture says and what of it lies outside."""

from typing import Any

from investigations.charts.shapes import Picture


def said(picture: Picture) -> str:
    """All its words, from the top down."""
    lines = sorted(enumerate(picture.words), key=lambda line: (float(line[1].y), line[0]))
    return " ".join(line.text for _, line in lines)


def faults(picture: Picture) -> list[Any]:
    """Whatever lies outside 0 to 100 percent across, or above or below the picture."""
    height = float(picture.height)
    across = [(box, box.x, box.width) for box in picture.boxes] + [(dot, dot.x, "0%") for dot in picture.dots]
    across += [(rule, x, "0%") for rule in picture.rules for x in (rule.x1, rule.x2)]
    across += [(line, line.x, "0%") for line in picture.words]
    down = [(box, box.y, box.height) for box in picture.boxes] + [(line, line.y, "0") for line in picture.words]
    down += [(rule, y, "0") for rule in picture.rules for y in (rule.y1, rule.y2)]
    down += [(dot, dot.y, "5") for dot in picture.dots]
    wide = [what for what, x, width in across if not _within(x[:-1], width[:-1], 100.005)]
    return wide + [what for what, y, tall in down if not _within(y, tall, height)]


def _within(start: str, length: str, end: float) -> bool:
    return float(start) >= 0 and float(length) >= 0 and float(start) + float(length) <= end + 0.01
