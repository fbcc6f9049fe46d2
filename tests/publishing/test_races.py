"""Two people at once: one is stopped before each of its statements while the other goes on. One of them wins."""

from collections import Counter

import pytest

from investigations.models import Correction, WithholdingOrder
from investigations.models.contribution import ContributionQuerySet
from investigations.publishing.compare import compare_pages, compare_rows
from investigations.publishing.correct import correct
from investigations.publishing.outgoing import digest_of
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, submit
from investigations.publishing.two_people import hand_in
from investigations.record import chain
from investigations.record.models import Edition, Part
from investigations.record.reading import withheld_now
from tests import builders
from tests.publishing.corrections import WATCHED, mend, notes
from tests.publishing.racing import race
from tests.publishing.rewinding import Kept
from tests.publishing.withheld import showing

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = builders.DAY_AFTER


@pytest.fixture
def lee(investigation):
    """A second editor on the team."""
    user = builders.make_user("lee", "Editor")
    investigation.team.add(user)
    return user


@pytest.fixture
def kept():
    """Keeps the database as it stands when it is called."""
    made = []
    yield lambda: (made.append(Kept()), made[-1])[1]
    made[-1].drop()


@pytest.fixture
def waiting(published, reporter):
    """A submitted correction by the reporter."""
    return mend(published, by=reporter)


def of(correction):
    """The row as it is now, as a process of its own would read it."""
    return Correction.objects.get(pk=correction.pk)


def assert_whole(*, pages):
    """Whatever was done at once: each published one went out once, each approval is of what would go out."""
    editions = list(Edition.objects.order_by("position"))
    assert [edition.number for edition in editions] == [*range(1, len(editions) + 1)]
    assert chain.verify() == []
    if pages:  # compiling them is the dearest part: once for each turn that a race takes
        assert [*compare_rows(), *compare_pages()] == []
    out = {edition.number: notes(edition)[-1] for edition in editions[1:]}
    for correction in Correction.objects.all():
        acts = Counter(correction.steps.values_list("act", flat=True))
        assert acts["published"] == (1 if correction.state == "published" else 0)
        assert correction.is_attributed()
        if correction.state == "published":
            assert out.pop(correction.edition)["number"] == correction.number
            assert acts["approved"] == 1
        if correction.state == "approved":
            assert correction.approved_digest == digest_of(correction) or publication_is_refused(correction)
    assert out == {}


def publication_is_refused(correction):
    with pytest.raises(Refused):
        correct(correction, by=correction.approved_by, now=NOW)
    return True


def run(kept, first, second):
    """Both acts, once for each statement before which the first was stopped, asserted to leave a whole."""
    found = []
    for acts in race(first, second):
        for act in acts:
            assert act.result is None or isinstance(act.result, Refused), act.result
        won = tuple(act.result is None for act in acts)
        assert_whole(pages=won not in found[-1:])
        found.append(won)
        yield acts
        kept.rewind()
    assert len(found) > 5


def test_of_two_who_approve_one_does(waiting, editor, lee, kept):
    for acts in run(kept(), lambda: approve(of(waiting), by=editor), lambda: approve(of(waiting), by=lee)):
        assert sorted(act.result is None for act in acts) == [False, True]
        (refused,) = (act.result for act in acts if act.result)
        assert "has approved this as it stands" in str(refused)
        winner = editor if acts[0].result is None else lee
        assert of(waiting).approved_by == winner
        assert list(waiting.steps.filter(act="approved").values_list("by", flat=True)) == [winner.pk]


def approving(waiting, editor):
    """Approve what stood there when the page was opened."""
    seen = digest_of(waiting)
    return lambda: approve(of(waiting), by=editor, seen=seen, opened=builders.NEXT_DAY)


def test_an_approval_and_a_change_of_the_note_leave_the_new_note_unapproved(waiting, editor, reporter, kept):
    edit = lambda: of(waiting).edit(by=reporter, now=NOW, note="Another sentence.")  # noqa: E731
    for acts in run(kept(), approving(waiting, editor), edit):
        assert acts[1].result is None
        assert (of(waiting).note, of(waiting).state, of(waiting).approved_by) == (
            "Another sentence.",
            "submitted",
            None,
        )
        assert waiting.steps.filter(act="changed").count() == 1


def test_a_change_of_the_note_and_an_approval_leave_the_new_note_unapproved(waiting, editor, reporter, kept):
    edit = lambda: of(waiting).edit(by=reporter, now=NOW, note="Another sentence.")  # noqa: E731
    for acts in run(kept(), edit, approving(waiting, editor)):
        assert acts[0].result is None
        assert (of(waiting).note, of(waiting).state) == ("Another sentence.", "submitted")


