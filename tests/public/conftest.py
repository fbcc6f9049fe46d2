"""A record with a page of every kind, as readers have it."""

from typing import Any

import pytest

from tests import builders


@pytest.fixture
def site(investigation: Any, reporter: Any, editor: Any) -> Any:
    """A story with a quote, a meeting whose role is in dispute and a source, published and corrected."""
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    passage = story.passages.get(mark="p1")
    meeting = builders.make_meeting(investigation=investigation, when="September 8, 2016")
    person = builders.make_attendance(meeting=meeting, role_in_dispute=True).person
    builders.make_role_account(meeting=meeting, person=person)
    builders.make_evidence(passage=passage, meeting=meeting)
    builders.make_evidence(passage=passage, source=builders.make_source(investigation=investigation))
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor)
    return story
