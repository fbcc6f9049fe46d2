"""What each kind of change brings readers, and what it may not touch."""

import json

import pytest

from investigations.publishing.correct import correct
from investigations.publishing.outgoing import outgoing
from investigations.publishing.refusal import Refused
from investigations.publishing.steps import approve, submit
from investigations.record import chain
from investigations.record.models import Edition
from investigations.record.reading import read
from tests import builders
from tests.publishing.corrections import latest, notes

OF_MARCH = "An earlier edition gave a wrong month. It was March."


def go_out(story, kind, *, reporter, standards, now=builders.NEXT_DAY, **values):
    """A change of this kind, all the way to readers."""
    correction = builders.make_submitted(story=story, written_by=reporter, written_at=now, kind=kind, **values)
    approve(correction, by=standards, now=now)
    correct(correction, by=standards, now=now)
    correction.refresh_from_db()
    return correction


def kinds_of(edition):
    return [part.kind for part in edition.parts.order_by("order")]


def test_a_retraction_takes_text_and_evidence_back_and_says_why(published, reporter, standards):
    correction = go_out(published, "retraction", reporter=reporter, standards=standards)
    assert kinds_of(latest()) == ["header", "correction"]
    (note,) = notes(latest())
    assert (note["kind"], note["number"], note["changes"], note["wrong_since"]) == ("retraction", 1, [], None)
    assert correction.edition == 2
    assert chain.verify() == []


def test_nothing_goes_out_after_a_retraction(published, reporter, standards):
    go_out(published, "retraction", reporter=reporter, standards=standards)
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    draft = builders.make_correction(story=published, written_by=reporter)
    with pytest.raises(Refused, match="This story was retracted: nothing more goes out under it"):
        submit(draft, by=reporter)


def test_a_retraction_is_not_barred_by_what_the_story_check_finds_on_the_desk(published, reporter, standards):
    published.passages.first().evidence.all().delete()
    go_out(published, "retraction", reporter=reporter, standards=standards)
    assert latest().change == "retraction"


def test_an_editors_note_changes_no_part_of_the_story(published, reporter, standards):
    before = [(part.kind, part.content) for part in latest().parts.order_by("order")]
    quote = published.passages.first().evidence.get().quote
    type(quote).objects.filter(pk=quote.pk).update(words="Words that nobody said")
    go_out(published, "editors_note", reporter=reporter, standards=standards)
    after = [(part.kind, part.content) for part in latest().parts.order_by("order")]
    assert after[:-1] == before
    assert after[-1][0] == "correction"


def test_an_editors_note_smuggles_no_mended_words(published, reporter):
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""))
    draft = builders.make_correction(story=published, written_by=reporter, kind="editors_note")
    with pytest.raises(Refused, match="changes no words, and the story's were changed"):
        submit(draft, by=reporter)


def test_an_old_note_is_kept_as_what_it_is(published, reporter, standards):
    go_out(published, "correction", reporter=reporter, standards=standards, noted=builders.NOON.date())
    (note,) = notes(latest())
    assert (note["noted"], note["changes"], note["wrong_since"]) == ("2026-03-02", [], None)


def test_a_note_that_was_wrong_is_corrected_by_another(published, reporter, standards):
    first = builders.correct_story(published, reporter=reporter, editor=standards)
    go_out(published, "correction", reporter=reporter, standards=standards, corrects=first, now=builders.DAY_AFTER)
    old, new = notes(latest())
    assert (old["note"], new["corrects"]) == ("Lee Sample did not watch the vote.", 1)
    assert new["wrong_since"]["edition"] == 2


def test_an_update_carries_a_note_and_says_nothing_was_wrong(published, reporter, standards):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=f"{published.body}\n\nMore is known by now.")
    go_out(published, "update", reporter=reporter, standards=standards, note="The board has answered.")
    (note,) = notes(latest())
    assert (note["kind"], note["wrong_since"]) == ("update", None)


