"""A source's form shows it as readers will see it, and never more than that."""

import pytest
from django.urls import reverse

from investigations.models import Source
from tests import builders
from tests.admin.forms import posted
from tests.admin.test_records import address

PREVIEW = reverse("admin:investigations_source_preview")


def shown(client, **values):
    return client.post(PREVIEW, posted(client.get(address("source")), **values)).content.decode()


def test_an_unnamed_source_is_shown_by_its_descriptor_and_relay_alone(investigation, as_user, reporter):
    relay = builders.make_source(investigation=investigation, kind="publication", title="The Atlantic")
    values = {"kind": "person", "descriptor": "a former official", "identity": "not_held", "relay": relay.pk}
    said = shown(as_user(reporter), investigation=investigation.pk, description="met us in Rome", **values)
    assert "<strong>a former official</strong>" in said
    assert "As reported by The Atlantic." in said
    assert "“…” A former official. As printed by The Atlantic." in said
    assert "Rome" not in said


def test_an_unnamed_source_of_ours_is_shown_on_background(investigation, as_user, reporter):
    values = {"kind": "person", "descriptor": "a former official", "identity": "known"}
    assert "“…” A former official. On background." in shown(as_user(reporter), **values)


def test_a_named_source_is_shown_by_name_on_the_record(investigation, as_user, reporter):
    person = builders.make_person(name="Lee Sample")
    said = shown(as_user(reporter), investigation=investigation.pk, kind="person", person=person.pk)
    assert "“…” Lee Sample. On the record." in said


def test_a_document_is_shown_with_its_title_date_and_address(investigation, as_user, reporter):
    values = {
        "kind": "document",
        "title": "<i>Minutes</i>",
        "dated": "early May 2016",
        "url": "https://example.org/m",
    }
    said = shown(as_user(reporter), investigation=investigation.pk, full_text="the whole of it", **values)
    assert "&lt;i&gt;Minutes&lt;/i&gt;" in said
    assert "early May 2016" in said.lower() or "Early May 2016" in said
    assert "https://example.org/m" in said
    assert "the whole of it" not in said


def test_nothing_is_saved_by_looking(investigation, as_user, reporter):
    shown(as_user(reporter), investigation=investigation.pk, kind="document", title="Minutes")
    assert not Source.objects.exists()


@pytest.mark.parametrize("values", [{}, {"kind": "nonsense"}, {"dated": "sometime"}, {"relay": "7777"}])
def test_a_form_with_too_little_or_nonsense_says_so(values, as_user, reporter):
    assert "Nothing yet" in shown(as_user(reporter), **values)


def test_somebody_elses_relay_is_not_shown(as_user, outsider):
    relay = builders.make_source(kind="publication", title="The Atlantic")
    values = {"kind": "person", "descriptor": "a former official", "identity": "known", "relay": relay.pk}
    assert "Atlantic" not in shown(as_user(outsider), **values)


def test_the_stored_source_is_shown_without_script(investigation, as_user, reporter):
    source = builders.make_source(investigation=investigation, descriptor="a former official")
    page = as_user(reporter).get(address("source", "change", source.pk)).content.decode()
    assert "<strong>a former official</strong>" in page
    assert "No page, no search result" in page


def test_looking_is_for_those_who_may_see_sources(db, as_user):
    nobody = builders.make_user("nobody-in-particular")
    assert as_user(nobody).post(PREVIEW).status_code == 403
    assert as_user(nobody).get(PREVIEW).status_code == 405
