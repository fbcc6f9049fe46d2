"""What goes with a download: of what it is, when and from where it was taken, and what each column says.

As `datapackage.json` it is a Tabular Data Package (Frictionless, version 1), shorter at the head of a JSON file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from investigations.pages import paths
from investigations.pages.columns import Column, Table
from investigations.pages.indexes import INDEXES
from investigations.pages.instants import instant

NEUTRALIZED = (
    "In CSV and XLSX an apostrophe stands before a text that a spreadsheet would run as a formula (it begins with =, "
    "+, -, @, a tab or a new line, be there apostrophes before that); JSON has every text as it is."
)
MIME = "text/csv"


@dataclass(frozen=True)
class Asked:
    """A list as it was asked for: its name, the query of its address, the questions in words, and when."""

    name: str
    query: str
    words: tuple[str, ...]
    at: datetime

    @property
    def address(self) -> str:
        """The address of the list with these questions."""
        return paths.absolute(f"{INDEXES[self.name].path}{f'?{self.query}' if self.query else ''}")

    @property
    def day(self) -> str:
        """The day in the newsroom's time zone, like 2026-11-23."""
        return self.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()

    @property
    def title(self) -> str:
        """What it is, with the questions."""
        heading = INDEXES[self.name].heading
        return f"{heading} ({'; '.join(self.words)})" if self.words else heading

    def file(self, table: str, ending: str) -> str:
        """The name of a file, with the day: meetings-2026-11-23.csv."""
        stem = table if table == self.name else f"{self.name}-{table}"
        return f"{stem}-{self.day}.{ending}"


@dataclass(frozen=True)
class State:
    """The record's state: when something was last published, the digest in which it ends, and what stands over it."""

    published: datetime | None
    head: str
    notices: tuple[str, ...]


def about(asked: Asked, state: State) -> dict[str, Any]:
    """What a download is, in words and for machines."""
    day = instant(asked.at).day
    licensed = settings.DATA_LICENSE
    said = [
        *state.notices,
        INDEXES[asked.name].lead,
        f"Asked for: {'; '.join(asked.words)}." if asked.words else "The whole list.",
        "" if licensed else f"No license is stated: ask {settings.CONTACT} before you publish it elsewhere.",
    ]
    found: dict[str, Any] = {
        "name": f"{asked.name}-{asked.day}",
        "title": f"{asked.title}. {settings.SITE_NAME}, as of {day}",
        "description": " ".join(filter(None, said)),
        "created": asked.at.isoformat(timespec="seconds"),
        "homepage": asked.address,
        "citation": f"“{asked.title},” {settings.SITE_NAME}, as of {day}, {asked.address}",
        "query": {"address": asked.address, "words": list(asked.words)},
        "record": {
            "last_published": state.published.isoformat(timespec="seconds") if state.published else None,
            "head": state.head,
        },
        "sources": [{"title": f"{INDEXES[asked.name].heading}, {settings.SITE_NAME}", "path": asked.address}],
        "contributors": [{"title": settings.SITE_NAME, "path": settings.BASE_URL, "role": "publisher"}],
    }
    return found | ({"licenses": [dict(licensed)]} if licensed else {})


def datapackage(asked: Asked, state: State, tables: Sequence[Table]) -> dict[str, Any]:
    """The descriptor of a package of these tables as CSV."""
    resources = [_resource(table, asked.file(table.name, "csv")) for table in tables]
    said = about(asked, state)
    return {
        "profile": "tabular-data-package",
        **said,
        "description": f"{said['description']} {NEUTRALIZED}",
        "resources": resources,
    }


def _resource(table: Table, file: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = [table.key]
    if table.refers:
        column, other, key = table.refers
        schema["foreignKeys"] = [{"fields": [column], "reference": {"resource": other, "fields": [key]}}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": MIME,
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": column.type,
        "format": column.format,
        "description": column.description,
    }
    if column.type == "boolean":
        found |= {"trueValues": ["true"], "falseValues": ["false"]}
    return found
