"""Lists by what their records still need: each question finds what needs it and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils import timezone

from investigations.models import (
    CommentRequest,
    Correction,
    GateRun,
    Interview,
    Meeting,
    Quote,
    Recheck,
    Source,
    WithholdingOrder,
)
from investigations.publishing.steps import decline
from tests import builders
from tests.admin.test_records import address

PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)
SOON = timezone.now() + timedelta(days=3)


def disputed(work, *accounts):
    meeting = builders.make_meeting(investigation=work)
    row = builders.make_attendance(meeting=meeting, role_in_dispute=True)
    group = builders.make_meeting_class(investigation=work, meetings=[meeting])
    for about in accounts:
        builders.make_role_account(person=row.person, **{about: meeting if about == "meeting" else group})
    return meeting


def quoted(work):
    interview = builders.make_interview(investigation=work)
    builders.make_quote(source=interview.source, interview=interview)
    return interview


def cited(work):
    source = builders.make_source(investigation=work, dated="2016")
    builders.make_quote(source=source)
    return source


# For each question: a record that needs it, and records that don't.
TABLE = {
    (Quote, "without_terms"): (
        lambda work: builders.make_quote(investigation=work, terms=""),
        [lambda work: builders.make_quote(investigation=work)],
    ),
    (Quote, "unchecked"): (
        lambda work: builders.make_quote(investigation=work),
        [
            lambda work: builders.make_quote(
                investigation=work, checked_against="tape", checked_by=builders.make_user("ear"), checked_at=PAST
            )
        ],
    ),
    (Quote, "without_passage"): (
        lambda work: builders.make_quote(investigation=work),
        [lambda work: builders.make_evidence(passage=passage_of(work)).quote],
    ),
    (Meeting, "without_source"): (
        lambda work: builders.make_meeting(investigation=work),
        [lambda work: builders.make_meeting(source=builders.make_source(investigation=work), investigation=work)],
    ),
    (Meeting, "without_date"): (
        lambda work: builders.make_meeting(investigation=work, when=""),
        [lambda work: builders.make_meeting(investigation=work)],
    ),
    (Meeting, "unchecked"): (
        lambda work: builders.make_meeting(investigation=work),
        [
            lambda work: builders.make_meeting(
                investigation=work, checked_against="tape", checked_by=builders.make_user("ear"), checked_at=PAST
            )
        ],
    ),
    (Meeting, "with_role_in_dispute"): (
        lambda work: disputed(work, "meeting"),
        [lambda work: builders.make_attendance(meeting=builders.make_meeting(investigation=work)).meeting],
    ),
    (Meeting, "without_accounts"): (
        lambda work: disputed(work),
        [
            lambda work: disputed(work, "meeting"),
            lambda work: disputed(work, "meeting_class"),
            lambda work: builders.make_meeting(investigation=work),
        ],
    ),
    (Quote, "under_embargo"): (
        lambda work: builders.make_quote(investigation=work, embargo_until=FUTURE),
        [
            lambda work: builders.make_quote(investigation=work, embargo_until=PAST),
            lambda work: builders.make_quote(investigation=work),
        ],
    ),
    (Quote, "consent_withdrawn"): (
        lambda work: builders.make_withdrawal(quote=builders.make_quote(investigation=work)).quote,
        [
            lambda work: builders.make_quote(investigation=work),
            lambda work: (
                builders.make_consent(
                    withdrawal=builders.make_withdrawal(quote=builders.make_quote(investigation=work))
                ).withdrawal.quote
            ),
        ],
    ),
    (Quote, "embargo_ends_soon"): (
        lambda work: builders.make_quote(investigation=work, embargo_until=SOON),
        [
            lambda work: builders.make_quote(investigation=work, embargo_until=PAST),
            lambda work: builders.make_quote(investigation=work, embargo_until=FUTURE),
            lambda work: builders.make_quote(investigation=work),
        ],
    ),
    (Interview, "embargo_ends_soon"): (
        lambda work: builders.make_interview(investigation=work, embargo_until=SOON),
        [lambda work: builders.make_interview(investigation=work, embargo_until=FUTURE)],
    ),
    (Interview, "under_embargo"): (
        lambda work: builders.make_interview(investigation=work, embargo_until=FUTURE),
        [lambda work: builders.make_interview(investigation=work)],
    ),
    (Interview, "consent_withdrawn"): (
        lambda work: builders.make_withdrawal(interview=builders.make_interview(investigation=work)).interview,
        [lambda work: builders.make_interview(investigation=work)],
    ),
    (Source, "consent_withdrawn"): (
        lambda work: builders.make_withdrawal(source=builders.make_source(investigation=work)).source,
        [
            lambda work: builders.make_source(investigation=work),
            lambda work: builders.make_withdrawal(quote=builders.make_quote(investigation=work)).quote.source,
        ],
    ),
    (Interview, "without_terms"): (
        lambda work: builders.make_interview(investigation=work, terms=""),
        [lambda work: builders.make_interview(investigation=work)],
    ),
    (Interview, "without_quotes"): (lambda work: builders.make_interview(investigation=work), [quoted]),
    (Source, "without_date"): (
        lambda work: builders.make_source(investigation=work),
        [cited, lambda work: builders.make_source(investigation=work, person=builders.make_person())],
    ),
    (Source, "unused"): (lambda work: builders.make_source(investigation=work), [cited]),
    (GateRun, "not_passed"): (
        lambda work: gated(work, "held"),
        [lambda work: gated(work, "passed")],
    ),
    (Source, "in_vault"): (
        lambda work: kept(work, "known").source,
        [lambda work: builders.make_source(investigation=work, descriptor="an aide", identity="known")],
    ),
    (Source, "without_confidant"): (
        lambda work: abandoned(work),
        [
            lambda work: kept(work, "known").source,
            lambda work: builders.make_source(investigation=work, descriptor="an aide", identity="known"),
        ],
    ),
    (Correction, "unsigned"): (
        lambda work: published_alone(work),
        [
            lambda work: builders.make_correction(story=builders.make_story(investigation=work)),
            lambda work: published_alone(work, signed=True),
        ],
    ),
    (WithholdingOrder, "waiting"): (
        lambda work: builders.make_withholding_order(story=builders.make_story(investigation=work)),
        [lambda work: given_back(work), lambda work: made_final(work)],
    ),
    (Correction, "ran_elsewhere"): (
        lambda work: elsewhere(work).correction,
        [
            lambda work: builders.make_correction(story=builders.make_story(investigation=work)),
            lambda work: elsewhere(work, ticked=True).correction,
            lambda work: elsewhere(work, declined=True).correction,
        ],
    ),
    (Recheck, "waiting"): (
        lambda work: builders.make_recheck(story=builders.make_story(investigation=work)),
        [lambda work: answered(work)],
    ),
    (CommentRequest, "without_reply"): (
        lambda work: builders.make_comment_request(story=builders.make_story(investigation=work)),
        [lambda work: request(work, outcome="declined")],
    ),
    (CommentRequest, "overdue"): (
        lambda work: request(work, deadline=PAST),
        [
            lambda work: request(work, deadline=FUTURE),
            lambda work: request(work, deadline=PAST, outcome="no_response"),
            lambda work: request(work),
        ],
    ),
    (CommentRequest, "due_soon"): (
        lambda work: request(work, deadline=SOON),
        [
            lambda work: request(work, deadline=PAST),
            lambda work: request(work, deadline=FUTURE),
            lambda work: request(work, deadline=SOON, outcome="declined"),
            lambda work: request(work),
        ],
    ),
}


def given_back(work):
    order = builders.make_withholding_order(story=builders.make_story(investigation=work))
    order.restored_by, order.restored_at = order.ordered_by, PAST
    order.save()
    return order


def made_final(work):
    order = builders.make_withholding_order(story=builders.make_story(investigation=work))
    order.final_by, order.final_at = get_user_model().objects.get(username="editor"), PAST
    order.save()
    return order


def passage_of(work):
    story = builders.make_story(investigation=work, body="The board [met in March]{#p1}.")
    return builders.make_passage(story=story)


def kept(work, identity):
    source = builders.make_source(investigation=work, descriptor="a pilot", identity=identity)
    return builders.make_source_identity(source=source)


def abandoned(work):
    identity = kept(work, "known")
    get_user_model().objects.filter(confidences__source=identity.source).update(is_active=False)
    return identity.source


def published_alone(work, signed=False):
    story = builders.make_story(investigation=work)
    reporter, editor = (get_user_model().objects.get(username=name) for name in ("reporter", "editor"))
    signature = {"signed_by": work.team.create(username=f"signer-{story.pk}"), "signed_at": builders.NOON}
    return builders.make_correction(
        story=story,
        written_by=reporter,
        state="published",
        number=story.pk,
        edition=2,
        published_by=editor,
        published_at=builders.NOON,
        alone_because="It stood on the front page.",
        **(signature if signed else {}),
    )


def elsewhere(work, ticked=False, declined=False):
    editor = get_user_model().objects.get(username="editor")
    answer = {"state": "fixed", "ticked_by": editor, "ticked_at": PAST} if ticked else {}
    row = builders.make_elsewhere(story=builders.make_story(investigation=work), **answer)
    if declined:
        decline(row.correction, by=editor, reason="It was right.")
    return row


def answered(work):
    editor = get_user_model().objects.get(username="editor")
    answer = {"outcome": "not_needed", "reason": "A comma.", "closed_by": editor, "closed_at": PAST}
    return builders.make_recheck(story=builders.make_story(investigation=work), **answer)


def gated(work, verdict):
    work.handling_reporter = get_user_model().objects.get(username="reporter")
    work.save()
    return builders.make_gate_run(investigation=work, verdict=verdict)


def request(work, **values):
    return builders.make_comment_request(story=builders.make_story(investigation=work), **values)


def test_every_question_of_every_list_is_tested():
    asked = {(model, name) for model, screen in admin.site._registry.items() for name in getattr(screen, "needs", {})}
    assert asked == TABLE.keys()


@pytest.mark.parametrize(("model", "question"), TABLE, ids=lambda value: getattr(value, "__name__", value))
def test_a_question_finds_what_needs_it_and_nothing_else(model, question, investigation, as_user, reporter):
    needs, fine = TABLE[model, question]
    wanted = needs(investigation)
    others = {make(investigation).pk for make in fine}
    response = as_user(reporter).get(address(model._meta.model_name, "changelist"), {"needs": question})
    found = [row.pk for row in response.context["cl"].result_list]
    assert found.count(wanted.pk) == 1
    assert not others & set(found)


@pytest.mark.parametrize("question", ["delete", "nonsense", "all"])
def test_a_question_that_nobody_asked_finds_nothing(question, investigation, as_user, reporter):
    builders.make_quote(investigation=investigation)
    response = as_user(reporter).get(address("quote", "changelist"), {"needs": question})
    assert list(response.context["cl"].result_list) == []
    assert Quote.objects.exists()
