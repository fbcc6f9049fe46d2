"""Nobody approves what they had a hand in since the last edition, whatever way they try; tests/models has the SQL."""

import json

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from investigations.exchange import fixtures
from investigations.models import Contribution, Correction, CorrectionStep
from investigations.publishing.correct import correct, sign_afterwards
from investigations.publishing.outgoing import digest_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, submit
from investigations.record.models import Edition
from tests import builders
from tests.admin.forms import sentences
from tests.publishing.corrections import WATCHED

LIST = "admin:investigations_correction_changelist"


def page(correction, name="change"):
    return reverse(f"admin:investigations_correction_{name}", args=[correction.pk])


def everything():
    """All that an approval would change."""
    rows = list(Correction.objects.order_by("pk").values())
    return rows, CorrectionStep.objects.count(), Contribution.objects.count(), Edition.objects.count()


def resources_of(screen):
    """What a screen imports: each is a table of columns."""
    return getattr(screen, "resource_classes", [])


@pytest.fixture
def lee(investigation):
    """An editor on the team without a hand in anything."""
    user = builders.make_user("lee", "Editor", first_name="Lee")
    investigation.team.add(user)
    return user


HANDS = ("wrote it", "mended the text", "changed another sentence", "changed the note", "changed the evidence")
AN_EDITOR, A_SUPERUSER, JOINED_LATER = "an editor", "a superuser", "somebody who joined the editors afterwards"


def right_to_approve(who, editor, investigation):
    """Who holds the right to approve; the last gets it only later."""
    if who == AN_EDITOR:
        return editor
    if who == A_SUPERUSER:
        return builders.make_user("root", is_superuser=True)
    user = builders.make_user("joins", "Reporter")
    investigation.team.add(user)
    return user


@pytest.fixture(
    params=[
        *((hand, AN_EDITOR) for hand in HANDS),
        *((hand, who) for hand in HANDS[:2] for who in (A_SUPERUSER, JOINED_LATER)),
    ],
    ids=" by ".join,
)
def waiting(request, published, investigation, reporter, editor, lee):
    """A submitted correction in which somebody had a hand, who holds the right to approve by now."""
    now, (hand, who) = builders.NEXT_DAY, request.param
    somebody = right_to_approve(who, editor, investigation)
    mends = somebody if hand == "mended the text" else reporter
    published.edit(by=mends, now=now, body=published.body.replace(WATCHED, ""))
    if hand == "changed another sentence":
        published.edit(by=somebody, now=now, standfirst="Another standfirst.")
        published.edit(by=reporter, now=now, standfirst="How a harbor was sold.")
    writes = somebody if hand == "wrote it" else reporter
    correction = builders.make_correction(story=published, written_by=writes, written_at=now)
    if hand == "changed the note":
        correction.edit(by=somebody, now=now, note="Another sentence. It was March.")
    if hand == "changed the evidence":
        Contribution.objects.record(published, by=somebody, now=now)
    submit(correction, by=writes, now=now)
    if somebody.username == "joins":
        somebody.groups.set([Group.objects.get(name="Editor")])
        somebody = type(somebody).objects.get(pk=somebody.pk)
    correction.barred = somebody
    return correction


def is_refused_by_name(said):
    """Whether a refusal says what was done, and who can approve instead."""
    did = said.startswith(("You wrote this correction ", "You changed this "))
    return did and "Lee" in said and said.endswith("can approve.")


def test_a_verb_called_in_a_shell_refuses(waiting):
    before = everything()
    with pytest.raises(Refused) as refused:
        approve(waiting, by=waiting.barred)
    assert is_refused_by_name(str(refused.value))
    assert everything() == before


def test_the_form_offers_no_button_and_says_who_can(waiting, as_user):
    shown = as_user(waiting.barred).get(page(waiting)).content.decode()
    assert "Approve</button>" not in shown
    assert "Send back</button>" in shown
    said = next(line for line in shown.splitlines() if "can approve" in line)
    assert "You wrote this correction" in said or "You changed this" in said
    assert "Lee" in said


def test_a_forged_post_is_refused(waiting, as_user):
    before = everything()
    forged = {"digest": digest_of(waiting), "opened": timezone.now().isoformat(), "approved_by": waiting.barred.pk}
    (said,) = sentences(as_user(waiting.barred).post(page(waiting, "approve"), forged, follow=True))
    assert is_refused_by_name(said)
    assert everything() == before


