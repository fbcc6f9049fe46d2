"""What came of a letter: the answer at its passages, or silence once the deadline is over, and what readers get."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from investigations.models import Evidence, Quote, Source
from investigations.pages.request import request_sentence
from investigations.publishing.answers import Said, lay_answers, say_silent, take_answer
from investigations.publishing.projection.story import project_story
from investigations.publishing.refusal import Refused
from tests import builders

ANSWER = "Dear desk,\n\n1. There was no secret. The door stood open.\n\n2. Nobody asked me either.\n\nLee Sample"


@pytest.fixture
def sent(story, reporter):
    person = builders.make_person(name="Lee Sample")
    return builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"], person=person)


@pytest.fixture
def answered(sent, reporter):
    return take_answer(sent, ANSWER, by=reporter)


def lay(letter, by, said=None, **values):
    said = said or {1: Said("The door stood open.", "contradicts")}
    return lay_answers(letter, said, by=by, **{"outcome": "replied", "answered": date(2026, 3, 2), **values})


def told(story):
    return [request_sentence(content) for content in project_story(story).requests]


# --- The answer ---


def test_an_answer_is_kept_whole_and_split_by_our_numbers(answered, reporter):
    assert (answered.answer, answered.answered_by) == (ANSWER, reporter)
    assert [claim.answer for claim in answered.claims.all()] == [
        "There was no secret. The door stood open.",
        "Nobody asked me either.\n\nLee Sample",
    ]


def test_a_letter_that_was_not_sent_has_no_answer(story, reporter):
    with pytest.raises(Refused, match="was not sent"):
        take_answer(builders.put_to_somebody(story, by=reporter, steps=1), ANSWER, by=reporter)


def test_what_was_answered_is_laid_at_its_passage_for_the_desk_alone(answered, story, reporter):
    (piece,) = lay(answered, reporter)
    assert (piece.passage.mark, piece.stance, piece.showing) == ("p1", "contradicts", "desk_only")
    assert (piece.quote.words, piece.quote.speaker.name) == ("The door stood open.", "Lee Sample")
    assert (piece.quote.terms, piece.quote.said, piece.added_by) == ("", "March 2, 2026", reporter)
    assert "The door stood open." not in str(project_story(story))


def test_shown_by_somebody_readers_get_it_beside_the_passage(answered, story, reporter):
    (piece,) = lay(answered, reporter, on_record=True)
    Evidence.objects.filter(pk=piece.pk).update(showing="shown")
    assert "The door stood open." in str(project_story(story).notes + project_story(story).entries)


def test_readers_are_told_that_they_replied(answered, story, reporter):
    lay(answered, reporter, outcome="answered_in_part")
    assert told(story) == ["Lee Sample answered in part."]


def test_each_number_is_laid_once(answered, reporter):
    lay(answered, reporter)
    with pytest.raises(Refused, match="Nothing is laid"):
        lay(answered, reporter)
    assert len(lay(answered, reporter, {2: Said("Nobody asked me either.")})) == 1
    assert Source.objects.filter(person__name="Lee Sample").count() == 1


def test_one_answer_to_a_sentence_of_two_passages_is_one_quote_at_both(investigation, reporter):
    body = "The board [met in secret]{#p1} and [sold the port]{#p2}."
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    letter = builders.put_to_somebody(story, by=reporter, marks=["p1", "p2"])
    made = lay(take_answer(letter, "It is wrong.", by=reporter), reporter, {1: Said("It is wrong.")})
    assert ([piece.passage.mark for piece in made], len({piece.quote for piece in made})) == (["p1", "p2"], 1)


def test_evidence_taken_off_again_may_be_laid_anew(answered, reporter):
    (piece,) = lay(answered, reporter)
    piece.delete()
    assert len(lay(answered, reporter)) == 1


def test_words_that_they_did_not_write_are_not_laid(answered, reporter):
    with pytest.raises(Refused, match="not in the answer"):
        lay(answered, reporter, {1: Said("The door stood wide open.")})
    assert not Quote.objects.filter(setting="in writing").exists()


def test_what_others_answered_is_not_laid_as_their_own(answered, reporter):
    with pytest.raises(Refused, match="Say what came of the request"):
        lay(answered, reporter, outcome="others_answered")


def test_an_organizations_answer_is_a_document_with_its_name(story, reporter):
    body = builders.make_organization(name="Harbor Board")
    letter = take_answer(builders.put_to_somebody(story, by=reporter, organization=body), "No.", by=reporter)
    (piece,) = lay(letter, reporter, {1: Said("No.")})
    assert (piece.quote.source.kind, piece.quote.speaker) == ("document", None)
    assert piece.quote.source.title.startswith("Answer of Harbor Board to ")


def test_a_later_answer_leaves_what_is_laid(answered, reporter):
    lay(answered, reporter)
    take_answer(answered, "1. I take that back.\n2. So be it.", by=reporter)
    assert [claim.answer for claim in answered.claims.all()] == ["The door stood open.", "So be it."]


def test_an_outsider_keeps_lays_and_says_nothing(answered, outsider):
    verbs = (
        lambda: take_answer(answered, "1. No.", by=outsider),
        lambda: lay(answered, outsider),
        lambda: say_silent(answered.request, by=outsider),
    )
    for verb in verbs:
        with pytest.raises(Refused, match="not on this investigation's team"):
            verb()


# --- Silence ---


def test_silence_is_printed_with_the_deadline_of_the_letter(sent, story, reporter, settings):
    settings.TIME_ZONE = "America/New_York"
    over = sent.deadline + timedelta(minutes=1)
    type(sent.request).objects.update(deadline="2026-03-03T17:00:00-05:00")
    say_silent(sent.request, by=reporter, now=over)
    assert told(story) == ["Lee Sample did not respond by March 3, 2026, 5:00 p.m. EST."]


def test_silence_to_a_request_without_a_letter_names_no_deadline(story, reporter):
    asked = builders.make_comment_request(story=story, deadline=builders.NOON)
    say_silent(asked, by=reporter)
    assert told(story) == [f"{asked.whom} did not respond."]


def test_nobody_is_silent_before_the_deadline(sent, story, reporter):
    sent.request.refresh_from_db()
    with pytest.raises(Refused, match="still have time to answer"):
        say_silent(sent.request, by=reporter)
    assert told(story) == []


def test_nor_can_the_outcome_be_entered_by_hand_before_it(sent):
    sent.request.refresh_from_db()
    sent.request.outcome = "no_response"
    with pytest.raises(ValidationError, match="still have time to answer"):
        sent.request.full_clean()


def test_whoever_answered_is_not_silent(answered, reporter):
    with pytest.raises(Refused, match="entered already"):
        say_silent(answered.request, by=reporter, now=timezone.now() + timedelta(days=9))


def test_not_stated_stays_so(story, reporter):
    asked = builders.make_comment_request(story=story, outcome="not_stated")
    with pytest.raises(Refused, match="entered already"):
        say_silent(asked, by=reporter)
    assert told(story) == [f"Whether {asked.whom} was asked for comment is not stated."]
