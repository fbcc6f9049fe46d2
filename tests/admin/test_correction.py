"""Corrections on their screen: stamped on writing, approved by another, published, then read-only."""

import pytest
from django.urls import reverse

from investigations.models import Correction
from investigations.models.correction_step import clock
from investigations.record.models import Edition
from tests import builders
from tests.admin.forms import posted, sentences

ADD = "admin:investigations_correction_add"
NOTE = "Lee Sample did not watch the vote."


def page(correction, name="change"):
    return reverse(f"admin:investigations_correction_{name}", args=[correction.pk])


def press(client, correction, button):
    return sentences(client.post(page(correction, button), follow=True))


@pytest.fixture
def mended(published, reporter):
    """The published story, its error mended on the desk by the reporter."""
    published.edit(by=reporter, body=published.body.replace(" Lee Sample watched the vote from the gallery.", ""))
    return published


@pytest.fixture
def draft(mended, reporter):
    return builders.make_submitted(story=mended, written_by=reporter, note=NOTE)


def test_writing_one_stamps_who_wrote_it(mended, as_user, reporter):
    client = as_user(reporter)
    data = posted(client.get(reverse(ADD)), story=mended.pk, note=NOTE)
    assert client.post(reverse(ADD), data).status_code == 302
    correction = Correction.objects.get()
    assert (correction.written_by, correction.state, correction.note) == (reporter, "draft", NOTE)


@pytest.mark.parametrize(
    "forged", [{"written_by": 1}, {"state": "approved"}, {"approved_by": 1}, {"number": 7}, {"approved_digest": "d"}]
)
def test_what_the_software_stamps_is_not_taken_from_a_form(mended, as_user, reporter, editor, forged):
    client = as_user(reporter)
    forged = {name: editor.pk if value == 1 else value for name, value in forged.items()}
    client.post(reverse(ADD), posted(client.get(reverse(ADD)), story=mended.pk, note=NOTE, **forged))
    correction = Correction.objects.get()
    assert (correction.written_by, correction.approved_by, correction.state) == (reporter, None, "draft")
    assert correction.number is None


@pytest.mark.parametrize("change", [{"note": "Another sentence."}, {"severity": "serious"}])
def test_whoever_changes_the_note_or_where_it_stands_cant_approve_it(draft, as_user, editor, change):
    client = as_user(editor)
    client.post(page(draft), posted(client.get(page(draft)), **change))
    said = press(client, draft, "approve")[-1]
    assert said.startswith("You changed this story at ")
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_another_approves_and_publishes(draft, as_user, editor):
    assert press(as_user(editor), draft, "approve") == ["Approved."]
    assert press(as_user(editor), draft, "publish") == ["Published."]
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.approved_by, draft.published_by) == ("published", 1, editor, editor)
    assert Edition.objects.count() == 2


def test_its_author_is_told_that_somebody_else_approves(mended, as_user, standards):
    correction = builders.make_submitted(story=mended, written_by=standards)
    (said,) = press(as_user(standards), correction, "approve")
    assert said == f"You wrote this correction {clock(correction.written_at)}; editor can approve."


def test_a_reporter_is_told_that_editors_approve(draft, as_user):
    second = builders.make_user("second-reporter", "Reporter")
    draft.story.investigation.team.add(second)
    assert press(as_user(second), draft, "approve") == ["Only editors approve corrections."]


def test_whoever_had_a_hand_in_the_story_is_told_so(draft, as_user, editor):
    draft.story.edit(by=editor, standfirst="Another standfirst.")
    (said,) = press(as_user(editor), draft, "approve")
    assert said.startswith("You changed this story at ")
    assert said.endswith("; nobody else here can approve it: ask for an editor on the team.")


def test_an_unapproved_one_is_not_published(draft, as_user, editor):
    (said,) = press(as_user(editor), draft, "publish")
    assert said == "Somebody who had no hand in it approves the correction first."
    assert Edition.objects.count() == 1


