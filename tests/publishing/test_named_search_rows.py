"""People, organizations and investigations in the public search: what their pages say, while they say it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.fulltext.question import question
from investigations.publishing.compile import compile_work, recompile
from investigations.publishing.projection.story import work_of
from investigations.publishing.withhold import restore
from investigations.record.models import Part, SearchRow
from investigations.record.models.search import PUBLIC_INDEX
from tests import builders
from tests.publishing.withheld import assert_the_record_holds


def found(typed: str) -> list[tuple[str, str]]:
    """The kind and title of what is found, by kind."""
    ids = PUBLIC_INDEX.newest(connection, question(typed), 100)
    return sorted(SearchRow.objects.filter(pk__in=ids).values_list("kind", "title"))


def standing() -> list[tuple]:
    """Every row, but for its number."""
    return list(SearchRow.objects.order_by("name").values_list(*(f.name for f in SearchRow._meta.fields[1:])))


@pytest.fixture
def warden(story, investigation, reporter, editor):
    """Somebody whom a published meeting names as its keeper, who also holds an office that nothing says."""
    person = builders.make_person(name="Ida Warden", description="plays the organ")
    body = builders.make_organization(name="Port Authority")
    builders.make_role(person=person, title="keeper of the keys", organization=body, since="2010", in_office=True)
    builders.make_role(person=person, title="choir leader", since="2011")
    meeting = builders.make_meeting(investigation=investigation, title="At the quay", when="May 3, 2012")
    builders.make_attendance(meeting=meeting, person=person, role_as_of="keeper of the keys")
    paper = builders.make_source(investigation=investigation, title="The keys")
    for record in ({"meeting": meeting}, {"source": paper}):
        builders.make_evidence(passage=story.passages.first(), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    person.meeting, person.paper = meeting, paper
    return person


@pytest.fixture
def page(warden, story, reporter, editor):
    """The investigation's page, with everything on it."""
    on_it = {"meeting": warden.meeting, "source": warden.paper, "person": warden}
    return builders.publish_whole_page(story, **on_it, reporter=reporter, editor=editor)


def test_a_person_is_found_by_name_and_by_the_offices_of_their_page_and_no_others(warden):
    assert ("person", "Ida Warden") in found("ida warden")
    assert ("person", "Ida Warden") in found("keeper of the keys since 2010")
    assert found("choir leader") == []
    assert found("plays the organ") == []
    row = SearchRow.objects.get(title=warden.name)
    assert (row.href, row.work) == (f"/people/{warden.public_key}/", "")


def test_a_body_is_found_by_its_name(warden):
    assert ("organization", "Port Authority") in found("port authority")
    assert SearchRow.objects.get(kind="organization").href.startswith("/organizations/")


def test_nobody_is_found_before_anything_is_published(story, investigation):
    builders.make_attendance(meeting=builders.make_meeting(investigation=investigation))
    assert not SearchRow.objects.exists()


def test_who_is_named_in_nothing_any_more_is_found_no_more_until_it_is_given_back(warden, standards):
    before = standing()
    key = f"meeting/{warden.meeting.public_key}"
    order = builders.withhold(by=standards, entry=key, investigation=warden.meeting.investigation)
    assert (found("ida warden"), found("port authority")) == ([], [])
    assert_the_record_holds()
    restore(order, by=standards)
    assert standing() == before


def test_lists_of_people_and_of_bodies_are_narrowed_by_words(warden, client):
    for name, words, others in (("people", "keeper keys", "choir"), ("organizations", "authority", "warden")):
        assert f'href="/{name}/' in client.get(f"/{name}/", {"q": words}).content.decode().partition("<ul")[2]
        assert b"answers this question." in client.get(f"/{name}/", {"q": others}).content


def test_an_investigation_is_found_by_what_its_page_asks_and_its_chart_rests_on(page):
    title = page.investigation.title
    for words in ("who agreed to sell the port", "one list", "the harbor is closed", title):
        assert ("investigation", title) in found(words)
    row = SearchRow.objects.get(kind="investigation")
    assert row.href == f"/investigations/{page.investigation.slug}/"
    assert_the_record_holds()


def test_who_is_on_a_page_without_a_description_stands_in_the_excerpt_without_a_comma(
    warden, story, reporter, editor
):
    type(warden).objects.filter(pk=warden.pk).update(description="")
    builders.publish_whole_page(
        story, meeting=warden.meeting, source=warden.paper, person=warden, reporter=reporter, editor=editor
    )
    assert "Ida Warden" in SearchRow.objects.get(kind="investigation").text.split(" · ")


def test_of_a_question_that_is_withheld_no_word_is_found(page):
    part = Part.objects.get(edition__work__startswith="investigation:", kind="block")
    builders.withhold_part(part, "hidden")
    compile_work(part.edition.work)
    assert found("who agreed to sell the port") == []
    assert_the_record_holds()


def test_they_are_made_anew_from_the_ledger(page):
    before = standing()
    SearchRow.objects.all().delete()
    recompile()
    assert standing() == before


def test_what_has_not_changed_is_not_written_again(warden, story):
    with CaptureQueriesContext(connection) as asked:
        compile_work(work_of(story))
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written
    assert [sql for sql in written if "record_searchrow" in sql] == []


@pytest.mark.parametrize("kind", ["person", "organization", "investigation"])
def test_they_are_verified_against_the_ledger(page, kind):
    SearchRow.objects.filter(kind=kind).update(href="/elsewhere/")
    with pytest.raises(CommandError, match=r"record_searchrow .*differs from the ledger in href: recompile"):
        call_command("verify_record")


def test_one_that_nobody_is_named_by_is_found_by_the_verification(warden):
    SearchRow.objects.create(name="person/nobody", kind="person", title="Nobody", href="/people/nobody/")
    with pytest.raises(CommandError, match="nothing in the ledger accounts for this row"):
        call_command("verify_record")
