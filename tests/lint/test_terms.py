"""The terms of quotes on their way to readers, also through a meeting's accounts of a role."""

import pytest

from investigations.lint import check_story, must_fix
from investigations.lint.passages import evidence_shown
from investigations.lint.terms import terms as rule
from investigations.models import Quote
from tests import builders
from tests.lint.told import told


@pytest.fixture
def passage(story):
    """The passage in the second paragraph, with no evidence of its own."""
    found = story.passages.get(mark="p2")
    found.evidence.all().delete()
    return found


@pytest.fixture
def unnamed(investigation):
    return builders.make_source(investigation=investigation, descriptor="a diplomat of the region")


@pytest.fixture
def relayed(investigation):
    paper = builders.make_source(investigation=investigation)
    return builders.make_source(investigation=investigation, descriptor="an official", relay=paper)


@pytest.fixture
def named(investigation):
    return builders.make_source(investigation=investigation, person=builders.make_person())


@pytest.fixture
def document(investigation):
    return builders.make_source(investigation=investigation)


def found(story):
    return told(story, rule, evidence_shown)


@pytest.mark.parametrize(
    ("source", "terms", "id_"),
    [
        ("named", "", "story.E030"),
        ("unnamed", "", "story.E030"),
        ("named", "off_record", "story.E031"),
        ("unnamed", "off_record", "story.E031"),
        ("named", "as_printed", "story.E032"),
        ("unnamed", "as_printed", "story.E032"),
        ("unnamed", "on_record", "story.E033"),
        ("relayed", "on_record", "story.E033"),
        ("named", "background", "story.E034"),
        ("document", "background", "story.E034"),
        ("document", "on_record", "story.W035"),
    ],
)
def test_terms_that_forbid_or_cant_be_kept_are_told(story, passage, request, source, terms, id_):
    quote = builders.make_quote(source=request.getfixturevalue(source), terms=terms)
    builders.make_evidence(passage=passage, quote=quote)
    assert found(story) == [(id_, 2, "p2")]


@pytest.mark.parametrize(
    ("source", "terms"),
    [
        ("named", "on_record"),
        ("named", "not_for_attribution"),
        ("unnamed", "not_for_attribution"),
        ("unnamed", "background"),
        ("relayed", "as_printed"),
        ("relayed", "background"),
    ],
)
def test_terms_that_are_kept_are_no_finding(story, passage, request, source, terms):
    quote = builders.make_quote(source=request.getfixturevalue(source), terms=terms)
    builders.make_evidence(passage=passage, quote=quote)
    assert found(story) == []


def test_background_with_a_description_of_the_speaker_is_no_finding(story, passage, document):
    quote = builders.make_quote(source=document, terms="background", speaker_label="a member of the board")
    builders.make_evidence(passage=passage, quote=quote)
    assert found(story) == []


def test_a_document_with_a_named_speaker_is_no_finding(story, passage, document):
    quote = builders.make_quote(source=document, speaker=builders.make_person())
    builders.make_evidence(passage=passage, quote=quote)
    assert found(story) == []


@pytest.mark.parametrize("showing", ["counted", "desk_only"])
def test_a_quote_that_isnt_shown_may_be_on_any_terms(story, passage, named, showing):
    builders.make_evidence(passage=passage, quote=builders.make_quote(source=named, terms=""), showing=showing)
    assert found(story) == [("story.W024", 2, "p2")]


def test_the_finding_names_the_quote_by_its_short_name_and_never_its_words(story, passage, named):
    quote = builders.make_quote(source=named, terms="off_record", slug="q-7", words="They burned the ledger")
    builders.make_evidence(passage=passage, quote=quote)
    (finding,) = must_fix(check_story(story))
    assert finding.obj == "Passage p2, paragraph 2, quote “q-7”"
    assert "burned" not in str(finding)


# --- Through a meeting ---


@pytest.fixture
def meeting(story, passage):
    found = builders.make_meeting(investigation=story.investigation)
    builders.make_evidence(passage=passage, meeting=found)
    return found


@pytest.fixture
def attendance(meeting):
    return builders.make_attendance(meeting=meeting)


def test_a_quote_that_goes_out_only_through_a_meetings_account_is_told(story, meeting, attendance, named):
    quote = builders.make_quote(source=named, terms="off_record")
    builders.make_role_account(meeting=meeting, person=attendance.person, quote=quote)
    assert found(story) == [("story.E031", 2, "p2")]


def test_a_quote_that_goes_out_through_an_account_of_a_class_of_meetings_is_told(story, meeting, attendance, named):
    group = builders.make_meeting_class(investigation=story.investigation, meetings=[meeting])
    quote = builders.make_quote(source=named, terms="")
    builders.make_role_account(meeting_class=group, person=attendance.person, quote=quote)
    assert found(story) == [("story.E030", 2, "p2")]


def test_an_account_about_somebody_who_isnt_at_the_meeting_doesnt_go_out(story, meeting, attendance, named):
    quote = builders.make_quote(source=named, terms="off_record")
    builders.make_role_account(meeting=meeting, quote=quote)
    assert found(story) == []


def test_a_quote_behind_two_accounts_at_one_passage_is_told_once(story, meeting, attendance, named):
    quote = builders.make_quote(source=named, terms="off_record")
    for stance in ("affirms", "questions"):
        builders.make_role_account(meeting=meeting, person=attendance.person, quote=quote, stance=stance)
    assert len(found(story)) == 1


def test_a_quote_at_two_passages_is_told_at_each(story):
    Quote._base_manager.update(terms="")
    assert found(story) == [("story.E030", 1, "p1"), ("story.E030", 2, "p2")]
