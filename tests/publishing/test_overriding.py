"""An editor lets one finding pass, with a reason; it lapses when its place changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from investigations.lint import check, check_story, must_fix
from investigations.lint.context import StoryContext
from investigations.lint.overrides import _place
from investigations.models import FindingOverride
from investigations.publishing.overriding import override
from investigations.publishing.refusal import Refused
from tests import builders

WHY = "Counsel has seen the letter, and the picture is shown as the agency gave it."


def bars(story):
    return [(finding.id, finding.mark) for finding in must_fix(check_story(type(story).objects.get(pk=story.pk)))]


@pytest.fixture
def faulty(story, reporter):
    """A story that quotes what nobody said, and has a picture without words."""
    story.edit(by=reporter, body=story.body.replace("[nobody had asked her]", "[“nobody had asked her”]"))
    story.passages.get(mark="p2").confirm("“nobody had asked her”", by=reporter)
    builders.make_figure(story=story, alt_text="")
    return story


BOTH = [("story.E060", "p2"), ("story.E080", "")]


def test_a_finding_that_an_editor_lets_pass_keeps_its_level_and_bars_nothing(faulty, editor):
    assert bars(faulty) == BOTH
    override(faulty, "story.E060", "p2", WHY, by=editor)
    assert bars(faulty) == BOTH[1:]
    (passed,) = (finding for finding in check_story(faulty) if finding.id == "story.E060")
    assert (passed.level, passed.overridden.by, passed.overridden.reason) == ("E", editor, WHY)
    assert passed in check(faulty).look_at


def test_once_each_is_let_pass_the_story_is_published(faulty, reporter, editor):
    with pytest.raises(Refused, match="can't go out"):
        builders.publish_story(faulty, reporter=reporter, editor=editor)
    for id_, mark in BOTH:
        override(faulty, id_, mark, WHY, by=editor)
    assert builders.publish_story(faulty, reporter=reporter, editor=editor).number == 1


def test_only_an_editor_of_the_team_lets_it_pass(faulty, reporter):
    elsewhere = builders.make_user("editor-elsewhere", "Editor")
    for somebody, said in ((reporter, "Only an editor"), (elsewhere, "not on this investigation's team")):
        with pytest.raises(Refused, match=said):
            override(faulty, "story.E060", "p2", WHY, by=somebody)
    assert not FindingOverride.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_it_is_refused(faulty, editor, reason):
    with pytest.raises(Refused, match="read in court"):
        override(faulty, "story.E060", "p2", reason, by=editor)


NOT_A_MATTER_OF_JUDGMENT = [*range(1, 16), *range(20, 23), *range(30, 35), *range(36, 41)]


@pytest.mark.parametrize("id_", [f"story.E{number:03}" for number in NOT_A_MATTER_OF_JUDGMENT])
def test_what_is_no_matter_of_judgment_nobody_lets_pass(id_, story, editor):
    with pytest.raises(Refused, match="has to be fixed"):
        override(story, id_, "p2", WHY, by=editor)


@pytest.mark.parametrize("id_", ["story.W062", "story.I063", "record.W001", "", "story.E", "story.Exyz"])
def test_what_bars_nothing_needs_nobody_to_let_it_pass(id_, story, editor):
    with pytest.raises(Refused, match="has to be fixed"):
        override(story, id_, "p2", WHY, by=editor)


def test_terms_bar_publication_even_with_a_row_in_the_table(story, editor):
    passage = story.passages.get(mark="p2")
    quote = builders.make_checked_quote(investigation=story.investigation, terms="off_record")
    builders.make_evidence(passage=passage, quote=quote)
    (finding,) = must_fix(check_story(story))
    place = _place(StoryContext.of(story, now=builders.NOON), finding)
    builders.make_finding_override(story=story, finding="story.E031", mark="p2", place=place, by=editor)
    assert bars(story) == [("story.E031", "p2")]


def test_a_finding_that_is_not_there_is_refused(faulty, editor):
    for id_, mark, place in (("story.E060", "p1", ""), ("story.E023", "p2", ""), ("story.E060", "p2", "0" * 64)):
        with pytest.raises(Refused, match="isn't there any more"):
            override(faulty, id_, mark, WHY, by=editor, place=place)


def test_one_of_several_alike_is_named_by_its_place(faulty, editor):
    builders.make_figure(story=faulty, alt_text="")
    with pytest.raises(Refused, match="several"):
        override(faulty, "story.E080", "", WHY, by=editor)
    first = next(finding for finding in check_story(faulty) if finding.id == "story.E080")
    override(faulty, "story.E080", "", WHY, by=editor, place=first.place)
    assert bars(faulty) == BOTH


def change_words(story, by):
    story.edit(by=by, body=story.body.replace("nobody had asked her", "nobody ever asked her"))
    story.passages.get(mark="p2").confirm("“nobody ever asked her”", by=by)


def change_quote(story, by):
    quote = story.passages.get(mark="p2").evidence.get().quote
    quote.words = "Nobody asked a thing"
    quote.save()


@pytest.mark.parametrize(
    "change",
    [
        change_words,
        change_quote,
        lambda story, by: story.passages.get(mark="p2").evidence.update(stance="context"),
        lambda story, by: builders.make_evidence(passage=story.passages.get(mark="p2")),
    ],
    ids=["words", "quote", "stance", "another piece"],
)
def test_it_lapses_when_its_passage_changes_in_words_or_evidence(faulty, editor, reporter, change):
    override(faulty, "story.E060", "p2", WHY, by=editor)
    change(faulty, reporter)
    assert ("story.E060", "p2") in bars(faulty)


def test_it_stands_when_something_else_in_the_story_changes(faulty, editor, reporter):
    override(faulty, "story.E060", "p2", WHY, by=editor)
    faulty.edit(by=reporter, body=f"It rained.\n\n{faulty.body}", headline="Another headline")
    assert bars(faulty) == BOTH[1:]


def test_it_holds_for_its_own_story_alone(faulty, editor, investigation, reporter):
    override(faulty, "story.E080", "", WHY, by=editor)
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.make_figure(story=other, alt_text="")
    assert bars(other) == BOTH[1:]


def test_a_new_deadline_needs_a_new_word(story, editor):
    later = timezone.now() + timedelta(days=3)
    row = builders.make_comment_request(story=story, asked="March 2016", deadline=later)
    override(story, "story.E070", "", WHY, by=editor)
    assert bars(story) == []
    row.deadline = later + timedelta(days=1)
    row.save()
    assert bars(story) == [("story.E070", "")]