@pytest.mark.parametrize("order", [1, -1])
def test_an_approval_and_a_change_of_the_story_leave_it_unapproved(waiting, editor, reporter, kept, order):
    def edit():
        of(waiting).story.edit(by=reporter, now=NOW, standfirst="Another standfirst.")

    for acts in run(kept(), *[approving(waiting, editor), edit][::order]):
        assert acts[::order][1].result is None
        assert (of(waiting).story.standfirst, of(waiting).state) == ("Another standfirst.", "submitted")


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_correction_and_a_retraction_one_goes_out(published, reporter, editor, standards, kept, order):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace(WATCHED, ""))
    both = [
        builders.make_correction(story=published, written_by=reporter, kind=kind)
        for kind in ("correction", "retraction")
    ]
    for one in both:
        submit(one, by=reporter, now=builders.NEXT_DAY)
    for one in both:
        approve(one, by=standards, now=builders.NEXT_DAY)
    out = [lambda one=one: correct(of(one), by=editor, now=NOW) for one in both]
    for acts in run(kept(), *out[::order]):
        assert sorted(act.result is None for act in acts) == [False, True]
        assert Edition.objects.count() == 2
        assert sorted(Correction.objects.values_list("state", flat=True)) == ["approved", "published"]


@pytest.mark.parametrize("order", [1, -1])
def test_no_edition_brings_back_what_is_withheld_meanwhile(waiting, published, editor, standards, kept, order):
    """Either it doesn't go out, or the order reaches it too."""
    approve(waiting, by=editor, now=builders.NEXT_DAY)
    words = "met in secret in March"
    assert showing(words)

    def hide():
        builders.withhold(story=published, paragraph=1, by=standards, now=NOW)

    for acts in run(kept(), *[lambda: correct(of(waiting), by=editor, now=NOW), hide][::order]):
        went_out, hid = (act.result is None for act in acts[::order])
        assert hid
        assert WithholdingOrder.objects.count() == 1
        parts = Part.objects.filter(kind="block", content__contains=words)
        assert len(parts) == len(withheld_now(part.pk for part in parts)) == Edition.objects.count() == 1 + went_out
        assert showing(words) == []


@pytest.mark.parametrize("order", [1, -1])
def test_whoever_changes_the_story_while_an_edition_goes_out_has_had_a_hand_in_the_next(
    waiting, editor, lee, reporter, kept, order
):
    """By the clock's time they began before it went out; it went out without what they did."""
    approve(waiting, by=editor, now=builders.NEXT_DAY)

    def edit():
        of(waiting).story.edit(by=lee, standfirst="Another standfirst.")

    for acts in run(kept(), *[edit, lambda: correct(of(waiting), by=editor)][::order]):
        went_out = acts[::order][1].result is None
        following = builders.make_correction(story=of(waiting).story, written_by=reporter)
        assert hand_in(following, lee).startswith("You changed this story ")
        assert went_out == (Edition.objects.count() == 2)


def unlocked(correction):
    """What `locked` gives, without holding it."""
    return Correction.objects.select_related("story").get(pk=correction.pk)


def test_without_the_locks_of_its_rows_two_approve(waiting, editor, lee, kept, monkeypatch):
    """The same race as above: its locks are what keeps it whole."""
    kept = kept()
    monkeypatch.setattr(Correction, "locked", unlocked)
    acts = run(kept, lambda: approve(of(waiting), by=editor), lambda: approve(of(waiting), by=lee))
    with pytest.raises(AssertionError):
        assert all(sorted(act.result is None for act in both) == [False, True] for both in acts)


def test_without_the_locks_of_its_rows_an_approval_undoes_a_change_of_the_note(
    waiting, editor, reporter, kept, monkeypatch
):
    kept = kept()
    monkeypatch.setattr(Correction, "locked", unlocked)
    monkeypatch.setattr(
        ContributionQuerySet,
        "record",
        lambda self, story, *, by, now: self._record(story, by=by, now=now, wording=None),
    )
    edit = lambda: of(waiting).edit(by=reporter, now=NOW, note="Another sentence.")  # noqa: E731
    acts = run(kept, approving(waiting, editor), edit)
    with pytest.raises(AssertionError):
        assert all((of(waiting).note, of(waiting).state) == ("Another sentence.", "submitted") for _ in acts)
