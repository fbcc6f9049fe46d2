"""Comments on a story: pinned to words, settled once, told to the story check and to nobody beside the team."""

import pytest

from investigations.lint import check_story
from investigations.models import StoryComment
from investigations.publishing.commenting import comment, resolve
from investigations.publishing.refusal import Refused


def found(story):
    return [(finding.id, finding.paragraph, finding.mark) for finding in check_story(story)]


def test_a_comment_keeps_the_words_that_it_was_said_of(story, reporter, editor):
    row = comment(story, by=editor, said=" Who says so? ", mark="p2")
    story.edit(by=reporter, body=story.body.replace("nobody had", "somebody had"))
    row.refresh_from_db()
    assert (row.said, row.mark, row.words) == ("Who says so?", "p2", "nobody had asked her")


def test_the_story_check_tells_each_place_once_until_it_is_settled(story, reporter, editor):
    rows = [comment(story, by=editor, said=said, mark="p2") for said in ("Who?", "When?")]
    whole = comment(story, by=editor, said="Too long.")
    assert found(story) == [("story.W091", 2, "p2"), ("story.W091", None, "")]
    for row in (*rows, whole):
        resolve(row, by=reporter)
    assert found(story) == []


def test_what_a_comment_says_stands_in_no_finding(story, editor):
    comment(story, by=editor, said="Ask Quentin", mark="p1")
    assert "Quentin" not in str(check_story(story)[0])


def test_a_comment_is_settled_once(story, reporter, editor):
    row = comment(story, by=editor, said="Who?")
    resolve(row, by=reporter)
    with pytest.raises(Refused, match="settled this already"):
        resolve(row, by=editor)
    row.refresh_from_db()
    assert row.resolved_by == reporter


@pytest.mark.parametrize(
    ("values", "says"),
    [({"said": "  "}, "Write what you have to say"), ({"said": "Who?", "mark": "p9"}, "not in the text any more")],
)
def test_what_says_nothing_or_hangs_on_nothing_is_refused(values, says, story, editor):
    with pytest.raises(Refused, match=says):
        comment(story, by=editor, **values)
    assert not StoryComment.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "counsel"])
def test_nobody_beside_the_team_comments_or_settles(who, story, editor, request):
    somebody = request.getfixturevalue(who)
    row = comment(story, by=editor, said="Who?")
    with pytest.raises(Refused, match="not on this investigation's team"):
        comment(story, by=somebody, said="Me.")
    with pytest.raises(Refused, match="not on this investigation's team"):
        resolve(row, by=somebody)
