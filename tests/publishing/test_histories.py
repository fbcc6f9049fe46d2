"""Histories made at random: whoever does what in whatever order, readers get nothing in silence.

TEST_HISTORIES says how many; each has up to TEST_STEPS steps.
"""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from investigations.models import Contribution, Correction, CorrectionStep
from investigations.publishing.correct import correct, sign_afterwards
from investigations.publishing.outgoing import digest_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, decline, send_back, submit, suggest_wording, take_up_again
from investigations.record import chain
from investigations.record.models import CorrectionRow, Edition, Part
from investigations.record.reading import read
from investigations.vocabulary import CHANGES_WORDS, ChangeKind
from tests import builders
from tests.publishing.corrections import notes

HISTORIES = int(os.environ.get("TEST_HISTORIES", "25"))
STEPS = int(os.environ.get("TEST_STEPS", "12"))
PEOPLE = ("reporter", "second reporter", "editor", "second editor", "standards", "root", "outsider")
GATHERING = "The harbor board [met in secret in March]{#p1}, and the port was {}."
SAYING = "The chair said that [nobody had asked her]{#p2}. {} watched the vote."
people = st.sampled_from(PEOPLE)
desk = st.sampled_from(PEOPLE[:-1])
approvers = st.sampled_from(["standards", "standards", "second editor", "editor", "root"])
drafts = st.integers(0, 3)
ABOUT = {"cause": "editing", "came_to_light": "staff"}
ENDING = ChangeKind.RETRACTION  # nothing more goes out after it: seldom
kinds = st.sampled_from([kind for kind in ChangeKind if kind not in (ChangeKind.FIRST, ENDING)] * 3 + [ENDING])


class Undo(Exception):
    """Ends a history: nothing of it stays."""


