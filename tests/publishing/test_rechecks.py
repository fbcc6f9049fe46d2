"""Records changed at the desk after readers got them: each story that shows them otherwise is asked about."""

import pytest
from django.contrib.auth import get_user_model

from investigations.models import Contribution, Meeting, Person, Quote, Recheck
from investigations.publishing.correct import correct
from investigations.publishing.rechecks import record_changed, say_not_needed
from investigations.publishing.refusal import Refused
from tests import builders
from tests.publishing.corrections import DAYS, mend


@pytest.fixture
def quote(published):
    """The quote at the story's first passage, which readers have."""
    return published.passages.get(mark="p1").evidence.get().quote


def change(record, *, by, now=builders.NEXT_DAY, **values):
    """Change a record as a form does."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    record_changed(record, by=by, now=now)


def asked():
    """What is asked now, by story and record."""
    return [(row.story, row.part) for row in Recheck.objects.waiting().order_by("pk")]


def own_story(investigation, reporter, editor, **records):
    """Another published story, whose first passage rests on this record as well."""
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    for noun, record in records.items():
        builders.make_evidence(passage=story.passages.get(mark="p1"), **{noun: record})
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


def test_a_quote_that_says_something_else_asks_about_its_story(published, quote, reporter):
    change(quote, by=reporter, words="We signed nothing that day")
    row = Recheck.objects.get()
    assert (row.story, row.part, row.record) == (published, f"quote/{quote.public_key}", quote)
    assert (row.opened_by, row.opened_at, row.is_open) == (reporter, builders.NEXT_DAY, True)


def test_a_change_that_readers_would_not_see_asks_nothing_and_is_a_contribution(published, quote, reporter):
    before = Contribution.objects.filter(story=published).count()
    change(quote, by=reporter, checked_against="the tape", checked_by=reporter, checked_at=builders.NOON)
    assert asked() == []
    assert Contribution.objects.filter(story=published).count() == before + 1


def test_a_story_that_readers_have_not_seen_is_not_asked_about(story, reporter):
    quote = story.passages.get(mark="p1").evidence.get().quote
    change(quote, by=reporter, words="We signed nothing that day")
    assert asked() == []


def test_every_story_that_shows_a_meeting_is_asked_about_once(published, investigation, reporter, editor):
    meeting = builders.make_meeting(investigation=investigation)
    stories = [own_story(investigation, reporter, editor, meeting=meeting) for _ in range(2)]
    change(meeting, by=reporter, place="Rome")
    change(meeting, by=reporter, place="Athens")
    assert asked() == [(story, f"meeting/{meeting.public_key}") for story in stories]


def test_a_source_behind_a_quote_is_asked_about(published, quote, reporter):
    change(quote.source, by=reporter, description="Was there all day.")
    assert asked() == [(published, f"source/{quote.source.public_key}")]


def test_a_name_asks_about_what_shows_it(published, quote, reporter):
    change(Person.objects.get(pk=quote.source.person_id), by=reporter, name="Robin Sampel")
    assert asked() == [
        (published, f"{noun}/{row.public_key}")
        for noun, row in (
            ("quote", quote),
            ("source", quote.source),
        )
    ]


def test_words_of_an_unnamed_source_are_asked_about_at_their_citation(investigation, reporter, editor):
    source = builders.make_source(investigation=investigation, descriptor="an official of the port")
    quote = builders.make_quote(source=source, terms="background")
    story = own_story(investigation, reporter, editor, quote=quote)
    change(quote, by=reporter, words="Nobody was asked")
    ((asked_of, part),) = asked()
    assert (asked_of, part) == (story, f"note/{quote.evidence.get().public_key}")
    assert Recheck.objects.get().record == quote


def test_a_quote_whose_terms_were_taken_away_is_asked_about(published, quote, reporter):
    change(quote, by=reporter, terms="off_record")
    assert asked() == [(published, f"quote/{quote.public_key}")]


def test_a_quote_that_no_passage_rests_on_any_more_is_asked_about_while_readers_have_it(published, quote, reporter):
    quote.evidence.all().delete()
    change(quote, by=reporter, words="We signed nothing that day")
    assert asked() == [(published, f"quote/{quote.public_key}")]


def test_changed_back_it_is_asked_no_more(quote, reporter, editor):
    words = quote.words
    change(quote, by=reporter, words="We signed nothing that day")
    change(quote, by=editor, words=words)
    row = Recheck.objects.get()
    assert (row.outcome, row.closed_by, row.correction) == ("put_back", editor, None)


def test_the_correction_that_brings_the_record_answers(published, quote, reporter, editor):
    change(quote, by=reporter, words="We signed nothing that day")
    correction = builders.correct_story(published, reporter=reporter, editor=editor)
    row = Recheck.objects.get()
    assert (row.outcome, row.correction, row.closed_by) == ("corrected", correction, editor)


def test_a_note_that_leaves_the_records_as_they_are_does_not_answer(published, quote, reporter, standards):
    change(quote, by=reporter, words="We signed nothing that day")
    note = builders.make_submitted(story=published, written_by=reporter, kind="editors_note", note="We look into it.")
    builders.approve(note, by=standards)
    correct(note, by=standards)
    assert len(asked()) == 1


def test_a_retraction_answers(published, quote, reporter, standards):
    change(quote, by=reporter, words="We signed nothing that day")
    note = builders.make_submitted(story=published, written_by=reporter, kind="retraction", note="None of it holds.")
    builders.approve(note, by=standards)
    correct(note, by=standards)
    assert asked() == []


# No correction needed.


@pytest.fixture
def row(quote, reporter):
    """A quote that was changed."""
    change(quote, by=reporter, words="We signed nothing that day")
    return Recheck.objects.get()


def test_an_editor_says_why_no_correction_is_needed(row, editor):
    say_not_needed(row, by=editor, reason="A comma.", now=DAYS[1])
    row.refresh_from_db()
    assert (row.outcome, row.reason, row.closed_by, row.closed_at) == ("not_needed", "A comma.", editor, DAYS[1])


def test_answered_it_is_asked_again_only_when_it_changes_again(row, quote, reporter, editor):
    say_not_needed(row, by=editor, reason="A comma.")
    record_changed(quote, by=reporter, now=DAYS[2])
    assert asked() == []
    change(quote, by=reporter, words="We signed it twice")
    assert len(asked()) == 1


@pytest.mark.parametrize(
    ("who", "reason", "says"),
    [
        ("reporter", "A comma.", "Only editors say that no correction is needed."),
        ("outsider", "A comma.", "You are not on this investigation's team."),
        ("editor", "  ", "Say why: colleagues read it."),
    ],
)
def test_it_is_refused(row, outsider, editor, who, reason, says):
    with pytest.raises(Refused, match=says):
        say_not_needed(row, by=get_user_model().objects.get(username=who), reason=reason)
    assert Recheck.objects.get().is_open


def test_what_is_answered_is_not_answered_again(row, editor):
    say_not_needed(row, by=editor, reason="A comma.")
    with pytest.raises(Refused, match="This was answered already: no correction needed"):
        say_not_needed(row, by=editor, reason="Another reason.")


def test_an_approved_correction_waits_again_when_its_record_changes(published, quote, reporter, editor):
    correction = mend(published, by=reporter)
    builders.approve(correction, by=editor)
    change(quote, by=reporter, words="We signed nothing that day")
    correction.refresh_from_db()
    assert correction.state == "submitted"


def test_the_queries_do_not_grow_with_the_stories(
    investigation, reporter, editor, django_assert_num_queries, django_assert_max_num_queries
):
    meeting = builders.make_meeting(investigation=investigation)
    own_story(investigation, reporter, editor, meeting=meeting)

    def queries():
        Meeting.objects.update(place=str(builders.make_person().pk))
        with django_assert_max_num_queries(100) as counted:
            record_changed(meeting, by=reporter)
        return len(counted)

    first = queries()
    for _ in range(3):
        own_story(investigation, reporter, editor, meeting=meeting)
    assert queries() <= first + 1
    assert len(asked()) == 4


def test_a_record_that_stands_in_no_story_asks_nothing(investigation, reporter):
    change(builders.make_quote(investigation=investigation), by=reporter, words="Nobody heard it")
    assert (asked(), Quote.objects.count()) == ([], 1)
