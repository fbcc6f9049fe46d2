"""Files in all three formats, and imports of them."""

from typing import Any

import pytest

from investigations.exchange.formats import FORMATS, format_of
from investigations.exchange.verdict import Verdict

EXTENSIONS = [each.extension for each in FORMATS]


def written(rows: list[dict[str, Any]], extension: str = "csv") -> bytes:
    """A file with these rows, whose keys are its columns."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    lines = [[row.get(name, "") for name in headers] for row in rows]
    return b"".join(format_of(f".{extension}").write(headers, lines))


def taken(
    resource_class: Any, rows: list[dict[str, Any]], *, user: Any, dry_run: bool = False, extension: str = "csv"
) -> Verdict:
    """The verdict on a file with these rows."""
    sheet = format_of(f".{extension}").read(written(rows, extension))
    return resource_class(user=user).import_data(sheet, dry_run=dry_run)


def exported(resource_class: Any, *, user: Any) -> list[dict[str, Any]]:
    """Everything that this person can export, as rows."""
    resource = resource_class(user=user)
    names = resource.column_names()
    return [dict(zip(names, line, strict=True)) for line in resource.lines(resource.get_queryset())]


@pytest.fixture(params=EXTENSIONS)
def extension(request: Any) -> str:
    """Each format in turn."""
    return str(request.param)
