"""Where else an error ran: found in the record, added by hand, looked at before the correction is approved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from investigations.models import Elsewhere
from investigations.publishing.changes import WordChange
from investigations.publishing.correct import correct
from investigations.publishing.elsewhere import add_elsewhere, telling, tick
from investigations.publishing.ledger import append_edition
from investigations.publishing.projection.story import project_story, work_of
from investigations.publishing.publish import parts_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, send_back, submit
from tests import builders
from tests.publishing.corrections import DAYS, WATCHED, mend


@pytest.fixture
def other(published, investigation, reporter, editor):
    """Another story with the same wrong sentence, that readers have."""
    return another(investigation, reporter, editor)


def another(investigation, reporter, editor, body=builders.READY_BODY, **values):
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body, **values)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


def places(correction):
    """Kind, words and state of each place, in order."""
    return [(row.kind, row.what, row.state) for row in correction.elsewhere.all()]


SENTENCE = "lee sample watched the vote from the gallery"


# What is found.


def test_another_story_with_the_wrong_words_is_found_when_it_is_submitted(published, other, reporter):
    draft = mend(published, by=reporter)
    (row,) = draft.elsewhere.all()
    assert (row.kind, row.what, row.state) == ("story", SENTENCE, "open")
    assert other.headline in row.place
    assert f"/stories/{other.slug}/" in row.place
    assert (row.added_by, row.added_at) == (reporter, builders.NEXT_DAY)


def test_capitals_and_the_signs_between_words_make_no_difference(published, investigation, reporter, editor):
    body = builders.READY_BODY.replace(WATCHED.strip(), "LEE SAMPLE\nwatched the vote, from the gallery")
    another(investigation, reporter, editor, body=body)
    assert places(mend(published, by=reporter)) == [("story", SENTENCE, "open")]


@pytest.mark.parametrize("field", ["headline", "standfirst"])
def test_headlines_and_standfirsts_are_read_too(published, investigation, reporter, editor, field):
    body = builders.READY_BODY.replace(WATCHED, "")
    another(investigation, reporter, editor, body=body, **{field: f"How{WATCHED}"})
    assert len(places(mend(published, by=reporter))) == 1


def test_words_that_are_alike_are_not_taken_for_them(published, investigation, reporter, editor):
    body = builders.READY_BODY.replace("watched the vote", "never watched the vote")
    another(investigation, reporter, editor, body=body)
    assert places(mend(published, by=reporter)) == []


def test_a_story_that_readers_have_not_is_not_found(published, investigation, reporter):
    builders.make_ready_story(investigation=investigation, by=reporter)
    assert places(mend(published, by=reporter)) == []


def test_an_earlier_edition_is_not_read(published, other, reporter, editor):
    other.edit(by=reporter, now=builders.NOON, body=other.body.replace(WATCHED, ""))
    later = builders.NOON + timedelta(hours=1)
    append_edition(work=work_of(other), change="update", parts=parts_of(project_story(other)), published_at=later)
    assert places(mend(published, by=reporter)) == []


def test_what_is_withheld_is_not_found(published, other, reporter, standards):
    builders.withhold(by=standards, story=other, paragraph=2)
    assert places(mend(published, by=reporter)) == []


def change(old, lead="the board met in", tail="and sold the port"):
    stood = (0, 0, len(old))
    return WordChange("text", 1, 0, old, "", lead, tail, stood)


@pytest.mark.parametrize(
    ("old", "wanted"),
    [
        ("in secret in March", ["in secret in march"]),
        ("May", ["met in may", "may and sold"]),
        ("May 2016", ["met in may 2016", "may 2016 and sold"]),
        ("", ["met in and sold"]),
    ],
)
def test_few_words_are_looked_for_with_those_around_them(old, wanted):
    assert telling(change(old)) == wanted


def test_a_word_by_itself_tells_nothing():
    assert telling(change("May", lead="", tail="")) == []
    assert telling(change("", lead="The board", tail="")) == []


@pytest.fixture
def shared(investigation):
    """A meeting that several stories rest on."""
    return builders.make_meeting(investigation=investigation, title="Visit to the quarry")


def resting_on(meeting, investigation, reporter, editor, **values):
    story = builders.make_ready_story(investigation=investigation, by=reporter, **values)
    builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


OTHER_BODY = "The mine [closed in May]{#p1}.\n"


def test_another_story_that_shows_a_changed_record_is_found(shared, investigation, reporter, editor):
    story = resting_on(shared, investigation, reporter, editor)
    resting_on(shared, investigation, reporter, editor, body=OTHER_BODY)
    shared.place = "Rome"
    shared.save()
    assert places(mend(story, by=reporter)) == [("entry", "Visit to the quarry", "open")]


def test_a_record_that_is_not_changed_is_no_place(shared, investigation, reporter, editor):
    story = resting_on(shared, investigation, reporter, editor)
    resting_on(shared, investigation, reporter, editor, body=OTHER_BODY)
    assert places(mend(story, by=reporter)) == []


def test_another_storys_chart_that_counts_a_changed_meeting_is_found(shared, investigation, reporter, editor):
    story = resting_on(shared, investigation, reporter, editor)
    charted = builders.make_ready_story(investigation=investigation, by=reporter, body=OTHER_BODY)
    group = builders.make_meeting_class(investigation=investigation, meetings=[shared])
    builders.make_figure(story=charted, meeting_class=group)
    builders.publish_story(charted, reporter=reporter, editor=editor)
    shared.place = "Rome"
    shared.save()
    assert places(mend(story, by=reporter)) == [("chart", "Visits by month.", "open")]


def test_the_queries_do_not_grow_with_the_stories(
    published, other, investigation, reporter, editor, django_assert_max_num_queries
):
    draft = mend(published, by=reporter)

    def queries():
        send_back(draft, by=editor, comment="Once more.")
        with django_assert_max_num_queries(100) as counted:
            submit(draft, by=reporter)
        return len(counted)

    few = queries()
    for _ in range(4):
        another(investigation, reporter, editor)
    assert queries() <= few + 1
    assert len(places(draft)) == 5


# What is said of a place.


def test_nothing_is_approved_while_a_place_waits(published, other, reporter, editor):
    draft = mend(published, by=reporter)
    with pytest.raises(Refused) as refused:
        approve(draft, by=editor)
    where = draft.elsewhere.get().place
    said = f"It also ran in {where}: say whether it is fixed, not affected, or in another correction."
    assert str(refused.value) == said
    assert where.startswith(f"“{other.headline}”, ")


@pytest.mark.parametrize("state", ["fixed", "unaffected"])
def test_it_is_approved_once_somebody_said_what_is_with_each(published, other, reporter, editor, state):
    draft = mend(published, by=reporter)
    tick(draft.elsewhere.get(), by=reporter, state=state, now=DAYS[1])
    row = draft.elsewhere.get()
    assert (row.state, row.ticked_by, row.ticked_at) == (state, reporter, DAYS[1])
    approve(draft, by=editor)
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_it_is_approved_when_the_other_story_has_a_correction_of_its_own(published, other, reporter, editor):
    draft = mend(published, by=reporter)
    its = builders.make_correction(story=other, written_by=reporter)
    tick(draft.elsewhere.get(), by=reporter, state="in_draft", draft=its)
    assert draft.elsewhere.get().draft == its
    approve(draft, by=editor)


def test_a_place_that_came_since_it_was_submitted_is_found_before_the_approval(
    published, investigation, reporter, editor
):
    draft = mend(published, by=reporter)
    another(investigation, reporter, editor)
    with pytest.raises(Refused, match="It also ran in"):
        approve(draft, by=editor)
    assert places(draft) == [("story", SENTENCE, "open")]


def test_what_was_said_of_a_place_stays_when_it_is_looked_for_again(published, other, reporter, editor):
    draft = mend(published, by=reporter)
    tick(draft.elsewhere.get(), by=reporter, state="fixed")
    send_back(draft, by=editor, comment="Once more.")
    submit(draft, by=reporter)
    assert places(draft) == [("story", SENTENCE, "fixed")]


def test_a_place_that_is_found_no_more_goes_and_one_added_by_hand_stays(published, other, reporter, editor):
    draft = mend(published, by=reporter)
    add_elsewhere(draft, by=reporter, kind="alert", what="Watched the vote", where="Alert of March 2")
    its = builders.make_correction(story=other, written_by=reporter, written_at=builders.NOON)
    other.edit(by=reporter, now=DAYS[1], body=other.body.replace(WATCHED, ""))
    submit(its, by=reporter, now=DAYS[1])
    correct(its, by=editor, alone="It stood on the front page.", now=DAYS[2])
    send_back(draft, by=editor, comment="Once more.")
    submit(draft, by=reporter)
    assert places(draft) == [("alert", "Watched the vote", "open")]


def test_publishing_alone_is_not_barred_and_leaves_them_waiting(published, other, reporter, editor):
    draft = mend(published, by=reporter)
    correct(draft, by=editor, alone="It stands on every front page.", now=DAYS[1])
    draft.refresh_from_db()
    assert draft.state == "published"
    assert list(type(draft).objects.ran_elsewhere()) == [draft]


def test_saying_so_and_adding_by_hand_leave_the_approval_and_are_no_contribution(published, reporter, editor):
    draft = mend(published, by=reporter)
    approve(draft, by=editor)
    before = published.contributions.count()
    row = add_elsewhere(draft, by=reporter, kind="post", what="Watched the vote", where="a post of March 2")
    tick(row, by=editor, state="fixed")
    draft.refresh_from_db()
    assert (draft.state, published.contributions.count()) == ("approved", before)


def test_what_was_said_is_taken_back(published, other, reporter):
    draft = mend(published, by=reporter)
    tick(draft.elsewhere.get(), by=reporter, state="fixed")
    tick(draft.elsewhere.get(), by=reporter, state="open")
    row = draft.elsewhere.get()
    assert (row.is_open, row.ticked_by, row.ticked_at) == (True, None, None)


# What is refused.


def test_a_place_is_not_mended_by_an_earlier_correction_of_the_same_story(published, other, reporter):
    earlier = builders.make_correction(story=published, written_by=reporter)
    draft = mend(published, by=reporter)
    with pytest.raises(ValidationError, match="Choose a correction of another story, or a later one of this"):
        tick(draft.elsewhere.get(), by=reporter, state="in_draft", draft=earlier)
    with pytest.raises(ValidationError, match="It is mended by another correction than this one"):
        tick(draft.elsewhere.get(), by=reporter, state="in_draft", draft=draft)


def test_a_place_is_mended_by_a_later_correction_of_the_same_story(published, other, reporter):
    draft = mend(published, by=reporter)
    later = builders.make_correction(story=published, written_by=reporter)
    tick(draft.elsewhere.get(), by=reporter, state="in_draft", draft=later)
    assert draft.elsewhere.get().draft == later


def test_a_place_is_in_another_correction_only_if_one_is_named(published, other, reporter):
    draft = mend(published, by=reporter)
    with pytest.raises(ValidationError, match="Say in which correction it is mended"):
        tick(draft.elsewhere.get(), by=reporter, state="in_draft")


def test_a_place_in_the_record_is_not_added_by_hand(published, reporter):
    draft = mend(published, by=reporter)
    with pytest.raises(ValidationError, match="Places in the record are found by the software"):
        add_elsewhere(draft, by=reporter, kind="story", what="Watched the vote", where="another story")


def test_somebody_of_another_team_says_nothing_of_it(published, other, reporter, outsider):
    draft = mend(published, by=reporter)
    with pytest.raises(Refused, match="You are not on this investigation's team"):
        tick(draft.elsewhere.get(), by=outsider, state="fixed")
    with pytest.raises(Refused, match="You are not on this investigation's team"):
        add_elsewhere(draft, by=outsider, kind="alert", what="It", where="there")
    assert Elsewhere.objects.get().is_open


def test_whoever_may_not_approve_writes_no_places_by_trying(published, investigation, reporter, editor):
    draft = mend(published, by=reporter)
    another(investigation, reporter, editor)
    with pytest.raises(Refused, match="Only editors approve corrections"):
        approve(draft, by=reporter)
    assert places(draft) == []
