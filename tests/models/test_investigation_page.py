"""What can be chosen for an investigation's page: its own, and nothing of anybody who may not be named."""

import pytest
from django.core.exceptions import ValidationError

from investigations.models.investigation_page import ELSEWHERE, UNNAMED
from tests import builders


@pytest.fixture
def page(db):
    return builders.make_investigation_page()


@pytest.mark.parametrize("noun", ["story", "meeting", "source"])
def test_what_belongs_to_another_investigation_is_refused_at_its_field(noun, page):
    other = getattr(builders, f"make_{noun}")(investigation=builders.make_investigation())
    with pytest.raises(ValidationError) as refused:
        builders.make_page_choice(page=page, **{noun: other})
    assert refused.value.message_dict == {noun: [ELSEWHERE]}


def test_a_source_that_may_not_be_named_is_neither_listed_nor_cited(page):
    unnamed = builders.make_source(investigation=page.investigation, descriptor="an official", identity="known")
    for make in (builders.make_page_choice, builders.make_marked_event):
        with pytest.raises(ValidationError) as refused:
            make(page=page, source=unnamed)
        assert refused.value.message_dict == {"source": [UNNAMED]}


def test_a_chart_counts_meetings_of_its_own_investigation(page):
    page.meeting_class = builders.make_meeting_class()
    page.since = page.until = "2016-03-01"
    with pytest.raises(ValidationError, match="belongs to another investigation"):
        page.full_clean()


def test_quotes_and_dashes_are_typographic_when_somebody_saved_it(page, reporter):
    page.body, page.lacks = 'Who said "no"?', "It's one list."
    page.edit(by=reporter)
    assert (page.body, page.lacks) == ("Who said “no”?", "It’s one list.")
    assert page.edited_by == reporter