def test_a_change_after_the_approval_voids_it(draft, as_user, reporter, editor):
    press(as_user(editor), draft, "approve")
    client = as_user(reporter)
    client.post(page(draft), posted(client.get(page(draft)), note="Another sentence."))
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("submitted", None)


def test_the_screen_shows_what_readers_would_see(draft, as_user, editor):
    shown = as_user(editor).get(page(draft)).content.decode()
    assert "Lee Sample watched the vote from the gallery." in shown
    assert "Approve</button>" in shown


def test_the_screen_of_an_unmended_story_says_so(published, as_user, reporter, editor):
    correction = builders.make_correction(story=published, written_by=reporter)
    shown = as_user(editor).get(page(correction)).content.decode()
    assert "Nothing yet: the story’s text is the one readers have." in shown
    assert "Approve</button>" not in shown


@pytest.mark.parametrize("button", ["approve", "publish"])
def test_opening_a_buttons_address_changes_nothing(draft, as_user, editor, button):
    if button == "publish":
        press(as_user(editor), draft, "approve")
    before = Correction.objects.get().state
    assert as_user(editor).get(page(draft, button)).status_code == 405
    assert (Correction.objects.get().state, Edition.objects.count()) == (before, 1)


@pytest.mark.parametrize("button", ["approve", "publish"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_gets_404_at_the_buttons(draft, as_user, button, method):
    elsewhere = builders.make_user("editor-elsewhere", "Editor")
    assert getattr(as_user(elsewhere), method)(page(draft, button)).status_code == 404
    assert Correction.objects.get().state == "submitted"


def test_a_published_one_is_read_only(published, as_user, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    client = as_user(reporter)
    shown = client.get(page(correction))
    assert set(shown.context["adminform"].form.fields) <= {"seen"}
    response = client.post(page(correction), {"note": "It never happened.", "story": published.pk})
    assert response.status_code == 403
    correction.refresh_from_db()
    assert correction.note == NOTE


def test_a_published_one_leads_to_its_address(published, as_user, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    assert 'href="/corrections/1/"' in as_user(reporter).get(page(correction)).content.decode()


def test_a_form_opened_before_somebody_elses_change_is_refused_with_what_changed(draft, as_user, reporter, editor):
    client = as_user(reporter)
    opened = posted(client.get(page(draft)), note="Lee Sample was at home.")
    draft.edit(by=editor, severity="serious")
    shown = client.post(page(draft), opened)
    assert shown.status_code == 200
    assert "changed the severity: “ordinary” → “serious”." in shown.content.decode()
    draft.refresh_from_db()
    assert (draft.note, draft.severity) == (NOTE, "serious")


def test_an_approval_of_a_page_opened_before_a_change_is_refused_with_what_changed(draft, as_user, reporter, editor):
    shown = as_user(editor).get(page(draft))
    read = {"digest": shown.context["digest"], "opened": shown.context["opened"]}
    draft.edit(by=reporter, note="Lee Sample was at home.")
    (said,) = sentences(as_user(editor).post(page(draft, "approve"), read, follow=True))
    assert said.endswith(f"changed the note: “{NOTE}” → “Lee Sample was at home.”.")
    assert Correction.objects.get().state == "submitted"


def test_a_selection_is_approved_one_by_one_and_each_refusal_is_told(draft, mended, as_user, editor):
    own = builders.make_submitted(story=mended, written_by=editor, note="It was the editor who wrote this.")
    data = {"action": "approve_selected", "_selected_action": [draft.pk, own.pk]}
    said = sentences(as_user(editor).post(reverse("admin:investigations_correction_changelist"), data, follow=True))
    assert said[0].startswith(f"Correction draft {draft.pk}: You changed this story")
    assert said[1].startswith(f"Correction draft {own.pk}: You wrote this correction")
    assert set(Correction.objects.values_list("state", flat=True)) == {"submitted"}
