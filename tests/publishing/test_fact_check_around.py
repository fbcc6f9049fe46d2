"""The fact-check file: replies, findings, signatures, editions around the text; put in order by who is named."""

from investigations.models import Evidence
from investigations.publishing.clearing import ask_counsel, clear
from investigations.publishing.fact_check.rendering import html
from investigations.publishing.overriding import override
from investigations.vocabulary import FileGrouping
from tests import builders
from tests.demonstrated import read
from tests.publishing.fact_checking import FULL, WITHOUT, opened, words

# --- Around the text ---


def test_requests_for_comment_stand_with_dates_and_outcome_and_in_full_with_what_was_put(story, reporter):
    person = builders.make_person(name="Dana Wells")
    builders.make_comment_request(
        story=story,
        person=person,
        asked="March 1, 2026",
        asked_how="by courier",
        about="the ledger",
        deadline=builders.NOON,
        outcome="declined",
        detail="Her lawyer called.",
    )
    builders.make_comment_request(story=story, person=builders.make_person(name="Lee Late"))
    full, without = words(story, reporter), words(story, reporter, WITHOUT)
    for said in (
        "Dana Wells: Declined to comment. Her lawyer called. Asked March 1, 2026",
        "Lee Late: No reply yet.",
    ):
        assert said in full
        assert said in without
    assert "with time until March 2, 2026, 7:00 a.m. EST" in without
    for kept in ("by courier", "the ledger"):
        assert kept in full
        assert kept not in without


def test_a_finding_stands_at_its_passage_and_an_override_with_who_and_in_full_why(story, reporter, editor, first):
    figure = builders.make_figure(story=story)
    type(figure).objects.update(alt_text="")
    override(story, "story.E080", "", "The photographer asked for it.", by=editor)
    first.evidence.all().delete()
    file = opened(story, reporter)
    assert [finding.id for finding in file.sentences[0].passages[0].findings] == ["story.E023"]
    assert "story.E080" in [finding.id for finding in file.findings]
    full, without = read(html(file)), words(story, reporter, WITHOUT)
    assert "Let pass by editor" in without
    assert "The photographer asked for it." in full
    assert "The photographer asked" not in without


def test_an_override_that_lapsed_is_listed_as_one(story, reporter, editor):
    builders.make_finding_override(story=story, by=editor, finding="story.E080", reason="It was so then.")
    (lapsed,) = opened(story, reporter).lapsed
    assert (lapsed.finding, lapsed.by, lapsed.reason) == ("story.E080", "editor", "It was so then.")
    assert opened(story, reporter, WITHOUT).lapsed[0].reason == ""


def test_signatures_say_whether_they_still_hold(story, reporter, editor):
    builders.sign(story, by=reporter)
    assert [one.holds for one in opened(story, reporter).signatures] == [True]
    story.edit(by=reporter, body=story.body.replace("The chair said", "She said"))
    builders.sign(story, by=editor)
    assert [(one.by, one.as_editor, one.holds) for one in opened(story, reporter).signatures] == [
        ("reporter", False, False),
        ("editor", True, True),
    ]


def test_counsels_answer_stands_with_its_note_in_full_and_without_in_the_other(story, reporter, counsel):
    asked = ask_counsel(story, counsel, by=reporter)
    clear(asked, by=counsel, outcome="with_changes", note="Strike the last sentence.")
    full, without = words(story, reporter), words(story, reporter, WITHOUT)
    for said in (full, without):
        assert "Cleared with changes" in said
    assert "Strike the last sentence." in full
    assert "Strike the last" not in without


def test_editions_that_readers_have_are_listed(published, reporter, editor):
    builders.correct_story(published, reporter=reporter, editor=editor)
    file = opened(published, reporter)
    assert [(one.number, one.change) for one in file.editions] == [(1, "First edition"), (2, "Correction")]
    assert file.state == "Published, edition 2"


def test_the_file_says_who_made_it_when_and_of_which_words(story, reporter):
    file = opened(story, reporter, now=builders.NOON)
    page = html(file)
    for said in ("reporter", "March 2, 2026, 7:00 a.m. EST", story.wording_digest(), "Full, for counsel"):
        assert said in page
    assert file.name == f"fact-check-{story.slug}-2026-03-02"


# --- By person ---


def by_person(story, by, version=FULL):
    file = opened(story, by, version, grouping=FileGrouping.PERSON)
    return {group.name: [sentence.number for sentence in group.sentences] for group in file.groups}


def test_by_person_a_sentence_stands_under_each_whose_name_is_in_it_or_who_speaks_for_it(story, reporter):
    speakers = [row.quote.speaker.name for row in Evidence.objects.order_by("passage")]
    builders.make_person(name="Lee Sample")
    builders.make_organization(name="The harbor board")
    groups = by_person(story, reporter)
    assert groups["Lee Sample"] == [3]
    assert groups["The harbor board"] == [1]
    assert [groups[name] for name in speakers] == [[1], [2]]
    assert "Nobody named" not in groups


def test_by_person_the_sentences_that_name_nobody_come_last(story, reporter):
    assert list(by_person(story, reporter).items())[-1] == ("Nobody named", [3])


def test_by_person_whoever_was_asked_stands_there_with_what_came_of_it(story, reporter):
    builders.make_comment_request(story=story, person=builders.make_person(name="Zoe Asked"), outcome="declined")
    file = opened(story, reporter, grouping=FileGrouping.PERSON)
    (group,) = [group for group in file.groups if group.name == "Zoe Asked"]
    assert group.sentences == ()
    assert [request.outcome for request in group.requests] == ["Declined to comment."]


def test_by_person_a_speaker_whom_readers_dont_get_by_name_is_no_heading_without_identities(story, reporter, first):
    person = builders.make_person(name="Dana Wells")
    source = builders.make_source(investigation=story.investigation, person=person, kind="person", title="")
    quote = builders.make_quote(source=source, terms="background", speaker_label="a member of the board")
    builders.make_evidence(passage=first, quote=quote)
    builders.make_evidence(passage=first, quote=builders.make_quote(source=source), showing="desk_only")
    assert by_person(story, reporter)["Dana Wells"] == [1]
    assert "Dana Wells" not in by_person(story, reporter, WITHOUT)
