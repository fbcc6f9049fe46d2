"""Withholding: one editor hides, another makes it final; readers are told, and the chain still holds."""

import pytest

from investigations.models import WithholdingOrder
from investigations.publishing.compile import recompile
from investigations.publishing.refusal import Refused
from investigations.publishing.withhold import make_final, restore
from investigations.record import chain
from investigations.record.models import CorrectionRow, MeetingRow, Page, Part, Withholding
from tests import builders
from tests.builders import COURT
from tests.publishing.withheld import (
    VOTE,
    assert_the_record_holds,
    everything,
    mend,
    page_of,
    pages,
    showing,
)

# --- An edition, where its author and its investigation have other stories ---


def test_a_withheld_headline_is_gone_from_the_lists_of_its_author_and_investigation(
    published, investigation, reporter, editor, standards
):
    other = builders.make_ready_story(investigation=investigation, by=reporter, headline="Another berth")
    builders.make_byline(story=other, author=published.bylines.get().author)
    builders.publish_story(other, reporter=reporter, editor=editor)
    author = f"/authors/{published.bylines.get().author.public_key}/"
    feed = f"/investigations/{investigation.public_key}/stories.atom"
    assert {author, feed} <= {address.partition("?")[0] for address in showing("Another berth")}
    order = builders.withhold(by=standards, story=other, edition=1)
    assert showing("Another berth") == []
    assert_the_record_holds()
    restore(order, by=standards)
    assert {author, feed} <= {address.partition("?")[0] for address in showing("Another berth")}
    assert_the_record_holds()


# --- A passage ---


def test_a_hidden_paragraph_is_gone_from_every_page_and_the_page_says_why(hidden, published):
    assert showing(VOTE) == []
    page = page_of(published, "editions/1/")
    assert "A passage of this story was withheld on" in page
    assert COURT in page


def test_a_hidden_paragraph_stays_in_the_ledger(hidden):
    assert VOTE in Part.objects.get(kind="block", key="b2").content
    assert_the_record_holds()


def test_a_restored_paragraph_is_back_byte_for_byte(published, standards):
    before = pages()
    order = builders.withhold(by=standards, story=published, paragraph=2)
    assert pages() != before
    restore(order, by=standards)
    assert pages() == before
    assert_the_record_holds()


def test_a_destroyed_paragraph_is_nowhere_any_more_and_the_chain_holds(hidden, without_it, second):
    before = Part.objects.get(kind="block", key="b2")
    make_final(hidden, by=second)
    assert VOTE not in everything()
    after = Part.objects.get(pk=before.pk)
    assert (after.content, after.salt, after.commitment) == (None, None, before.commitment)
    assert "A passage of this story was removed for good on" in everything()
    assert chain.verify() == []
    assert_the_record_holds()


def test_the_record_is_compiled_anew_without_what_was_destroyed(hidden, without_it, second):
    make_final(hidden, by=second)
    before = pages()
    recompile()
    assert pages() == before


def test_the_evidence_of_a_hidden_paragraph_goes_with_it(hidden):
    states = {part.key: part.withholdings.exists() for part in Part.objects.filter(kind="note")}
    assert sorted(states.values()) == [False, True]


def test_each_act_is_a_link_of_the_chain_with_its_authority(hidden, standards):
    restore(hidden, by=standards)
    acts = list(Withholding.objects.order_by("position"))
    assert [row.state for row in acts] == ["hidden", "hidden", "restored", "restored"]
    assert [row.position for row in acts] == [2, 3, 4, 5]
    assert {row.authority for row in acts} == {COURT}


def test_every_edition_loses_the_paragraph_also_where_it_was_mended(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor, old="the gallery", new="the balcony")
    builders.withhold(by=standards, story=published, edition=2, paragraph=2)
    assert showing(VOTE) == []
    assert_the_record_holds()


def test_an_edition_that_does_not_hold_the_words_keeps_its_paragraph(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor)
    builders.withhold(by=standards, story=published, paragraph=2, words="Lee  sample watched")
    assert showing(VOTE) == []
    assert "nobody had asked her" in page_of(published)
    assert "nobody had asked her" not in page_of(published, "editions/1/")
    assert_the_record_holds()


@pytest.mark.parametrize("words", ["", "Lee Sample watched the vote"])
def test_the_correction_that_shows_the_words_goes_with_them_and_keeps_its_number(
    published, reporter, editor, standards, second, words
):
    builders.correct_story(published, reporter=reporter, editor=editor, note="It was not so.")
    order = builders.withhold(by=standards, story=published, paragraph=2, words=words)
    assert showing(VOTE) == []
    note = bytes(Page.objects.get(path="/corrections/1/").body).decode()
    assert f"This note was withheld on March 3, 2026: {COURT}." in note
    assert "It was not so." not in note
    assert_the_record_holds()
    if not words:
        mend(published, reporter, old=published.body.split("\n\n")[1], new="The board said nothing.\n")
    make_final(order, by=second)
    assert VOTE not in everything()
    assert "removed for good" in CorrectionRow.objects.get().note
    assert_the_record_holds()