def test_a_minor_change_carries_no_note_and_no_number(published, reporter, standards):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace("gallery", "galery"))
    correction = go_out(published, "minor", reporter=reporter, standards=standards, note="")
    assert (correction.number, notes(latest()), latest().change) == (None, [], "minor")


def test_what_shows_the_right_is_printed_only_when_the_newsroom_says_so(published, reporter, editor):
    published_note = {"basis": "The minutes name everybody in the room."}
    builders.correct_story(published, reporter=reporter, editor=editor, **published_note)
    assert "basis" not in notes(latest())[0]
    builders.correct_story(
        published,
        reporter=reporter,
        editor=editor,
        old="was sold",
        new="was leased",
        now=builders.DAY_AFTER,
        basis_shown=True,
        **published_note,
    )
    assert json.dumps(notes(latest())).count("The minutes name everybody") == 1


TOUCHING = {
    "a number": ("and the port was sold", "and the port was sold for 40 million"),
    "a number in a word": ("and the port was sold", "and two ports were sold"),
    "a date": ("the vote", "the vote in may"),
    "a name": ("Lee Sample", "Lee Simple"),
    "a name where a sentence begins": ("The chair", "Chair Kim"),
    "a negation": ("watched", "never watched"),
    "quoted words": ("watched the vote", "“watched the vote"),
    "a passage with evidence": ("nobody had asked her", "nobody had ever asked her"),
}


@pytest.mark.parametrize("what", TOUCHING)
def test_a_minor_change_touches_nothing_a_reader_relied_on_unless_an_editor_says_so(
    what, published, reporter, editor, standards
):
    old, new = TOUCHING[what]
    assert old in published.body
    published.edit(by=reporter, body=published.body.replace(old, new))
    for passage, mark in zip(published.passages.order_by("mark"), published.parsed().marks, strict=True):
        passage.confirm(mark.words, by=reporter)
    minor = builders.make_submitted(story=published, written_by=reporter, kind="minor", note="")
    with pytest.raises(Refused, match=f"This touches .*{what.partition(' in a')[0].partition(' where')[0]}"):
        approve(minor, by=editor)
    with pytest.raises(Refused, match="This touches"):
        correct(minor, by=editor, alone="It looks odd.")
    approve(minor, by=editor, minor_anyway=True)
    correct(minor, by=editor)
    assert latest().change == "minor"


HARMLESS = [("watched", "watching"), ("the vote", "the  vote"), ("gallery.", "gallery!"), ("said that", "said")]


@pytest.mark.parametrize(("old", "new"), HARMLESS)
def test_a_minor_change_may_touch_other_words(old, new, published, reporter, editor):
    published.edit(by=reporter, body=published.body.replace(old, new))
    minor = builders.make_correction(story=published, written_by=reporter, kind="minor", note="")
    changes = outgoing(minor, read(Edition.objects.all())[-1]) if old != "the vote" else None
    assert changes is None or changes.touches == []


def test_a_short_name_may_move_with_an_edition(published, reporter, editor):
    type(published).objects.filter(pk=published.pk).update(slug="another-address")
    published.refresh_from_db()
    builders.correct_story(published, reporter=reporter, editor=editor)
    header = json.loads(latest().parts.get(kind="header").content)
    assert header["slug"] == "another-address"


def test_an_address_that_was_anothers_is_no_storys(published, investigation, reporter, editor):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor, now=builders.NEXT_DAY)
    type(published).objects.filter(pk=published.pk).update(slug=f"{published.slug}-moved")
    published.refresh_from_db()
    old = Edition.objects.count()
    builders.correct_story(published, reporter=reporter, editor=editor, now=builders.NEXT_DAY)
    type(other).objects.filter(pk=other.pk).update(slug=published.slug.removesuffix("-moved"))
    other.refresh_from_db()
    with pytest.raises(Refused, match="is another story’s for ever"):
        builders.correct_story(other, reporter=reporter, editor=editor, now=builders.DAY_AFTER)
    assert Edition.objects.count() == old + 1
