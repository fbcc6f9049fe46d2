"""Records changed on their screens or by a file: the question, its list, its line and its button."""

import pytest
from django.urls import reverse

from investigations.exchange.quote import QuoteResource
from investigations.models import Recheck
from tests import builders
from tests.admin.files import confirm, upload
from tests.admin.forms import posted, sentences
from tests.exchange.conftest import exported

LINE = "stories whose records changed: needs a correction?"


@pytest.fixture
def quote(published):
    return published.passages.get(mark="p1").evidence.get().quote


@pytest.fixture
def changed(published, quote, as_user, reporter):
    """The question that a change on the quote's screen opens."""
    client, page = as_user(reporter), reverse("admin:investigations_quote_change", args=[quote.pk])
    client.post(page, posted(client.get(page), words="We signed nothing that day"))
    return Recheck.objects.get()


def page(row, name="change"):
    return reverse(f"admin:investigations_recheck_{name}", args=[row.pk])


def test_a_change_on_a_records_screen_asks(changed, published, reporter):
    assert (changed.story, changed.opened_by) == (published, reporter)


def test_saving_a_record_as_it_is_asks_nothing(published, quote, as_user, reporter):
    client, change = as_user(reporter), reverse("admin:investigations_quote_change", args=[quote.pk])
    client.post(change, posted(client.get(change)))
    assert not Recheck.objects.exists()


def test_a_change_by_a_file_asks(published, quote, as_user, reporter):
    rows = [row for row in exported(QuoteResource, user=reporter) if row["short name"] == quote.slug]
    rows[0]["setting"] = "on the quay"
    client = as_user(reporter)
    preview = upload(client, "quote", rows)
    assert not Recheck.objects.exists()
    confirm(client, "quote", preview)
    assert Recheck.objects.get().record == quote


def test_the_front_page_leads_to_what_waits(changed, as_user, editor):
    client = as_user(editor)
    line = {line.words: line for line in client.get(reverse("admin:index")).context["waiting"]}[LINE]
    assert line.count == client.get(line.href).context["cl"].result_count == 1


def test_the_screen_leads_to_the_record_and_to_a_new_correction(changed, quote, as_user, reporter):
    shown = as_user(reporter).get(page(changed)).content.decode()
    assert reverse("admin:investigations_quote_change", args=[quote.pk]) in shown
    assert f"{reverse('admin:investigations_correction_add')}?story={changed.story_id}" in shown
    assert "No correction needed</button>" not in shown


def test_an_editor_answers_with_the_button(changed, as_user, editor):
    client = as_user(editor)
    assert "No correction needed</button>" in client.get(page(changed)).content.decode()
    said = client.post(page(changed, "not_needed"), {"said": "A comma."}, follow=True)
    assert sentences(said) == ["No correction needed: that is noted."]
    changed.refresh_from_db()
    assert (changed.outcome, changed.reason, changed.closed_by) == ("not_needed", "A comma.", editor)
    assert LINE not in {line.words for line in client.get(reverse("admin:index")).context["waiting"]}


def test_without_a_reason_the_button_says_so(changed, as_user, editor):
    said = as_user(editor).post(page(changed, "not_needed"), {"said": ""}, follow=True)
    assert sentences(said) == ["Say why: colleagues read it."]
    assert Recheck.objects.waiting().exists()


def test_a_record_that_is_gone_is_not_linked(story, as_user, reporter):
    row = builders.make_recheck(story=story, part="note/2f7k2f7k2f7k")
    shown = as_user(reporter).get(page(row)).content.decode()
    assert "citation of an unnamed source" in shown
    assert "Look at it as it is now" not in shown
