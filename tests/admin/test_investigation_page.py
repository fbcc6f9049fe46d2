"""The screen of an investigation's page: what is chosen, what stands in the way, and the button."""

import pytest
from django.urls import reverse

from investigations.models import InvestigationPage
from investigations.record.models import Edition
from tests import builders
from tests.admin.forms import posted


@pytest.fixture
def page(published, investigation, reporter):
    """A page with the published story on it, as the reporter left it."""
    page = builders.make_investigation_page(investigation=investigation)
    builders.make_page_choice(page=page, story=published)
    page.edit(by=reporter)
    return page


def address(page, name="change"):
    return reverse(f"admin:investigations_investigationpage_{name}", args=[page.pk])


def test_an_editor_reads_it_and_publishes_it(page, as_user, editor):
    client = as_user(editor)
    shown = client.get(address(page))
    assert "Nothing stands in the way." in shown.content.decode()
    data = {"note": "", "seen": shown.context["seen"]}
    told = client.post(address(page, "publish"), data, follow=True).content.decode()
    assert "Published." in told
    assert f"/investigations/{page.investigation.slug}/editions/1/" in told
    assert Edition.objects.get(work__startswith="investigation:").number == 1
    assert "Readers have exactly this." in client.get(address(page)).content.decode()


def test_what_was_changed_since_is_not_published(page, as_user, reporter, editor):
    seen = as_user(editor).get(address(page)).context["seen"]
    page.body = "Another question?"
    page.edit(by=reporter)
    told = as_user(editor).post(address(page, "publish"), {"seen": seen}, follow=True).content.decode()
    assert "The page was changed since you opened it" in told
    assert not Edition.objects.filter(work__startswith="investigation:").exists()


def test_it_says_what_stands_in_the_way(page, as_user, reporter):
    builders.make_page_choice(page=page, story=builders.make_story(investigation=page.investigation, headline="New"))
    told = as_user(reporter).get(address(page)).content.decode()
    assert "“New” isn’t published: publish it first, or take it off the page." in told


def test_the_chart_is_shown_as_readers_would_get_it(page, story, as_user, editor, reporter):
    meeting = builders.make_meeting(investigation=page.investigation, when="September 8, 2016")
    builders.make_attendance(meeting=meeting)
    other = builders.make_ready_story(investigation=page.investigation, by=reporter)
    builders.make_evidence(passage=other.passages.first(), meeting=meeting)
    builders.publish_story(other, reporter=reporter, editor=editor)
    page.meeting_class = builders.make_meeting_class(investigation=page.investigation, meetings=[meeting])
    page.since, page.until = "2016-08-01", "2016-09-30"
    page.edit(by=reporter)
    told = as_user(editor).get(address(page)).content.decode()
    assert "<svg" in told
    assert '<th scope="row">September 2016</th><td>1, rest not stated</td>' in told


def test_whoever_saves_the_form_wrote_it(page, as_user, editor):
    client = as_user(editor)
    client.post(address(page), posted(client.get(address(page)), body="Who sold it?"))
    page.refresh_from_db()
    assert (page.body, page.edited_by) == ("Who sold it?", editor)


def test_a_row_is_one_thing_of_its_own_noun(page, as_user, reporter):
    client = as_user(reporter)
    shown = client.get(address(page))
    formsets = {inline.opts.noun: inline.formset for inline in shown.context["inline_admin_formsets"][1:]}
    assert {noun: len(formset.get_queryset()) for noun, formset in formsets.items()} == {
        "story": 1,
        "meeting": 0,
        "person": 0,
        "source": 0,
    }
    prefix = formsets["person"].prefix
    person = builders.make_person()
    row = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-person": person.pk, f"{prefix}-0-position": 1}
    client.post(address(page), posted(shown, **row))
    assert page.choices.get(person=person).page == page
    assert page.choices.count() == 2


def test_another_investigation_s_page_is_not_there(page, as_user, outsider):
    assert as_user(outsider).get(address(page)).status_code == 404
    assert as_user(outsider).post(address(page, "publish")).status_code == 404


def test_the_queries_dont_grow_with_what_is_chosen(page, as_user, reporter, django_assert_num_queries):
    client = as_user(reporter)
    client.get(address(page))

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address(page))
        return len(found)

    def choose():
        meeting = builders.make_meeting(investigation=page.investigation)
        builders.make_page_choice(page=page, meeting=meeting)
        builders.make_page_choice(page=page, source=builders.make_source(investigation=page.investigation))

    choose()
    before = queries()
    for _ in range(3):
        choose()
    assert queries() == before
    assert InvestigationPage.objects.count() == 1
