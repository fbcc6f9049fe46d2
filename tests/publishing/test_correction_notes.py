"""What a correction says: its number, the words, since when they were wrong, and where earlier notes went."""

from investigations.publishing.correct import correct
from investigations.publishing.projection.story import project_story
from investigations.publishing.steps import approve
from investigations.record.models import CorrectionRow, Page
from tests import builders
from tests.publishing.corrections import DAYS, WATCHED, latest, notes, page_of, update


def test_notes_are_numbered_through_the_site(investigation, reporter, editor):
    stories = [builders.make_ready_story(investigation=investigation, by=reporter) for _ in range(3)]
    for story in stories:
        builders.publish_story(story, reporter=reporter, editor=editor)
    numbers = [builders.correct_story(story, reporter=reporter, editor=editor).number for story in reversed(stories)]
    assert numbers == [1, 2, 3]
    assert list(CorrectionRow.objects.values_list("number", flat=True)) == [3, 2, 1]
    assert [note["number"] for note in notes(latest())] == [3]


# What the note says of the words.


def test_a_removal_has_no_new_words(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    (change,) = notes(latest())[0]["changes"]
    assert (change["where"], change["block"], change["new"]) == ("text", 2, "")
    assert change["old"].strip() == "Lee Sample watched the vote from the gallery."


def test_a_replacement_names_old_and_new_words_and_where_the_new_ones_end(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    (change,) = notes(latest())[0]["changes"]
    text = project_story(published).blocks[0]["text"]
    assert (change["block"], change["old"], change["new"]) == (1, "sold", "leased")
    assert text[: change["at"]].endswith("was leased")


def test_a_mended_headline_is_in_the_note(published, reporter, editor):
    published.edit(by=reporter, now=builders.NEXT_DAY, headline=f"{published.headline}, at last")
    draft = builders.make_submitted(story=published, written_by=reporter)
    approve(draft, by=editor)
    correct(draft, by=editor, now=builders.NEXT_DAY)
    (change,) = notes(latest())[0]["changes"]
    assert (change["where"], change["block"], change["new"]) == ("headline", None, ", at last")


def test_the_words_around_a_change_stand_in_both_editions(published, reporter, editor):
    before = project_story(published).blocks[0]["text"]
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    (change,) = notes(latest())[0]["changes"]
    lead, tail = change["lead"].strip("…"), change["tail"].strip("…")
    assert f"{lead}{change['old']}{tail}" in before
    assert f"{lead}{change['new']}{tail}" in project_story(published).blocks[0]["text"]


def wrong_since():
    """From which edition on the last correction says the words were wrong."""
    return notes(latest())[-1]["wrong_since"]["edition"]


def test_words_that_were_wrong_from_the_start_are_wrong_since_the_first_edition(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    assert notes(latest())[0]["wrong_since"] == {"edition": 1, "at": "2026-03-02T12:00:00.000000+00:00"}


def test_words_that_went_wrong_later_are_wrong_since_that_edition(published, reporter, editor):
    update(published, by=reporter, old="was sold", new="was given away", now=DAYS[0])
    update(published, by=reporter, old="the vote", new="the whole vote", now=DAYS[1])
    builders.correct_story(published, reporter=reporter, editor=editor, old="given away", new="sold", now=DAYS[2])
    assert (latest().number, wrong_since()) == (4, 2)


def test_words_are_wrong_since_the_first_edition_though_their_paragraph_changed_meanwhile(
    published, reporter, editor
):
    update(published, by=reporter, old="the gallery", new="the upper gallery", now=DAYS[0])
    builders.correct_story(published, reporter=reporter, editor=editor, old="The chair", new="The clerk", now=DAYS[2])
    assert wrong_since() == 1


def test_a_word_left_out_is_wrong_since_the_edition_with_that_sentence(published, reporter, editor):
    sentence = " The clerk agreed."
    update(published, by=reporter, old=WATCHED, new=WATCHED + sentence, now=DAYS[0])
    builders.correct_story(
        published, reporter=reporter, editor=editor, old="clerk agreed", new="clerk never agreed", now=DAYS[1]
    )
    assert wrong_since() == 2


# Earlier notes.


def test_an_earlier_note_is_carried_to_where_its_words_now_stand(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    builders.correct_story(
        published, reporter=reporter, editor=editor, old="The harbor board", new="The whole harbor board", now=DAYS[1]
    )
    first, second = notes(latest())
    text = project_story(published).blocks[0]["text"]
    assert (first["number"], second["number"]) == (1, 2)
    assert text[: first["changes"][0]["at"]].endswith("was leased")


def test_a_note_whose_words_changed_again_stands_at_the_end_of_their_block(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    builders.correct_story(
        published, reporter=reporter, editor=editor, old="was leased", new="was given away", now=DAYS[1]
    )
    (change,) = notes(latest())[0]["changes"]
    assert (change["block"], change["at"]) == (1, None)
    assert page_of(published).count("[Corrected]") == 2


def test_a_note_follows_its_block_when_one_is_put_before_it(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    published.edit(by=reporter, now=DAYS[1], body=f"It rained all day.\n\n{published.body}")
    draft = builders.make_submitted(story=published, written_by=reporter)
    approve(draft, by=editor)
    correct(draft, by=editor, now=DAYS[1])
    (change,) = notes(latest())[0]["changes"]
    assert change["block"] == 3


def test_an_earlier_note_keeps_its_sentence_number_and_date(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    (before,) = notes(latest())
    builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased", now=DAYS[1])
    carried = notes(latest())[0]
    assert {**carried, "changes": None} == {**before, "changes": None}
    assert [change["old"] for change in carried["changes"]] == [change["old"] for change in before["changes"]]


def test_every_edition_keeps_an_address_of_its_own(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    first, second = (
        bytes(Page.objects.get(path=f"/stories/{published.slug}/editions/{n}/").body).decode() for n in (1, 2)
    )
    assert "watched the vote from the gallery" in first
    assert "[Corrected]" in second
