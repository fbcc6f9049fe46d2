"""The index rows that publishing writes: of entries, of who is named in them, of what each choice finds."""

from datetime import date

import pytest

from investigations.models import Organization
from investigations.publishing.named_rows import in_order
from investigations.publishing.projection.meeting import project_meeting
from investigations.publishing.projection.quote import project_quote
from investigations.publishing.withhold import make_final, restore
from investigations.record.models import (
    AttendanceRow,
    CountRow,
    FacetRow,
    MeetingRow,
    OrganizationRow,
    Page,
    PersonRow,
    QuoteRow,
    SourceRow,
    StoryRow,
)
from investigations.record.models.entries import Reach, reach_of
from investigations.record.reading import upgrade
from tests import builders
from tests.publishing.wall import over_the_wall
from tests.publishing.withheld import assert_the_record_holds

DAY = "September 8, 2016"


@pytest.fixture
def officer(db):
    """Somebody who was harbor master of the port, and is not any more."""
    port = builders.make_organization(name="The port")
    person = builders.make_person(name="Robin Alba", family_name="Alba")
    builders.make_role(person=person, organization=port, since="2010", until="June 2017")
    return person


@pytest.fixture
def met(story, officer, investigation, reporter, editor):
    """A meeting with the harbor master, published."""
    meeting = builders.make_meeting(investigation=investigation, when=DAY, kind="dinner")
    builders.make_attendance(meeting=meeting, person=officer)
    builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting, stance="contradicts")
    builders.publish_story(story, reporter=reporter, editor=editor)
    return meeting


def facets(of_list, key):
    """By what a row is found."""
    return set(FacetRow.objects.filter(list=of_list, key=key).values_list("name", "value"))


def number(of_list, name, value):
    """How many rows a choice finds."""
    return CountRow.objects.get(list=of_list, name=name, value=value).number


# What goes out of somebody's offices.


def test_an_office_that_a_label_says_goes_out_with_its_dates(met, officer):
    (row,) = project_meeting(met)["attendances"]
    (role,) = row["roles"]
    assert (role["title"], role["organization"]["name"]) == ("harbor master", "The port")
    assert (role["since"]["words"], role["until"]["words"], role["in_office"]) == ("2010", "June 2017", False)


def test_an_office_that_no_label_says_stays_on_the_desk(met, officer, investigation):
    secret = builders.make_organization(name="The Quiet Company")
    builders.make_role(person=officer, title="secret consultant", organization=secret, since="2017")
    (row,) = project_meeting(met)["attendances"]
    assert [role["title"] for role in row["roles"]] == ["harbor master"]
    assert "Quiet" not in over_the_wall()


def test_an_office_of_another_time_with_the_same_title_does_not_go_out(met, officer):
    builders.make_role(person=officer, title="harbor master", since="2020")
    (row,) = project_meeting(met)["attendances"]
    assert [role["since"]["words"] for role in row["roles"]] == ["2010"]


def test_a_label_of_its_own_lets_out_the_offices_that_it_names_and_no_others(investigation, officer):
    builders.make_role(person=officer, title="councillor", since="2010")
    source = builders.make_source(investigation=investigation, person=officer)
    quote = builders.make_quote(source=source, said=DAY, speaker_label="councillor; nominee for mayor")
    assert [role["title"] for role in project_quote(quote)["roles"]] == ["councillor"]


def test_nobody_who_may_not_be_named_has_offices(investigation, officer):
    source = builders.make_source(investigation=investigation, person=officer)
    quote = builders.make_quote(source=source, said=DAY, terms="background", speaker_label="harbor master")
    assert project_quote(quote)["roles"] == []


def test_entries_of_an_older_schema_are_read_without_offices():
    meeting = {"attendances": [{"person": None, "label": "", "headcount": 1}]}
    assert upgrade(meeting, 1)["attendances"][0]["roles"] == []
    assert upgrade({"speaker": None, "label": ""}, 1)["roles"] == []
    assert upgrade({"inline": {"speaker": None, "label": ""}}, 1)["inline"]["roles"] == []
    assert "roles" not in upgrade({"text": "A block."}, 1)


# Rows.