def everything():
    """All that any act writes."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Correction, CorrectionRow)]
    return rows, [model.objects.count() for model in (CorrectionStep, Contribution, Edition, Part)]


class Histories(RuleBasedStateMachine):
    """One story that readers have, and everybody who may do something about it."""

    scene = None

    @initialize()
    def begin(self):
        """Keep the story as it was published, to come back to at the end."""
        self.story, self.people = self.scene
        self.now = builders.NEXT_DAY
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self):
        """Verify the chain, and forget the history."""
        if not hasattr(self, "undo"):
            return
        try:
            assert chain.verify() == []
        finally:
            self.undo.__exit__(Undo, Undo(), None)

    def act(self, verb, *given, **values):
        """Do it; when it is refused, it says so in a sentence and has changed nothing."""
        self.now += timedelta(minutes=1)
        before = everything()
        said = self.refusal(verb, *given, **values)
        if said is None:
            return True
        assert everything() == before
        assert all(len(sentence) > 15 for sentence in said), said
        assert "This correction is " not in said[0] or "can be " in said[0]
        return False

    def refusal(self, verb, *given, **values):
        """The sentences with which it is refused; None when it is not."""
        try:
            with transaction.atomic():
                verb(*given, now=self.now, **values)
        except ValidationError as error:
            return error.messages
        return None

    def one(self, number):
        """One of the corrections, as a process of its own would read it; None while there is none."""
        found = list(Correction.objects.order_by("-pk")[:4])
        return found[number % len(found)] if found else None

    def mend(self, who, word, watcher="Nobody"):
        """Change the text."""
        story = type(self.story).objects.get(pk=self.story.pk)
        body = f"{GATHERING.replace('{}', word)}\n\n{SAYING.replace('{}', watcher)}\n"
        return self.act(story.edit, by=self.people[who], body=body)

    def begun(self, who, kind):
        """A correction that was just begun; None when that was refused."""
        correction = Correction(story_id=self.story.pk, kind=kind, note="It was March.", **ABOUT)
        return correction if self.act(correction.write, by=self.people[who]) else None

    @rule(
        who=desk, word=st.sampled_from(["sold", "leased", "given away"]), watcher=st.sampled_from(["Lee", "Nobody"])
    )
    def change_the_story(self, who, word, watcher):
        """Somebody changes the text."""
        self.mend(who, word, watcher)

    @rule(who=people, kind=kinds, ready=st.booleans())
    def write(self, who, kind, ready):
        """Anybody begins a correction, and may give it to the editors."""
        correction = self.begun(who, kind)
        if correction and ready:
            self.act(submit, correction, by=self.people[who])

    @rule(who=people, number=drafts, note=st.sampled_from(["", "It was May.", "It was June."]), seen=st.booleans())
    def change_the_note(self, who, number, note, seen):
        """Anybody changes the sentence, with or without knowing what others did."""
        if correction := self.one(number):
            seen = correction.revision if seen else max(correction.revision - 1, 0)
            self.act(correction.edit, by=self.people[who], seen=seen, note=note)

    @rule(
        who=people,
        number=drafts,
        verb=st.sampled_from([submit, take_up_again, sign_afterwards]),
    )
    def do(self, who, number, verb):
        """Anybody takes a step that says nothing."""
        if correction := self.one(number):
            self.act(verb, correction, by=self.people[who])

    @rule(who=people, number=drafts, said=st.sampled_from(["", "Which month?"]))
    def send_back(self, who, number, said):
        """Anybody sends it back."""
        if correction := self.one(number):
            self.act(send_back, correction, by=self.people[who], comment=said)

    @rule(who=people, number=drafts, said=st.sampled_from(["", "It was right."]))
    def decline(self, who, number, said):
        """Anybody declines it."""
        if correction := self.one(number):
            self.act(decline, correction, by=self.people[who], reason=said)

    @rule(who=people, number=drafts, said=st.sampled_from(["", "It was spring."]))
    def suggest(self, who, number, said):
        """Anybody suggests another sentence."""
        if correction := self.one(number):
            self.act(suggest_wording, correction, by=self.people[who], wording=said)

    @rule(who=people, number=drafts, anyway=st.booleans(), seen=st.booleans())
    def approve(self, who, number, anyway, seen):
        """Anybody approves what stands there, or what stood there."""
        if correction := self.one(number):
            digest = digest_of(correction) if seen else ""
            self.act(approve, correction, by=self.people[who], seen=digest, minor_anyway=anyway)

    @rule(who=people, number=drafts)
    def publish(self, who, number):
        """Anybody publishes; the digest is of what then stands there."""
        if correction := self.one(number):
            digest = digest_of(correction)
            if self.act(correct, correction, by=self.people[who]):
                assert self.one_again(correction).approved_digest == digest

    @rule(who=people, number=drafts, why=st.sampled_from([" ", "It can’t wait."]))
    def publish_alone(self, who, number, why):
        """Anybody publishes without a second person."""
        if correction := self.one(number):
            self.act(correct, correction, by=self.people[who], alone=why)

    @rule(who=desk, second=approvers, third=approvers, kind=kinds, alone=st.booleans(), taken_back=st.booleans())
    def go_all_the_way(self, who, second, third, kind, alone, taken_back):
        """Much of what is worth seeing lies behind a publication: all that leads there, by people who may or not."""
        if kind in CHANGES_WORDS:
            self.mend(who, f"sold in lot {self.now:%H%M}")
        if not (correction := self.begun(who, kind)):
            return
        self.act(submit, correction, by=self.people[who])
        if taken_back and (other := self.begun(who, ENDING)):
            self.act(submit, other, by=self.people[who])
            self.act(approve, other, by=self.people["standards"])
        if alone:
            self.act(correct, correction, by=self.people[second], alone="It can’t wait.")
            self.act(sign_afterwards, correction, by=self.people[third])
            return
        self.act(approve, correction, by=self.people[second], minor_anyway=True)
        self.act(correct, correction, by=self.people[third])

    def one_again(self, correction):
        """The row as it is now."""
        return Correction.objects.get(pk=correction.pk)

    @invariant()
    def nothing_goes_out_in_silence(self):
        """Published: signed by somebody without a hand in it, or visibly without."""
        before = None
        editions = {edition.number: edition for edition in Edition.objects.filter(work=self.work())}
        for correction in Correction.objects.filter(state="published").order_by("edition"):
            until = editions[correction.edition].published_at
            before = editions[correction.edition - 1].published_at
            hands = Contribution.objects.filter(at__gt=before, at__lte=until).values_list("by_id", flat=True)
            written = correction.steps.filter(act__in=["written", "changed"]).values_list("by_id", flat=True)
            barred = {correction.written_by_id, *hands, *written}
            signed = correction.approved_by_id or correction.signed_by_id
            assert signed not in barred
            if not correction.approved_by_id:
                assert correction.alone_because.strip()
            unsigned = Correction.objects.unsigned().filter(pk=correction.pk).exists()
            assert unsigned == (signed is None)

    def work(self):
        """The story's name in the record."""
        return f"story:{self.story.public_key}"

    @invariant()
    def every_note_has_its_edition(self):
        """Every published one, and no other, stands in the edition that it names, in the words that were approved."""
        editions = list(Edition.objects.filter(work=self.work()).order_by("number"))
        out = {row.edition: row for row in Correction.objects.filter(state="published")}
        assert sorted(out) == [edition.number for edition in editions[1:]]
        said = []
        for edition in editions[1:]:
            correction = out[edition.number]
            assert edition.change == correction.kind
            if correction.kind != "minor":
                note = notes(edition)[-1]
                assert (note["number"], note["note"]) == (correction.number, correction.note)
                said.append(correction.number)
            else:
                assert correction.number is None
        assert said == list(CorrectionRow.objects.order_by("number").values_list("number", flat=True))

    @invariant()
    def every_passage_has_its_evidence(self):
        """In each edition with a text."""
        for edition in read(Edition.objects.filter(work=self.work()).order_by("number")):
            blocks = [piece.content for piece in edition.of_kind(Part.Kind.BLOCK)]
            marks = {mark["id"] for block in blocks for mark in block["passages"]}
            assert marks == (set() if edition.change == "retraction" else {"p1", "p2"})
            assert {piece.content["passage"] for piece in edition.of_kind(Part.Kind.NOTE)} == marks

    @invariant()
    def an_approval_is_of_what_would_go_out(self):
        """Or it is void: what was approved is what goes out, or nothing does."""
        for correction in Correction.objects.filter(state="approved"):
            if correction.approved_digest != digest_of(correction):
                with pytest.raises(Refused), transaction.atomic():
                    correct(correction, by=self.people["editor"], now=self.now)


@pytest.fixture
def scene(published, reporter, editor, standards, investigation):
    """The published story, and the people by name."""
    made = {"reporter": reporter, "editor": editor, "standards": standards}
    made["second reporter"] = builders.make_user("second-reporter", "Reporter")
    made["second editor"] = builders.make_user("second-editor", "Editor")
    made["root"] = builders.make_user("root", is_superuser=True)
    investigation.team.add(*made.values())
    made["outsider"] = builders.make_user("outsider", "Reporter")
    return published, made


def test_whoever_does_what_in_whatever_order_readers_get_nothing_in_silence(scene, monkeypatch):
    monkeypatch.setattr(Histories, "scene", scene)
    found = settings(
        max_examples=HISTORIES,
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
        deadline=None,
        derandomize="TEST_HISTORIES" not in os.environ,
    )
    run_state_machine_as_test(Histories, settings=found)
