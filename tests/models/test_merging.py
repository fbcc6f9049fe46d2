"""Merging two people or two organizations: everything moves, a redirect stays, or nothing is done."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from investigations.models import (
    Contribution,
    Meeting,
    Merger,
    Organization,
    Person,
    Role,
)
from investigations.models import merging as module
from investigations.models.merging import keys_to, merge, plan
from tests import builders
from tests.models.test_every_model import builder_of

MAKE = {Person: builders.make_person, Organization: builders.make_organization}
NOUNS = pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)


def pointing_at(model):
    """Every foreign key and many-to-many field of any model that leads to this one, found without the verb's help."""
    fields = [
        field
        for each in apps.get_models(include_auto_created=True)
        for field in each._meta.get_fields()
        if field.concrete and field.remote_field and field.related_model is model
    ]
    return sorted(fields, key=str)


KEYS = [pytest.param(model, field, id=str(field)) for model in MAKE for field in pointing_at(model)]


# --- Everything moves ---


@pytest.mark.parametrize(("model", "field"), KEYS)
def test_whatever_points_at_the_one_points_at_the_other_afterwards(model, field, standards):
    kept, merged = MAKE[model](), MAKE[model]()
    row = builder_of(field.model)(**{field.name: merged})
    merge(kept, merged, by=standards)
    row.refresh_from_db()
    assert getattr(row, field.name) == kept
    assert list(model.objects.filter(pk__in=[kept.pk, merged.pk])) == [kept]


def test_every_way_back_is_among_those_that_are_moved():
    assert {(key.model.__name__, key.name) for key in keys_to(Person)} == {
        ("Attendance", "person"),
        ("CommentRequest", "person"),
        ("MeetingClass", "subject"),
        ("Merger", "person"),
        ("PageChoice", "person"),
        ("Quote", "speaker"),
        ("Role", "person"),
        ("RoleAccount", "person"),
        ("Source", "person"),
    }
    for model in MAKE:
        assert {str(key) for key in keys_to(model)} == {str(field) for field in pointing_at(model)}


def test_rows_behind_a_many_to_many_field_are_among_them_too():
    assert "MeetingClass_meetings" in {key.model.__name__ for key in keys_to(Meeting)}


@NOUNS
def test_no_rule_bars_what_hangs_on_a_row_that_goes_from_hanging_on_the_one_that_stays(model):
    may_go = {key.model for key in keys_to(model) if module._unique_with(key)}
    hanging = [key for each in may_go for key in keys_to(each)]
    assert [str(key) for key in hanging if module._unique_with(key)] == []


def test_letters_to_both_hang_on_the_request_that_stays(standards):
    kept, merged = builders.make_person(), builders.make_person()
    story = builders.make_story()
    requests = [builders.make_comment_request(story=story, person=person) for person in (kept, merged)]
    letters = [builders.make_letter(request=request) for request in requests]
    merge(kept, merged, by=standards)
    assert {letter.pk for letter in requests[0].letters.all()} == {letter.pk for letter in letters}


@NOUNS
def test_every_rule_of_uniqueness_that_a_moved_row_could_break_is_known(model):
    rules = {
        rule.name
        for key in keys_to(model)
        for rule in key.model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and key.name in rule.fields
    }
    assert len(rules) == sum(len(module._unique_with(key)) for key in keys_to(model)) > 0


def test_the_kept_ones_own_fields_stay_as_they_are(two, standards):
    kept, merged = two
    before = Person.objects.filter(pk=kept.pk).values().get()
    merge(kept, merged, by=standards)
    assert Person.objects.filter(pk=kept.pk).values().get() == before
    assert before["description"] == ""


# --- The redirect ---


@NOUNS
def test_a_redirect_says_what_was_merged_into_what_by_whom_and_when(model, standards):
    kept, merged = MAKE[model](), MAKE[model]()
    redirect = merge(kept, merged, by=standards, now=builders.NOON)
    redirect.full_clean()
    assert (redirect.noun, redirect.kept) == (model._meta.model_name, kept)
    assert (redirect.slug, redirect.public_key, redirect.name) == (merged.slug, merged.public_key, merged.name)
    assert (redirect.old_pk, redirect.by, redirect.at) == (merged.pk, standards, builders.NOON)


def test_a_chain_of_mergers_leads_to_its_end(two, standards):
    second, first = two
    third = builders.make_person(slug="third")
    merge(second, first, by=standards)
    merge(third, second, by=standards)
    assert set(Merger.objects.values_list("slug", "person__slug")) == {("sergei", "third"), ("sergey", "third")}
    assert Person.objects.get_by_natural_key("sergei") == third


# --- Who may, and what ---


@pytest.mark.parametrize("name", ["reporter", "editor", "outsider"])
@NOUNS
def test_nobody_merges_who_does_not_see_everything(model, name, request, db):
    kept, merged = MAKE[model](), MAKE[model]()
    for verb in (merge, plan):
        with pytest.raises(PermissionDenied, match="ask a standards editor"):
            verb(kept, merged, by=request.getfixturevalue(name))
    assert model.objects.count() == 2


