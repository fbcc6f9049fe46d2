"""The story page as data: cards in the order of the text, corrections at their words, editions, notices."""

import re

import pytest

from investigations.models import Investigation
from investigations.record.models import Part
from tests import builders
from tests.pages.editions import page, sent


def passage(story, mark):
    return story.passages.get(mark=mark)


def add(story, mark, **values):
    """More evidence at a passage."""
    if not {"quote", "meeting", "source"} & values.keys():
        values["quote"] = builders.make_quote(investigation=story.investigation)
    return builders.make_evidence(passage=passage(story, mark), **values)


def out(story, reporter, editor):
    """Published, as a page."""
    builders.publish_story(story, reporter=reporter, editor=editor)
    return page(story)


@pytest.fixture
def disputed(story):
    """A meeting in which role somebody was is in dispute."""
    meeting = builders.make_meeting(investigation=story.investigation)
    builders.make_attendance(meeting=meeting, role_in_dispute=True)
    return meeting


def test_a_page_has_its_headline_names_and_blocks(story, reporter, editor):
    shown = out(story, reporter, editor)
    assert (shown.headline, shown.standfirst) == (story.headline, story.standfirst)
    assert [byline.name for byline in shown.bylines] == [byline.author.name for byline in story.bylines.all()]
    assert [(block.number, block.kind) for block in shown.blocks] == [(1, "paragraph"), (2, "paragraph")]
    assert shown.investigation == story.investigation.title


def test_cards_are_numbered_in_the_order_of_the_text_and_not_of_the_desk(story, reporter, editor):
    first, second = story.body.strip().split("\n\n")
    story.edit(by=reporter, now=builders.MORNING, body=f"{second}\n\n{first}")
    shown = out(story, reporter, editor)
    assert [(card.passage, card.number) for block in shown.blocks for card in block.cards] == [("p2", 1), ("p1", 2)]


def test_pieces_at_one_passage_share_its_number_and_have_anchors_of_their_own(story, reporter, editor):
    add(story, "p1")
    shown = out(story, reporter, editor)
    cards = [card for block in shown.blocks for card in block.cards]
    assert [(card.number, card.anchor) for card in cards] == [(1, "n1"), (1, "n1-2"), (2, "n2")]
    assert len({card.key for card in cards}) == 3


def test_pieces_at_one_passage_stand_in_the_order_the_desk_gave_them(story, reporter, editor):
    later = add(story, "p1", position=2)
    first = add(story, "p1", position=1)
    story.passages.get(mark="p1").evidence.exclude(pk__in=[later.pk, first.pk]).delete()
    shown = out(story, reporter, editor)
    assert [card.key for card in shown.blocks[0].cards] == [first.public_key, later.public_key]


def test_evidence_stands_in_the_paragraph_of_its_passage(story, reporter, editor):
    shown = out(story, reporter, editor)
    assert [[card.passage for card in block.cards] for block in shown.blocks] == [["p1"], ["p2"]]


def test_counted_evidence_is_a_number_and_desk_only_is_nothing(story, reporter, editor):
    add(story, "p1", showing="counted")
    add(story, "p1", showing="desk_only")
    block = out(story, reporter, editor).blocks[0]
    assert (len(block.cards), block.not_shown) == (1, 1)


def test_a_passage_of_which_nothing_is_shown_is_marked_and_counted(story, reporter, editor):
    passage(story, "p1").evidence.update(showing="counted")
    block = out(story, reporter, editor).blocks[0]
    assert (block.cards, block.not_shown) == ((), 1)
    assert '<span class="passage" id="p1">' in block.html


def test_a_passage_with_nothing_for_readers_keeps_its_id_and_is_unmarked(story, reporter, editor):
    passage(story, "p1").evidence.update(showing="desk_only")
    block = out(story, reporter, editor).blocks[0]
    assert '<span id="p1">' in block.html
    assert 'class="ref"' not in block.html


def test_a_reference_leads_to_the_first_card_of_its_passage(story, reporter, editor):
    block = out(story, reporter, editor).blocks[0]
    assert block.html.count('class="ref"') == 1
    assert f'</span><a class="ref" role="doc-noteref" href="#{block.cards[0].anchor}"' in block.html


def test_a_label_with_quotes_and_brackets_stays_in_its_attribute(story, reporter, editor):
    passage(story, "p1").evidence.update(label='He "said" <so>')
    block = out(story, reporter, editor).blocks[0]
    assert 'aria-label="Evidence 1: He &quot;said&quot; &lt;so&gt;"' in block.html


def test_accounts_that_differ_are_told_on_card_and_block(story, disputed, reporter, editor):
    add(story, "p1", meeting=disputed)
    first, second = out(story, reporter, editor).blocks
    assert [card.differs for card in first.cards] == [False, True]
    assert (first.differs, second.differs) == (True, False)


@pytest.mark.parametrize(("stance", "told"), [("contradicts", True), ("supports", False), ("context", False)])
def test_what_speaks_against_the_words_is_told(story, stance, told, reporter, editor):
    passage(story, "p1").evidence.update(stance=stance)
    assert out(story, reporter, editor).blocks[0].contradicted is told


def test_a_notice_stands_on_the_page_and_hides_nothing_by_itself(story, reporter, editor):
    Investigation.objects.update(notice="An example.")
    story.refresh_from_db()
    shown = out(story, reporter, editor)
    assert shown.notices == ("An example.",)
    assert not shown.hidden_from_search_engines


def test_without_a_notice_there_is_none(story, reporter, editor):
    assert out(story, reporter, editor).notices == ()


