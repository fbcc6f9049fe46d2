"""The date field: the words as typed, and the span beside them on every way a row is written."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import modelform_factory

from investigations.models import Meeting, Role
from tests import builders

EARLY_AUGUST = (date(2016, 8, 1), date(2016, 8, 10))


def span(meeting):
    meeting.refresh_from_db()
    return (meeting.when_earliest, meeting.when_latest)


@pytest.fixture
def values(investigation):
    return {"investigation": investigation, "title": "Visit", "kind": "meeting", "established": "document"}


def test_saving_keeps_the_words_and_fills_the_span(db):
    meeting = builders.make_meeting(when="early August 2016")
    assert span(meeting) == EARLY_AUGUST
    assert meeting.when == "early August 2016"
    assert meeting.when_edtf == "[2016-08-01..2016-08-10]"


def test_creating_fills_the_span(values):
    assert span(Meeting.objects.create(when="early August 2016", **values)) == EARLY_AUGUST


def test_a_bulk_write_fills_the_span(values):
    rows = [Meeting(when="early August 2016", slug=f"visit-{n}", **values) for n in range(2)]
    Meeting.objects.bulk_create(rows)
    assert [span(meeting) for meeting in Meeting.objects.all()] == [EARLY_AUGUST] * 2


def test_changed_words_change_the_span(db):
    meeting = builders.make_meeting(when="2015")
    meeting.when = "early August 2016"
    meeting.save()
    assert span(meeting) == EARLY_AUGUST


def test_words_taken_away_take_the_span_with_them(db):
    meeting = builders.make_meeting(when="2015")
    meeting.when = ""
    meeting.save()
    assert span(meeting) == (None, None)
    assert meeting.when_edtf == ""


@pytest.mark.parametrize(
    ("words", "ends"),
    [("before March 3, 2016", (None, date(2016, 3, 2))), ("after March 3, 2016", (date(2016, 3, 4), None))],
)
def test_an_open_end_is_null(words, ends, db):
    assert span(builders.make_meeting(when=words)) == ends


def test_each_date_of_a_row_fills_its_own_span(db):
    role = builders.make_role(since="2010", until="March 2016")
    role.refresh_from_db()
    assert (role.since_earliest, role.since_latest) == (date(2010, 1, 1), date(2010, 12, 31))
    assert (role.until_earliest, role.until_latest) == (date(2016, 3, 1), date(2016, 3, 31))


@pytest.mark.parametrize("words", ["sometime", "winter 2016", "3/4/2016", "May 3 to 5", "31 April 2016", "?"])
def test_words_that_are_no_date_are_refused_with_forms_that_work(words, values):
    with pytest.raises(ValidationError) as refused:
        Meeting(when=words, **values).full_clean()
    (said,) = refused.value.message_dict["when"]
    assert "2016" in said


@pytest.mark.parametrize("words", ["sometime", "winter 2016"])
def test_words_that_are_no_date_are_refused_past_the_form_too(words, values):
    with pytest.raises(ValidationError), transaction.atomic():
        Meeting.objects.create(when=words, **values)
    with pytest.raises(ValidationError), transaction.atomic():
        Meeting.objects.bulk_create([Meeting(when=words, slug="visit", **values)])
    assert not Meeting.objects.exists()


def test_the_form_says_so_at_the_field(db):
    form = modelform_factory(Role, fields=["person", "title", "since"])(
        {"person": builders.make_person().pk, "title": "chair", "since": "sometime"}
    )
    assert not form.is_valid()
    assert form.errors.keys() == {"since"}
    assert "April 14, 2016" in Role._meta.get_field("since").help_text


def test_a_saved_date_is_read_back_as_the_words_typed(db):
    builders.make_meeting(when="April 14,  2016")
    assert Meeting.objects.get(when_earliest=date(2016, 4, 14)).when == "April 14,  2016"
