"""What the tables that are taken away have in common: a row with all that its page says, columns, values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from investigations.pages import paths
from investigations.pages.records import Reference

Value = str | int | bool | date | None


@dataclass(frozen=True)
class AsOf:
    """The edition that said something last: its address, its story, and what stands over that."""

    edition: str
    story: str
    retracted: bool
    notice: str


@dataclass(frozen=True)
class Taken:
    """A row of a list with what its page says, and the edition that said it last.

    `entry` is None for what has no page with more on it, `uncertain` where no days were asked for.
    """

    row: Any
    entry: Any
    as_of: AsOf | None
    uncertain: bool | None


@dataclass(frozen=True)
class Column:
    """A column: its name, its type as Table Schema has it, what it says, and its value of a line."""

    name: str
    type: str
    description: str
    of: Callable[[Any], Value]
    format: str = "default"

    @property
    def title(self) -> str:
        """Its name for people."""
        words = self.name.replace("_", " ")
        return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Table:
    """A table: what it is called, what a line of it is, and the lines that a row of the list has in it."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    lines: Callable[[Taken], Iterable[Any]]
    key: str = ""
    refers: tuple[str, str, str] | None = None

    @property
    def headers(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def rows(self, taken: Iterable[Taken]) -> Iterator[list[Value]]:
        """The values of these rows, line by line."""
        for one in taken:
            for line in self.lines(one):
                yield [column.of(line) for column in self.columns]


def as_cell(value: Value) -> str | int:
    """A value as CSV and XLSX have it: a number, or text; nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: Value) -> str | int | bool | None:
    """A value as JSON has it: what is empty is null."""
    return value.isoformat() if isinstance(value, date) else None if value == "" else value


def text(name: str, description: str, of: Callable[[Any], Value]) -> Column:
    """A column of text."""
    return Column(name, "string", description, of)


def number(name: str, description: str, of: Callable[[Any], Value]) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", description, of)


def yes_or_no(name: str, description: str, of: Callable[[Any], Value]) -> Column:
    """A column of true and false."""
    return Column(name, "boolean", description, of)


def address(name: str, description: str, of: Callable[[Any], Value]) -> Column:
    """A column of addresses."""
    return Column(name, "string", description, of, format="uri")


def absolute(path: str) -> str:
    """The whole address of a path, if there is one."""
    return paths.absolute(path) if path else ""


def title_of(source: Reference | None) -> str:
    """A source as the page of a record names it."""
    return ", ".join(filter(None, (source.title, source.how_they_know))) if source else ""


AS_OF = (
    text("story", "Headline of the story that said this last.", lambda one: one.as_of.story if one.as_of else ""),
    yes_or_no(
        "story_retracted",
        "Whether that story was taken back.",
        lambda one: one.as_of.retracted if one.as_of else None,
    ),
    address(
        "edition",
        "Address of the edition of that story that said this last: what stands there stays as it is.",
        lambda one: one.as_of.edition if one.as_of else "",
    ),
    text(
        "notice", "What stands over that story, if anything does.", lambda one: one.as_of.notice if one.as_of else ""
    ),
)
"""Behind the columns of every list."""

DATED = (
    text("when", "The date in the words of the record; empty if it is not stated.", lambda one: one.row.when),
    Column(
        "earliest",
        "date",
        "The first day that it may be of; empty if that is open or nothing is stated.",
        lambda one: one.row.earliest,
    ),
    Column(
        "latest",
        "date",
        "The last day that it may be of; empty if that is open or nothing is stated.",
        lambda one: one.row.latest,
    ),
)
IN_RANGE = yes_or_no(
    "may_fall_in_range",
    "Whether its date also allows days outside those that were asked for; empty if none were asked for.",
    lambda one: one.uncertain,
)
