"""Redirects: the old names of whoever was merged lead to whoever stayed, and stay taken."""

import pytest
from django.core.exceptions import ValidationError

from investigations.models import Organization, Person, Role, Source
from investigations.vocabulary import MergedNoun
from tests import builders

NOUNS = pytest.mark.parametrize(
    ("model", "make"), [(Person, builders.make_person), (Organization, builders.make_organization)]
)


def redirect(kept, slug="robbin", **values):
    return builders.make_merger(**{type(kept)._meta.model_name: kept, "slug": slug, **values})


@NOUNS
def test_an_old_short_name_finds_the_row_that_stayed(model, make, db):
    kept = make()
    redirect(kept)
    assert model.objects.get_by_natural_key("robbin") == kept


@NOUNS
def test_a_row_that_is_there_goes_before_a_redirect(model, make, db):
    redirect(make())
    there = make()
    model.objects.filter(pk=there.pk).update(slug="robbin")
    assert model.objects.get_by_natural_key("robbin") == there


@NOUNS
def test_a_name_that_nobody_has_or_had_is_not_found(model, make, db):
    redirect(make())
    with pytest.raises(model.DoesNotExist):
        model.objects.get_by_natural_key("somebody-else")


@NOUNS
def test_the_old_short_name_of_the_other_noun_leads_nowhere(model, make, db):
    redirect(builders.make_organization() if model is Person else builders.make_person())
    with pytest.raises(model.DoesNotExist):
        model.objects.get_by_natural_key("robbin")


@NOUNS
def test_a_new_row_is_given_another_short_name_than_a_merged_ones(model, make, db):
    redirect(make(), slug="robbin-example")
    assert make(name="Robbin Example").slug == "robbin-example-2"


@NOUNS
def test_a_row_that_asks_for_a_merged_ones_short_name_is_told_who_stayed(model, make, db):
    kept = make(name="Robin Example", slug="robin")
    redirect(kept)
    said = "“robbin” was merged into Robin Example (short name “robin”): use that one."
    with pytest.raises(ValidationError) as refused:
        make(slug="robbin")
    assert refused.value.message_dict == {"slug": [said]}


def test_the_same_short_name_is_free_for_the_other_noun(db):
    redirect(builders.make_person())
    assert builders.make_organization(slug="robbin").slug == "robbin"


def test_a_role_is_found_by_its_persons_old_short_name(db):
    role = builders.make_role(title="pilot")
    redirect(role.person)
    redirect(role.person, slug="robyn")
    assert Role.objects.get_by_natural_key("robbin", "pilot", role.since) == role
    assert Role.objects.get_by_natural_key(role.person.slug, "pilot", role.since) == role


def test_a_role_that_isnt_there_is_not_found_by_any_name(db):
    role = builders.make_role(title="pilot")
    redirect(role.person)
    with pytest.raises(Role.DoesNotExist):
        Role.objects.get_by_natural_key("robbin", "captain")


def test_the_name_of_somebody_merged_is_still_no_descriptor(db):
    redirect(builders.make_person(), name="Robbin Example")
    with pytest.raises(ValidationError, match="must not name anyone"):
        builders.make_source(descriptor="robbin example")
    assert not Source.objects.exists()


def test_whatever_can_be_merged_is_a_noun_of_a_redirect():
    from investigations.models.merger import Mergeable

    assert {model._meta.model_name for model in Mergeable.__subclasses__()} == set(MergedNoun.values)