def test_a_correction_of_other_words_stays(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    builders.withhold(by=standards, story=published, paragraph=2)
    assert "<ins>leased</ins>" in bytes(Page.objects.get(path="/corrections/1/").body).decode()


def test_a_hidden_correction_is_carried_on_and_comes_back_with_the_rest(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor, note="It was not so.")
    order = builders.withhold(by=standards, story=published, paragraph=2, words=VOTE)
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    assert showing("It was not so.") == []
    assert_the_record_holds()
    restore(WithholdingOrder.objects.get(pk=order.pk), by=standards)
    assert f"/stories/{published.slug}/" in showing("It was not so.")
    assert_the_record_holds()


# --- An entry ---


def test_a_hidden_meeting_leaves_the_index_and_comes_back(dinner, standards):
    order = builders.withhold(by=standards, entry=f"meetings/{dinner.public_key}/")
    assert not MeetingRow.objects.exists()
    assert showing("Dinner at the pier") == showing("at the pier") == []
    assert f"/meetings/{dinner.public_key}/" in showing("This meeting was withheld on")
    assert_the_record_holds()
    restore(order, by=standards)
    assert MeetingRow.objects.get().title == "Dinner at the pier"
    assert_the_record_holds()


def test_a_quote_goes_with_the_meeting_that_repeats_its_words(dinner, story, reporter, standards, second):
    order = builders.withhold(by=standards, entry=f"quote/{dinner.quote.public_key}")
    assert showing("He came as the harbor master") == []
    story.passages.order_by("mark")[0].evidence.filter(meeting=dinner).delete()
    make_final(order, by=second)
    assert "He came as the harbor master" not in everything()
    assert_the_record_holds()


def test_the_page_says_where_evidence_was_withheld(dinner, story, standards):
    builders.withhold(by=standards, entry=f"meeting/{dinner.public_key}")
    assert "Evidence of this story was withheld on" in page_of(story)


def test_an_entry_is_withheld_in_every_story_that_has_it(dinner, investigation, reporter, editor, standards):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.make_evidence(passage=other.passages.first(), meeting=dinner)
    builders.publish_story(other, reporter=reporter, editor=editor)
    builders.withhold(by=standards, entry=f"meeting/{dinner.public_key}")
    assert showing("Dinner at the pier") == []
    assert_the_record_holds()


def test_an_entry_that_readers_never_had_is_not_withheld(published, investigation, standards):
    meeting = builders.make_meeting(investigation=investigation)
    with pytest.raises(Refused, match="never had an entry"):
        builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}")


# --- An edition ---


def test_a_hidden_edition_stays_at_its_address_and_says_so(published, standards):
    headline = published.headline
    builders.withhold(by=standards, story=published)
    page = page_of(published)
    assert "This story was withheld on" in page
    assert COURT in page
    assert "<h1>Withheld</h1>" in page
    assert showing(headline) == showing("nobody had asked her") == []
    assert_the_record_holds()


def test_a_hidden_latest_edition_does_not_bring_the_one_before_back(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor)
    builders.withhold(by=standards, story=published, edition=2)
    page = page_of(published)
    assert "This story was withheld on" in page
    assert "nobody had asked her" not in page
    assert "nobody had asked her" in page_of(published, "editions/1/")
    assert_the_record_holds()


def test_a_hidden_older_edition_keeps_the_storys_headline_and_the_story(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor)
    builders.withhold(by=standards, story=published, edition=1)
    page = page_of(published, "editions/1/")
    assert "This edition of the story was withheld on" in page
    assert published.headline in page
    assert VOTE not in page
    assert "nobody had asked her" in page_of(published)
    assert "· withheld" in page_of(published)
    assert_the_record_holds()


def test_a_hidden_edition_is_not_compared_and_the_page_says_why(published, reporter, editor, standards, client):
    builders.correct_story(published, reporter=reporter, editor=editor)
    builders.withhold(by=standards, story=published, edition=1)
    shown = client.get(f"/stories/{published.slug}/changes/").content.decode()
    assert "One of these editions was withheld on" in shown
    assert VOTE not in shown
    assert "[removed:" not in shown


def test_a_restored_edition_is_back_byte_for_byte(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor)
    before = pages()
    restore(builders.withhold(by=standards, story=published, edition=2), by=standards)
    assert pages() == before
    assert_the_record_holds()


def test_a_destroyed_only_edition_keeps_its_address_also_in_a_record_made_anew(
    published, reporter, standards, second
):
    headline = published.headline
    order = builders.withhold(by=standards, story=published)
    published.edit(by=reporter, headline="Another", body="Other words.")
    make_final(order, by=second)
    assert headline not in everything()
    assert "This story was removed for good on" in page_of(published)
    assert_the_record_holds()
    before = pages()
    recompile()
    assert pages() == before
    assert_the_record_holds()


def test_the_author_of_nothing_but_a_withheld_edition_has_no_page(published, standards):
    assert [path for path in pages() if path.startswith("/authors/")]
    builders.withhold(by=standards, story=published)
    assert [path for path in pages() if path.startswith("/authors/")] == []


def test_the_picture_of_a_withheld_edition_is_gone(story, reporter, editor, standards):
    builders.make_figure(story=story)
    builders.publish_story(story, reporter=reporter, editor=editor)
    order = builders.withhold(by=standards, story=story)
    assert [path for path in pages() if path.startswith("/pictures/")] == []
    assert_the_record_holds()
    restore(order, by=standards)
    assert [path for path in pages() if path.startswith("/pictures/")]
    assert_the_record_holds()


# --- Two orders about the same ---


def test_what_another_order_holds_stays_hidden_on_its_authority(published, hidden, standards):
    edition = builders.withhold(by=standards, story=published, authority="Another court")
    restore(hidden, by=standards)
    assert showing(VOTE) == []
    restore(edition, by=standards)
    assert showing(VOTE)
    assert_the_record_holds()


def test_the_first_authority_gives_way_to_the_second(published, standards):
    edition = builders.withhold(by=standards, story=published, authority="Another court")
    builders.withhold(by=standards, story=published, paragraph=2)
    restore(edition, by=standards)
    assert "Another court" not in page_of(published)
    assert COURT in page_of(published)
    assert_the_record_holds()
