"""Approved and published by one press: both or neither, read once by the leak gate, which keeps its run."""

import pytest

from investigations.models import CorrectionStep, GateRun, secrecy
from investigations.publishing import correct as correcting
from investigations.publishing.outgoing import digest_of
from investigations.publishing.queue import approve_and_publish
from investigations.publishing.refusal import Refused
from investigations.record import chain
from investigations.record.models import Edition
from tests import builders
from tests.publishing.corrections import mend, notes


@pytest.fixture
def correction(published, reporter):
    return mend(published, by=reporter)


def press(correction, *, by, **values):
    values = {"seen": digest_of(correction), "opened": builders.NEXT_DAY, "now": builders.DAY_AFTER} | values
    return approve_and_publish(correction, by=by, **values)


def in_the_vault(investigation):
    """Somebody whose name goes nowhere."""
    source = builders.make_source(investigation=investigation, descriptor="an official", identity="known")
    secrecy.write_identity(source, {"name": "Quentin Hollis"}, by=investigation.handling_reporter)


def is_untouched(correction):
    correction.refresh_from_db()
    acts = set(CorrectionStep.objects.values_list("act", flat=True))
    return (
        (correction.state, correction.approved_by, Edition.objects.count()) == ("submitted", None, 1)
        and acts == {"written", "submitted"}
        and chain.verify() == []
    )


def test_it_is_approved_and_published_by_one_person_at_one_instant(correction, editor):
    edition = press(correction, by=editor)
    correction.refresh_from_db()
    assert (correction.state, correction.approved_by, correction.published_by) == ("published", editor, editor)
    assert correction.approved_at == correction.published_at == builders.DAY_AFTER
    assert [note["number"] for note in notes(edition)] == [1]
    assert chain.verify() == []


def test_both_steps_are_kept(correction, editor):
    press(correction, by=editor)
    assert list(correction.steps.values_list("act", flat=True))[-2:] == ["approved", "published"]


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_what_was_not_read_as_it_stands_does_not_go_out(correction, editor, seen):
    with pytest.raises(Refused, match=r"Read it first|changed while you had it open"):
        press(correction, by=editor, seen=seen)
    assert is_untouched(correction)


def test_whoever_had_a_hand_in_it_can_not(correction, published, editor):
    published.edit(by=editor, now=builders.DAY_AFTER, standfirst="Another standfirst.")
    with pytest.raises(Refused, match="You changed this story"):
        press(correction, by=editor)
    assert is_untouched(correction)


def test_an_approval_does_not_stay_when_publishing_fails(correction, editor, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("no pages")

    monkeypatch.setattr(correcting, "compile_work", fails)
    with pytest.raises(OSError, match="no pages"):
        press(correction, by=editor)
    assert is_untouched(correction)


def test_an_approval_does_not_stay_when_the_story_check_finds_something(correction, editor):
    correction.story.passages.first().evidence.all().delete()
    with pytest.raises(Refused, match="The story can't go out"):
        press(correction, by=editor)
    assert is_untouched(correction)


def test_the_leak_gate_reads_it_once(correction, editor, investigation):
    in_the_vault(investigation)
    press(correction, by=editor)
    assert list(GateRun.objects.filter(by=editor).values_list("stage", "verdict")) == [("publication", "passed")]


def test_a_run_that_held_it_back_is_kept_though_nothing_else_is(correction, editor, investigation):
    in_the_vault(investigation)
    correction.edit(by=correction.written_by, note="Quentin Hollis did not watch the vote.", now=builders.NEXT_DAY)
    with pytest.raises(Refused, match="Protected words"):
        press(correction, by=editor)
    correction.refresh_from_db()
    assert (correction.state, Edition.objects.count()) == ("submitted", 1)
    assert GateRun.objects.get(by=editor).verdict == "held"
