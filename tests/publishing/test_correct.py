"""Corrections: the fix and its note, by one person, approved by another, in one transaction."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from investigations.models import Correction
from investigations.publishing import correct as correcting
from investigations.publishing.correct import correct
from investigations.publishing.projection.story import work_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, submit
from investigations.record import chain
from investigations.record.models import CorrectionRow, Edition, Page
from tests import builders
from tests.publishing.corrections import WATCHED, latest, mend, notes, page_of


@pytest.fixture
def draft(published, reporter):
    """A correction by the reporter, with the text mended."""
    return mend(published, by=reporter)


@pytest.fixture
def superuser(investigation):
    """An account that may do everything."""
    user = builders.make_user("root", is_superuser=True)
    investigation.team.add(user)
    return user


def test_a_correction_is_published_with_its_note(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    assert correction.number == 1
    assert "[Corrected]" in page_of(published)
    assert chain.verify() == []


def test_fix_and_note_stand_in_the_same_edition(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    edition = latest()
    assert (edition.number, edition.change) == (2, "correction")
    assert "gallery" not in "".join(edition.parts.filter(kind="block").values_list("content", flat=True))
    (note,) = notes(edition)
    assert (note["number"], note["edition"], note["note"]) == (1, 2, "Lee Sample did not watch the vote.")


def test_a_published_correction_says_by_whom_when_and_under_what_number(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    assert (correction.state, correction.published_by, correction.published_at) == (
        "published",
        editor,
        builders.NEXT_DAY,
    )
    row = CorrectionRow.objects.get()
    assert (row.number, row.work, row.edition) == (1, work_of(published), 2)


# Who may approve.


def refused_approval(correction, *, by) -> str:
    """The sentence with which an approval is refused; the correction stays as it was."""
    with pytest.raises(Refused) as refused:
        approve(correction, by=by)
    correction.refresh_from_db()
    assert (correction.state, correction.approved_by) == ("submitted", None)
    return str(refused.value)


def test_its_author_can_not_approve_a_correction(published, editor):
    draft = mend(published, by=editor)
    assert refused_approval(draft, by=editor).startswith("You wrote this correction on ")


def test_its_author_can_not_approve_it_even_when_the_text_was_mended_by_another(published, reporter, editor):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace(WATCHED, ""))
    draft = builders.make_submitted(story=published, written_by=editor)
    assert refused_approval(draft, by=editor).startswith("You wrote this correction on ")


def test_whoever_changed_the_story_since_its_last_edition_can_not_approve(published, reporter, editor):
    published.edit(by=editor, now=builders.NEXT_DAY, headline="A contract nobody saw")
    draft = mend(published, by=reporter)
    assert refused_approval(draft, by=editor).startswith("You changed this story on ")


def test_a_superuser_who_changed_the_story_can_not_approve_either(published, reporter, superuser):
    published.edit(by=superuser, now=builders.NEXT_DAY, headline="A contract nobody saw")
    draft = mend(published, by=reporter)
    assert refused_approval(draft, by=superuser).startswith("You changed this story on ")


def test_a_superuser_can_not_approve_a_correction_of_their_own(published, superuser):
    draft = mend(published, by=superuser)
    assert refused_approval(draft, by=superuser).startswith("You wrote this correction on ")


def test_an_editor_of_another_team_can_not_approve(draft):
    stranger = builders.make_user("stranger", "Editor")
    assert refused_approval(draft, by=stranger) == "You are not on this investigation's team."


def test_a_reporter_of_the_team_can_not_approve(draft, investigation):
    colleague = builders.make_user("colleague", "Reporter")
    investigation.team.add(colleague)
    assert refused_approval(draft, by=colleague) == "Only editors approve corrections."


def test_who_changed_the_story_before_its_last_edition_may_approve(story, reporter, editor):
    story.edit(by=editor, now=builders.MORNING, headline="A contract nobody saw")
    builders.publish_story(story, reporter=reporter, editor=editor)
    draft = mend(story, by=reporter)
    approve(draft, by=editor)
    assert Correction.objects.get().approved_by == editor


def test_a_story_readers_have_not_seen_is_not_corrected(story, reporter, editor):
    draft = builders.make_correction(story=story, written_by=reporter)
    with pytest.raises(Refused, match="Readers haven't seen this story yet"):
        submit(draft, by=reporter)


def test_a_change_nobody_stands_for_bars_the_approval(draft, editor):
    type(draft.story).objects.update(headline="A headline from nowhere")
    assert "nobody stands for the change" in refused_approval(draft, by=editor)


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_the_database_refuses_an_approval_by_the_author(draft, editor, state):
    if state == "approved":
        approve(draft, by=editor)
    facts = {"state": "approved", "approved_at": builders.NOON, "approved_digest": "0" * 64}
    with pytest.raises(DatabaseError, match=r"correction_approved_by_another|contributed"), transaction.atomic():
        Correction.objects.filter(pk=draft.pk).update(approved_by=draft.written_by, **facts)
    with pytest.raises(IntegrityError, match="correction_approved_by_another"), transaction.atomic():
        Correction.objects.filter(pk=draft.pk).update(approved_by=editor, written_by=editor, **facts)


# What is approved is what goes out.


def refused_correction(correction, *, by) -> str:
    """The sentence with which publishing a correction is refused; readers get nothing new."""
    before = Edition.objects.count()
    with pytest.raises(Refused) as refused:
        correct(Correction.objects.get(pk=correction.pk), by=by)
    assert Edition.objects.count() == before
    return str(refused.value)


def test_a_draft_is_not_published(draft, editor):
    assert refused_correction(draft, by=editor).startswith("Somebody who had no hand in it approves")


def change_text(draft, reporter):
    draft.story.edit(by=reporter, body=draft.story.body.replace("was sold", "was leased"))


def change_evidence(draft, reporter):
    builders.make_evidence(passage=draft.story.passages.order_by("mark")[0])


def change_quote(draft, reporter):
    quote = draft.story.passages.order_by("mark")[0].evidence.get().quote
    quote.words = "We signed nothing that day"
    quote.save()


def change_note(draft, reporter):
    draft.edit(by=reporter, note="Another sentence.")


def change_severity(draft, reporter):
    draft.edit(by=reporter, severity="serious")


CHANGES = [change_text, change_evidence, change_quote, change_note, change_severity]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_after_the_approval_voids_it(draft, reporter, editor, change):
    approve(draft, by=editor)
    change(draft, reporter)
    assert "approve" in refused_correction(draft, by=editor)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_after_the_approval_can_be_approved_anew(draft, reporter, editor, change):
    approve(draft, by=editor)
    change(draft, reporter)
    approve(Correction.objects.get(), by=editor)
    assert correct(Correction.objects.get(), by=editor).number == 2


def test_a_note_changed_by_nobody_knows_whom_goes_nowhere_until_somebody_stands_for_it(draft, reporter, editor):
    approve(draft, by=editor)
    Correction.objects.filter(pk=draft.pk).update(note="A sentence from nowhere.")
    assert "nobody stands for it" in refused_correction(draft, by=editor)
    Correction.objects.get().edit(by=reporter)
    assert Correction.objects.get().state == "submitted"
    approve(draft, by=editor)
    assert correct(draft, by=editor).number == 2


def test_a_sentence_saved_anew_makes_an_approved_correction_wait_again(draft, editor):
    approve(draft, by=editor)
    draft.refresh_from_db()
    draft.note = "Another sentence."
    draft.save()
    assert (draft.state, draft.approved_by, draft.approved_digest) == ("submitted", None, "")


def test_a_correction_without_any_mending_is_refused(published, reporter, editor):
    draft = builders.make_correction(story=published, written_by=reporter)
    with pytest.raises(Refused, match="Nothing was mended: text and records are those of edition 1"):
        submit(draft, by=reporter)


def test_a_correction_is_published_once(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    assert refused_correction(correction, by=editor).startswith("This correction is published as number 1")


def test_a_published_correction_can_not_be_approved_again(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    with pytest.raises(Refused, match="published as number 1: it can’t be approved"):
        approve(correction, by=editor)


def test_what_is_approved_as_it_stands_is_not_approved_twice(draft, editor, standards):
    approve(draft, by=editor)
    with pytest.raises(Refused, match="editor has approved this as it stands"):
        approve(draft, by=standards)
    assert Correction.objects.get().approved_by == editor


def test_a_correction_is_not_older_than_the_edition_it_corrects(draft, editor):
    approve(draft, by=editor)
    with pytest.raises(Refused, match="can't be older than the edition it corrects"):
        correct(draft, by=editor, now=builders.MORNING)
    assert Edition.objects.count() == 1


def test_a_reporter_does_not_publish_a_correction(draft, reporter, editor):
    approve(draft, by=editor)
    assert refused_correction(draft, by=reporter) == "Only editors publish."


def test_a_finding_bars_a_correction_as_it_bars_a_first_edition(published, reporter, editor):
    draft = mend(published, by=reporter)
    approve(draft, by=editor)
    published.passages.order_by("mark")[0].evidence.all().delete()
    assert refused_correction(draft, by=editor).startswith("The story can't go out")


def fail(*args, **kwargs):
    """Stand in for something that breaks."""
    raise RuntimeError("the disk is full")


@pytest.mark.django_db(transaction=True)
def test_neither_fix_nor_note_goes_out_when_a_page_breaks(draft, editor, monkeypatch):
    approve(draft, by=editor)
    before = {page.pk: page.etag for page in Page.objects.all()}
    with monkeypatch.context() as broken:
        broken.setattr(correcting, "compile_work", fail)
        with pytest.raises(RuntimeError):
            correct(draft, by=editor)
    assert Edition.objects.count() == 1
    assert Correction.objects.get().state == "approved"
    assert {page.pk: page.etag for page in Page.objects.all()} == before
    assert correct(draft, by=editor).number == 2
