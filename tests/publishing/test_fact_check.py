"""The fact-check file: every sentence with the evidence it rests on, in full and without what stays at the desk."""

import pytest

from investigations.publishing.fact_check.rendering import html
from investigations.publishing.refusal import Refused
from tests import builders
from tests.demonstrated import read
from tests.publishing.fact_checking import FULL, WITHOUT, opened, words


def piece(file, mark="p1", number=0):
    (passage,) = [passage for sentence in file.sentences for passage in sentence.passages if passage.mark == mark]
    return passage.pieces[number]


# --- Sentences ---


def test_each_sentence_is_numbered_and_those_that_rest_on_nothing_say_so(story, reporter):
    file = opened(story, reporter)
    assert [sentence.number for sentence in file.sentences] == [1, 2, 3]
    assert [[passage.mark for passage in sentence.passages] for sentence in file.sentences] == [["p1"], ["p2"], []]
    bare = file.sentences[2]
    assert bare.words == "Lee Sample watched the vote from the gallery."
    assert (bare.rests_on_nothing, bare.why) == (True, ("a name",))
    assert "nothing in this sentence is marked. It looks checkable: a name." in read(html(file))


def test_a_passage_over_two_sentences_stands_at_the_first_and_is_pointed_to_from_the_second(investigation, reporter):
    body = "The board [met in May. It sold the port]{#p1} at once."
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    one, two = opened(story, reporter).sentences
    assert [passage.mark for passage in one.passages] == ["p1"]
    assert (two.passages, two.continued, two.rests_on_nothing) == ((), (("p1", 1),), False)
    assert [(run.words, run.mark) for run in two.runs] == [("It sold the port", "p1"), (" at once.", "")]


def test_a_passage_without_evidence_says_so(story, reporter, first):
    first.evidence.all().delete()
    assert "No evidence hangs on this passage." in words(story, reporter)


def test_a_passage_whose_words_changed_shows_what_was_confirmed_in_full_alone(story, reporter, first):
    type(first).objects.filter(pk=first.pk).update(words="met at night in May")
    assert "Confirmed for: “met at night in May”" in words(story, reporter)
    without = words(story, reporter, WITHOUT)
    assert "The words were changed since the evidence was confirmed." in without
    assert "at night in May" not in without


def test_a_passage_that_left_the_text_is_kept_in_full_alone(story, reporter, first):
    story.edit(by=reporter, body=story.body.replace("[met in secret in March]{#p1}", "met"))
    assert [passage.mark for passage in opened(story, reporter).not_in_text] == ["p1"]
    assert opened(story, reporter, WITHOUT).not_in_text == ()


# --- Evidence ---


def test_a_quote_stands_with_speaker_terms_place_form_and_who_checked_it(story, reporter, editor, first):
    person = builders.make_person(name="Dana Wells")
    builders.make_role(person=person, title="harbor master", since="2010", until="2020")
    quote = builders.make_quote(
        source=builders.make_source(investigation=story.investigation, person=person, kind="person", title=""),
        words="Nos lo dijeron tarde",
        form="translated",
        said="March 3, 2016",
        setting="council hearing",
        to_whom="to the council",
        locator="minute 12",
        terms="on_record",
        terms_wording="All of it, by name",
        entered_by=reporter,
        checked_by=editor,
        checked_against="the tape",
        checked_at=builders.NOON,
    )
    builders.make_evidence(passage=first, quote=quote, stance="contradicts", label="Under oath", added_by=reporter)
    full = words(story, reporter)
    for said in (
        *("Contradicts · Quote, translated · Shown to readers · Under oath", "“Nos lo dijeron tarde”"),
        *("Dana Wells, harbor master", "March 3, 2016, council hearing, to the council", "minute 12"),
        *("On the record", "All of it, by name", "By editor, March 2, 2026, against the tape", "Put here by"),
    ):
        assert said in full
    without = words(story, reporter, WITHOUT)
    assert "Dana Wells, harbor master" in without
    assert "By editor, March 2, 2026" in without
    for kept in ("All of it, by name", "the tape", "Entered by", "Put here by", quote.source.code_name):
        assert kept not in without


def test_what_nobody_checked_says_so(story, reporter, first):
    builders.make_evidence(passage=first)
    assert piece(opened(story, reporter), number=1).checked == "By nobody yet"


