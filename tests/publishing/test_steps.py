"""A correction's way to readers: who takes which step, what is legal, and an approval bound to what was read."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from investigations.models import Correction
from investigations.publishing.correct import correct, sign_afterwards
from investigations.publishing.outgoing import digest_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, decline, send_back, submit, suggest_wording, take_up_again
from investigations.publishing.two_people import approvers
from investigations.record.models import Edition
from tests import builders
from tests.publishing.corrections import mend

ALONE = "It stands on every front page."


@pytest.fixture
def submitted(published, reporter):
    """A correction by the reporter, submitted."""
    return mend(published, by=reporter)


def state(correction):
    return Correction.objects.get(pk=correction.pk).state


def acts(correction):
    return list(correction.steps.values_list("act", flat=True))


def test_the_whole_way_is_kept_step_by_step(submitted, reporter, editor):
    send_back(submitted, by=editor, comment="Say since when.")
    submitted.edit(by=reporter, note="Lee Sample did not watch the vote in March.")
    submit(submitted, by=reporter)
    approve(submitted, by=editor)
    correct(submitted, by=editor)
    assert acts(submitted) == ["written", "submitted", "sent_back", "changed", "submitted", "approved", "published"]
    assert state(submitted) == "published"


def test_a_correction_says_its_cause_and_who_noticed_before_it_is_submitted(published, reporter):
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    draft = builders.make_correction(story=published, written_by=reporter, cause="", came_to_light="")
    with pytest.raises(Refused, match="Say how the error came in and who noticed it"):
        submit(draft, by=reporter)


def test_an_update_is_not_asked_for_a_cause(published, reporter):
    published.edit(by=reporter, body=f"{published.body}\n\nMore is known by now.")
    draft = builders.make_correction(story=published, written_by=reporter, kind="update", cause="", came_to_light="")
    submit(draft, by=reporter)
    assert state(draft) == "submitted"


ILLEGAL = {
    "submitted": (lambda row, by: submit(row, by=by), "is submitted: it can’t be submitted, it can be approved"),
    "approved": (lambda row, by: submit(row, by=by), "is approved: it can’t be submitted, it can be published"),
    "declined": (lambda row, by: approve(row, by=by), "is declined: it can’t be approved, it can be taken up again"),
    "draft": (lambda row, by: send_back(row, by=by, comment="No."), "is draft: it can’t be sent back, it can be sub"),
    "published": (
        lambda row, by: decline(row, by=by, reason="No."),
        "is published as number 1: it can’t be declined",
    ),
}


@pytest.mark.parametrize("now_in", ILLEGAL)
def test_an_illegal_step_is_told_which_are_legal(now_in, submitted, editor):
    if now_in in {"approved", "published"}:
        approve(submitted, by=editor)
    if now_in == "published":
        correct(submitted, by=editor)
    if now_in == "declined":
        decline(submitted, by=editor, reason="It was right.")
    if now_in == "draft":
        send_back(submitted, by=editor, comment="Since when?")
    verb, sentence = ILLEGAL[now_in]
    before = acts(submitted)
    with pytest.raises(Refused, match=sentence):
        verb(submitted, editor)
    assert (state(submitted), acts(submitted)) == (now_in, before)


@pytest.mark.parametrize("verb", [send_back, decline])
def test_its_author_is_told_why(verb, submitted, editor):
    said = {"comment": " "} if verb is send_back else {"reason": " "}
    with pytest.raises(Refused, match="Say why: its author reads it"):
        verb(submitted, by=editor, **said)


def test_a_reporter_sends_nothing_back(submitted, reporter):
    with pytest.raises(Refused, match="Only editors approve corrections"):
        send_back(submitted, by=reporter, comment="No.")


def test_its_author_drops_a_draft_of_their_own(published, reporter):
    draft = builders.make_correction(story=published, written_by=reporter)
    decline(draft, by=reporter, reason="It was right after all.")
    take_up_again(draft, by=reporter)
    assert (state(draft), acts(draft)) == ("draft", ["written", "declined", "reopened"])


def test_an_approval_sent_back_is_void(submitted, editor):
    approve(submitted, by=editor)
    send_back(submitted, by=editor, comment="Wait.")
    row = Correction.objects.get()
    assert (row.state, row.approved_by, row.approved_digest) == ("draft", None, "")


# Who can.


def test_the_refusal_says_when_and_who_can_approve(published, investigation, reporter, editor):
    for name in ("lee", "sam"):
        investigation.team.add(builders.make_user(name, "Editor", first_name=name.title()))
    published.edit(by=editor, headline="A contract nobody saw")
    draft = mend(published, by=reporter, now=timezone.now())
    with pytest.raises(Refused, match=r"^You changed this story at \d+:\d\d [ap]\.m\.; Lee or Sam can approve\.$"):
        approve(draft, by=editor)


def test_whoever_becomes_an_editor_after_contributing_approves_nothing(published, reporter, editor, investigation):
    second = builders.make_user("second", "Reporter")
    investigation.team.add(second)
    published.edit(by=second, now=builders.NEXT_DAY, headline="A contract nobody saw")
    draft = mend(published, by=reporter)
    second.groups.set(editor.groups.all())
    second = type(second).objects.get(pk=second.pk)
    with pytest.raises(Refused, match="You changed this story"):
        approve(draft, by=second)


@pytest.mark.parametrize("kind", ["clarification", "editors_note", "retraction"])
def test_a_standards_editor_approves_the_grave_kinds(kind, published, reporter, editor, standards):
    if kind == "clarification":
        published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    note = builders.make_submitted(story=published, written_by=reporter, kind=kind)
    with pytest.raises(Refused, match=r"^A standards editor approves an? .*; standards can approve\.$"):
        approve(note, by=editor)
    approve(note, by=standards)
    correct(note, by=editor)
    assert Edition.objects.latest("position").change == kind


def test_the_people_who_can_approve_are_on_the_team_and_without_a_hand_in_it(submitted, reporter, editor, standards):
    builders.make_user("stranger", "Editor")
    assert approvers(submitted) == [editor, standards]
    submitted.story.edit(by=editor, standfirst="Another standfirst.")
    assert approvers(submitted) == [standards]


def test_an_approver_who_lost_the_right_since_lets_nothing_out(submitted, editor, standards):
    approve(submitted, by=editor)
    editor.groups.clear()
    with pytest.raises(Refused, match="editor approved it and may not any more"):
        correct(submitted, by=standards)
    assert Edition.objects.count() == 1


# What was read is what is approved.


def test_an_approval_of_what_was_changed_meanwhile_is_refused_with_what_changed(submitted, reporter, editor):
    seen, opened = digest_of(submitted), timezone.now()
    submitted.edit(by=reporter, note="Lee Sample was not there.")
    with pytest.raises(Refused) as refused:
        approve(submitted, by=editor, seen=seen, opened=opened)
    assert "This was changed while you had it open" in str(refused.value)
    assert "reporter, at " in str(refused.value)
    assert "changed the note: “Lee Sample did not watch the vote.” → “Lee Sample was not there.”" in str(
        refused.value
    )
    assert state(submitted) == "submitted"


def test_a_story_changed_meanwhile_refuses_the_approval_too(submitted, reporter, editor):
    seen, opened = digest_of(submitted), timezone.now()
    submitted.story.edit(by=reporter, standfirst="Another standfirst.")
    with pytest.raises(Refused, match="reporter changed the story or its evidence"):
        approve(submitted, by=editor, seen=seen, opened=opened)


def test_an_approval_of_what_was_read_passes(submitted, editor):
    approve(submitted, by=editor, seen=digest_of(submitted), opened=timezone.now())
    assert state(submitted) == "approved"


def test_an_edit_of_an_older_revision_is_refused_with_what_changed(submitted, reporter, editor):
    seen = submitted.revision
    submitted.edit(by=editor, severity="serious")
    with pytest.raises(ValidationError) as refused:
        submitted.edit(by=reporter, seen=seen, note="Lee Sample was not there.")
    assert any("changed the severity: “ordinary” → “serious”" in said for said in refused.value.messages)
    assert Correction.objects.get().note == "Lee Sample did not watch the vote."


def test_any_contribution_to_the_story_voids_the_approval_and_says_so(submitted, reporter, editor):
    approve(submitted, by=editor)
    submitted.story.passages.first().confirm("met in secret in March", by=reporter)
    assert state(submitted) == "submitted"
    assert acts(submitted)[-1] == "voided"


def test_whoever_suggests_wording_may_still_approve(submitted, reporter, editor):
    suggest_wording(submitted, by=editor, wording="Lee Sample was elsewhere during the vote.")
    assert Correction.objects.get().note == "Lee Sample did not watch the vote."
    submitted.edit(by=reporter, note="Lee Sample was elsewhere during the vote.")
    approve(submitted, by=editor)
    assert state(submitted) == "approved"


# Without second approval.


def test_one_goes_out_alone_with_a_reason_and_waits_for_a_signature(submitted, editor):
    correct(submitted, by=editor, alone=ALONE)
    row = Correction.objects.unsigned().get()
    assert (row.state, row.number, row.approved_by, row.alone_because) == ("published", 1, None, ALONE)


def test_another_editor_signs_it_afterwards_once(submitted, editor, standards):
    correct(submitted, by=editor, alone=ALONE)
    with pytest.raises(Refused, match="You published it: somebody else signs"):
        sign_afterwards(submitted, by=editor)
    sign_afterwards(submitted, by=standards)
    assert not Correction.objects.unsigned().exists()
    assert Correction.objects.get().signed_by == standards
    with pytest.raises(Refused, match="needs no signature"):
        sign_afterwards(submitted, by=standards)


def test_whoever_had_a_hand_in_it_signs_nothing(published, reporter, editor, standards):
    published.edit(by=standards, now=builders.NEXT_DAY, headline="A contract nobody saw")
    draft = mend(published, by=reporter)
    correct(draft, by=editor, alone=ALONE, now=builders.NEXT_DAY)
    with pytest.raises(Refused, match="You changed this story"):
        sign_afterwards(draft, by=standards)


def test_what_somebody_does_after_it_went_out_bars_no_signature(submitted, editor, standards):
    correct(submitted, by=editor, alone=ALONE, now=builders.NEXT_DAY)
    submitted.story.edit(by=standards, now=builders.NEXT_DAY + timedelta(days=1), headline="A contract nobody saw")
    sign_afterwards(submitted, by=standards)
    assert Correction.objects.get().signed_by == standards


def test_a_reporter_publishes_nothing_alone(submitted, reporter):
    with pytest.raises(Refused, match="Only editors publish"):
        correct(submitted, by=reporter, alone=ALONE)


def test_an_editor_publishes_no_retraction_alone(published, reporter, editor):
    note = builders.make_submitted(story=published, written_by=reporter, kind="retraction")
    with pytest.raises(Refused, match="A standards editor publishes this kind of correction"):
        correct(note, by=editor, alone=ALONE)
