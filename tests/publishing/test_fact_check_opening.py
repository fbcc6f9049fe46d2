"""Who gets a fact-check file, the line it leaves, what no file without notes holds, and what making one costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investigations.models import FactCheckFileOpened, Story
from investigations.publishing.clearing import ask_counsel, take_back
from investigations.publishing.fact_check.opening import versions_for
from investigations.publishing.fact_check.rendering import html
from investigations.publishing.refusal import Refused
from investigations.vocabulary import FileGrouping
from tests import builders
from tests.admin import canaries
from tests.publishing.fact_checking import FULL, WITHOUT, opened

# --- Who, and the log ---


def test_the_team_may_have_both_counsel_what_readers_would_get_and_nobody_else_any(
    story, reporter, editor, standards, outsider, counsel
):
    asked = ask_counsel(story, counsel, by=reporter)
    assert [versions_for(story, user) for user in (reporter, editor, standards)] == [(FULL, WITHOUT)] * 3
    assert versions_for(story, counsel) == (WITHOUT,)
    assert versions_for(story, outsider) == versions_for(story, builders.make_user("second", "Counsel")) == ()
    take_back(asked, by=reporter)
    assert versions_for(story, counsel) == ()


@pytest.mark.parametrize("version", [FULL, WITHOUT])
def test_who_may_not_have_it_is_refused_and_leaves_no_line(version, story, outsider):
    with pytest.raises(Refused, match="those who may see the story"):
        opened(story, outsider, version)
    assert not FactCheckFileOpened.objects.exists()


def test_counsel_is_refused_the_full_file(story, reporter, counsel):
    ask_counsel(story, counsel, by=reporter)
    with pytest.raises(Refused):
        opened(story, counsel, FULL)
    opened(story, counsel, WITHOUT)
    assert FactCheckFileOpened.objects.get().by == counsel


def test_each_file_leaves_a_line_with_who_when_which_and_of_which_words(story, reporter):
    opened(story, reporter, grouping=FileGrouping.PERSON, now=builders.NOON)
    row = FactCheckFileOpened.objects.get()
    assert (row.story, row.by, row.at) == (story, reporter, builders.NOON)
    assert (row.version, row.grouping, row.format, row.names) == ("counsel", "person", "html", 0)
    assert row.wording == story.wording_digest()


def test_without_notes_no_word_of_the_desk_is_in_it(story, reporter):
    planted = canaries.story_with_secrets(story, by=reporter)
    canaries.plant(planted.unnamed, "reason_for_anonymity")
    canaries.plant(planted.meeting, "checked_against")
    canaries.plant(builders.make_clearance(story=story, asked_by=reporter), "note")
    for grouping in FileGrouping:
        page = html(opened(story, reporter, WITHOUT, grouping=grouping))
        for said in ("official at the port", "They signed at night", "Dinner at the pier", "Declined to comment"):
            assert said in page
        assert canaries.WORD not in page.lower()
        assert "Quentin Hollis" not in page
    assert canaries.WORD in html(opened(story, reporter, FULL)).lower()


def test_it_takes_as_many_queries_for_much_as_for_little(story, investigation, reporter):
    counts = []
    opened(story, reporter)  # who they are is asked once
    for more in (0, 20):
        if more:
            body = story.body + "\n\n" + " ".join(f"The board [met again {n} times]{{#p{n}}}." for n in range(3, 23))
            story.edit(by=reporter, body=body)
        for passage in story.passages.all() if more else ():
            for showing in ("shown", "desk_only"):
                quote = builders.make_checked_quote(investigation=investigation)
                builders.make_evidence(passage=passage, quote=quote, showing=showing)
        for grouping in FileGrouping:
            with CaptureQueriesContext(connection) as asked:
                html(opened(Story.objects.get(pk=story.pk), reporter, grouping=grouping))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
