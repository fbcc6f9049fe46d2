"""Instants in the newsroom's own time, on both sides of the change of the clocks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from investigations.pages.instants import instant


@pytest.fixture(autouse=True)
def _new_york(settings):
    settings.TIME_ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("utc", "words", "iso"),
    [
        ("2026-03-08T06:59", "March 8, 2026, 1:59 a.m. EST", "2026-03-08T01:59-05:00"),
        ("2026-03-08T07:00", "March 8, 2026, 3:00 a.m. EDT", "2026-03-08T03:00-04:00"),
        ("2026-11-01T05:30", "November 1, 2026, 1:30 a.m. EDT", "2026-11-01T01:30-04:00"),
        ("2026-11-01T06:30", "November 1, 2026, 1:30 a.m. EST", "2026-11-01T01:30-05:00"),
        ("2017-06-13T13:00", "June 13, 2017, 9:00 a.m. EDT", "2017-06-13T09:00-04:00"),
        ("2017-01-01T04:59", "December 31, 2016, 11:59 p.m. EST", "2016-12-31T23:59-05:00"),
        ("2017-01-01T05:00", "January 1, 2017, 12:00 a.m. EST", "2017-01-01T00:00-05:00"),
        ("2017-01-01T17:05", "January 1, 2017, 12:05 p.m. EST", "2017-01-01T12:05-05:00"),
    ],
)
def test_an_instant_is_said_in_the_newsrooms_zone(utc, words, iso):
    said = instant(datetime.fromisoformat(utc).replace(tzinfo=UTC))
    assert (said.words, said.iso) == (words, iso)
    assert words.startswith(said.day)


def test_the_same_instant_is_said_the_same_from_text_and_from_another_zone():
    utc = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    elsewhere = utc.astimezone(timezone(timedelta(hours=9)))
    assert instant(utc) == instant(elsewhere) == instant("2026-03-08T07:00:00.000000+00:00")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu"])
def test_another_newsroom_has_another_zone(settings, zone):
    settings.TIME_ZONE = zone
    said = instant(datetime(2026, 1, 1, 12, 0, tzinfo=UTC))
    assert said.iso == {"Europe/Berlin": "2026-01-01T13:00+01:00", "Asia/Kathmandu": "2026-01-01T17:45+05:45"}[zone]


def test_words_dont_follow_the_language_of_the_process(settings):
    from django.utils import translation

    with translation.override("de"):
        assert instant(datetime(2026, 3, 8, 7, 0, tzinfo=UTC)).words == "March 8, 2026, 3:00 a.m. EDT"
