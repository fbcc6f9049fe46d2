"""Organizations: which belongs to which."""

import pytest

from investigations.models import Organization
from tests import builders


@pytest.fixture
def house(db):
    """A house, its paper, the paper's desk."""
    house = builders.make_organization(name="House")
    paper = builders.make_organization(name="Paper", parent=house)
    return house, paper, builders.make_organization(name="Desk", parent=paper)


def test_a_body_is_part_of_every_one_above_it(house):
    house, paper, desk = house
    assert paper.is_part_of(house)
    assert desk.is_part_of(house)


def test_a_body_is_no_part_of_itself_nor_of_its_parts(house):
    house, paper, desk = house
    assert not house.is_part_of(house)
    assert not house.is_part_of(desk)
    assert not paper.is_part_of(desk)


def test_bodies_that_stand_in_a_circle_are_walked_once(house):
    house, _, desk = house
    Organization.objects.filter(pk=house.pk).update(parent=desk)
    assert not desk.is_part_of(builders.make_organization())
    assert desk.is_part_of(house)


def test_it_takes_one_query_however_many_stand_between(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert house[2].is_part_of(house[0])