def test_the_right_to_merge_is_not_enough_without_seeing_everything(two, reporter):
    from django.contrib.auth.models import Permission

    reporter.user_permissions.add(Permission.objects.get(codename="merge_person"))
    with pytest.raises(PermissionDenied):
        merge(*two, by=type(reporter).objects.get(pk=reporter.pk))


def test_seeing_everything_is_not_enough_without_the_right_to_merge(two, reporter):
    from django.contrib.auth.models import Permission

    reporter.user_permissions.add(Permission.objects.get(codename="see_all_investigations"))
    with pytest.raises(PermissionDenied):
        merge(*two, by=type(reporter).objects.get(pk=reporter.pk))


def test_one_is_not_merged_into_itself(two, standards):
    with pytest.raises(ValidationError, match="That is one and the same: choose two people"):
        merge(two[0], two[0], by=standards)


def test_whoever_is_gone_already_is_not_merged_again(two, standards):
    kept, merged = two
    merge(kept, Person.objects.get(pk=merged.pk), by=standards)
    with pytest.raises(ValidationError, match="no longer there"):
        merge(kept, merged, by=standards)


def test_a_person_is_not_merged_into_a_body_nor_two_of_what_is_never_merged(two, standards):
    for other in ((two[0], builders.make_organization()), (builders.make_author(), builders.make_author())):
        with pytest.raises(TypeError, match="two people are merged, or two organizations"):
            merge(*other, by=standards)


# --- Stories ---


@pytest.fixture
def cited(two, investigation, reporter):
    """A story with a passage that the one who goes is quoted for, written by the reporter."""
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    source = builders.make_source(investigation=investigation)
    builders.make_evidence(passage=story.passages.first(), quote=builders.make_quote(source=source, speaker=two[1]))
    return story


def hands(story):
    return list(story.contributions.order_by("pk").values_list("by__username", flat=True))


def test_whoever_merges_had_a_hand_in_each_story_that_names_the_one(cited, two, standards):
    asked = builders.make_comment_request(person=two[1]).story
    merge(*two, by=standards, now=builders.NEXT_DAY)
    assert (hands(cited), hands(asked)) == (["reporter", "standards"], ["standards"])
    assert {row.at for row in Contribution.objects.filter(by=standards)} == {builders.NEXT_DAY}


def test_the_words_of_a_story_stay_whose_they_were(cited, two, standards):
    merge(*two, by=standards)
    last = cited.contributions.order_by("-at", "-id").first()
    assert (last.by, last.wording) == (standards, cited.wording_digest())


def test_a_story_that_names_the_other_alone_is_left_alone(cited, two, standards):
    merged, kept = two
    merge(kept, merged, by=standards)
    assert hands(cited) == ["reporter"]


def test_a_story_that_names_the_kept_one_says_something_else_where_roles_move(cited, two, standards):
    merged, kept = two
    builders.make_role(person=merged)
    merge(kept, merged, by=standards)
    assert hands(cited) == ["reporter", "standards"]


def test_whoever_merged_approves_no_correction_of_a_story_it_changed(published, two, reporter, standards):
    from investigations.publishing.refusal import Refused
    from investigations.publishing.steps import approve

    quote = published.passages.first().evidence.get().quote
    type(quote).objects.filter(pk=quote.pk).update(speaker=two[1])
    merge(*two, by=standards)
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    correction = builders.make_submitted(story=published, written_by=reporter)
    with pytest.raises(Refused, match="You changed this story"):
        approve(correction, by=standards)


# --- What it costs ---


def load(person, rows):
    """So many rows of every kind that hang on a person."""
    for n in range(rows):
        for key in keys_to(Person):
            more = {"title": f"office {n} of {person.pk}"} if key.model is Role else {}
            builder_of(key.model)(**{key.name: person, **more})


def queries(run):
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def test_merging_takes_as_many_queries_for_few_rows_as_for_many(standards):
    counts = []
    for rows in (1, 6):
        kept, merged = builders.make_person(), builders.make_person()
        load(kept, rows)
        load(merged, rows)
        standards = type(standards).objects.get(pk=standards.pk)
        counts.append(queries(lambda kept=kept, merged=merged, by=standards: merge(kept, merged, by=by)))
    assert counts[0] == counts[1] < 120
    assert Role.objects.filter(person=kept).count() == 12


def test_a_plan_takes_as_many_queries_for_few_collisions_as_for_many(two, standards):
    def planned():
        found = plan(*two, by=type(standards).objects.get(pk=standards.pk))
        return len(found.refusals), found.stories.count()

    def collide(number):
        for n in range(number):
            story, meeting = builders.make_story(), builders.make_meeting()
            office = {"title": f"office {n} of {number}", "organization": builders.make_organization()}
            for person, since, presence, about in zip(two, ("1999", "2001"), ("came", "invited"), "ab", strict=True):
                builders.make_role(person=person, since=since, **office)
                builders.make_attendance(person=person, meeting=meeting, presence=presence)
                builders.make_comment_request(person=person, story=story, about=about)

    collide(1)
    few = queries(planned)
    collide(5)
    assert queries(planned) == few
    assert planned() == (18, 6)
