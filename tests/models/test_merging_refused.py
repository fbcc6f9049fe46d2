"""Mergers that would lose something: rows of which only one can stay, bodies that would stand in a circle."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from investigations.models import Attendance, CommentRequest, Organization
from investigations.models.merging import merge
from tests import builders

# --- Two rows of which only one can stay ---


def pair(noun, two, **differing):
    """A row of each of the two that can't both stay; `differing` is what the second says otherwise."""
    kept, merged = two
    shared = {
        "role": lambda: (builders.make_role, {"title": "ambassador", "since": "2008"}),
        "attendance": lambda: (builders.make_attendance, {"meeting": builders.make_meeting(slug="dinner")}),
        "comment_request": lambda: (builders.make_comment_request, {"story": builders.make_story(headline="Port")}),
    }
    make, same = shared[noun]()
    return make(person=kept, **same), make(person=merged, **{**same, **differing})


TWINS = pytest.mark.parametrize("noun", ["role", "attendance", "comment_request"])


@TWINS
def test_of_two_rows_that_say_the_same_the_kept_ones_stays(noun, two, standards):
    stays, goes = pair(noun, two)
    merge(*two, by=standards)
    assert list(type(stays).objects.filter(pk__in=[stays.pk, goes.pk])) == [stays]


def test_a_place_in_the_order_is_no_difference(two, standards):
    stays, _ = pair("attendance", two, position=7)
    merge(*two, by=standards)
    assert Attendance.objects.get().position == stays.position


DIFFERENT = {
    "role": (
        {"since": "2010"},
        "Role, title “ambassador”: from is “2008” for Sergey Kislyak (sergey) and “2010” for Sergei Kislyak (sergei)."
        " Settle it there first.",
    ),
    "attendance": (
        {"presence": "did_not_come", "role_in_dispute": True},
        "Attendance, meeting “dinner”: presence is “Came” for Sergey Kislyak (sergey) and “Invited, did not come” for"
        " Sergei Kislyak (sergei); role in dispute is no for Sergey Kislyak (sergey) and yes for Sergei Kislyak"
        " (sergei). Settle it there first.",
    ),
    "comment_request": (
        {"about": "The port"},
        "Request for comment, story “Port”: about is empty for Sergey Kislyak (sergey) and “The port” for Sergei"
        " Kislyak (sergei). Settle it there first.",
    ),
}


@TWINS
def test_two_rows_that_differ_refuse_the_whole_and_say_where_and_what(noun, two, standards):
    differing, sentence = DIFFERENT[noun]
    pair(noun, two, **differing)
    with pytest.raises(ValidationError) as refused:
        merge(*two, by=standards)
    assert refused.value.messages == [sentence]


def test_every_place_is_named_at_once(two, standards):
    for noun, (differing, _) in DIFFERENT.items():
        pair(noun, two, **differing)
    with pytest.raises(ValidationError) as refused:
        merge(*two, by=standards)
    assert set(refused.value.messages) == {sentence for _, sentence in DIFFERENT.values()}


def everything():
    return {model: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def test_a_refusal_leaves_everything_as_it_was(two, standards):
    kept, merged = two
    builders.make_quote(speaker=merged)
    builders.make_comment_request(person=merged)
    pair("attendance", two)
    pair("role", two, since="2010")
    before = everything()
    with pytest.raises(ValidationError):
        merge(kept, merged, by=standards)
    assert everything() == before


def test_two_requests_to_bodies_on_one_story_collide_like_those_to_people(standards):
    kept, merged = builders.make_organization(), builders.make_organization()
    story = builders.make_story()
    stays = builders.make_comment_request(story=story, organization=kept)
    goes = builders.make_comment_request(story=story, organization=merged, outcome="declined")
    with pytest.raises(ValidationError, match="outcome is empty for"):
        merge(kept, merged, by=standards)
    CommentRequest.objects.filter(pk=goes.pk).update(outcome="")
    merge(kept, merged, by=standards)
    assert list(CommentRequest.objects.all()) == [stays]


# --- Bodies that belong to each other ---


@pytest.mark.parametrize("between", [0, 1])
def test_a_body_that_would_be_part_of_itself_is_refused(between, standards):
    merged = builders.make_organization(name="House", slug="house")
    above = merged
    for _ in range(between):
        above = builders.make_organization(parent=above)
    kept = builders.make_organization(name="Desk", slug="desk", parent=above)
    with pytest.raises(ValidationError) as refused:
        merge(kept, merged, by=standards)
    said = "Desk (desk) is part of House (house) and can't be part of itself: change what it is part of."
    assert refused.value.messages == [said]
    assert Organization.objects.filter(pk=merged.pk).exists()


@pytest.mark.parametrize("between", [0, 1])
def test_a_part_merged_into_what_it_is_part_of_is_no_circle(between, standards):
    kept = above = builders.make_organization()
    for _ in range(between):
        above = builders.make_organization(parent=above)
    merged = builders.make_organization(parent=above)
    part = builders.make_organization(parent=merged)
    merge(kept, merged, by=standards)
    part.refresh_from_db()
    assert part.parent == kept
    assert Organization.objects.get(pk=kept.pk).parent is None
