"""The no-surprises letter: what is put to somebody, in which words, and what it never says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from investigations.models import Claim, GateRun, Letter, Source
from investigations.publishing.letter_words import TO_BE_FILLED_IN
from investigations.publishing.letters import edit_letter, send_letter, write_letter
from investigations.publishing.refusal import Refused
from tests import builders

FIRST = "The harbor board met in secret in March, and the port was sold."
SECOND = "The chair said that nobody had asked her."


@pytest.fixture
def asked(story):
    return builders.make_comment_request(story=story, person=builders.make_person(name="Lee Sample"))


def soon():
    return timezone.now() + timedelta(days=2)


def write(asked, by, *marks):
    return write_letter(asked, marks or ["p1", "p2"], deadline=soon(), by=by)


def filled_in(letter, by, **words):
    said = letter.words.replace(TO_BE_FILLED_IN, "It is about the vote.")
    for old, new in words.items():
        said = said.replace(old, new)
    return edit_letter(letter, said, by=by)


def numbers(letter):
    return [(claim.number, claim.passage.mark, claim.words) for claim in letter.claims.all()]


# --- Written ---


def test_each_chosen_passage_is_put_with_its_whole_sentence_under_a_number(asked, reporter):
    letter = write(asked, reporter)
    assert numbers(letter) == [(1, "p1", FIRST), (2, "p2", SECOND)]
    assert f"1. {FIRST}\n\n2. {SECOND}\n" in letter.words


def test_what_was_not_chosen_is_not_put(asked, reporter):
    letter = write(asked, reporter, "p2")
    assert numbers(letter) == [(1, "p2", SECOND)]
    assert FIRST not in letter.words


def test_passages_in_one_sentence_share_its_number(investigation, reporter):
    body = "The board [met in secret]{#p1} and [sold the port]{#p2}."
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    letter = write(builders.make_comment_request(story=story), reporter)
    assert {number for number, *_ in numbers(letter)} == {1}
    assert letter.words.count("The board met in secret and sold the port.") == 1


def test_the_letter_says_whose_until_when_and_that_silence_is_printed(asked, reporter, settings):
    settings.SITE_NAME, settings.CONTACT = "The Pier Post", "desk@pier.example"
    reporter.first_name, reporter.last_name = "Nell", "Quill"
    letter = write_letter(asked, ["p1"], deadline=timezone.now() + timedelta(days=2), by=reporter)
    until = timezone.localtime(letter.deadline)
    for words in ("To Lee Sample", "The Pier Post", "desk@pier.example", "Nell Quill", f"{until.tzname()}"):
        assert words in letter.words
    assert "we will write that you did not respond by" in letter.words


def test_the_letter_holds_nothing_of_sources_evidence_or_notes(asked, story, reporter):
    quote = builders.make_quote(
        investigation=story.investigation, words="They burned the ledger", terms="background", locator="minute 12"
    )
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote, label="on the tape")
    builders.make_story_comment(story=story, said="Ask the pilot")
    type(asked).objects.filter(pk=asked.pk).update(about="the ledger", asked_how="by Signal")
    letter = write(asked, reporter)
    inside = ["burned", "on the tape", "minute 12", "the pilot", "the ledger", "Signal", "p1", quote.slug, story.slug]
    inside += list(Source.objects.values_list("code_name", flat=True))
    assert [words for words in inside if words in letter.words] == []


@pytest.mark.parametrize(("marks", "said"), [([], "Tick the passages"), (["p1", "p9"], "not in the text")])
def test_nothing_is_written_of_no_passage_or_of_one_that_isnt_there(asked, reporter, marks, said):
    with pytest.raises(Refused, match=said):
        write_letter(asked, marks, deadline=soon(), by=reporter)
    assert not Letter.objects.exists()


def test_a_deadline_that_is_over_is_refused(asked, reporter):
    with pytest.raises(Refused, match="Give them time"):
        write_letter(asked, ["p1"], deadline=timezone.now(), by=reporter)


def test_an_outsider_writes_edits_and_sends_none(asked, outsider, reporter):
    with pytest.raises(Refused, match="not on this investigation's team"):
        write(asked, outsider)
    letter = filled_in(write(asked, reporter), reporter)
    for verb in (lambda: edit_letter(letter, "x", by=outsider), lambda: send_letter(letter, by=outsider)):
        with pytest.raises(Refused, match="not on this investigation's team"):
            verb()


# --- Taken out ---


def test_a_letter_that_was_sent_stays_as_it_is(asked, reporter):
    letter = send_letter(filled_in(write(asked, reporter), reporter), by=reporter)
    assert (letter.sent_by, letter.sent_at is not None) == (reporter, True)
    for verb in (lambda: edit_letter(letter, "Another", by=reporter), lambda: send_letter(letter, by=reporter)):
        with pytest.raises(Refused, match="it stays as it is"):
            verb()


def test_the_request_then_has_its_day_its_way_and_its_deadline(asked, reporter):
    letter = send_letter(filled_in(write(asked, reporter), reporter), by=reporter, how="by mail")
    asked.refresh_from_db()
    assert (asked.deadline, asked.asked_how, asked.outcome) == (letter.deadline, "by mail", "")
    assert asked.asked_earliest == asked.asked_latest == timezone.localdate(letter.sent_at)


@pytest.mark.parametrize("outcome", ["no_response", "not_stated"])
def test_whoever_is_written_to_is_not_silent_and_was_asked(story, reporter, outcome):
    asked = builders.make_comment_request(story=story, outcome=outcome, detail="As we said.")
    send_letter(filled_in(write(asked, reporter), reporter), by=reporter)
    asked.refresh_from_db()
    assert (asked.outcome, asked.detail) == ("", "")


def test_a_letter_that_says_not_what_it_is_about_is_refused(asked, reporter):
    with pytest.raises(Refused, match="waits to be filled in"):
        send_letter(write(asked, reporter), by=reporter)


def test_words_that_the_story_no_longer_has_are_not_sent(asked, story, reporter):
    letter = filled_in(write(asked, reporter), reporter)
    story.edit(by=reporter, body=story.body.replace("and the port was sold", "and the port was given away"))
    with pytest.raises(Refused, match="changed since the letter was written, at number 1"):
        send_letter(letter, by=reporter)


def test_words_to_be_published_cant_be_softened_in_the_letter(asked, reporter):
    letter = filled_in(write(asked, reporter), reporter, secret="private")
    with pytest.raises(Refused, match="Number 1 is not in the letter"):
        send_letter(letter, by=reporter)


def test_a_letter_broken_into_other_lines_has_the_same_words(asked, reporter):
    letter = filled_in(write(asked, reporter), reporter, board="board\r\n  ")
    assert send_letter(letter, by=reporter).sent_at


def test_a_code_name_never_leaves_the_desk(asked, story, reporter):
    builders.make_source(investigation=story.investigation, code_name="able acorn")
    letter = filled_in(write(asked, reporter), reporter, vote="vote, as Able\nAcorn told us")
    with pytest.raises(Refused, match="code name"):
        send_letter(letter, by=reporter)
    assert not Letter.objects.sent().exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [({"terms": "off_record"}, "off the record"), ({"embargo_until": soon()}, "may not go out before")],
)
def test_what_a_source_has_not_let_out_is_put_to_nobody(asked, story, reporter, values, said):
    letter = filled_in(write(asked, reporter), reporter)
    quote = builders.make_checked_quote(investigation=story.investigation, **values)
    builders.make_evidence(passage=story.passages.get(mark="p2"), quote=quote)
    with pytest.raises(Refused, match=f"Number 2 can’t go out: .*{said}"):
        send_letter(letter, by=reporter)
    without = filled_in(write(asked, reporter, "p1"), reporter)
    assert send_letter(without, by=reporter).sent_at


def test_a_letter_past_its_deadline_is_written_anew(asked, reporter):
    letter = filled_in(write(asked, reporter), reporter)
    with pytest.raises(Refused, match="deadline in the letter is over"):
        send_letter(letter, by=reporter, now=letter.deadline + timedelta(minutes=1))


# --- The leak gate ---


@pytest.fixture
def protected(investigation, reporter):
    source = builders.make_source(investigation=investigation, descriptor="an official", identity="known")
    return builders.secrecy.write_identity(source, {"name": "Quirin Wolkenbrot"}, by=reporter)


def test_the_leak_gate_reads_what_goes_out_and_keeps_its_run(asked, protected, reporter):
    send_letter(filled_in(write(asked, reporter), reporter), by=reporter)
    run = GateRun.objects.get()
    assert (run.stage, run.verdict, run.by) == ("letter", "passed", reporter)


def test_what_the_leak_gate_holds_back_is_not_sent_and_the_run_is_kept(asked, protected, reporter):
    letter = filled_in(write(asked, reporter), reporter, vote="vote, as Quirin Wolkenbrot told us")
    with pytest.raises(Refused, match="Protected words stand in what would go out"):
        send_letter(letter, by=reporter)
    letter.refresh_from_db()
    assert (letter.sent_at, GateRun.objects.get().verdict) == (None, "held")


def test_whoever_is_asked_may_be_a_source_and_the_writer_learns_nothing_of_it(story, protected, reporter):
    asked = builders.make_comment_request(story=story, person=builders.make_person(name="Quirin Wolkenbrot"))
    assert send_letter(filled_in(write(asked, reporter), reporter), by=reporter).sent_at


# --- Later ---


def test_of_several_letters_the_last_that_went_out_counts(asked, story, reporter):
    send_letter(filled_in(write(asked, reporter), reporter), by=reporter)
    story.edit(by=reporter, body=story.body.replace("was sold", "was given away"))
    second = send_letter(filled_in(write(asked, reporter, "p1"), reporter), by=reporter)
    write(asked, reporter)
    assert {claim.letter for claim in Claim.objects.last_put(story)} == {second}
