"""The preview: the story as readers would get it, with the check in the margin, for those who may see the story."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.models import GateRun, Quote
from investigations.record.models import Edition, Part
from tests import builders


def address(story, *args):
    return reverse("admin:investigations_story_preview", args=[story.pk, *args])


def shown(client, story):
    return client.get(address(story)).content.decode()


def test_it_shows_text_and_evidence_as_readers_would_get_them(story, as_user, reporter):
    page = shown(as_user(reporter), story)
    assert "nobody had asked her" in page
    assert "{#p2}" not in page
    assert Quote.objects.first().words in page


def test_what_stays_on_the_desk_is_not_in_it(story, as_user, reporter):
    quote = builders.make_quote(investigation=story.investigation, words="Nobody must read this")
    builders.make_evidence(passage=story.passages.first(), quote=quote, showing="desk_only")
    assert "Nobody must read this" not in shown(as_user(reporter), story)


def test_a_finding_stands_at_its_paragraph_and_one_of_the_whole_story_over_it(story, as_user, reporter):
    story.passages.get(mark="p2").evidence.all().delete()
    story.bylines.all().delete()
    client = as_user(reporter)
    context = client.get(address(story)).context
    assert [(block.number, [each.id for each in found]) for block, found in context["blocks"]] == [
        (1, []),
        (2, ["story.E023"]),
    ]
    assert [finding.id for finding in context["whole"]] == ["story.W041"]
    assert "Story check, paragraph 2" in shown(client, story)


def test_a_story_with_words_that_cant_go_out_says_so_and_shows_none_of_them(story, as_user, reporter):
    quote = builders.make_quote(investigation=story.investigation, words="Off with it", terms="off_record")
    builders.make_evidence(passage=story.passages.first(), quote=quote)
    page = shown(as_user(reporter), story)
    assert "be shown as readers would get it" in page
    assert "Off with it" not in page
    assert "story.E031" in page


def test_a_picture_of_a_story_is_there_for_those_who_may_see_it_alone(story, as_user, reporter, outsider):
    figure = builders.make_figure(story=story)
    href = reverse("admin:investigations_story_preview_picture", args=[story.pk, figure.public_key])
    assert href in shown(as_user(reporter), story)
    picture = as_user(reporter).get(href)
    assert (picture.status_code, picture["Content-Type"]) == (200, figure.media_type)
    assert as_user(outsider).get(href).status_code == 404


@pytest.mark.parametrize("somebody", ["outsider", "counsel"])
def test_nobody_else_can_open_it(somebody, story, as_user, request):
    assert as_user(request.getfixturevalue(somebody)).get(address(story)).status_code == 404


def test_it_writes_nothing(story, as_user, reporter):
    shown(as_user(reporter), story)
    assert (Edition.objects.count(), Part.objects.count(), GateRun.objects.count()) == (0, 0, 0)


def test_it_takes_as_many_queries_for_much_evidence_as_for_little(story, as_user, reporter):
    client, counts = as_user(reporter), []
    for more in (0, 20):
        for _ in range(more):
            quote = builders.make_checked_quote(investigation=story.investigation)
            builders.make_evidence(passage=story.passages.first(), quote=quote)
        shown(client, story)
        with CaptureQueriesContext(connection) as asked:
            shown(client, story)
        counts.append(len(asked))
    assert counts[0] == counts[1]
