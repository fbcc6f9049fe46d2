"""Files from before a merger: the old short name finds whoever stayed, and no row of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.exchange import fixtures
from investigations.exchange.meeting import MeetingResource
from investigations.exchange.people import OrganizationResource, PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.role import RoleResource
from investigations.exchange.source import SourceResource
from investigations.models import Attendance, Organization, Person, Quote, Role, Source
from tests import builders
from tests.exchange.conftest import taken

SENTENCE = "“robbin” was merged into Robin Example (short name “robin”): use that one."


@pytest.fixture
def robin(db):
    """Somebody into whom “robbin” was merged."""
    kept = builders.make_person(name="Robin Example", slug="robin")
    builders.make_merger(person=kept, slug="robbin")
    return kept


@pytest.fixture
def ministry(db):
    """A body into which “min” was merged."""
    kept = builders.make_organization(name="Ministry", slug="ministry")
    builders.make_merger(organization=kept, slug="min")
    return kept


# --- Rows that name them ---


def test_a_source_by_the_old_name_is_of_who_stayed(robin, investigation, reporter):
    row = {"code name": "red fern", "investigation": investigation.slug, "kind": "person", "person": "robbin"}
    assert taken(SourceResource, [row], user=reporter).sentences() == []
    assert Source.objects.get().person == robin


def test_a_quote_by_the_old_name_is_of_who_stayed(robin, investigation, reporter):
    builders.make_source(investigation=investigation, code_name="red fern")
    row = {"slug": "q", "investigation": investigation.slug, "source": "red fern", "words": "x", "speaker": "robbin"}
    assert taken(QuoteResource, [row], user=reporter).sentences() == []
    assert Quote.objects.get().speaker == robin


def test_a_body_is_part_of_the_one_that_stayed(ministry, reporter):
    taken(OrganizationResource, [{"slug": "desk", "name": "Desk", "part of": "min"}], user=reporter)
    assert Organization.objects.get(slug="desk").parent == ministry


def test_a_role_by_old_names_is_that_of_who_stayed_at_what_stayed(robin, ministry, reporter):
    role = builders.make_role(person=robin, title="spokesman", since="2012")
    row = {"person": "robbin", "title": "spokesman", "organization": "min", "from": "2012"}
    verdict = taken(RoleResource, [row], user=reporter)
    assert (verdict.sentences(), verdict.new_count, verdict.changed_count) == ([], 0, 1)
    role.refresh_from_db()
    assert role.organization == ministry


def test_one_role_twice_in_a_file_by_old_and_new_name_is_refused(robin, reporter):
    builders.make_role(person=robin, title="pilot", since="2009")
    rows = [{"person": name, "title": "pilot", "from": "2010"} for name in ("robbin", "robin")]
    verdict = taken(RoleResource, rows, user=reporter)
    assert verdict.sentences() == ["Row 3, column title: “pilot” stands in row 2 already."]
    assert Role.objects.get().since == "2009"


def test_whoever_is_at_a_meeting_by_the_old_name_keeps_their_row(robin, investigation, reporter):
    meeting = builders.make_meeting(investigation=investigation, slug="dinner")
    row = builders.make_attendance(meeting=meeting, person=robin, role_note="not settled")
    file = [{"short name": "dinner", "person": "robbin", "descriptor": ""}]
    verdict = taken(MeetingResource, file, user=reporter)
    assert (verdict.sentences(), verdict.unchanged_count) == ([], 1)
    assert Attendance.objects.get().pk == row.pk
    assert Attendance.objects.get().role_note == "not settled"


def test_one_person_twice_at_a_meeting_by_old_and_new_name_is_refused(robin, investigation, reporter):
    builders.make_meeting(investigation=investigation, slug="dinner")
    file = [{"short name": "dinner", "person": name, "descriptor": ""} for name in ("robbin", "robin")]
    verdict = taken(MeetingResource, file, user=reporter)
    assert "That person has a row at this meeting already." in " ".join(verdict.sentences())
    assert not Attendance.objects.exists()


def test_an_old_name_costs_an_import_no_more_look_ups_however_many_rows_use_it(robin, ministry, reporter):
    def queries(count):
        rows = [{"person": "robbin", "title": f"office {n} of {count}", "organization": "min"} for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert taken(RoleResource, rows, user=reporter, dry_run=True).new_count == count
        return [query["sql"] for query in captured if "merger" in query["sql"]]

    # of the name, of who stayed, and of the names that the desk's search finds them by
    assert len(queries(1)) == len(queries(20)) == 3


# --- Rows of their own ---


def test_a_row_under_the_old_name_is_refused_and_told_who_stayed(robin, reporter, extension):
    rows = [{"short name": "robbin", "name": "Robbin Example"}, {"short name": "kim", "name": "Kim"}]
    verdict = taken(PersonResource, rows, user=reporter, extension=extension)
    assert [sentence.partition(": ")[2] for sentence in verdict.sentences()] == [SENTENCE]
    assert list(Person.objects.all()) == [robin]


def test_a_body_under_its_old_name_is_refused_too(ministry, reporter):
    verdict = taken(OrganizationResource, [{"slug": "min", "name": "Min."}], user=reporter)
    assert "“min” was merged into Ministry" in verdict.sentences()[0]
    assert list(Organization.objects.all()) == [ministry]


def test_the_redirects_of_a_peoples_file_are_looked_up_once(robin, reporter):
    def queries(count):
        rows = [{"short name": f"new-{n}-{count}", "name": "Somebody New"} for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert taken(PersonResource, rows, user=reporter, dry_run=True).new_count == count
        return [query["sql"] for query in captured if "merger" in query["sql"]]

    assert len(queries(1)) == len(queries(20)) == 2  # the second for the desk's search


# --- Fixtures ---


def loaded(tmp_path, words):
    path = tmp_path / "before.yaml"
    path.write_text(words)
    return fixtures.load(path)


def test_a_fixture_by_the_old_name_is_of_who_stayed(robin, ministry, tmp_path):
    loaded(
        tmp_path,
        "- {model: investigations.role, fields: {person: [robbin], title: pilot, organization: [min]}}",
    )
    assert (Role.objects.get().person, Role.objects.get().organization) == (robin, ministry)


def test_a_fixture_with_a_row_under_the_old_name_is_refused_and_changes_nobody(robin, tmp_path):
    with pytest.raises(fixtures.FixtureError, match="“robbin” was merged into Robin Example"):
        loaded(tmp_path, "- {model: investigations.person, fields: {slug: robbin, name: Robbin}}")
    robin.refresh_from_db()
    assert (robin.slug, robin.name) == ("robin", "Robin Example")
