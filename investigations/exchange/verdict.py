"""What an import would do or has done: counted, its first rows listed, what is wrong by row and column."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from import_export.results import Result, RowResult  # type: ignore[import-untyped]

LISTED_BAD_ROWS = 50
LISTED_CHANGED = 200
LISTED_NEW = 50


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and in which column; an empty column is the row as a whole."""

    unit: str
    number: int
    column: str
    sentence: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.unit.capitalize()} {self.number}{column}: {self.sentence}"


@dataclass(frozen=True)
class Change:
    """One column's value before and after."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """A record that is new or changes, as the preview shows it."""

    number: int
    name: str
    changes: list[Change] = field(default_factory=list)


class Verdict(Result):
    """An import's result; whatever is wrong makes it one that is rolled back as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[str] = []
        self.problems: list[Problem] = []
        self.new: list[Entry] = []
        self.changed: list[Entry] = []
        self.written: list[tuple[Any, str, bool]] = []
        self.outdated = False
        self._bad_rows: set[int] = set()
        self._seal = hashlib.sha256()

    def refuse(self, sentence: str) -> None:
        """Refuse the file as a whole."""
        self.refusals.append(sentence)

    def blame(self, problem: Problem) -> None:
        """Keep what is wrong; only that of the first rows is kept to be listed."""
        if problem.number not in self._bad_rows:
            self._bad_rows.add(problem.number)
            self.totals[RowResult.IMPORT_TYPE_INVALID] += 1
        if len(self._bad_rows) <= LISTED_BAD_ROWS or any(kept.number == problem.number for kept in self.problems):
            self.problems.append(problem)

    def count(self, entry: Entry | None, *, new: bool = False) -> None:
        """Count a record: new, changed, or (None) unchanged."""
        if entry is None:
            self.totals[RowResult.IMPORT_TYPE_SKIP] += 1
            return
        self.totals[RowResult.IMPORT_TYPE_NEW if new else RowResult.IMPORT_TYPE_UPDATE] += 1
        self._seal.update(repr((new, entry)).encode())
        listed, most = (self.new, LISTED_NEW) if new else (self.changed, LISTED_CHANGED)
        if len(listed) < most:
            listed.append(entry)

    @property
    def seal(self) -> str:
        """A digest of everything that is new or changes, listed or not."""
        return self._seal.hexdigest()

    @property
    def bad_rows(self) -> int:
        """How many rows have something wrong."""
        return len(self._bad_rows)

    @property
    def new_count(self) -> int:
        """How many records are new."""
        return int(self.totals[RowResult.IMPORT_TYPE_NEW])

    @property
    def changed_count(self) -> int:
        """How many records change."""
        return int(self.totals[RowResult.IMPORT_TYPE_UPDATE])

    @property
    def unchanged_count(self) -> int:
        """How many records stay as they are."""
        return int(self.totals[RowResult.IMPORT_TYPE_SKIP])

    def sentences(self) -> list[str]:
        """Everything that is wrong, in the order of the file."""
        ordered = sorted(self.problems, key=lambda problem: problem.number)
        return [*self.refusals, *(str(problem) for problem in ordered)]

    def has_errors(self) -> bool:
        """Whether nothing may be written."""
        return bool(self.base_errors or self.refusals or self._bad_rows or self.outdated)

    def has_validation_errors(self) -> bool:
        """Never: what is wrong with a row is an error, so that nothing of the file is written."""
        return False