def test_a_meeting_is_found_by_all_that_the_record_says_of_it(met, story, officer, investigation):
    assert facets("meetings", met.public_key) == {
        ("person", officer.public_key),
        ("organization", Organization.objects.get().public_key),
        ("investigation", investigation.public_key),
        ("story", story.public_key),
        ("stance", "contradicts"),
        ("kind", "dinner"),
        ("established", "document"),
    }
    row = MeetingRow.objects.get(key=met.public_key)
    assert (str(row.sort_day), row.reach, row.kind) == ("2016-09-08", Reach.DAY, "dinner")


def test_a_quote_and_its_source_have_rows(met, story):
    quote = story.passages.get(mark="p1").evidence.exclude(quote=None).get().quote
    row = QuoteRow.objects.get(key=quote.public_key)
    assert (row.by, row.words, row.terms) == (quote.speaker.name, quote.words, "on_record")
    assert facets("quotes", row.key) >= {("person", quote.speaker.public_key), ("stance", "supports")}
    assert SourceRow.objects.get(key=quote.source.public_key).person == quote.speaker.public_key


def test_a_person_has_a_row_with_offices_and_numbers_and_a_body_has_one(met, officer, story):
    person = PersonRow.objects.get(key=officer.public_key)
    assert (person.name, person.sort, person.meetings, person.quotes) == ("Robin Alba", "alba robin alba", 1, 0)
    assert [role["title"] for role in person.roles] == ["harbor master"]
    body = OrganizationRow.objects.get()
    assert (body.name, body.people) == ("The port", 1)
    assert facets("people", person.key) >= {("organization", body.key), ("story", story.public_key)}
    assert ("story", story.public_key) in facets("organizations", body.key)


def test_every_choice_is_counted(met, officer, story, investigation):
    assert number("meetings", "person", officer.public_key) == 1
    assert number("meetings", "kind", "dinner") == 1
    assert number("quotes", "story", story.public_key) == 2
    assert number("people", "", "") == PersonRow.objects.count()
    assert CountRow.objects.get(list="meetings", name="investigation").label == investigation.title
    assert CountRow.objects.get(list="meetings", name="story").label == story.headline
    assert_the_record_holds()


def test_a_correction_that_calls_somebody_otherwise_calls_them_so_everywhere(met, officer, story, reporter, editor):
    type(officer).objects.filter(pk=officer.pk).update(name="Robin Albany", family_name="Albany")
    builders.correct_story(story, reporter=reporter, editor=editor)
    assert PersonRow.objects.get(key=officer.public_key).name == "Robin Albany"
    assert CountRow.objects.get(list="meetings", name="person").label == "Robin Albany"
    assert set(FacetRow.objects.filter(list="people", key=officer.public_key).values_list("sort", flat=True)) == {
        "albany robin albany"
    }
    assert_the_record_holds()


def test_an_office_that_ends_later_is_told_as_the_last_edition_has_it(met, officer, story, reporter, editor):
    officer.roles.update(until="July 2017")
    builders.correct_story(story, reporter=reporter, editor=editor)
    (role,) = PersonRow.objects.get(key=officer.public_key).roles
    assert role["until"]["words"] == "July 2017"


def test_a_story_with_the_same_meeting_is_another_way_to_find_it(met, officer, investigation, reporter, editor):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.make_evidence(passage=other.passages.first(), meeting=met, stance="context")
    builders.publish_story(other, reporter=reporter, editor=editor)
    found = facets("meetings", met.public_key)
    assert {("story", other.public_key), ("stance", "context"), ("stance", "contradicts")} <= found
    assert MeetingRow.objects.count() == AttendanceRow.objects.count() == 1
    assert_the_record_holds()


def test_what_is_withheld_leaves_the_lists_and_takes_its_people_along(met, officer, standards):
    before = over_the_wall()
    path = f"/people/{officer.public_key}/"
    assert Page.objects.filter(path=path).exists()
    order = builders.withhold(by=standards, entry=f"meeting/{met.public_key}")
    assert not MeetingRow.objects.exists()
    assert not PersonRow.objects.filter(key=officer.public_key).exists()
    assert not OrganizationRow.objects.exists()
    assert not FacetRow.objects.filter(value=officer.public_key).exists()
    assert not CountRow.objects.filter(value__in=[officer.public_key, "dinner"]).exists()
    assert not Page.objects.filter(path=path).exists()
    assert_the_record_holds()
    restore(order, by=standards)
    assert before.count("Robin Alba") == over_the_wall().count("Robin Alba")
    assert_the_record_holds()


