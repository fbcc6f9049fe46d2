"""A draft into a story: passages with evidence matched to records, new sources for the desk, notes for the rest."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from investigations.exchange import docx
from investigations.exchange.placing import Found, bring_in, mark_with, plan_of
from investigations.models import DraftNote, Evidence, Source, Story
from investigations.models.draft_note import normal_address
from tests import builders
from tests.exchange.drafts import commented, make_docx, make_long_draft, paragraph

MINUTES = "http://www.harbor.example/minutes/"


def make_source(investigation, **values):
    return builders.make_source(investigation=investigation, **{"kind": "document", "title": "Minutes", **values})


def draft_saying(said, at="It was sold"):
    return docx.read(make_docx(paragraph(commented(1, at), "."), comments={1: said}))


def brought(investigation, by, said, story=None):
    """The story after a draft with one comment came in."""
    story = story or builders.make_story(investigation=investigation, body="")
    plan = plan_of(draft_saying(said), investigation, body=story.body)
    bring_in(story, plan, by=by, file_name="draft.docx")
    return story


@pytest.fixture
def long_draft(investigation):
    """Eight comments and two footnotes, with two of the records that they name."""
    source = make_source(investigation, url=MINUTES)
    builders.make_quote(investigation=investigation, source=source, words="Nobody ever asked me before signing.")
    return docx.read(make_long_draft())


# --- Addresses ---


@pytest.mark.parametrize(
    "address",
    [
        "https://harbor.example/minutes",
        "https://www.harbor.example/minutes/#p4",
        "https://HARBOR.example:443/minutes?utm_source=x",
        "https://www.google.com/url?q=https://harbor.example/minutes&sa=D",
    ],
)
def test_an_address_is_known_again(address):
    assert normal_address(address) == normal_address(MINUTES)


@pytest.mark.parametrize(
    "address", ["https://harbor.example/Minutes", "https://harbor.example/minutes?p=2", "https://x.example/minutes"]
)
def test_another_address_is_another(address):
    assert normal_address(address) != normal_address(MINUTES)


def test_what_is_no_address_is_no_error():
    assert normal_address("http://[x") == "http://[x"


# --- Evidence ---


def test_a_comments_address_is_evidence_of_the_source_that_has_it(investigation, reporter):
    source = make_source(investigation, url=MINUTES)
    story = brought(investigation, reporter, "https://harbor.example/minutes#p4")
    (piece,) = Evidence.objects.filter(passage__story=story)
    assert (piece.source, piece.stance, piece.showing) == (source, "supports", "shown")
    assert piece.passage.words == "It was sold"
    assert DraftNote.objects.get().settled_by == reporter


def test_an_address_nobody_has_becomes_a_source_for_the_desk(investigation, reporter):
    story = brought(investigation, reporter, "https://register.example/sale/11")
    (piece,) = Evidence.objects.filter(passage__story=story)
    assert (piece.source.kind, piece.source.title) == ("publication", "register.example/sale/11")
    assert (piece.showing, piece.source.investigation) == ("desk_only", investigation)
    assert DraftNote.objects.waiting().get().unconfirmed() == [piece]


def test_a_source_of_another_investigation_is_not_matched(investigation, reporter):
    other = make_source(builders.make_investigation(), url=MINUTES)
    story = brought(investigation, reporter, MINUTES)
    assert Evidence.objects.get(passage__story=story).source != other


def test_somebody_who_is_a_source_is_matched_for_the_desk_alone(investigation, reporter):
    builders.make_source(investigation=investigation, descriptor="a clerk", url=MINUTES)
    story = brought(investigation, reporter, MINUTES)
    assert Evidence.objects.get(passage__story=story).showing == "desk_only"


@pytest.mark.parametrize(
    ("terms", "showing"), [("on_record", "shown"), ("off_record", "desk_only"), ("", "desk_only")]
)
def test_quoted_words_are_evidence_of_the_quote_in_which_they_stand(terms, showing, investigation, reporter):
    quote = builders.make_quote(investigation=investigation, terms=terms, words="I was never asked before signing.")
    story = brought(investigation, reporter, "See “never asked … signing”")
    (piece,) = Evidence.objects.filter(passage__story=story)
    assert (piece.quote, piece.showing) == (quote, showing)


@pytest.mark.parametrize(
    "said", ["“nobody asked me”", "“asked”", "“was never asked”", "never asked before", "“[they said so]”"]
)
def test_words_in_no_quote_or_in_two_are_a_note(said, investigation, reporter):
    for words in ("I was never asked", "She was never asked before", "They asked"):
        builders.make_quote(investigation=investigation, words=words)
    story = brought(investigation, reporter, said)
    assert not Evidence.objects.filter(passage__story=story).exists()
    assert DraftNote.objects.waiting().get().passage == story.passages.get()


def test_a_comment_that_says_more_than_its_address_waits(investigation, reporter):
    make_source(investigation, url=MINUTES)
    brought(investigation, reporter, f"Not sure. {MINUTES}")
    assert DraftNote.objects.waiting().count() == 1


def test_an_address_that_no_field_takes_is_kept_in_its_note(investigation, reporter):
    address = f"https://register.example/{'x' * 300}"
    brought(investigation, reporter, address)
    assert not Source.objects.filter(kind="publication").exists()
    assert DraftNote.objects.waiting().get().addresses == [address]


# --- The whole draft ---


def test_a_long_draft_comes_in_with_its_passages_evidence_and_notes(long_draft, investigation, reporter):
    plan = plan_of(long_draft, investigation, headed=False)
    story = Story(investigation=investigation, headline=plan.title)
    bring_in(story, plan, by=reporter, file_name="draft.docx")
    assert story.headline == "The harbor nobody saw"
    assert story.passages.count() == 7
    records = {
        piece.passage.mark: piece.record.url if piece.source else piece.quote.words
        for piece in Evidence.objects.filter(passage__story=story)
    }
    assert records == {
        "p1": MINUTES,
        "p2": "https://assessor.example/2015",
        "p4": "https://harbor.example/votes",
        "p5": "Nobody ever asked me before signing.",
        "p6": MINUTES,
        "p7": "https://register.example/sale/11",
    }
    assert {note.reason for note in story.draft_notes.filter(passage=None)} == {
        docx.TWO_PARAGRAPHS,
        docx.IN_A_TABLE,
    }
    assert story.draft_notes.count() == 10
    assert {row.by for row in story.contributions.all()} == {reporter}


def test_a_draft_goes_behind_what_the_story_says(long_draft, investigation, reporter):
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    before = story.body
    bring_in(story, plan_of(long_draft, investigation, body=before), by=reporter, file_name="draft.docx")
    assert story.body.startswith(before.rstrip() + "\n\n## The harbor nobody saw\n\n[The harbor board")
    assert [passage.mark for passage in story.passages.all()] == [f"p{number}" for number in range(1, 10)]
    assert story.parsed().problems == ()


def test_the_first_heading_is_the_headline_of_a_draft_without_a_title(investigation):
    draft = docx.read(make_docx(paragraph("The harbor", style="Heading1"), paragraph("It was sold.")))
    assert plan_of(draft, investigation, headed=False).title == "The harbor"
    assert plan_of(draft, investigation, headed=False).body == "It was sold."
    assert plan_of(draft, investigation).body == "## The harbor\n\nIt was sold."


def test_nothing_is_written_when_something_is_refused(long_draft, investigation, reporter):
    story = Story(investigation=investigation, headline="")
    sources = Source.objects.count()
    with pytest.raises(ValidationError):
        bring_in(story, plan_of(long_draft, investigation), by=reporter, file_name="draft.docx")
    assert not Story.objects.exists()
    assert (DraftNote.objects.count(), Source.objects.count()) == (0, sources)


def test_nothing_is_written_when_the_last_piece_of_evidence_is_refused(long_draft, investigation, reporter):
    plan = plan_of(long_draft, investigation)
    elsewhere = make_source(builders.make_investigation())
    last = [place for place, each in enumerate(plan.placements) if each.mark][-1]
    plan.placements[last] = replace(plan.placements[last], found=(Found(elsewhere, "shown"),))
    story = builders.make_story(investigation=investigation, body="")
    sources = Source.objects.count()
    with pytest.raises(ValidationError):
        bring_in(story, plan, by=reporter, file_name="draft.docx")
    story.refresh_from_db()
    assert (story.body, story.passages.count(), Source.objects.count()) == ("", 0, sources)


def test_planning_writes_nothing_and_asks_as_much_for_a_long_draft(
    long_draft, investigation, django_assert_num_queries
):
    with django_assert_num_queries(2):
        plan_of(draft_saying("Why?"), investigation)
    with django_assert_num_queries(2):
        plan_of(long_draft, investigation)


# --- Notes ---


def test_settling_a_note_says_who_and_leaves_the_evidence(investigation, reporter, editor):
    brought(investigation, reporter, "https://register.example/sale/11")
    note = DraftNote.objects.get()
    note.settle(by=editor)
    assert (note.settled_by, Evidence.objects.get().showing) == (editor, "desk_only")


def test_showing_what_a_note_brought_is_somebodys_change(investigation, reporter, editor):
    story = brought(investigation, reporter, "https://register.example/sale/11")
    other = make_source(investigation, url="https://other.example/")
    builders.make_evidence(passage=story.passages.get(), source=other, showing="desk_only")
    DraftNote.objects.get().settle(by=editor, show=True)
    assert {piece.source.url: piece.showing for piece in Evidence.objects.all()} == {
        "https://register.example/sale/11": "shown",
        "https://other.example/": "desk_only",
    }
    assert story.contributions.last().by == editor


# --- Marking a sentence ---


def test_marked_words_get_their_records(investigation, reporter):
    story = builders.make_story(investigation=investigation, body="It was sold in May.")
    said = builders.make_quote(investigation=investigation, terms="off_record")
    mark = mark_with(story, "sold in May", [make_source(investigation), said], by=reporter)
    pieces = Evidence.objects.filter(passage__mark=mark)
    assert [(bool(piece.source), piece.showing) for piece in pieces] == [(True, "shown"), (False, "desk_only")]


def test_words_are_not_marked_with_a_record_of_another_investigation(investigation, reporter):
    story = builders.make_story(investigation=investigation, body="It was sold in May.")
    with pytest.raises(ValidationError):
        mark_with(story, "sold in May", [make_source(builders.make_investigation())], by=reporter)
    story.refresh_from_db()
    assert story.body == "It was sold in May."
