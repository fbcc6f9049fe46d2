"""The story check on the command line: three groups for people, a list for programs, an exit status."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from investigations.publishing.overriding import override
from tests import builders


def run(*args):
    """What the command prints, and how many findings it says must be fixed."""
    out, said = StringIO(), ""
    try:
        call_command("check_story", *args, stdout=out)
    except CommandError as error:
        said = str(error)
    return out.getvalue(), said


def test_nothing_to_fix_is_no_error_and_everything_is_fine(story):
    printed, said = run(story.slug)
    assert said == ""
    assert printed.splitlines()[:2] == ["Must fix: 0", "Look at: 0"]
    assert printed.splitlines()[2].startswith("Fine: ")


def test_what_is_to_be_looked_at_is_no_error_either(story):
    builders.make_comment_request(story=story)
    printed, said = run(story.slug)
    assert said == ""
    assert "Look at: 1" in printed
    assert "(story.W073)" in printed


def test_what_must_be_fixed_ends_with_a_status(story):
    story.passages.get(mark="p2").evidence.all().delete()
    printed, said = run(story.slug)
    assert said == "1 to fix before the story can go out."
    assert "Must fix: 1\n  Passage p2, paragraph 2, “nobody had asked her”: (story.E023)" in printed


def test_programs_get_a_list(story):
    story.passages.get(mark="p2").evidence.all().delete()
    printed, said = run(story.slug, "--format", "json")
    (finding,) = json.loads(printed)
    assert said
    assert set(finding) == {"id", "level", "msg", "hint", "obj", "paragraph", "mark", "overridden"}
    assert (finding["id"], finding["level"], finding["paragraph"], finding["mark"]) == ("story.E023", "E", 2, "p2")
    assert finding["overridden"] is None


def test_a_finding_that_was_let_pass_is_no_error_and_says_who_but_not_why(story, editor):
    builders.make_figure(story=story, alt_text="")
    override(story, "story.E080", "", "The agency gave none.", by=editor)
    printed, said = run(story.slug)
    assert said == ""
    assert "Let pass by editor." in printed
    (finding,) = json.loads(run(story.slug, "--format", "json")[0])
    assert (finding["overridden"]["by"], set(finding["overridden"])) == ("editor", {"by", "at"})
    assert "The agency gave none." not in printed


def test_a_story_that_isnt_there_is_an_error(db):
    with pytest.raises(CommandError, match="no story"):
        call_command("check_story", "nowhere")