def test_without_evidence_the_text_stands_alone(story, reporter, editor):
    out(story, reporter, editor)
    shown = page(story, evidence="off")
    assert not shown.has_evidence
    assert shown.blocks[0].html.count("<span id=") == 1
    assert "class=" not in "".join(block.html for block in shown.blocks)


# --- Editions and corrections ---


def test_a_first_edition_is_unchanged_and_canonical_at_the_storys_address(published):
    shown = page(published)
    assert (shown.is_latest, shown.changed, shown.corrections) == (True, None, ())
    assert shown.canonical.endswith(f"/stories/{published.slug}/")


@pytest.fixture
def twice(published, reporter, editor):
    """The story in two editions, the second correcting the first."""
    builders.correct_story(published, reporter=reporter, editor=editor)
    return published


def test_the_latest_edition_says_when_it_was_corrected_and_keeps_when_it_was_published(twice):
    shown = page(twice)
    assert (shown.edition.number, shown.changed.number, shown.changed.change) == (2, 2, "Correction")
    assert shown.published.iso < shown.changed.published.iso
    assert [edition.current for edition in shown.editions] == [False, True]


def test_an_older_edition_shows_what_readers_saw_then(twice):
    shown = page(twice, 1)
    assert (shown.is_latest, shown.changed, shown.corrections) == (False, None, ())
    assert "Lee Sample watched the vote" in shown.blocks[1].html
    assert shown.canonical.endswith("/editions/1/")
    assert "[Corrected]" not in shown.blocks[1].html


def test_a_correction_stands_at_its_words_under_its_paragraph_and_at_the_foot(twice):
    shown = page(twice)
    (note,) = shown.corrections
    assert [block.corrections for block in shown.blocks] == [(), (note,)]
    assert re.sub("<[^>]*>", "", shown.blocks[1].html).endswith("asked her2. [Corrected]")
    assert shown.blocks[1].html.count('href="#correction-1">[Corrected]</a>') == 1
    assert shown.top_corrections == ()


def test_a_serious_correction_stands_at_the_top_too(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor, severity="serious")
    assert [note.number for note in page(published).top_corrections] == [1]


def test_a_correction_of_the_headline_stands_at_the_headline(published, reporter, editor):
    published.edit(by=reporter, now=builders.NEXT_DAY, headline="The contract everybody saw")
    correction = builders.make_submitted(story=published, written_by=reporter)
    builders.approve(correction, by=editor, now=builders.NEXT_DAY)
    builders.correct(correction, by=editor, now=builders.NEXT_DAY)
    shown = page(published)
    assert [note.number for note in shown.headline_corrections] == [1]
    assert all(block.corrections == () for block in shown.blocks)


@pytest.mark.parametrize("variant", ["", "evidence=all", "evidence=off"])
def test_every_link_within_the_page_leads_somewhere_and_no_id_stands_twice(twice, variant):
    html = sent(f"/stories/{twice.slug}/", variant)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) - set(ids) == set()


@pytest.mark.parametrize("at", ["first", "second"])
def test_words_taken_out_between_two_others_leave_the_tag_between_them(published, reporter, editor, at):
    old, new = {"first": ("in secret ", ""), "second": ("Lee Sample watched the vote", "Lee watched the vote")}[at]
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace(old, new))
    for changed in published.parsed().marks:
        published.passages.get(mark=changed.id).confirm(changed.words, by=reporter)
    correction = builders.make_submitted(story=published, written_by=reporter)
    builders.approve(correction, by=editor, now=builders.NEXT_DAY)
    builders.correct(correction, by=editor, now=builders.NEXT_DAY)
    html = "".join(block.html for block in page(published).blocks)
    before, _, after = html.partition(' <a class="fixed"')
    rest = after.partition("[Corrected]</a>")[2]
    assert not before[-1].isspace()
    assert not rest[0].isalnum()


def test_the_edition_a_note_names_is_the_one_it_links_to(twice, reporter, editor):
    builders.correct_story(
        twice,
        reporter=reporter,
        editor=editor,
        old="and the port was sold",
        new="and the harbor was sold",
        now=builders.NEXT_DAY.replace(hour=15),
    )
    note = page(twice).corrections[-1]
    assert (note.number, note.wrong_edition, note.edition) == (2, 1, 3)
    assert note.old_edition_href.endswith("/editions/1/")


# --- Withheld ---


def hide(kind, story, order=0):
    parts = Part.objects.filter(kind=kind, edition__work=f"story:{story.public_key}").order_by("-edition", "order")
    builders.withhold_part(parts[order], "hidden", authority="A court's order")


def test_a_withheld_block_is_a_notice_in_its_place(published):
    hide(Part.Kind.BLOCK, published)
    first, second = page(published).blocks
    assert (first.kind, first.html, first.cards) == ("withheld", "", ())
    assert first.withheld.authority == "A court's order"
    assert second.withheld is None


def test_a_withheld_record_leaves_its_card_as_a_notice(published):
    hide(Part.Kind.ENTRY, published)
    cards = [card for block in page(published).blocks for card in block.cards]
    assert [card.withheld is not None for card in cards].count(True) == 1
    assert all(card.record is None for card in cards if card.withheld)


def test_a_withheld_note_is_not_there_and_the_page_says_so(published):
    hide(Part.Kind.NOTE, published)
    shown = page(published)
    assert [card.passage for block in shown.blocks for card in block.cards] == ["p2"]
    assert [notice.authority for notice in shown.withheld_evidence] == ["A court's order"]


def test_a_note_on_a_withheld_block_is_still_led_to(twice):
    hide(Part.Kind.BLOCK, twice, order=1)
    html = sent(f"/stories/{twice.slug}/")
    assert html.count('id="correction-1"') == 1
    assert "Lee Sample did not watch the vote." in html
