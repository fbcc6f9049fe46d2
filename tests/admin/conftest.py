"""A desk with a row of every kind in one investigation, and a second investigation that only others see."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders
from tests.admin import canaries


@pytest.fixture
def rows(story: Any, investigation: Any, reporter: Any, editor: Any) -> SimpleNamespace:
    """One row of every kind, all of the investigation."""
    # A search answers with its first twenty: the name that comes first is always among them.
    first = {"code_name": "able acorn", "descriptor": "a diplomat of the region"}
    source = builders.make_source(investigation=investigation, **first)
    quote = builders.make_quote(source=source, terms="background", words="They burned the ledger")
    meeting = builders.make_meeting(investigation=investigation, title="Visit to the quarry")
    builders.make_attendance(meeting=meeting)
    group = builders.make_meeting_class(investigation=investigation, meetings=[meeting])
    builders.make_role_account(meeting=meeting, quote=quote)
    return SimpleNamespace(
        investigation=investigation,
        source=source,
        quote=quote,
        meeting=meeting,
        meetingclass=group,
        story=story,
        passage=story.passages.first(),
        correction=builders.make_correction(story=story, written_by=reporter),
        recheck=builders.make_recheck(story=story, opened_by=reporter),
        approval=builders.make_approval(story=story, by=reporter),
        contribution=story.contributions.first(),
        person=builders.make_person(),
        organization=builders.make_organization(),
        role=builders.make_role(),
        interview=builders.make_interview(source=source, terms="background"),
        investigationpage=builders.make_investigation_page(
            investigation=builders.make_investigation(team=[reporter, editor])
        ),
        author=story.bylines.get().author,
        policy=builders.make_policy(),
        consent=builders.make_consent(quote=quote, noted_by=reporter),
        withdrawal=builders.make_withdrawal(source=source, noted_by=reporter),
        legalhold=builders.make_legal_hold(investigation=builders.make_investigation(team=[reporter, editor])),
        withholdingorder=builders.make_withholding_order(story=story),
        findingoverride=builders.make_finding_override(story=story),
        clearance=builders.make_clearance(story=story),
        report=builders.make_report(story=story, name="Robin Reader", address="robin@reader.example"),
        draftnote=builders.make_draft_note(story=story, by=reporter),
        commentrequest=builders.make_comment_request(story=story),
    )


@pytest.fixture
def desk(db: None) -> SimpleNamespace:
    """Rows of others, a word in every field."""
    return canaries.desk()


@pytest.fixture
def own(outsider: Any) -> SimpleNamespace:
    """What the outsider works on themselves, so that there is something to list."""
    investigation = builders.make_investigation(title="Own work", slug="own", team=[outsider])
    story = builders.make_ready_story(investigation=investigation, by=outsider)
    meeting = builders.make_meeting(investigation=investigation)
    source = builders.make_source(investigation=investigation)
    return SimpleNamespace(investigation=investigation, story=story, meeting=meeting, source=source)
