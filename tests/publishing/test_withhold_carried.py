"""What a later edition carries on stays withheld in it; a withheld edition is mended or taken back."""

import pytest

from investigations.models import WithholdingOrder
from investigations.publishing.refusal import Refused
from investigations.publishing.withhold import make_final, restore
from investigations.record.models import Part, StoryRow
from tests import builders
from tests.publishing.withheld import VOTE, assert_the_record_holds, everything, mend, page_of, pages, showing

GONE = " Lee Sample watched the vote from the gallery."


def note(story, *, reporter, chief, kind="editors_note", **values):
    """Publish a note, as a standards editor may."""
    correction = builders.make_submitted(
        story=story, written_by=reporter, written_at=builders.DAY_AFTER, kind=kind, note="What to know.", **values
    )
    builders.approve(correction, by=chief, now=builders.DAY_AFTER)
    builders.correct(correction, by=chief, now=builders.DAY_AFTER)


@pytest.fixture
def noted(published, hidden, reporter, second):
    """A second edition: the first, with a note of the editors, its second paragraph hidden."""
    note(published, reporter=reporter, chief=second)
    return published


def test_a_hidden_paragraph_is_hidden_in_an_edition_that_only_adds_a_note(noted):
    assert showing(VOTE) == []
    assert "A passage of this story was withheld on" in page_of(noted)
    assert "What to know." in page_of(noted)
    assert "nobody had asked her" not in page_of(noted)
    assert_the_record_holds()


def test_it_comes_back_in_both_editions(noted, hidden, standards):
    restore(hidden, by=standards)
    assert VOTE in page_of(noted)
    assert VOTE in page_of(noted, "editions/1/")
    assert_the_record_holds()


def test_it_is_destroyed_in_both_editions(noted, hidden, reporter, second):
    mend(noted, reporter, old=noted.body.split("\n\n")[1], new="The board said nothing.\n")
    make_final(hidden, by=second)
    assert VOTE not in everything()
    assert "removed for good" in page_of(noted)
    assert "removed for good" in page_of(noted, "editions/1/")
    assert_the_record_holds()


def test_what_was_destroyed_is_said_in_an_edition_that_only_adds_a_note(published, reporter, standards, second):
    order = builders.withhold(by=standards, story=published, paragraph=2, words=VOTE)
    body = published.body
    mend(published, reporter, old=GONE)
    make_final(order, by=second)
    published.edit(by=reporter, now=builders.DAY_AFTER, body=body.split("\n\n")[0])
    note(published, reporter=reporter, chief=second)
    page = page_of(published)
    assert "What to know." in page
    assert "A passage of this story was removed for good on" in page
    assert_the_record_holds()


def test_an_update_brings_a_withheld_story_back_mended(published, reporter, standards, second):
    builders.withhold(by=standards, story=published)
    published.edit(by=reporter, now=builders.DAY_AFTER, body=published.body.replace(GONE, ""))
    note(published, reporter=reporter, chief=second, kind="update")
    assert "nobody had asked her" in page_of(published)
    assert showing(VOTE) == []
    assert published.headline in page_of(published, "editions/1/")
    assert_the_record_holds()


@pytest.mark.parametrize("kind", ["correction", "clarification", "editors_note"])
def test_nothing_else_says_what_a_withheld_edition_said(published, reporter, standards, second, kind):
    builders.withhold(by=standards, story=published)
    published.edit(by=reporter, now=builders.DAY_AFTER, body=published.body.replace(GONE, ""))
    with pytest.raises(Refused, match="an update brings the story back"):
        note(published, reporter=reporter, chief=second, kind=kind)


def test_a_withheld_story_is_taken_back_under_its_stand_in(published, reporter, standards, second):
    headline = published.headline
    builders.withhold(by=standards, story=published)
    note(published, reporter=reporter, chief=second, kind="retraction")
    assert showing(headline) == []
    assert StoryRow.objects.get().slug == published.slug
    assert "What to know." in page_of(published)
    assert_the_record_holds()


def test_an_order_knows_the_parts_that_carry_on_what_it_hides(noted, hidden):
    before = set(hidden.parts)
    after = set(WithholdingOrder.objects.get(pk=hidden.pk).parts)
    assert before < after
    assert {name.split("/")[1] for name in after - before} == {"2"}
    assert Part.objects.filter(edition__number=2, withholdings__isnull=False).count() == len(after - before)


def test_a_hidden_note_does_not_come_back_with_a_correction(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor, note="It was not so.")
    before = pages()
    order = builders.withhold(by=standards, story=published, paragraph=2, words=VOTE)
    builders.correct_story(
        published, reporter=reporter, editor=editor, old="was sold", new="was leased", now=builders.DAY_AFTER
    )
    assert showing("It was not so.") == []
    restore(order, by=standards)
    assert f"/stories/{published.slug}/" in showing("It was not so.")
    assert pages().keys() > before.keys()
