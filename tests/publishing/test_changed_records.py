"""A record behind a story is corrected like its words: what it said, what it says now, since when, at its passage."""

import pytest

from investigations.models import Evidence
from investigations.publishing.correct import correct
from investigations.publishing.rechecks import record_changed
from investigations.publishing.refusal import Refused
from investigations.publishing.scope import named
from investigations.publishing.steps import approve, submit
from tests import builders
from tests.publishing.corrections import DAYS, latest, notes, page_of


@pytest.fixture
def meeting(investigation):
    """A dinner of March 2016 at the club."""
    return builders.make_meeting(investigation=investigation, title="Dinner", when="March 2016", place="The club")


@pytest.fixture
def shown(story, meeting, reporter, editor):
    """The story, whose second passage rests on the dinner, published."""
    builders.make_evidence(passage=story.passages.get(mark="p2"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


def change(record, *, by, now=builders.NEXT_DAY, **values):
    """Change a record as a form does."""
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    record_changed(record, by=by, now=now)


def corrected(story, *, reporter, editor, now=DAYS[1], **values):
    """Correct the story as its records stand; returns the note that the record keeps."""
    values = {"note": "The dinner was in April.", **values}
    correction = builders.make_correction(story=story, written_by=reporter, written_at=now, **values)
    submit(correction, by=reporter, now=now)
    approve(correction, by=editor, now=now)
    correct(correction, by=editor, now=now)
    return notes(latest())[-1]


def lines(note):
    """What a note tells of each change: where, what it said, what it says now."""
    return [(c["where"], c["lead"] + c["old"] + c["tail"], c["lead"] + c["new"] + c["tail"]) for c in note["changes"]]


def test_a_record_alone_is_corrected_and_readers_are_told_what_it_said(shown, meeting, reporter, editor):
    change(meeting, by=reporter, when="April 2016")
    note = corrected(shown, reporter=reporter, editor=editor)
    assert lines(note) == [("evidence", "Dinner, when: March 2016", "Dinner, when: April 2016")]
    assert note["wrong_since"]["edition"] == 1
    page = page_of(shown)
    assert "In the evidence" in page
    assert "Dinner, when: <del>March</del> 2016" in page


def test_the_correction_stands_at_the_passage_that_rests_on_the_record(shown, meeting, reporter, editor):
    change(meeting, by=reporter, place="The embassy")
    (told,) = corrected(shown, reporter=reporter, editor=editor)["changes"]
    assert told["block"] == 2
    body = page_of(shown)
    words, tag = body.index("nobody had asked her"), body.index("[Corrected]")
    assert words < tag < body.index('class="fix"')


def test_a_record_changed_along_with_the_words_is_told_along_with_them(shown, meeting, reporter, editor):
    change(meeting, by=reporter, place="The embassy")
    shown.edit(by=reporter, now=DAYS[1], body=shown.body.replace("from the gallery", "from the street"))
    told = [where for where, *_ in lines(corrected(shown, reporter=reporter, editor=editor))]
    assert told == ["text", "evidence"]


def test_a_minor_change_may_not_change_a_record(shown, meeting, reporter, editor):
    change(meeting, by=reporter, place="The embassy")
    draft = builders.make_correction(story=shown, written_by=reporter, kind="minor", cause="", came_to_light="")
    submit(draft, by=reporter)
    with pytest.raises(Refused, match="the evidence"):
        approve(draft, by=editor)


def test_evidence_put_in_at_words_that_readers_have_is_told_of(shown, investigation, reporter, editor):
    source = builders.make_source(investigation=investigation, kind="document", title="The guest book")
    builders.make_evidence(passage=shown.passages.get(mark="p2"), source=source)
    shown.edit(by=reporter, now=DAYS[1])
    note = corrected(shown, reporter=reporter, editor=editor, kind="update", note="The guest book came to light.")
    assert [(c["old"], c["new"]) for c in note["changes"]] == [("", "The guest book")]
    assert "Put in" in page_of(shown)


def test_evidence_taken_away_from_words_that_stay_is_told_of(shown, meeting, reporter, editor):
    Evidence.objects.filter(meeting=meeting).delete()
    shown.edit(by=reporter, now=DAYS[1])
    note = corrected(shown, reporter=reporter, editor=editor)
    assert [(c["old"], c["new"]) for c in note["changes"]] == [("Dinner", "")]


def test_evidence_that_speaks_against_the_words_after_all_is_told_of(shown, meeting, reporter, editor):
    Evidence.objects.filter(meeting=meeting).update(stance="contradicts")
    shown.edit(by=reporter, now=DAYS[1])
    (line,) = lines(corrected(shown, reporter=reporter, editor=editor))
    assert line == ("evidence", "Dinner, stance: Supports", "Dinner, stance: Contradicts")


def test_a_line_is_wrong_since_the_first_edition_that_had_it(shown, meeting, reporter, editor):
    change(meeting, by=reporter, place="The embassy")
    corrected(shown, reporter=reporter, editor=editor, now=DAYS[1])
    change(meeting, by=reporter, place="The garden", now=DAYS[2])
    note = corrected(shown, reporter=reporter, editor=editor, now=DAYS[2])
    assert note["wrong_since"]["edition"] == 2
    change(meeting, by=reporter, when="April 2016", now=DAYS[3])
    assert corrected(shown, reporter=reporter, editor=editor, now=DAYS[3])["wrong_since"]["edition"] == 1


def test_an_editors_note_leaves_a_changed_record_as_readers_have_it(shown, meeting, reporter, standards):
    change(meeting, by=reporter, place="The embassy")
    shown.investigation.team.add(standards)
    note = corrected(shown, reporter=reporter, editor=standards, kind="editors_note", note="We look into the place.")
    assert note["changes"] == []
    assert "The embassy" not in page_of(shown)


def test_a_withheld_record_takes_the_notes_that_quote_it_along(shown, meeting, reporter, editor, standards):
    change(meeting, by=reporter, place="The embassy")
    corrected(shown, reporter=reporter, editor=editor)
    order = builders.withhold(by=standards, entry=f"meeting/{meeting.public_key}", now=DAYS[2])
    assert {"entry", "correction"} <= {part.kind for part in named(order.parts)}
    page = page_of(shown)
    assert "The club" not in page
    assert "The embassy" not in page


def test_the_changes_page_shows_the_line(shown, meeting, reporter, editor, client):
    change(meeting, by=reporter, when="April 2016")
    corrected(shown, reporter=reporter, editor=editor)
    page = client.get(f"/stories/{shown.slug}/changes/").content.decode()
    assert "Evidence: Dinner, when" in page
    assert "added: </span>April" in page
