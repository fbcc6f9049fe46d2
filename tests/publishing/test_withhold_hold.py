"""Under a legal hold things are hidden and given back, and nothing is made final."""

import pytest

from investigations.models.legal_hold import ON_HOLD, OnHold, lift_hold
from investigations.publishing.withhold import make_final, restore
from investigations.record.models import Part
from tests import builders
from tests.publishing.withheld import VOTE, pages, showing


@pytest.fixture
def hold(investigation, standards):
    """A hold on the story's investigation."""
    return builders.make_legal_hold(investigation=investigation, placed_by=standards)


def test_nothing_is_made_final_under_a_hold(hidden, without_it, second, hold):
    before = pages()
    with pytest.raises(OnHold, match=ON_HOLD):
        make_final(hidden, by=second)
    assert pages() == before
    assert VOTE in Part.objects.get(kind="block", key="b2").content
    hidden.refresh_from_db()
    assert hidden.is_waiting


def test_hiding_and_giving_back_go_on(published, standards, hold):
    order = builders.withhold(by=standards, story=published, paragraph=2)
    assert showing(VOTE) == []
    restore(order, by=standards)
    assert showing(VOTE)


def test_a_hold_elsewhere_bars_nothing(hidden, without_it, second):
    builders.make_legal_hold()
    assert make_final(hidden, by=second).final_by == second


def test_once_it_is_lifted_it_is_made_final(hidden, without_it, second, hold, standards):
    lift_hold(hold, by=standards)
    assert make_final(hidden, by=second).final_by == second
