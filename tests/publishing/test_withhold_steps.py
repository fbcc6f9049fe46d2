"""Who withholds, which step is legal, and that nothing comes back with the next edition."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from investigations.models import WithholdingOrder
from investigations.publishing.refusal import Refused
from investigations.publishing.withhold import hide, make_final, restore
from investigations.record.models import Edition, Withholding
from tests import builders
from tests.builders import COURT
from tests.publishing.withheld import VOTE, mend, pages, showing

# --- Who may, and which step ---


def refusal(verb, order, *, by) -> str:
    """The sentence with which a verb is refused; nothing was written."""
    before = Withholding.objects.count(), pages()
    with pytest.raises((Refused, ValidationError)) as refused:
        verb(order, by=by)
    assert (Withholding.objects.count(), pages()) == before
    return str(refused.value)


def new(of, **values):
    told = {"authority": COURT, "reason": "So."}
    return WithholdingOrder(**{"scope": "passage", "story": of, "edition": 1, "paragraph": 2, **told, **values})


@pytest.mark.parametrize("who", ["reporter", "editor", "outsider"])
def test_only_standards_editors_hide_and_restore(published, hidden, who, request):
    user = request.getfixturevalue(who)
    assert refusal(hide, new(published), by=user).startswith("Only standards editors")
    assert refusal(restore, hidden, by=user).startswith("Only standards editors")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"authority": "  "}, "authority"),
        ({"reason": " "}, "reason"),
        ({"edition": 7}, "never had"),
        ({"paragraph": 9}, "never had"),
        ({"words": "something else"}, "not in that paragraph"),
        ({"scope": "edition"}, "Name a story"),
        ({"scope": "entry", "story": None, "edition": None, "paragraph": None, "entry": "quotes/x"}, "no quote"),
    ],
)
def test_an_order_that_says_too_little_is_refused(published, standards, values, said):
    assert said in refusal(hide, new(published, **values), by=standards)
    assert not WithholdingOrder.objects.exists()


def test_nobody_makes_their_own_order_final(hidden, without_it, standards):
    assert "another editor" in refusal(make_final, hidden, by=standards)


@pytest.mark.parametrize("who", ["reporter", "outsider"])
def test_only_an_editor_makes_an_order_final(hidden, without_it, who, request):
    assert refusal(make_final, hidden, by=request.getfixturevalue(who)).startswith("Only editors")


def test_an_editor_of_another_team_does_not_make_it_final(hidden, without_it):
    stranger = builders.make_user("stranger", "Editor")
    assert refusal(make_final, hidden, by=stranger).startswith("Only editors")


def test_an_editor_of_the_team_makes_it_final(hidden, without_it, editor):
    assert make_final(hidden, by=editor).final_by == editor


def test_the_database_refuses_one_person_for_both(hidden, standards):
    with pytest.raises(IntegrityError, match="withholding_made_final_by_another"), transaction.atomic():
        WithholdingOrder.objects.filter(pk=hidden.pk).update(final_by=standards, final_at=builders.NEXT_DAY, words="")


def test_an_order_is_never_deleted(hidden):
    for delete in (hidden.delete, WithholdingOrder.objects.all().delete):
        with pytest.raises(ValidationError):
            delete()


def test_each_step_is_taken_once(hidden, without_it, standards, second):
    make_final(hidden, by=second)
    for verb, by in ((make_final, second), (restore, standards)):
        assert refusal(verb, hidden, by=by).startswith("This is final")


def test_what_was_given_back_is_ordered_anew(published, hidden, standards, second):
    restore(hidden, by=standards)
    for verb, by in ((make_final, second), (restore, standards)):
        assert refusal(verb, hidden, by=by).startswith("Readers have this back")
    builders.withhold(by=standards, story=published, paragraph=2)
    assert showing(VOTE) == []


def test_a_final_order_keeps_no_words(published, reporter, standards, second):
    order = builders.withhold(by=standards, story=published, paragraph=2, words=VOTE)
    mend(published, reporter)
    make_final(order, by=second)
    assert WithholdingOrder.objects.get().words == ""


# --- Nothing comes back ---


def test_nothing_is_final_while_the_desks_story_still_has_it(hidden, published, second):
    assert "still has this as paragraph 2" in refusal(make_final, hidden, by=second)


def test_no_edition_is_final_while_the_desks_story_reads_like_it(published, standards, second):
    order = builders.withhold(by=standards, story=published)
    assert "still reads like this edition" in refusal(make_final, order, by=second)


def test_no_entry_is_final_while_a_story_rests_on_it(dinner, standards, second):
    order = builders.withhold(by=standards, entry=f"meeting/{dinner.public_key}")
    assert "still rests on this record" in refusal(make_final, order, by=second)


def test_what_was_hidden_does_not_come_back_with_the_next_correction(hidden, published, reporter, editor):
    with pytest.raises(Refused, match="Paragraph 2 is withheld"):
        builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    assert showing(VOTE) == []


def test_hidden_words_do_not_come_back_two_editions_later(published, reporter, editor, standards):
    gone = " Lee Sample watched the vote from the gallery."
    builders.withhold(by=standards, story=published, paragraph=2, words=VOTE)
    builders.correct_story(published, reporter=reporter, editor=editor)
    with pytest.raises(Refused, match="words that are withheld"):
        builders.correct_story(published, reporter=reporter, editor=editor, old="was sold.", new=f"was sold.{gone}")
    assert showing(VOTE) == []


def test_a_withheld_record_does_not_go_out_with_another_story(dinner, investigation, reporter, editor, standards):
    builders.withhold(by=standards, entry=f"meeting/{dinner.public_key}")
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.make_evidence(passage=other.passages.first(), meeting=dinner)
    with pytest.raises(Refused, match="a record that is withheld"):
        builders.publish_story(other, reporter=reporter, editor=editor)


def test_a_withheld_edition_does_not_come_back_as_a_correction(published, reporter, editor, standards):
    builders.withhold(by=standards, story=published)
    with suppress(Refused):
        builders.correct_story(published, reporter=reporter, editor=editor)
    assert showing("nobody had asked her") == []
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_withheld_when_a_page_breaks(published, standards, monkeypatch):
    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("investigations.publishing.withhold.compile_work", fail)
    with pytest.raises(RuntimeError):
        builders.withhold(by=standards, story=published, paragraph=2)
    assert not Withholding.objects.exists()
    assert not WithholdingOrder.objects.exists()
