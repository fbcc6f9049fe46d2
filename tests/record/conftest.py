"""A ledger with something in each of its tables."""

from typing import Any

import pytest

from investigations.publishing.withhold import withhold
from investigations.record.models import Edition
from investigations.vocabulary import WithholdingState
from tests import builders
from tests.record.ledger import part_of


@pytest.fixture
def edition(published: Any) -> Edition:
    """The only edition: a story's first."""
    return Edition.objects.get()


@pytest.fixture
def ledger(published: Any, reporter: Any, editor: Any, standards: Any) -> list[Any]:
    """Three links in a chain: a first edition, its correction, and a note of the first that was hidden."""
    builders.correct_story(published, reporter=reporter, editor=editor)
    first, second = Edition.objects.order_by("number")
    act = withhold(
        part_of(first, "note"), state=WithholdingState.HIDDEN, authority="Order of the court", by=standards
    )
    return [first, second, act]
