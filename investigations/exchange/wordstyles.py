"""What a .docx says of its paragraphs elsewhere: their styles, and the lists they are items of."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

MAX_BASES = 20
"""How many styles may rest on one another; more is a circle."""


def named(element: Element) -> str:
    """An element's name, whatever its namespace: the strict and the ordinary form differ in nothing else."""
    return element.tag.rpartition("}")[2]


def inside(element: Element, name: str) -> list[Element]:
    """The elements of this name directly inside."""
    return [each for each in element if named(each) == name]


def value(element: Element, name: str) -> str:
    """An attribute, whatever its namespace; empty where it isn't set."""
    return next((held for key, held in element.attrib.items() if key.rpartition("}")[2] == name), "")


def flag(properties: Element, name: str) -> bool:
    """Whether a property is set and not switched off."""
    return any(value(each, "val") not in ("0", "false", "off", "none") for each in inside(properties, name))


@dataclass(frozen=True)
class Style:
    """What a paragraph's style makes of it: title, heading of a level, quote, item of a list; else paragraph."""

    kind: str = "paragraph"
    level: int = 0
    numbered: tuple[str, int] | None = None


class Styles:
    """The styles of a file."""

    def __init__(self, part: Element) -> None:
        self._known = {value(each, "styleId"): each for each in inside(part, "style")}

    def of(self, properties: Element) -> Style:
        """The style that a paragraph's properties name, or what they say themselves."""
        for level in _whole(properties, "outlineLvl"):
            if level < 9:
                return Style("heading", level + 1)
        chosen = next((value(each, "val") for each in inside(properties, "pStyle")), "")
        for style in self._bases(chosen):
            name = next((value(each, "val") for each in inside(style, "name")), "").casefold()
            held = next(iter(inside(style, "pPr")), Element("none"))
            if name == "title":
                return Style("title")
            if found := re.fullmatch("heading ([1-9])", name):
                return Style("heading", int(found[1]))
            if name in ("quote", "intense quote", "block text"):
                return Style("quote")
            if listed := numbered(held):
                return Style(numbered=listed)
            for level in _whole(held, "outlineLvl"):
                if level < 9:
                    return Style("heading", level + 1)
        return Style()

    def stress(self, properties: Element) -> tuple[bool, bool]:
        """Whether a run is strong, and whether it is emphasized, by itself or by its style."""
        found = []
        chosen = next((value(each, "val") for each in inside(properties, "rStyle")), "")
        styled = [next(iter(inside(style, "rPr")), Element("none")) for style in self._bases(chosen)]
        for name in ("b", "i"):
            said = next((held for held in (properties, *styled) if inside(held, name)), None)
            found.append(said is not None and flag(said, name))
        return found[0], found[1]

    def _bases(self, key: str) -> list[Element]:
        """A style and those that it rests on."""
        found: list[Element] = []
        while key in self._known and len(found) < MAX_BASES:
            found.append(self._known[key])
            key = next((value(each, "val") for each in inside(found[-1], "basedOn")), "")
        return found


class Numbering:
    """The lists of a file."""

    def __init__(self, part: Element) -> None:
        abstract = {value(each, "abstractNumId"): each for each in inside(part, "abstractNum")}
        self._lists = {
            value(each, "numId"): abstract.get(value(held, "val"), Element("none"))
            for each in inside(part, "num")
            for held in inside(each, "abstractNumId")
        }

    def of(self, properties: Element) -> tuple[str, int] | None:
        """The list that a paragraph is an item of, and how deep in it."""
        return numbered(properties)

    def kind(self, key: str, level: int) -> str:
        """Whether a level of a list counts."""
        for each in inside(self._lists.get(key, Element("none")), "lvl"):
            if value(each, "ilvl") == str(level):
                shown = next((value(held, "val") for held in inside(each, "numFmt")), "bullet")
                return "bullet" if shown in ("bullet", "none") else "number"
        return "bullet"


def numbered(properties: Element) -> tuple[str, int] | None:
    """The key of a list and the level in it; None for no list, which is also said as list 0."""
    for held in inside(properties, "numPr"):
        key = next((value(each, "val") for each in inside(held, "numId")), "")
        level = next(iter(_whole(held, "ilvl")), 0)
        if key not in ("", "0"):
            return key, min(level, 8)
    return None


def _whole(properties: Element, name: str) -> list[int]:
    found = (value(each, "val") for each in inside(properties, name))
    return [int(each) for each in found if re.fullmatch("[0-9]{1,3}", each)]
