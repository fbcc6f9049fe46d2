"""Two rows that stand for one person."""

from typing import Any

import pytest

from tests import builders


@pytest.fixture
def two(db: None) -> tuple[Any, Any]:
    """The one who stays and the one who goes."""
    return (
        builders.make_person(name="Sergey Kislyak", slug="sergey"),
        builders.make_person(name="Sergei Kislyak", slug="sergei", description="ambassador"),
    )
