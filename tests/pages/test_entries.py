"""The page of a meeting, quote or source: what it counts, what it is said of, what it does for a story."""

import pytest

from investigations.pages.lists import Citation
from investigations.record.models import Page
from tests import builders
from tests.demonstrated import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(story, reporter, editor):
    """The page of a meeting, as readers read it, once the story went out that cites it."""

    def published(meeting, **evidence):
        builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting, **evidence)
        builders.publish_story(story, reporter=reporter, editor=editor)
        return read(bytes(Page.objects.get(path=f"/meetings/{meeting.public_key}/").body).decode())

    return published


@pytest.mark.parametrize(
    ("descriptor", "headcount", "told"),
    [
        ("harbor pilots", 5, "Harbor pilots (5 people). Came."),
        ("more than 30 ambassadors", 31, "More than 30 ambassadors. Came."),
        ("a clerk", 1, "A clerk. Came."),
    ],
)
def test_how_many_came_is_said_unless_the_words_say_a_number(investigation, page_of, descriptor, headcount, told):
    meeting = builders.make_meeting(investigation=investigation)
    builders.make_attendance(meeting=meeting, descriptor=descriptor, headcount=headcount)
    assert told in page_of(meeting)


@pytest.mark.parametrize(("stance", "told"), [("supports", "Supports: “"), ("contradicts", "Contradicts: “")])
def test_a_story_that_cites_it_says_what_it_does_there(investigation, page_of, stance, told):
    meeting = builders.make_meeting(investigation=investigation)
    assert told in page_of(meeting, stance=stance)


def test_an_account_says_that_it_is_of_this_meeting_or_of_meetings_of_a_kind(investigation, page_of):
    meeting = builders.make_meeting(investigation=investigation)
    person = builders.make_attendance(meeting=meeting).person
    builders.make_role_account(meeting=meeting, person=person)
    group = builders.make_meeting_class(investigation=investigation, meetings=[meeting], label="their lunches")
    builders.make_role_account(meeting=None, meeting_class=group, person=person)
    page = page_of(meeting)
    assert "Of this meeting." in page
    assert "Of their lunches." in page


def test_words_that_have_quotation_marks_of_their_own_get_single_ones():
    citation = Citation("A story", False, 1, "“He was double-headed,” she said", "Context", "/", "/")
    assert citation.quoted == "“‘He was double-headed,’ she said”"
