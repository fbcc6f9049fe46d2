"""The reverse view: on every record, what rests on it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.exchange.quote import QuoteResource
from investigations.models.resting import PATHS
from tests import builders
from tests.admin.forms import posted
from tests.admin.test_records import address
from tests.exchange.conftest import exported, taken


@pytest.fixture
def records(story, investigation):
    """A record of every kind behind the story's first passage."""
    person = builders.make_person()
    organization = builders.make_organization()
    role = builders.make_role(person=person, organization=organization)
    source = builders.make_source(investigation=investigation, person=person)
    interview = builders.make_interview(source=source)
    quote = builders.make_quote(source=source, interview=interview)
    meeting = builders.make_meeting(investigation=investigation, source=source)
    builders.make_attendance(meeting=meeting, person=person)
    group = builders.make_meeting_class(investigation=investigation, meetings=[meeting])
    passage = story.passages.get(mark="p1")
    builders.make_evidence(passage=passage, quote=quote)
    builders.make_evidence(passage=passage, meeting=meeting)
    rows = (person, organization, role, source, interview, quote, meeting, group)
    return {type(row).__name__: row for row in rows}


def resting(client, row):
    return client.get(address(row._meta.model_name, "change", row.pk)).context["resting"]


KINDS = pytest.mark.parametrize("kind", [kind.__name__ for kind in PATHS])


@KINDS
def test_a_record_names_the_passages_and_stories_that_rest_on_it(kind, records, as_user, reporter):
    found = resting(as_user(reporter), records[kind])
    assert [passage.words for passage in found.passages] == ["met in secret in March"]
    assert found.published == ()
    assert not found.more


@KINDS
def test_a_record_names_the_editions_that_readers_have(kind, records, story, as_user, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    (published,) = resting(as_user(reporter), records[kind]).published
    assert published.headline == story.headline
    assert published.editions == ((1, f"/stories/{story.slug}/editions/1/"),)


@pytest.mark.parametrize("kind", ["Person", "Organization", "Role"])
def test_what_rests_on_it_in_work_that_isnt_theirs_is_not_told(kind, records, as_user, outsider):
    found = resting(as_user(outsider), records[kind])
    assert (found.passages, found.stories, found.published) == ((), (), ())


def test_an_organization_names_the_stories_for_which_it_was_asked(story, as_user, reporter):
    request = builders.make_comment_request(story=story, organization=builders.make_organization())
    found = resting(as_user(reporter), request.organization)
    assert [linked.words for linked in found.stories] == [story.headline]


def test_a_quote_no_longer_cited_still_names_the_editions_that_have_it(records, story, as_user, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    quote = records["Quote"]
    quote.evidence.all().delete()
    found = resting(as_user(reporter), quote)
    assert found.passages == ()
    assert len(found.published) == 1


def test_the_view_asks_as_many_questions_of_few_passages_as_of_many(
    records, investigation, as_user, reporter, django_assert_num_queries
):
    client, quote = as_user(reporter), records["Quote"]
    resting(client, quote)
    with CaptureQueriesContext(connection) as few:
        resting(client, quote)
    for _ in range(5):
        body = "The board [met in March]{#p1}."
        passage = builders.make_passage(story=builders.make_story(investigation=investigation, body=body))
        builders.make_evidence(passage=passage, quote=quote)
    with django_assert_num_queries(len(few)):
        assert len(resting(client, quote).passages) == 6


# --- Whoever changes a record had a hand in the stories on it ---


def test_changing_a_record_on_its_screen_is_a_contribution_to_the_stories_on_it(published, as_user, reporter, editor):
    quote = published.passages.first().evidence.get().quote
    client, page = as_user(editor), reverse("admin:investigations_quote_change", args=[quote.pk])
    before = published.contributions.filter(by=editor).count()
    assert client.post(page, posted(client.get(page))).status_code == 302
    assert published.contributions.filter(by=editor).count() == before
    assert client.post(page, posted(client.get(page), setting="on the quay")).status_code == 302
    assert published.contributions.filter(by=editor).count() == before + 1
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    correction = builders.make_submitted(story=published, written_by=reporter)
    with pytest.raises(ValidationError, match="You changed this story"):
        builders.approve(correction, by=editor)


def test_changing_a_record_by_a_file_is_a_contribution_too(published, reporter):
    quote = published.passages.first().evidence.get().quote
    rows = [row for row in exported(QuoteResource, user=reporter) if row["short name"] == quote.slug]
    before = published.contributions.count()
    assert taken(QuoteResource, rows, user=reporter).unchanged_count == 1
    assert published.contributions.count() == before
    rows[0]["setting"] = "on the quay"
    assert taken(QuoteResource, rows, user=reporter, dry_run=True).changed_count == 1
    assert published.contributions.count() == before
    assert taken(QuoteResource, rows, user=reporter).changed_count == 1
    assert published.contributions.count() == before + 1
