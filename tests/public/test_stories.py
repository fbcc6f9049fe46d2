"""Stories by an older edition, and under short names they once had."""

import pytest
from django.db import IntegrityError

from investigations.pages import paths
from investigations.publishing.compare import compare_pages, compare_rows
from investigations.publishing.compile import recompile
from investigations.publishing.publish import publish
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import sign
from investigations.record.models import Page, SlugRow, StoryRow
from tests import builders
from tests.pages.editions import sent
from tests.pages.notes import write_edition

LATER = builders.NEXT_DAY.replace(day=9)


def rename(story, slug, *, now=LATER):
    """The story’s next edition under another short name, as the record may hold it."""
    story.slug = slug
    return write_edition(story, now=now)


# An older edition.


@pytest.fixture
def thrice(published):
    """A story in three editions."""
    for day in (5, 6):
        write_edition(published, now=LATER.replace(day=day))
    return published


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_link_that_names_an_older_edition_leads_to_it(thrice, client, number):
    answer = client.get(paths.story(thrice.slug), {"edition": number})
    assert (answer.status_code, answer["Location"]) == (302, paths.edition(thrice.slug, int(number)))


@pytest.mark.parametrize("number", ["3", "4", "0", "-1", "x", "", "²", "9" * 40])
def test_a_link_that_names_the_latest_edition_or_none_gets_the_story(thrice, client, number):
    answer = client.get(paths.story(thrice.slug), {"edition": number})
    assert (answer.status_code, answer.content.decode()) == (200, sent(paths.story(thrice.slug)))


def test_an_edition_of_a_story_that_never_was_is_not_found(thrice, client):
    assert client.get("/stories/nothing/", {"edition": "1"}).status_code == 404


# A story that moved.


@pytest.fixture
def moved(published):
    """A story that was called otherwise for two editions, and is now called the-lease."""
    write_edition(published, now=LATER.replace(day=5))
    old = published.slug
    rename(published, "the-lease")
    return old


ENDS = ["", "editions/1/", "editions/3/", "changes/", "changes/?from=1&to=2", "annotations.json", "?evidence=all"]


@pytest.mark.parametrize("rest", ENDS)
def test_every_address_under_an_old_name_leads_to_the_same_under_the_present_one(moved, client, rest):
    answer = client.get(f"/stories/{moved}/{rest}")
    assert (answer.status_code, answer["Location"]) == (301, f"/stories/the-lease/{rest}")
    assert client.get(answer["Location"]).status_code == 200


def test_a_redirect_is_asked_anew_and_sets_no_cookie(moved, client):
    answer = client.get(f"/stories/{moved}/")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies


def test_what_never_was_under_an_old_name_is_not_found_under_the_new_one(moved, client):
    assert client.get(f"/stories/{moved}/editions/9/", follow=True).status_code == 404


def test_nothing_is_stored_under_an_old_name(moved):
    assert not Page.objects.filter(path__startswith=f"/stories/{moved}/").exists()
    assert f"/stories/{moved}/" not in "".join(bytes(p.body).decode(errors="replace") for p in Page.objects.all())


def test_every_old_name_leads_to_the_last_one_at_once(moved, published, client):
    rename(published, "the-lease-at-last", now=LATER.replace(day=10))
    for name in (moved, "the-lease"):
        assert client.get(f"/stories/{name}/")["Location"] == "/stories/the-lease-at-last/"


def test_a_story_may_take_back_a_name_that_it_had(moved, published, client):
    rename(published, moved, now=LATER.replace(day=10))
    assert client.get(f"/stories/{moved}/").status_code == 200
    assert client.get("/stories/the-lease/")["Location"] == f"/stories/{moved}/"


def test_a_head_is_sent_on_too_and_a_post_is_not(moved, client):
    assert client.head(f"/stories/{moved}/").status_code == 301
    assert client.post(f"/stories/{moved}/").status_code == 405


def test_names_are_made_anew_from_the_ledger(moved, client):
    before = list(SlugRow.objects.values_list("slug", "work"))
    SlugRow.objects.all().delete()
    assert client.get(f"/stories/{moved}/").status_code == 404
    recompile()
    assert list(SlugRow.objects.values_list("slug", "work")) == before
    assert client.get(f"/stories/{moved}/").status_code == 301


def test_a_lost_or_changed_name_is_found_when_the_record_is_verified(moved):
    assert [*compare_rows(), *compare_pages()] == []
    SlugRow.objects.filter(slug=moved).update(work="story:other")
    assert [fault.problem for fault in compare_rows()] == [
        "is missing: recompile",
        "nothing in the ledger accounts for this row: recompile",
    ]
    SlugRow.objects.filter(slug=moved).delete()
    assert ["is missing" in fault.problem for fault in compare_rows()] == [True]
    SlugRow.objects.create(slug="planted", work="story:other")
    assert "nothing in the ledger accounts for this row" in [*compare_rows()][-1].problem


def test_a_name_of_another_story_is_not_written_over_even_past_the_rule(moved, investigation, reporter, editor):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor, now=LATER.replace(day=11))
    with pytest.raises(IntegrityError):
        rename(other, moved, now=LATER.replace(day=12))


@pytest.mark.parametrize("name", ["old", "present"])
def test_another_story_never_gets_a_name_that_was_a_storys(moved, investigation, reporter, editor, name):
    slug = moved if name == "old" else "the-lease"
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    type(other).objects.filter(slug=slug).update(slug="somewhere-else")
    other.slug = slug
    other.edit(by=reporter, now=builders.MORNING)
    sign(other, by=reporter, now=LATER)
    sign(other, by=editor, now=LATER)
    with pytest.raises(Refused, match=f"The address /stories/{slug}/ is another story’s for ever"):
        publish(other, by=editor, now=LATER)
    assert StoryRow.objects.count() == 1
