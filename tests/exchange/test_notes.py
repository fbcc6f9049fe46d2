"""Old notes from a file: drafts that say what they are, or a sentence for each bad cell and nothing written."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from investigations.models import Correction
from investigations.publishing.correct import correct
from investigations.publishing.steps import approve, submit
from tests import builders
from tests.publishing.corrections import latest, notes


@pytest.fixture
def file(tmp_path):
    """Writes a CSV of old notes; returns its path."""

    def written(*lines):
        path = tmp_path / "notes.csv"
        path.write_text("\n".join(["Story,Day,Note", *lines]), encoding="utf-8")
        return path

    return written


def take(path, by="reporter"):
    call_command("import_notes", str(path), by=by, verbosity=0)


def refusal(path, by="reporter"):
    with pytest.raises(CommandError) as refused:
        take(path, by=by)
    assert not Correction.objects.exists()
    return str(refused.value)


def test_an_old_note_becomes_a_draft_of_its_day(published, reporter, file):
    take(file(f"{published.slug},2016-05-31,The vote was in March."))
    row = Correction.objects.get()
    assert (row.noted, row.note, row.state, row.written_by) == (
        date(2016, 5, 31),
        "The vote was in March.",
        "draft",
        reporter,
    )


def test_it_goes_out_without_a_pair_of_words_nobody_knows(published, reporter, editor, file):
    take(file(f"{published.slug},2016-05-31,The vote was in March."))
    row = Correction.objects.get()
    submit(row, by=reporter)
    approve(row, by=editor)
    correct(row, by=editor)
    (note,) = notes(latest())
    assert (note["noted"], note["changes"], note["wrong_since"]) == ("2016-05-31", [], None)


def test_every_bad_cell_is_told_by_row_and_column_and_nothing_is_written(published, reporter, file):
    said = refusal(
        file(f"{published.slug},2016-05-31,Fine.", "nowhere,31 May,", f"{published.slug},2999-01-01,Later.")
    )
    assert said.split("\n") == [
        "Row 3, story: there is no story “nowhere” that you can see.",
        "Row 3, day: “31 May” is no day; write it like 2016-05-31.",
        "Row 3, note: it is empty.",
        "Row 4: That day is still to come.",
    ]


def test_a_story_that_somebody_cant_see_is_told_like_one_that_isnt_there(published, outsider, file):
    said = refusal(file(f"{published.slug},2016-05-31,Fine."), by="outsider")
    assert said == f"Row 2, story: there is no story “{published.slug}” that you can see."


def test_a_state_or_an_approval_is_no_column(published, reporter, tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text(f"story,day,note,approved by\n{published.slug},2016-05-31,Fine.,editor", encoding="utf-8")
    said = refusal(path)
    assert said == "Column “approved by” can’t be imported: an old note has story, day and note."


def test_a_short_name_of_two_investigations_is_refused(published, reporter, file):
    other = builders.make_investigation(team=[reporter])
    builders.make_story(investigation=other, slug=published.slug)
    assert "is a story of several investigations" in refusal(file(f"{published.slug},2016-05-31,Fine."))
