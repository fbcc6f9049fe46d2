"""Where else an error ran, on the correction's screen: the list, what is said of each place, places added by hand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from investigations.models import Elsewhere
from tests import builders
from tests.admin.forms import sentences

LINE = "errors that ran elsewhere too: fixed there?"


@pytest.fixture
def draft(published, investigation, reporter, editor):
    """A submitted correction of a sentence that another story has as well."""
    other = builders.make_ready_story(investigation=investigation, by=reporter, headline="The other harbor")
    builders.publish_story(other, reporter=reporter, editor=editor)
    published.edit(by=reporter, body=published.body.replace(" Lee Sample watched the vote from the gallery.", ""))
    return builders.make_submitted(story=published, written_by=reporter)


def press(client, correction, button, **data):
    page = reverse(f"admin:investigations_correction_{button}", args=[correction.pk])
    return sentences(client.post(page, data, follow=True))


def shown(client, correction):
    return client.get(reverse("admin:investigations_correction_change", args=[correction.pk])).content.decode()


def test_the_screen_names_the_other_story(draft, as_user, reporter):
    text = shown(as_user(reporter), draft)
    assert "Another story: “The other harbor”, " in text
    assert "lee sample watched the vote from the gallery" in text


def test_an_approval_says_what_waits_and_keeps_what_was_found(draft, as_user, editor):
    (said,) = press(as_user(editor), draft, "approve")
    assert said.startswith("It also ran in “The other harbor”, ")
    assert Elsewhere.objects.count() == 1


def test_a_place_is_ticked_and_the_screen_says_by_whom(draft, as_user, reporter, editor):
    row, client = draft.elsewhere.get(), as_user(reporter)
    data = {"row": row.pk, f"answer-{row.pk}": "fixed"}
    assert press(client, draft, "elsewhere_tick", **data) == ["Noted."]
    row.refresh_from_db()
    assert (row.state, row.ticked_by) == ("fixed", reporter)
    assert "<strong>Fixed</strong>, says reporter" in shown(client, draft)
    assert press(as_user(editor), draft, "approve") == ["Approved."]


def test_a_place_is_said_to_be_in_another_correction(draft, as_user, reporter):
    row = draft.elsewhere.get()
    its = builders.make_correction(story=type(draft.story).objects.get(headline="The other harbor"))
    client = as_user(reporter)
    assert f'value="correction-{its.pk}"' in shown(client, draft)
    data = {"row": row.pk, f"answer-{row.pk}": f"correction-{its.pk}"}
    assert press(client, draft, "elsewhere_tick", **data) == ["Noted."]
    row.refresh_from_db()
    assert row.draft == its


def test_a_correction_that_nobody_on_the_team_sees_is_not_taken(draft, as_user, reporter):
    row, hidden = draft.elsewhere.get(), builders.make_correction()
    client = as_user(reporter)
    assert f'value="correction-{hidden.pk}"' not in shown(client, draft)
    data = {"row": row.pk, f"answer-{row.pk}": f"correction-{hidden.pk}"}
    assert press(client, draft, "elsewhere_tick", **data) == ["Say in which correction it is mended."]
    row.refresh_from_db()
    assert row.is_open


@pytest.mark.parametrize("row", ["", "x", "0", "9" * 30])
def test_a_place_that_is_not_on_the_list_is_said_so(draft, as_user, reporter, row):
    said = press(as_user(reporter), draft, "elsewhere_tick", row=row)
    assert said == ["That place is not on the list any more: look at it as it is now."]


def test_a_newsletter_is_added_by_hand(draft, as_user, reporter):
    data = {"kind": "newsletter", "what": "Watched the vote", "where": "Newsletter of March 2"}
    assert press(as_user(reporter), draft, "elsewhere_add", **data) == ["Added: say whether it is fixed there."]
    row = draft.elsewhere.get(found="")
    assert (row.kind, row.what, row.place, row.added_by, row.is_open) == (*data.values(), reporter, True)


def test_a_place_without_words_is_refused(draft, as_user, reporter):
    data = {"kind": "newsletter", "what": "", "where": "Newsletter of March 2"}
    assert press(as_user(reporter), draft, "elsewhere_add", **data) == ["This field cannot be blank."]
    assert draft.elsewhere.count() == 1


def test_the_queues_card_names_the_place_and_its_press_waits_for_it(draft, as_user, reporter, editor):
    client, queue = as_user(editor), reverse("admin:investigations_correction_queue")
    ((card, _),) = client.get(queue).context["queue"].cards
    assert card.elsewhere[0].startswith("Another story: “The other harbor”, ")
    assert card.elsewhere[0].endswith("To be looked at.")
    data = {"digest": card.digest, "opened": timezone.now().isoformat()}
    assert press(client, draft, "queue_approve", **data)[0].startswith("It also ran in “The other harbor”, ")
    builders.tick_places(draft, by=reporter)
    press(client, draft, "queue_approve", **data)
    draft.refresh_from_db()
    assert draft.state == "published"


def test_the_front_page_leads_to_what_is_not_ticked(draft, as_user, reporter):
    client = as_user(reporter)
    line = {line.words: line for line in client.get(reverse("admin:index")).context["waiting"]}[LINE]
    assert line.count == client.get(line.href).context["cl"].result_count == 1
    builders.tick_places(draft, by=reporter)
    assert LINE not in {line.words for line in client.get(reverse("admin:index")).context["waiting"]}
