"""First publication: two people, one digest, one transaction."""

from investigations.record import chain
from investigations.record.models import Page
from tests import builders


def test_a_story_signed_by_two_is_published_with_its_pages(story, reporter, editor):
    edition = builders.publish_story(story, reporter=reporter, editor=editor)
    assert (edition.number, edition.change) == (1, "first")
    assert chain.verify() == []
    assert Page.objects.filter(path=f"/stories/{story.slug}/").count() == 3


def test_a_correction_is_published_with_its_note(published, reporter, editor):
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    assert correction.number == 1
    page = bytes(Page.objects.get(path=f"/stories/{published.slug}/", variant="").body).decode()
    assert "[Corrected]" in page
    assert chain.verify() == []
