"""Investigations' pages: published by two people, made of what readers have, and of nothing else."""

import json
import re

import pytest

from investigations.models import GateRun
from investigations.publishing.compile import compile_work
from investigations.publishing.investigation import in_the_way, projected, publish_page
from investigations.publishing.refusal import Refused
from investigations.record.models import Edition, Page, Part
from tests import builders


@pytest.fixture
def meeting(investigation):
    """A visit of one named guest and three others, on a day that is known."""
    meeting = builders.make_meeting(investigation=investigation, title="A visit", when="September 8, 2016")
    builders.make_attendance(meeting=meeting)
    builders.make_attendance(meeting=meeting, descriptor="three others", headcount=3)
    return meeting


@pytest.fixture
def guest(meeting):
    return meeting.attendances.exclude(person=None).get().person


@pytest.fixture
def paper(investigation):
    return builders.make_source(investigation=investigation, title="The visitors' book")


@pytest.fixture
def group(investigation, meeting, guest, paper):
    """The guest's visits, which the visitors' book counts from August to the seventh of September."""
    group = builders.make_meeting_class(
        investigation=investigation, meetings=[meeting], subject=guest, counted="hosts", label="her visits"
    )
    builders.make_coverage(source=paper, meeting_class=group, since="2016-08-01", until="2016-09-07")
    return group


