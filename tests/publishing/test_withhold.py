"""Withholding: readers no longer get a part, are told so, and the chain still holds."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command

from investigations.publishing.compile import recompile
from investigations.publishing.refusal import Refused
from investigations.publishing.withhold import withhold
from investigations.record import chain
from investigations.record.models import Edition, MeetingRow, Page, Part, Withholding
from tests import builders

COURT = "Order of the Harbor Court, 3 HC 17"


@pytest.fixture
def act(standards):
    """Acts upon a part as the standards editor."""

    def upon(part, *states):
        for state in states:
            withhold(part, state=state, authority=COURT, by=standards)

    return upon


@pytest.fixture
def block(published):
    """The story's second paragraph."""
    return Part.objects.get(kind="block", key="b2")


def pages() -> dict[str, bytes]:
    """What readers get at each address that doesn't print the chain's end."""
    found = Page.objects.exclude(path="/corrections.atom")
    return {str(page): bytes(page.body) for page in found}


def everything() -> str:
    """All that readers get, and all that stands in the ledger and the index."""
    said = [bytes(page.body).decode() for page in Page.objects.all()]
    said += [part.content or "" for part in Part.objects.all()]
    return "\n".join([*said, *MeetingRow.objects.values_list("title", flat=True)])


def assert_the_record_holds() -> None:
    """What verify_record says, without its words."""
    call_command("verify_record", stdout=StringIO(), stderr=StringIO())


def test_a_hidden_paragraph_is_gone_from_every_page_and_the_page_says_why(block, act):
    act(block, "hidden")
    with_it = [path for path, body in pages().items() if b"watched the vote" in body]
    assert with_it == []
    page = bytes(Page.objects.get(path__startswith="/stories/", path__endswith="/editions/1/").body).decode()
    assert "A passage of this story was withheld on" in page
    assert COURT in page


def test_a_hidden_paragraph_stays_in_the_ledger(block, act):
    act(block, "hidden")
    assert "watched the vote" in Part.objects.get(pk=block.pk).content
    assert_the_record_holds()


def test_a_restored_paragraph_is_back_byte_for_byte(block, act):
    before = pages()
    act(block, "hidden")
    assert pages() != before
    act(block, "restored")
    assert pages() == before
    assert_the_record_holds()


def test_a_destroyed_paragraph_is_nowhere_any_more_and_the_chain_holds(block, act):
    act(block, "hidden", "destroyed")
    assert "watched the vote" not in everything()
    after = Part.objects.get(pk=block.pk)
    assert (after.content, after.salt, after.commitment) == (None, None, block.commitment)
    assert "A passage of this story was removed for good on" in everything()
    assert chain.verify() == []
    assert_the_record_holds()


def test_the_record_is_compiled_anew_without_what_was_destroyed(block, act):
    act(block, "hidden", "destroyed")
    before = pages()
    recompile()
    assert pages() == before


def test_each_act_is_a_link_of_the_chain_with_its_authority(block, act):
    act(block, "hidden", "restored", "hidden", "destroyed")
    acts = list(Withholding.objects.order_by("position"))
    assert [row.state for row in acts] == ["hidden", "restored", "hidden", "destroyed"]
    assert [row.position for row in acts] == [2, 3, 4, 5]
    assert {row.authority for row in acts} == {COURT}


@pytest.mark.parametrize("kind", ["note", "entry", "block"])
def test_every_kind_of_part_of_a_first_edition_can_be_withheld_and_given_back(published, act, kind):
    before = pages()
    part = Part.objects.filter(kind=kind).order_by("order")[0]
    act(part, "hidden")
    assert_the_record_holds()
    assert pages() != before
    act(part, "restored")
    assert pages() == before


def test_a_hidden_meeting_leaves_the_index_and_comes_back(story, investigation, reporter, editor, act):
    meeting = builders.make_meeting(investigation=investigation, title="Dinner at the pier")
    builders.make_attendance(meeting=meeting)
    builders.make_evidence(passage=story.passages.order_by("mark")[0], meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    part = Part.objects.get(key=f"meeting/{meeting.public_key}")
    act(part, "hidden")
    assert not MeetingRow.objects.exists()
    assert [path for path, body in pages().items() if b"Dinner at the pier" in body] == []
    assert_the_record_holds()
    act(part, "restored")
    assert MeetingRow.objects.get().title == "Dinner at the pier"


def test_what_was_hidden_does_not_come_back_with_the_next_correction(published, block, reporter, editor, act):
    act(block, "hidden")
    with suppress(Refused):
        builders.correct_story(published, reporter=reporter, editor=editor, old="was sold", new="was leased")
    assert [path for path, body in pages().items() if b"watched the vote" in body] == []


# Who may, and what is refused.


def refusal(part, state, *, by, authority=COURT) -> str:
    """The sentence with which withholding is refused; nothing was written."""
    before = Withholding.objects.count(), pages()
    with pytest.raises(Refused) as refused:
        withhold(part, state=state, authority=authority, by=by)
    assert (Withholding.objects.count(), pages()) == before
    return str(refused.value)


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_only_standards_editors_withhold(block, who, request):
    assert refusal(block, "hidden", by=request.getfixturevalue(who)).startswith("Only standards editors")


def test_withholding_without_an_authority_is_refused(block, standards):
    assert refusal(block, "hidden", by=standards, authority="  ").startswith("Say on what authority")


def test_a_headline_is_not_withheld(published, standards):
    header = Part.objects.get(kind="header")
    assert "headline can't be withheld" in refusal(header, "hidden", by=standards)


def test_a_correction_is_not_withheld(published, reporter, editor, standards):
    builders.correct_story(published, reporter=reporter, editor=editor)
    note = Part.objects.get(kind="correction")
    assert refusal(note, "hidden", by=standards).startswith("A correction can't be withheld")


@pytest.mark.parametrize(
    ("done", "asked"),
    [
        ((), "restored"),
        ((), "destroyed"),
        (("hidden",), "hidden"),
        (("hidden", "restored"), "destroyed"),
        (("hidden", "destroyed"), "restored"),
        (("hidden", "destroyed"), "hidden"),
        (("hidden", "destroyed"), "destroyed"),
    ],
)
def test_a_step_that_the_present_state_does_not_allow_is_refused(block, act, standards, done, asked):
    act(block, *done)
    assert refusal(block, asked, by=standards)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_withheld_when_a_page_breaks(block, standards, monkeypatch):
    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("investigations.publishing.withhold.compile_work", fail)
    with pytest.raises(RuntimeError):
        withhold(block, state="hidden", authority=COURT, by=standards)
    assert not Withholding.objects.exists()
    assert Edition.objects.count() == 1
