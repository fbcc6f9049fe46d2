"""Withdrawn consent bars what rests on it; people cited without a quote need terms that let them out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.lint import check_story
from investigations.lint.consent import consent
from tests import builders
from tests.lint.told import told


@pytest.fixture
def passage(story):
    found = story.passages.get(mark="p2")
    found.evidence.all().delete()
    return found


@pytest.fixture
def named(investigation):
    return builders.make_source(investigation=investigation, person=builders.make_person())


@pytest.fixture
def unnamed(investigation):
    return builders.make_source(investigation=investigation, descriptor="a pilot of the port")


def found(story):
    return told(story, consent)


BARRED = [("story.E037", 2, "p2")]
UNHEARD = [("story.E039", 2, "p2")]


def met(story, person=None, **values):
    meeting = builders.make_meeting(investigation=story.investigation, **values)
    return builders.make_attendance(meeting=meeting, **({"person": person} if person else {}))


# --- Withdrawn consent ---


@pytest.mark.parametrize("showing", ["shown", "counted"])
@pytest.mark.parametrize("of", ["quote", "interview", "source"])
def test_a_quote_is_barred_by_its_own_withdrawal_its_interviews_and_its_sources(story, passage, named, of, showing):
    interview = builders.make_interview(source=named)
    quote = builders.make_quote(source=named, interview=interview)
    builders.make_evidence(passage=passage, quote=quote, showing=showing)
    assert not {"story.E037"} & {id_ for id_, _, _ in found(story)}
    noted = builders.make_withdrawal(**{of: {"quote": quote, "interview": interview, "source": named}[of]})
    assert BARRED[0] in found(story)
    builders.make_consent(withdrawal=noted)
    assert BARRED[0] not in found(story)


def test_evidence_for_the_desk_alone_is_not_barred(story, passage, named):
    builders.make_evidence(passage=passage, quote=builders.make_quote(source=named), showing="desk_only")
    builders.make_withdrawal(source=named)
    assert BARRED[0] not in found(story)


@pytest.mark.parametrize("way", ["source", "meeting", "account by a quote", "account by a source", "relay", "origin"])
def test_whatever_rests_on_a_withdrawn_source_is_barred(story, passage, investigation, named, way):
    builders.make_interview(source=named)
    if way == "source":
        cited = {"source": named}
    elif way in {"relay", "origin"}:
        cited = {"source": builders.make_source(investigation=investigation, **{way: named})}
    else:
        row = met(story, source=named if way == "meeting" else None)
        cited = {"meeting": row.meeting}
        if "account" in way:
            by = {"quote": builders.make_quote(source=named)} if "quote" in way else {"source": named}
            builders.make_role_account(meeting=row.meeting, person=row.person, **by)
    builders.make_evidence(passage=passage, **cited)
    assert found(story) == []
    builders.make_withdrawal(source=named)
    assert found(story) == BARRED


def test_somebody_elses_withdrawal_bars_nothing(story, passage, named, unnamed):
    builders.make_evidence(passage=passage, quote=builders.make_quote(source=named))
    builders.make_withdrawal(source=unnamed)
    builders.make_withdrawal(quote=builders.make_quote(source=named))
    assert found(story) == []


# --- People cited without a quote ---


@pytest.mark.parametrize(
    ("who", "terms", "ids"),
    [
        ("named", [], []),
        ("named", ["on_record"], []),
        ("named", ["background", "on_record"], []),
        ("named", ["background"], UNHEARD),
        ("named", ["not_for_attribution"], UNHEARD),
        ("named", ["off_record"], UNHEARD),
        ("named", [""], UNHEARD),
        ("unnamed", [], []),
        ("unnamed", ["background"], []),
        ("unnamed", ["off_record"], UNHEARD),
        ("unnamed", [""], UNHEARD),
    ],
)
@pytest.mark.parametrize("way", ["source", "meeting", "origin"])
def test_a_person_is_cited_only_as_something_they_said_allows(story, passage, request, who, terms, ids, way):
    source = request.getfixturevalue(who)
    for each in terms:
        builders.make_interview(source=source, terms=each)
    cited = {
        "source": lambda: {"source": source},
        "origin": lambda: {"source": builders.make_source(investigation=story.investigation, origin=source)},
        "meeting": lambda: {"meeting": met(story, source=source).meeting},
    }[way]()
    builders.make_evidence(passage=passage, **cited)
    assert found(story) == ids


@pytest.mark.parametrize(
    ("terms", "relayed", "ids"), [(None, False, UNHEARD), ("background", False, []), (None, True, [])]
)
def test_an_account_by_somebody_is_something_they_said_on_terms_or_to_a_relay(
    story, passage, unnamed, investigation, terms, relayed, ids
):
    if terms:
        builders.make_quote(source=unnamed, terms=terms)
    if relayed:
        unnamed.relay = builders.make_source(investigation=investigation)
        unnamed.save()
    row = met(story)
    builders.make_role_account(meeting=row.meeting, person=row.person, source=unnamed)
    builders.make_evidence(passage=passage, meeting=row.meeting)
    assert found(story) == ids


def test_a_document_needs_no_terms(story, passage, investigation):
    builders.make_evidence(passage=passage, source=builders.make_source(investigation=investigation))
    assert found(story) == []


def test_a_long_story_is_checked_with_as_many_queries_as_a_short_one(investigation, reporter):
    counts = []
    for passages in (2, 6):
        body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}, and so on." for n in range(1, passages + 1))
        story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
        for passage in story.passages.all():
            origin = builders.make_source(investigation=investigation, person=builders.make_person())
            source = builders.make_source(investigation=investigation, origin=origin)
            row = met(story, source=source)
            builders.make_role_account(meeting=row.meeting, person=row.person, source=source)
            builders.make_evidence(passage=passage, meeting=row.meeting)
            builders.make_withdrawal(source=builders.make_source(investigation=investigation))
        with CaptureQueriesContext(connection) as queries:
            assert check_story(type(story).objects.get(pk=story.pk)) == []
        counts.append(len(queries))
    assert counts[0] == counts[1]
