"""Publication at an instant: never early, once, across clock changes, and refused with its reason."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from investigations.models import Evidence, ScheduledPublication, Story
from investigations.publishing import scheduling
from investigations.publishing.publish import publish
from investigations.publishing.refusal import Refused
from investigations.publishing.scheduling import cancel, instant_of, missed, publish_due, schedule
from investigations.record.models import Edition
from tests import builders
from tests.publishing.racing import LONG, Act

DUE = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def signed(story, reporter, editor):
    """The story, signed by two."""
    for somebody in (reporter, editor):
        builders.sign(story, by=somebody, now=builders.NOON)
    return story


@pytest.fixture
def scheduled(signed, editor):
    """A publication at `DUE`."""
    return schedule(signed, by=editor, due=DUE, now=builders.NOON)


def outcome(row):
    row.refresh_from_db()
    return row.outcome, row.reason


# --- The timer ---


def test_it_goes_out_when_its_instant_has_come_and_not_a_second_before(scheduled, editor):
    publish_due(now=DUE - SECOND)
    assert (outcome(scheduled), Edition.objects.count()) == (("", ""), 0)
    run = publish_due(now=DUE)
    assert run.published == [scheduled]
    assert outcome(scheduled) == ("published", "")
    assert Edition.objects.get().published_at == DUE


def test_a_second_run_does_nothing(scheduled):
    publish_due(now=DUE)
    run = publish_due(now=DUE + SECOND)
    assert (run.published, run.refused, run.failed) == ([], [], [])
    assert Edition.objects.count() == 1


def test_what_changed_since_is_refused_kept_and_not_tried_again(scheduled, reporter, editor):
    scheduled.story.edit(by=reporter, headline="Another headline")
    for somebody in (reporter, editor):
        builders.sign(scheduled.story, by=somebody)
    (refused,) = publish_due(now=DUE).refused
    assert outcome(refused)[0] == "refused"
    assert outcome(refused)[1].startswith("The story was changed since it was set")
    assert publish_due(now=DUE + SECOND).refused == []
    assert not Edition.objects.exists()


def test_a_finding_that_came_up_refuses_it(scheduled):
    Evidence.objects.filter(passage__story=scheduled.story).delete()
    publish_due(now=DUE)
    assert outcome(scheduled)[1].startswith("The story can't go out: The passage is marked and has no evidence.")


def test_an_embargo_that_runs_refuses_it(scheduled):
    quote = scheduled.story.passages.first().evidence.get().quote
    quote.embargo_until = DUE + SECOND
    quote.save()
    publish_due(now=DUE)
    assert "These words may not go out before" in outcome(scheduled)[1]
    assert not Edition.objects.exists()


def test_a_signature_that_lapsed_refuses_it(scheduled, editor):
    editor.groups.clear()
    publish_due(now=DUE)
    assert outcome(scheduled)[0] == "refused"
    assert not Edition.objects.exists()


def test_what_readers_have_already_is_no_failure(scheduled, editor):
    publish(scheduled.story, by=editor, now=builders.NOON)
    run = publish_due(now=DUE)
    assert (run.published, run.refused, run.failed) == ([], [], [])
    assert outcome(scheduled) == ("cancelled", "Readers had the story already.")


def others(investigation, reporter, editor, count):
    """More stories that are set, the earlier ones first."""
    for minutes in range(count, 0, -1):
        story = builders.make_ready_story(investigation=investigation, by=reporter)
        for somebody in (reporter, editor):
            builders.sign(story, by=somebody, now=builders.NOON)
        yield schedule(story, by=editor, due=DUE - timedelta(minutes=minutes), now=builders.NOON)


def test_one_that_is_refused_stops_none_of_the_others(scheduled, investigation, reporter, editor):
    first, second = others(investigation, reporter, editor, 2)
    Evidence.objects.filter(passage__story=first.story).delete()
    run = publish_due(now=DUE)
    assert (run.refused, run.published) == ([first], [second, scheduled])


def test_one_that_fails_stops_none_of_the_others_and_is_tried_again(
    scheduled, investigation, reporter, editor, monkeypatch
):
    (first,) = others(investigation, reporter, editor, 1)

    def broken(story, **values):
        if story.pk == first.story_id:
            raise OSError("the disk is full")
        return publish(story, **values)

    with monkeypatch.context() as patched:
        patched.setattr(scheduling, "publish", broken)
        run = publish_due(now=DUE)
    assert ([row for row, _ in run.failed], run.published) == ([first], [scheduled])
    assert outcome(first) == ("", "")
    assert publish_due(now=DUE + SECOND).published == [first]


def test_the_command_says_what_it_did(scheduled, investigation, reporter, editor):
    (first,) = others(investigation, reporter, editor, 1)
    Evidence.objects.filter(passage__story=first.story).delete()
    out = StringIO()
    with time_machine.travel(DUE, tick=False):
        call_command("publish_due", stdout=out)
    published, refused = out.getvalue().splitlines()
    assert refused.startswith(f"Not published: {first.story.slug}: The story can't go out")
    assert published == f"Published: {scheduled.story.slug}"


def test_the_command_fails_where_something_failed(scheduled, monkeypatch):
    def broken(story, **values):
        raise OSError("the disk is full")

    monkeypatch.setattr(scheduling, "publish", broken)
    with time_machine.travel(DUE, tick=False), pytest.raises(CommandError, match=scheduled.story.slug):
        call_command("publish_due", stdout=StringIO())


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_bring_it_out_once(scheduled):
    runs = []
    one, other = (Act(lambda: runs.append(publish_due(now=DUE)), stop_before=stop) for stop in (6, 0))
    one.thread.start()
    assert one.stopped.wait(LONG)
    assert not one.ended.is_set()
    other.thread.start()
    assert other.ended.wait(LONG)  # it passes over what the first has in hand, and doesn’t wait for it
    assert Edition.objects.count() == 0
    one.go.set()
    one.thread.join(LONG)
    assert (one.result, other.result) == (None, None)
    assert [len(run.published) for run in runs] == [0, 1]
    assert Edition.objects.count() == 1


# --- Setting and cancelling ---


def test_it_is_set_for_what_two_people_signed(signed, editor):
    row = schedule(signed, by=editor, due=DUE, now=builders.NOON)
    assert row.digest == signed.approvals.first().digest


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda story, reporter: story.edit(by=reporter, headline="x"), "Nobody has signed the story as it stands"),
        (lambda story, reporter: Evidence.objects.all().delete(), "can't go out: The passage is marked"),
        (
            lambda story, reporter: builders.make_scheduled_publication(story=story),
            "set for an instant already: cancel that first",
        ),
    ],
    ids=["unsigned", "with a finding", "twice"],
)
def test_what_could_not_go_out_is_not_set(prepare, says, signed, reporter, editor):
    prepare(signed, reporter)
    before = ScheduledPublication.objects.count()
    with pytest.raises(Refused, match=says):
        schedule(signed, by=editor, due=DUE, now=builders.NOON)
    assert ScheduledPublication.objects.count() == before


def test_an_instant_that_has_passed_is_refused(signed, editor):
    with pytest.raises(Refused, match="That time has passed"):
        schedule(signed, by=editor, due=builders.NOON, now=builders.NOON)


def test_what_readers_have_is_not_set(published, editor):
    with pytest.raises(Refused, match="Readers have this story already"):
        schedule(published, by=editor, due=DUE, now=builders.NOON)


@pytest.mark.parametrize(("who", "says"), [("reporter", "Only editors publish"), ("outsider", "not on this")])
def test_only_editors_of_the_team_set_and_cancel(who, says, signed, editor, request):
    somebody = request.getfixturevalue(who)
    with pytest.raises(Refused, match=says):
        schedule(signed, by=somebody, due=DUE, now=builders.NOON)
    row = schedule(signed, by=editor, due=DUE, now=builders.NOON)
    with pytest.raises(Refused, match=says):
        cancel(signed, by=somebody)
    assert outcome(row) == ("", "")


def test_what_was_cancelled_doesnt_go_out_and_may_be_set_anew(scheduled, editor):
    cancel(scheduled.story, by=editor)
    assert publish_due(now=DUE).published == []
    again = schedule(scheduled.story, by=editor, due=DUE + SECOND, now=builders.NOON)
    assert publish_due(now=DUE + SECOND).published == [again]


def test_nothing_set_is_nothing_to_cancel(signed, editor):
    with pytest.raises(Refused, match="not set for any instant"):
        cancel(signed, by=editor)


def test_what_was_refused_is_missed_until_it_is_set_anew_or_out(scheduled, editor):
    Evidence.objects.filter(passage__story=scheduled.story).update(showing="desk_only")
    publish_due(now=DUE)
    assert list(missed(Story.objects.all())) == [scheduled.story]
    Evidence.objects.filter(passage__story=scheduled.story).update(showing="shown")
    again = schedule(scheduled.story, by=editor, due=DUE + SECOND, now=DUE)
    assert list(missed(Story.objects.all())) == []
    publish_due(now=DUE + SECOND)
    assert outcome(again) == ("published", "")
    assert list(missed(Story.objects.all())) == []


# --- The clock on the wall ---

# In America/New_York the clocks go forward on March 8, 2026, at 2 a.m., and back on November 1, at 2 a.m.
WALLS = {
    "2026-03-08T01:59": datetime(2026, 3, 8, 6, 59, tzinfo=UTC),
    "2026-03-08T03:00": datetime(2026, 3, 8, 7, 0, tzinfo=UTC),
    "2026-11-01T00:59": datetime(2026, 11, 1, 4, 59, tzinfo=UTC),
    "2026-11-01T02:00": datetime(2026, 11, 1, 7, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("words", WALLS)
def test_a_time_beside_a_change_of_clocks_is_the_instant_it_says(words):
    assert instant_of(words) == WALLS[words]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("2026-03-08T02:00", "2:00 a.m. on March 8, 2026 doesn’t exist here: the clocks are put forward."),
        ("2026-03-08T02:59", "2:59 a.m. on March 8, 2026 doesn’t exist here: the clocks are put forward."),
        ("2026-11-01T01:00", "1:00 a.m. on November 1, 2026 comes twice here: the clocks are put back."),
        ("2026-11-01T01:59", "1:59 a.m. on November 1, 2026 comes twice here: the clocks are put back."),
        ("", "Say on which day and at what time it goes out."),
        ("tomorrow", "Say on which day and at what time it goes out."),
        ("2026-03-08T06:00+01:00", "Say the time by the newsroom’s own clock, without a zone."),
    ],
)
def test_a_time_that_is_none_or_two_is_refused_in_a_sentence(words, says):
    with pytest.raises(Refused) as refused:
        instant_of(words)
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("words", ["2026-03-08T03:00", "2026-11-01T02:00"])
def test_across_a_change_of_clocks_nothing_goes_out_early(words, signed, editor):
    due = WALLS[words]
    schedule(signed, by=editor, due=instant_of(words), now=builders.NOON)
    for now, count in ((due - timedelta(hours=1), 0), (due - SECOND, 0), (due, 1)):
        with time_machine.travel(now, tick=False):
            assert len(publish_due().published) == count
