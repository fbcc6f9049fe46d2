"""Stories: saving makes rows for marks, keeps whose work it is, sets quotes as print has them."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from investigations.models import Contribution, Story
from tests import builders
from tests.builders import MORNING, NOON


@pytest.fixture
def draft(investigation):
    return builders.make_story(investigation=investigation, body="The board [met in March]{#p1}. She signed.")


def passages(story):
    return dict(story.passages.values_list("mark", "words"))


def test_an_edit_makes_a_row_for_each_new_mark(draft, reporter):
    draft.edit(by=reporter)
    assert passages(draft) == {"p1": "met in March"}


def test_a_second_edit_makes_no_row_twice(draft, reporter):
    draft.edit(by=reporter)
    draft.edit(by=reporter, body=draft.body + " [He left]{#p2}.")
    assert passages(draft) == {"p1": "met in March", "p2": "He left"}


def test_changed_words_leave_the_row_as_it_was_confirmed(draft, reporter):
    draft.edit(by=reporter)
    draft.edit(by=reporter, body="The board [met in May]{#p1}.")
    assert passages(draft) == {"p1": "met in March"}


def test_a_mark_taken_away_leaves_its_row_to_the_check(draft, reporter):
    draft.edit(by=reporter)
    draft.edit(by=reporter, body="The board met in March.")
    assert passages(draft) == {"p1": "met in March"}


def test_a_mark_that_stands_twice_gets_one_row(draft, reporter):
    draft.edit(by=reporter, body="[One]{#p1} and [two]{#p1}.")
    assert passages(draft) == {"p1": "One"}


@pytest.mark.parametrize("mark", ["p999999", "p1000000", "p123456789", "p1234567890"])
def test_a_mark_of_any_length_is_kept_or_told_and_never_an_error(draft, reporter, mark):
    draft.edit(by=reporter, body=f"The board [met]{{#{mark}}}.")
    told = [problem.mark for problem in draft.parsed().problems]
    kept = draft.passages.filter(mark=mark).first()
    assert bool(kept) != bool(told)
    if kept:
        kept.full_clean()


def test_an_edit_keeps_who_did_it_when_and_what_they_left(draft, reporter, editor):
    draft.edit(by=reporter, now=MORNING)
    draft.edit(by=editor, now=NOON, headline="Another headline")
    kept = [(row.by, row.at, row.wording) for row in draft.contributions.all()]
    assert [(by, at) for by, at, _ in kept] == [(reporter, MORNING), (editor, NOON)]
    assert kept[1][2] == draft.wording_digest() != kept[0][2]


def test_an_edit_stamps_the_story(draft, reporter):
    draft.edit(by=reporter, now=MORNING)
    draft.refresh_from_db()
    assert (draft.edited_by, draft.edited_at) == (reporter, MORNING)


def test_an_edit_sets_quotes_and_dashes_as_print_has_them(draft, reporter):
    draft.edit(by=reporter, headline='The "deal"', standfirst="It's so -- now", body='She said "no" [to him]{#p1}...')
    draft.refresh_from_db()
    assert (draft.headline, draft.standfirst) == ("The “deal”", "It’s so — now")
    assert draft.body == "She said “no” [to him]{#p1}…"


def test_a_passage_keeps_the_words_as_print_has_them(draft, reporter):
    draft.edit(by=reporter, body='She said ["it\'s no"]{#p1}.')
    assert passages(draft) == {"p1": "“it’s no”"}


def test_an_edit_of_anything_but_the_wording_is_a_mistake_of_the_caller(draft, reporter):
    with pytest.raises(ValueError, match="slug is not a part of the wording"):
        draft.edit(by=reporter, slug="other")


def test_a_refused_edit_writes_nothing(draft, reporter):
    with pytest.raises(ValidationError):
        draft.edit(by=reporter, headline="", body="[New]{#p7} words.")
    assert Story.objects.get(pk=draft.pk).body == "The board [met in March]{#p1}. She signed."
    assert not Contribution.objects.exists()
    assert passages(draft) == {}


def test_a_change_past_an_edit_is_nobodys(draft, reporter):
    draft.edit(by=reporter)
    Story.objects.filter(pk=draft.pk).update(body="The board met.")
    draft.refresh_from_db()
    assert draft.contributions.last().wording != draft.wording_digest()


@pytest.mark.parametrize("name", ["headline", "standfirst", "body"])
def test_a_change_of_any_word_changes_the_digest_of_the_wording(draft, name):
    before = draft.wording_digest()
    setattr(draft, name, getattr(draft, name) + ".")
    assert draft.wording_digest() != before


def test_words_moved_from_one_field_to_the_next_change_the_digest():
    one = Story(headline="ab", standfirst="c", body="")
    two = Story(headline="a", standfirst="bc", body="")
    assert one.wording_digest() != two.wording_digest()
    assert one.wording_digest() == hashlib.sha256(b"ab\x00c\x00").hexdigest()


# --- Marking words ---


def test_words_are_marked_with_the_next_number(draft, reporter):
    draft.edit(by=reporter)
    assert draft.mark_words("She signed", by=reporter) == "p2"
    assert draft.body.endswith("[She signed]{#p2}.")
    assert passages(draft) == {"p1": "met in March", "p2": "She signed"}


def test_marking_words_is_somebodys_work(draft, reporter, editor):
    draft.edit(by=reporter)
    draft.mark_words("She signed", by=editor)
    assert draft.contributions.last().by == editor


@pytest.mark.parametrize("words", ["She wept", "board met", "", "e"])
def test_words_that_are_not_there_once_are_refused_at_their_field(draft, reporter, words):
    before = draft.body
    with pytest.raises(ValidationError) as refused:
        draft.mark_words(words, by=reporter)
    assert refused.value.message_dict.keys() == {"words"}
    assert Story.objects.get(pk=draft.pk).body == before


def test_confirming_a_passage_keeps_the_words_and_by_whom(draft, reporter, editor):
    draft.edit(by=reporter)
    passage = draft.passages.get()
    draft.edit(by=reporter, body=draft.body.replace(passage.words, "met in May"))
    passage.confirm("met in May", by=editor)
    assert passages(draft) == {"p1": "met in May"}
    assert draft.contributions.last().by == editor
