"""A ledger with something in each of its tables, written without a desk."""

from typing import Any

import pytest

from investigations.publishing.ledger import NewPart, append_edition, append_withholding
from investigations.record.models import Edition, Part
from tests import builders
from tests.record.ledger import part_of


@pytest.fixture
def edition(db: None) -> Edition:
    """The only edition: a header and a block."""
    return builders.append_plain_edition()


@pytest.fixture
def ledger(edition: Edition) -> list[Any]:
    """Three links in a chain: a first edition, one with a part of every kind, and a block of the first hidden."""
    parts = [NewPart(kind, f"key-{kind}", {"text": f"The {kind} of the board"}) for kind in Part.Kind.values]
    second = append_edition(work=edition.work, change="correction", parts=parts, published_at=builders.NEXT_DAY)
    act = append_withholding(
        part=part_of(edition, "block"), state="hidden", authority="Order of the court", at=builders.NEXT_DAY
    )
    return [edition, second, act]