def test_a_forged_post_at_the_queue_is_refused(waiting, as_user):
    before = everything()
    forged = {"digest": digest_of(waiting), "opened": timezone.now().isoformat()}
    (said,) = sentences(as_user(waiting.barred).post(page(waiting, "queue_approve"), forged, follow=True))
    assert is_refused_by_name(said)
    assert everything() == before


def test_a_forged_post_of_the_form_gives_no_approval(waiting, as_user):
    client = as_user(waiting.barred)
    values = {"state": "approved", "approved_by": waiting.barred.pk, "approved_digest": "d", "note": waiting.note}
    client.post(page(waiting), {**values, "kind": waiting.kind, "severity": waiting.severity, "seen": 1})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by, waiting.approved_digest) == ("submitted", None, "")


def test_the_bulk_action_refuses(waiting, as_user):
    before = everything()
    data = {"action": "approve_selected", "_selected_action": [waiting.pk]}
    (said,) = sentences(as_user(waiting.barred).post(reverse(LIST), data, follow=True))
    assert is_refused_by_name(said.removeprefix(f"{waiting}: "))
    assert everything() == before


def test_the_bulk_action_approves_the_others(waiting, as_user, lee):
    data = {"action": "approve_selected", "_selected_action": [waiting.pk]}
    assert sentences(as_user(lee).post(reverse(LIST), data, follow=True)) == [f"{waiting}: approved."]
    assert Correction.objects.get().approved_by == lee


def test_a_fixture_brings_no_approval(waiting, tmp_path):
    before = everything()
    fields = {
        "story": waiting.story_id,
        "note": "A sentence from a file.",
        "state": "approved",
        "written_by": builders.make_user("writer", "Reporter").pk,
        "approved_by": waiting.barred.pk,
        "approved_at": builders.NEXT_DAY.isoformat(),
        "approved_digest": "d" * 64,
    }
    file = tmp_path / "corrections.json"
    file.write_text(json.dumps([{"model": "investigations.correction", "fields": fields}]))
    with pytest.raises(DatabaseError, match="contributed since the last edition"):
        fixtures.load(file)
    assert everything() == before


def test_a_fixture_changes_no_approval(waiting, tmp_path):
    before = everything()
    fields = {"story": waiting.story_id, "note": waiting.note, "cause": "editing", "came_to_light": "staff"}
    signed = {"state": "approved", "approved_by": waiting.barred.pk, "approved_digest": "d" * 64}
    file = tmp_path / "corrections.json"
    row = {"model": "investigations.correction", "pk": waiting.pk, "fields": {**fields, **signed}}
    file.write_text(json.dumps([row]))
    fixtures.load(file)
    assert everything() == before


def test_nobody_who_had_a_hand_in_what_went_out_alone_signs_it_afterwards(waiting, lee):
    correct(waiting, by=lee, alone="The paper closes.", now=builders.DAY_AFTER)
    before = everything()
    with pytest.raises(Refused, match=r"^You (wrote|changed) this"):
        sign_afterwards(waiting, by=waiting.barred)
    assert everything() == before


def test_no_file_of_corrections_is_imported():
    taken = {resource._meta.model for one in admin.site._registry.values() for resource in resources_of(one)}
    assert len(taken) >= 6
    assert not {Correction, CorrectionStep, Contribution} & taken


def test_a_hand_in_the_note_bars_though_another_edition_came_between(published, reporter, editor, lee):
    """The text that came with that edition is out; the sentence is still to come."""
    reworded = builders.make_correction(story=published, written_by=reporter)
    reworded.edit(by=editor, now=builders.NEXT_DAY, note="The editor’s own sentence.")
    builders.correct_story(published, reporter=reporter, editor=lee)
    published.edit(by=reporter, now=builders.DAY_AFTER, body=published.body.replace("was sold", "was leased"))
    submit(reworded, by=reporter, now=builders.DAY_AFTER)
    before = everything()
    with pytest.raises(Refused) as refused:
        approve(reworded, by=editor)
    assert str(refused.value).startswith("You changed this correction ")
    assert is_refused_by_name(str(refused.value))
    assert everything() == before