def test_a_destroyed_meeting_leaves_nothing_of_somebody_named_there_alone(met, officer, story, standards, reporter):
    order = builders.withhold(by=standards, entry=f"meeting/{met.public_key}")
    story.passages.get(mark="p1").evidence.filter(meeting=met).delete()
    make_final(order, by=builders.make_user("second", "Standards editor"))
    said = over_the_wall()
    assert "Robin Alba" not in said
    assert officer.public_key not in said


# The unnamed.


@pytest.fixture
def unnamed(story, investigation, reporter, editor):
    """A quote of a diplomat who may not be named, cited at both passages and published."""
    relay = builders.make_source(investigation=investigation, kind="publication", title="The Harbor Review")
    source = builders.make_source(investigation=investigation, descriptor="a diplomat of the region", relay=relay)
    quote = builders.make_quote(source=source, terms="as_printed", words="It was decided before they met", said=DAY)
    for passage in story.passages.all():
        builders.make_evidence(passage=passage, quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return quote


def test_a_quote_of_somebody_unnamed_has_a_row_a_citation_under_its_key(unnamed, story):
    rows = list(QuoteRow.objects.exclude(work=""))
    assert {row.key for row in rows} == {piece.public_key for piece in unnamed.evidence.all()}
    assert {row.href for row in rows} == {f"/stories/{story.slug}/#p1", f"/stories/{story.slug}/#p2"}
    assert {row.speaker for row in rows} == {""}
    assert unnamed.public_key not in over_the_wall()


def test_the_citations_of_somebody_unnamed_are_counted_nowhere(unnamed, story):
    keys = {piece.public_key for piece in unnamed.evidence.all()}
    assert not FacetRow.objects.filter(key__in=keys, counted=True).exists()
    assert set(FacetRow.objects.filter(key__in=keys).values_list("name", flat=True)) == {
        *("story", "investigation", "stance", "form", "terms"),
    }
    assert number("quotes", "terms", "as_printed") == 0
    assert number("quotes", "story", story.public_key) == number("quotes", "", "") == 2
    assert_the_record_holds()


def test_no_row_of_a_list_is_of_an_unnamed_source(unnamed, story, investigation):
    assert not SourceRow.objects.filter(title__icontains="diplomat").exists()
    assert not PersonRow.objects.filter(name__icontains="diplomat").exists()
    assert not CountRow.objects.filter(label__icontains="diplomat").exists()


def test_a_citation_taken_out_leaves_the_list(unnamed, story, reporter, editor):
    unnamed.evidence.filter(passage__mark="p2").delete()
    builders.correct_story(story, reporter=reporter, editor=editor)
    assert QuoteRow.objects.exclude(work="").count() == 1
    assert_the_record_holds()


def test_a_story_by_another_name_takes_its_citations_along(unnamed, story, reporter, editor):
    story.slug = "another-name"
    story.save()
    builders.correct_story(story, reporter=reporter, editor=editor)
    assert StoryRow.objects.get().slug == "another-name"
    assert {row.href for row in QuoteRow.objects.exclude(work="")} == {
        *("/stories/another-name/#p1", "/stories/another-name/#p2"),
    }


# Small things.


@pytest.mark.parametrize(
    ("days", "reach"),
    [
        (("2016-01-01", "2016-01-01"), Reach.DAY),
        (("2016-01-01", "2016-01-31"), Reach.MONTH),
        (("2016-01-01", "2016-02-01"), Reach.YEAR),
        (("2016-01-01", "2016-12-31"), Reach.YEAR),
        (("2016-01-01", "2017-01-01"), Reach.OPEN),
        ((None, "2016-01-01"), Reach.OPEN),
        (("2016-01-01", None), Reach.OPEN),
        ((None, None), Reach.OPEN),
    ],
)
def test_a_span_reaches_as_far_as_it_has_days(days, reach):
    assert reach_of(*(date.fromisoformat(day) if day else None for day in days)) == reach


def test_offices_stand_in_the_order_of_their_beginnings():
    begun = {"latest": "2016-03-03"}
    roles = [{"title": "b", "since": begun}, {"title": "a", "since": begun}, {"title": "c", "since": None}]
    assert [role["title"] for role in in_order(roles)] == ["c", "a", "b"]