def test_a_name_that_terms_keep_from_readers_stands_in_full_alone(story, reporter, first):
    person = builders.make_person(name="Dana Wells")
    source = builders.make_source(investigation=story.investigation, person=person, kind="person", title="")
    quote = builders.make_quote(source=source, terms="background", speaker_label="a member of the board")
    builders.make_evidence(passage=first, quote=quote)
    full = words(story, reporter)
    assert "Dana Wells, a member of the board" in full
    assert "No, only what these terms allow" in full
    without = words(story, reporter, WITHOUT)
    assert "A member of the board" in without
    assert "Dana Wells" not in without


def test_evidence_that_readers_are_not_shown_is_told_by_its_kind_alone_without_notes(story, reporter, first):
    hidden = builders.make_quote(
        investigation=story.investigation, words="They burned the ledger", terms="off_record"
    )
    builders.make_evidence(passage=first, quote=hidden, showing="desk_only", label="in the car")
    counted = builders.make_source(investigation=story.investigation, title="The minutes nobody has")
    builders.make_evidence(passage=first, source=counted, showing="counted")
    full = words(story, reporter)
    for said in (
        "Supports · Quote, verbatim · Desk only · in the car",
        "They burned the ledger",
        "its terms, or that none are set",
    ):
        assert said in full
    assert "The minutes nobody has" in full
    without = words(story, reporter, WITHOUT)
    assert "Supports · Quote · Desk only Kept at the desk" in without
    assert "Supports · Source · Counted: “and one more, not shown” Kept at the desk" in without
    for kept in ("burned the ledger", "in the car", "minutes nobody has"):
        assert kept not in without


def test_a_meeting_stands_with_who_came_and_every_account_of_a_role(story, reporter, first):
    meeting = builders.make_meeting(
        investigation=story.investigation, title="Dinner at the pier", when="May 2016", place="the pier"
    )
    guest = builders.make_attendance(
        meeting=meeting, person=builders.make_person(name="Lee Guest"), role_in_dispute=True
    )
    builders.make_attendance(meeting=meeting, descriptor="three clerks", headcount=3)
    said = builders.make_quote(investigation=story.investigation, words="He came as the harbor master")
    builders.make_role_account(meeting=meeting, person=guest.person, quote=said, wording="as harbor master")
    doubt = builders.make_quote(investigation=story.investigation, words="He was a guest", terms="off_record")
    other = builders.make_role_account(
        meeting=meeting, person=guest.person, quote=doubt, wording="as harbor master", stance="questions"
    )
    builders.make_evidence(passage=first, meeting=meeting)
    full = words(story, reporter)
    for part in (
        *("Dinner at the pier", "May 2016, the pier", "Lee Guest", "Three clerks (counted as 3)"),
        *(
            "In what role was Lee Guest there? In dispute.",
            "As harbor master. “He came as the harbor master”",
            "Questioned:",
        ),
        *("He came as the harbor master", "He was a guest"),
    ):
        assert part in full
    with pytest.raises(Refused, match="words that can’t go out"):
        opened(story, reporter, WITHOUT)
    other.delete()
    assert "He came as the harbor master" in words(story, reporter, WITHOUT)


def test_without_identities_no_count_tells_that_two_unnamed_sources_are_one(story, reporter, first):
    source = builders.make_source(investigation=story.investigation, descriptor="a clerk", identity="known")
    first.evidence.all().delete()
    for _ in range(2):
        builders.make_evidence(passage=first, quote=builders.make_quote(source=source, terms="background"))
    full, without = (opened(story, reporter, version).sentences[0].passages[0] for version in (FULL, WITHOUT))
    assert full.strength.startswith("1 origin, ")
    assert "1 origin" not in without.strength
    assert "counted in the full version" in without.strength


def test_origins_are_counted_and_what_a_source_comes_down_to_is_named(story, reporter, first):
    origin = builders.make_source(investigation=story.investigation, title="The leaked ledger")
    wire = builders.make_source(investigation=story.investigation, title="The wire", origin=origin)
    first.evidence.all().delete()
    builders.make_evidence(passage=first, source=wire)
    file = opened(story, reporter)
    assert file.sentences[0].passages[0].strength == "1 origin, 0 named, 0 first-hand"
    assert f"The leaked ledger (code name {origin.code_name})" in read(html(file))
    without = words(story, reporter, WITHOUT)
    assert "Relies on The leaked ledger" in without.replace("Relies onThe", "Relies on The")
    assert origin.code_name not in without
