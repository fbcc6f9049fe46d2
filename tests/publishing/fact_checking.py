"""A fact-check file, made for a test, and what it says."""

from typing import Any

from investigations.publishing.fact_check.opening import open_file
from investigations.publishing.fact_check.parts import FactCheckFile
from investigations.publishing.fact_check.rendering import html
from investigations.vocabulary import FileVersion
from tests.demonstrated import read

FULL, WITHOUT = FileVersion.FULL, FileVersion.WITHOUT


def opened(story: Any, by: Any, version: FileVersion = FULL, **values: Any) -> FactCheckFile:
    """The file."""
    return open_file(story, by=by, version=version, **values)


def words(story: Any, by: Any, version: FileVersion = FULL, **values: Any) -> str:
    """What the file says, as it is read."""
    return read(html(opened(story, by, version, **values)))
