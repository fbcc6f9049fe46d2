"""What the tests of publishing ask for: something withheld, and those who may make it final."""

import pytest

from tests import builders
from tests.publishing.withheld import mend


@pytest.fixture
def hidden(published, standards):
    """An order that hides the story's second paragraph."""
    return builders.withhold(by=standards, story=published, paragraph=2)


@pytest.fixture
def second(db):
    """Another standards editor."""
    return builders.make_user("second", "Standards editor")


@pytest.fixture
def without_it(published, hidden, reporter):
    """The story with nothing of the paragraph in it any more."""
    mend(published, reporter, old=published.body.split("\n\n")[1], new="The board said nothing.\n")
    return published


@pytest.fixture
def dinner(story, investigation, reporter, editor):
    """A published meeting with a quote about somebody's role."""
    meeting = builders.make_meeting(investigation=investigation, title="Dinner at the pier")
    guest = builders.make_attendance(meeting=meeting, role_in_dispute=True)
    quote = builders.make_quote(investigation=investigation, words="He came as the harbor master")
    builders.make_role_account(meeting=meeting, person=guest.person, quote=quote)
    builders.make_evidence(passage=story.passages.order_by("mark")[0], meeting=meeting, label="at the pier")
    builders.publish_story(story, reporter=reporter, editor=editor)
    meeting.quote = quote
    return meeting


@pytest.fixture
def first(story):
    """The story's first passage."""
    return story.passages.get(mark="p1")
