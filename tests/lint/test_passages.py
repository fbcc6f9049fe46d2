"""Marks and rows, words changed, passages that lead nowhere, a story without text or name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.lint import Level, check_story, must_fix
from investigations.models import Byline, Evidence, Passage, Story
from tests import builders


def found(story):
    return [(finding.id, finding.paragraph, finding.mark) for finding in check_story(story)]


@pytest.fixture
def second(story):
    """The passage in the second paragraph."""
    return story.passages.get(mark="p2")


def test_a_mark_without_a_row_is_told_with_its_paragraph(story, second):
    second.delete()
    assert found(story) == [("story.E020", 2, "p2")]


def test_a_row_without_a_mark_is_told_with_its_words(story, second):
    Story.objects.filter(pk=story.pk).update(body=story.body.replace("[nobody had asked her]{#p2}", "nobody asked"))
    story.refresh_from_db()
    assert found(story) == [("story.E021", None, "p2")]
    assert "“nobody had asked her”" in check_story(story)[0].obj


def test_words_that_were_changed_are_told_before_and_after(story, reporter):
    story.edit(by=reporter, body=story.body.replace("nobody had asked", "somebody had asked"))
    (finding,) = check_story(story)
    assert (finding.id, finding.paragraph, finding.mark) == ("story.E022", 2, "p2")
    assert "confirmed as “nobody had asked her” and now “somebody had asked her”" in finding.obj
    assert "asked" not in finding.msg + finding.hint  # which counsel reads too


def test_a_change_beside_a_passage_is_no_finding(story, reporter):
    story.edit(by=reporter, body=story.body.replace("The chair said", "The chair told the paper"))
    assert check_story(story) == []


def test_words_moved_to_another_paragraph_are_no_finding(story, reporter):
    story.edit(by=reporter, body="\n\n".join(reversed(story.body.strip().split("\n\n"))))
    assert check_story(story) == []


def test_changed_words_that_somebody_confirmed_are_no_finding(story, second, reporter):
    story.edit(by=reporter, body=story.body.replace("nobody had asked", "somebody had asked"))
    second.confirm("somebody had asked her", by=reporter)
    assert check_story(story) == []


def test_a_passage_without_evidence_is_told(story, second):
    second.evidence.all().delete()
    assert found(story) == [("story.E023", 2, "p2")]


@pytest.mark.parametrize("showing", ["counted", "desk_only"])
def test_a_passage_of_whose_evidence_readers_see_nothing_is_looked_at(story, second, showing):
    second.evidence.update(showing=showing)
    assert found(story) == [("story.W024", 2, "p2")]


def test_a_passage_with_one_shown_piece_of_several_is_no_finding(story, second):
    quote = builders.make_quote(investigation=story.investigation)
    builders.make_evidence(passage=second, quote=quote, showing="desk_only")
    assert check_story(story) == []


def test_evidence_of_another_storys_passage_doesnt_count(story, second):
    elsewhere = builders.make_evidence(passage=builders.make_passage(mark="p2"))
    Evidence.objects.exclude(pk=elsewhere.pk).filter(passage=second).delete()
    assert found(story) == [("story.E023", 2, "p2")]


def test_a_story_without_text_is_told(investigation):
    story = builders.make_story(investigation=investigation, body="")
    builders.make_byline(story=story)
    assert found(story) == [("story.E040", None, "")]


def test_a_story_without_a_name_over_it_is_looked_at(story):
    Byline.objects.all().delete()
    assert found(story) == [("story.W041", None, "")]


def test_what_must_be_fixed_comes_first_each_group_in_the_order_of_the_text(story, reporter):
    Byline.objects.all().delete()
    story.edit(by=reporter, body="A ![b](https://e.org/c.png).\n\n" + story.body)
    Passage.objects.get(mark="p1").evidence.update(showing="counted")
    Passage.objects.get(mark="p2").evidence.all().delete()
    findings = check_story(story)
    assert [finding.id for finding in findings] == ["story.E013", "story.E023", "story.W024", "story.W041"]
    assert [finding.id for finding in must_fix(findings)] == ["story.E013", "story.E023"]


def test_a_finding_says_in_one_line_what_is_wrong_what_to_do_and_where(story):
    Byline.objects.all().delete()
    (finding,) = check_story(story)
    assert finding.level is Level.WARNING
    assert str(finding) == f"{story.headline}: (story.W041) No byline stands over the story. Add one."


def statements_of_a_check(story):
    fresh = Story.objects.get(pk=story.pk)
    with CaptureQueriesContext(connection) as captured:
        check_story(fresh)
    return [query["sql"] for query in captured.captured_queries]


def test_a_check_only_reads_and_costs_the_same_for_two_passages_and_for_forty(story, reporter):
    few = statements_of_a_check(story)
    more = "\n\n".join(f"He [came {number} times]{{#p{number}}}." for number in range(10, 48))
    story.edit(by=reporter, body=f"{story.body}\n\n{more}")
    for passage in story.passages.filter(evidence__isnull=True):
        builders.make_evidence(passage=passage, quote=builders.make_quote(investigation=story.investigation))
    assert len(statements_of_a_check(story)) == len(few) < 16
    assert all(sql.startswith("SELECT") for sql in few)


def test_a_meeting_shown_with_nobody_at_it_is_a_warning(story):
    meeting = builders.make_meeting(investigation=story.investigation)
    builders.make_evidence(passage=story.passages.get(mark="p2"), meeting=meeting)
    assert found(story) == [("story.W025", 2, "p2")]
    builders.make_attendance(meeting=meeting)
    assert found(story) == []


def test_a_meeting_that_readers_are_not_shown_may_have_nobody_yet(story):
    meeting = builders.make_meeting(investigation=story.investigation)
    builders.make_evidence(passage=story.passages.get(mark="p2"), meeting=meeting, showing="desk_only")
    assert found(story) == []