@pytest.fixture
def told(story, meeting, paper, group, reporter, editor):
    """The story, published with the visit and the book."""
    for record in ({"meeting": meeting}, {"source": paper}):
        builders.make_evidence(passage=story.passages.first(), **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


@pytest.fixture
def page(investigation, told, meeting, guest, paper, group, reporter):
    """A page with everything on it, as the reporter left it."""
    page = builders.make_investigation_page(meeting_class=group)
    builders.make_marked_event(page=page, source=paper)
    for chosen in ({"story": told}, {"meeting": meeting}, {"person": guest}, {"source": paper}):
        builders.make_page_choice(page=page, **chosen)
    page.edit(by=reporter, now=builders.NOON)
    return page


def part(edition, kind, key):
    return json.loads(edition.parts.get(kind=kind, key=key).content)


def html(path):
    return bytes(Page.objects.get(path=path, variant="").body).decode()


# --- Two people ---


def test_an_editor_publishes_what_the_reporter_wrote(page, editor):
    edition = publish_page(page, by=editor, now=builders.NEXT_DAY)
    assert (edition.number, edition.change) == (1, "first")
    assert "Who agreed to sell the port?" in html(f"/investigations/{page.investigation.slug}/")


def test_nobody_publishes_their_own_words(page, editor):
    page.edit(by=editor)
    with pytest.raises(Refused, match="You wrote this: somebody else publishes it"):
        publish_page(page, by=editor)


@pytest.mark.parametrize(
    ("who", "says"),
    [("reporter", "Only editors publish."), ("outsider", "You are not on this investigation's team.")],
)
def test_nobody_publishes_who_may_not(who, says, page, editor, request):
    page.edit(by=editor)
    with pytest.raises(Refused, match=says):
        publish_page(page, by=request.getfixturevalue(who))
    assert not Edition.objects.filter(work__startswith="investigation:").exists()


def test_a_page_of_nobody_is_not_published(page, editor):
    type(page).objects.update(edited_by=None, edited_at=None)
    with pytest.raises(Refused, match="Nobody stands for this page yet"):
        publish_page(page, by=editor)


def test_nothing_goes_out_but_what_the_editor_read(page, editor, reporter):
    seen = projected(page).digest()
    page.body = "Who sold it?"
    page.edit(by=reporter)
    with pytest.raises(Refused, match="changed since you opened it"):
        publish_page(page, by=editor, seen=seen)
    assert publish_page(page, by=editor, seen=projected(page).digest()).number == 1


# --- Editions ---


def test_a_second_edition_says_what_changed_and_the_first_is_kept(page, editor, reporter):
    publish_page(page, by=editor, now=builders.NEXT_DAY)
    page.body = "Who sold it?"
    page.edit(by=reporter)
    with pytest.raises(Refused, match="Say in a sentence what changed"):
        publish_page(page, by=editor)
    publish_page(page, by=editor, note="The question is put shorter.", now=builders.DAY_AFTER)
    base = f"/investigations/{page.investigation.slug}/"
    assert "The question is put shorter." in html(base)
    assert "Who agreed to sell the port?" in html(f"{base}editions/1/")
    assert "Who agreed to sell the port?" not in html(base)


def test_the_same_is_not_published_twice(page, editor):
    publish_page(page, by=editor)
    with pytest.raises(Refused, match="Readers have exactly this already"):
        publish_page(page, by=editor, note="Again.")


def test_another_order_is_another_edition(page, meeting, editor):
    other = builders.make_attendance(meeting=meeting).person
    name = builders.make_page_choice(page=page, person=other, position=2)
    with pytest.raises(Refused, match="named in nothing"):
        publish_page(page, by=editor)
    name.delete()
    speaker = Part.objects.filter(kind="entry", key__startswith="quote/").first()
    known = builders.Person.objects.get(public_key=json.loads(speaker.content)["speaker"]["key"])
    second = builders.make_page_choice(page=page, person=known, position=2)
    publish_page(page, by=editor)
    page.choices.exclude(person=None).exclude(pk=second.pk).update(position=3)
    assert publish_page(page, by=editor, note="In another order.").number == 2


def test_an_address_that_readers_know_is_kept(page, editor, standards):
    publish_page(page, by=editor)
    type(page.investigation).objects.update(slug="another-name")
    page.investigation.refresh_from_db()
    with pytest.raises(Refused, match="Readers know this page as /investigations/"):
        publish_page(page, by=editor, note="Renamed.")


# --- Made of what readers have ---


def test_the_chart_counts_what_the_record_says_and_not_what_the_desk_says_now(page, meeting, editor):
    meeting.attendances.filter(person=None).update(headcount=30)
    chart = part(publish_page(page, by=editor), "figure", "chart")
    assert [(month["month"], month["count"], month["state"]) for month in chart["months"]] == [
        ("2016-08", 0, "zero"),
        ("2016-09", 3, "partly"),
        ("2016-10", None, "not_stated"),
    ]
    assert chart["months"][1]["covered"] == [["2016-09-01", "2016-09-07"]]


def test_a_page_says_nothing_of_the_desk_beside_what_is_chosen(page, investigation, editor):
    builders.make_source(investigation=investigation, title="A memo that nobody may see")
    edition = publish_page(page, by=editor)
    assert sorted(edition.parts.filter(kind="chosen").values_list("key", flat=True)) == sorted(
        ["event/1", f"story/{page.choices.exclude(story=None).get().story.public_key}"]
        + [
            f"{c}/{row.public_key}"
            for c, row in (
                ("meeting", page.choices.exclude(meeting=None).get().meeting),
                ("person", page.choices.exclude(person=None).get().person),
                ("source", page.choices.exclude(source=None).get().source),
            )
        ]
    )
    assert "A memo" not in html(f"/investigations/{investigation.slug}/")


NOT_PUBLIC = {
    "story": lambda page: {"story": builders.make_story(investigation=page.investigation, headline="Unheard of")},
    "meeting": lambda page: {"meeting": builders.make_meeting(investigation=page.investigation, slug="unseen")},
    "person": lambda page: {"person": builders.make_person(name="Nora Nobody")},
    "source": lambda page: {"source": builders.make_source(investigation=page.investigation, code_name="grey gull")},
}
SAYS = {
    "story": "“Unheard of” isn’t published: publish it first, or take it off the page.",
    "meeting": "The meeting unseen isn’t published, or is withheld: publish it with a story first, or take it off",
    "person": "Nora Nobody is named in nothing that readers have: take the name off the page.",
    "source": "The source grey gull isn’t published, or is withheld",
}


@pytest.mark.parametrize("noun", NOT_PUBLIC)
def test_what_readers_dont_have_is_refused_with_a_sentence(noun, page, editor):
    builders.make_page_choice(page=page, **NOT_PUBLIC[noun](page))
    with pytest.raises(Refused) as refused:
        publish_page(page, by=editor)
    assert SAYS[noun] in str(refused.value)
    assert in_the_way(page) == [str(refused.value)]
    assert not Edition.objects.filter(work__startswith="investigation:").exists()


def test_a_meeting_of_the_chart_that_readers_dont_have_is_refused(page, group, editor):
    group.meetings.add(builders.make_meeting(investigation=page.investigation, slug="unseen"))
    with pytest.raises(Refused, match="The meeting unseen isn’t published"):
        publish_page(page, by=editor)


def test_a_zero_rests_on_what_readers_were_told_of_the_source(page, group, paper, editor):
    builders.make_coverage(source=paper, meeting_class=group, since="2016-10-01", until="2016-10-31")
    with pytest.raises(Refused, match="covers isn’t what readers were told"):
        publish_page(page, by=editor)


def months(page, editor):
    return {one["month"]: one["state"] for one in part(publish_page(page, by=editor), "figure", "chart")["months"]}


def test_a_month_is_not_stated_where_readers_were_told_of_no_coverage(page, group, investigation, editor, reporter):
    silent = builders.make_source(investigation=investigation, title="A diary")
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.make_evidence(passage=other.passages.first(), source=silent)
    builders.publish_story(other, reporter=reporter, editor=editor)
    builders.make_coverage(source=silent, meeting_class=group, since="2016-10-01", until="2016-10-31")
    assert months(page, editor) == {"2016-08": "zero", "2016-09": "partly", "2016-10": "not_stated"}
    assert "A diary" not in html(f"/investigations/{investigation.slug}/")


def test_a_zero_does_not_rest_on_what_readers_were_told_of_other_meetings(page, group, editor):
    type(group).objects.filter(pk=group.pk).update(label="her calls")
    with pytest.raises(Refused, match="covers isn’t what readers were told"):
        publish_page(page, by=editor)


def test_a_source_that_may_not_be_named_is_refused_also_past_its_form(page, editor):
    unnamed = builders.make_source(investigation=page.investigation, descriptor="an official", identity="known")
    choice = page.choices.exclude(source=None).get()
    type(choice).objects.filter(pk=choice.pk).update(source=unnamed)
    with pytest.raises(Refused, match="may not be named"):
        publish_page(page, by=editor)


def test_faults_of_the_text_are_told(page, editor):
    type(page).objects.update(body="The board [met]{#p1} and [met]{#p1}.")
    page.refresh_from_db()
    with pytest.raises(Refused, match="The text can't go out"):
        publish_page(page, by=editor)


def test_the_leak_gate_reads_the_page(page, editor, reporter):
    builders.make_source_identity(
        by=reporter, source=builders.make_source(investigation=page.investigation, descriptor="x", identity="known")
    )
    builders.secrecy.write_identity(
        builders.make_source(investigation=page.investigation, descriptor="y", identity="known"),
        {"name": "Zoe Nandu", "contact": "zoe.nandu@harbor.example"},
        by=reporter,
    )
    page.body = "Ask zoe.nandu@harbor.example."
    page.edit(by=reporter)
    with pytest.raises(Refused, match="Protected words"):
        publish_page(page, by=editor)
    assert GateRun.objects.filter(work__startswith="investigation:", verdict="held").exists()


# --- What becomes of it afterwards ---


def test_a_storys_correction_reaches_the_page_at_once(page, told, editor, reporter):
    publish_page(page, by=editor)
    builders.correct_story(told, reporter=reporter, editor=editor)
    assert "Lee Sample did not watch the vote." in html(f"/investigations/{page.investigation.slug}/")


def test_a_corrected_meeting_changes_no_edition_and_the_page_says_so(page, meeting, told, editor, reporter):
    publish_page(page, by=editor)
    base = f"/investigations/{page.investigation.slug}/"
    assert "told otherwise" not in html(base)
    meeting.attendances.filter(person=None).update(headcount=5)
    builders.correct_story(told, reporter=reporter, editor=editor)
    assert "3, rest not stated" in html(base)
    assert re.search(
        r"told otherwise since this edition:[^<]*</p>\s*<ul><li><a [^>]*>A visit</a></li></ul>", html(base)
    )
    assert publish_page(page, by=editor, note="There were five others.").number == 2
    assert "5, rest not stated" in html(base)
    assert "told otherwise" not in html(base)
    assert "told otherwise" in html(f"{base}editions/1/")


def test_a_story_leads_to_the_page_as_soon_as_there_is_one(page, told, editor):
    href = f'href="/investigations/{page.investigation.slug}/"'
    assert href not in html(f"/stories/{told.slug}/")
    publish_page(page, by=editor)
    assert href in html(f"/stories/{told.slug}/")


def test_a_withheld_meeting_is_named_nowhere_on_the_page(page, meeting, editor, standards):
    publish_page(page, by=editor)
    base = f"/investigations/{page.investigation.slug}/"
    files = Page.objects.filter(path__startswith=base)
    assert any(b"A visit" in bytes(file.body) for file in files)
    builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}", investigation=page.investigation)
    assert [file.path for file in files.all() if b"A visit" in bytes(file.body)] == []
    assert "1 of the records that it counts is withheld" in html(base)


def test_a_withheld_record_is_not_chosen_again(page, meeting, editor, standards, reporter):
    publish_page(page, by=editor)
    builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}", investigation=page.investigation)
    page.body = "Who sold it?"
    page.edit(by=reporter)
    with pytest.raises(Refused):
        publish_page(page, by=editor, note="Shorter.")
    assert any("or is withheld" in sentence for sentence in in_the_way(page))


def test_compiling_again_changes_nothing(page, editor):
    publish_page(page, by=editor)
    assert compile_work(Part.objects.get(kind="figure", key="chart").edition.work) == []
