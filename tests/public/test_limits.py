"""How many reports an address may send, and how little of it is kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.db import connection
from django.test import RequestFactory

from investigations.public import limits
from investigations.public.limits import DAY, HOUR, count_one, forget, network_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "192.0.2.8"


def kept():
    """Every row that is kept, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {project.LIMITS_TABLE}")
        return [str(row) for row in cursor.fetchall()]


def counted(network, times):
    return [count_one(network) for _ in range(times)]


# --- The limit ---


def test_a_handful_an_hour_is_taken_and_no_more(db):
    assert counted(HERE, 7) == [True] * 5 + [False] * 2


def test_another_address_is_counted_by_itself(db):
    counted(HERE, 6)
    assert counted(THERE, 1) == [True]


def test_after_an_hour_the_same_address_may_send_again(db):
    with time_machine.travel(NOON, tick=False) as clock:
        counted(HERE, 5)
        clock.shift(timedelta(minutes=59))
        assert counted(HERE, 1) == [False]
        clock.shift(timedelta(minutes=2))
        assert counted(HERE, 1) == [True]


def test_a_day_has_a_limit_of_its_own(db):
    with time_machine.travel(NOON.replace(hour=1), tick=False) as clock:
        taken = []
        for _ in range(5):
            taken += counted(HERE, 5)
            clock.shift(timedelta(hours=2))
    assert taken == [True] * 15 + [False] * 10


def test_two_at_once_do_not_share_a_place(db, monkeypatch):
    cache = limits.caches["limits"]
    monkeypatch.setattr(type(cache), "get_many", lambda *args, **options: {})
    assert counted(HERE, 6) == [True] * 5 + [False]


# --- What is kept ---


def test_what_is_kept_is_a_hash_and_until_when(db):
    with time_machine.travel(NOON, tick=False):
        count_one(HERE)
    (one, other) = sorted(kept())
    assert re.match(r"\(':1:[0-9a-f]{64}\.3600\.0', 'gAVLAS4=', datetime.datetime\(2026, 3, 2, 13, 0", one)
    assert re.match(r"\(':1:[0-9a-f]{64}\.86400\.0', 'gAVLAS4=', datetime.datetime\(2026, 3, 3, 12, 0", other)


def test_the_hash_hangs_on_the_secret_key_and_on_the_day(db, settings):
    names = set()
    for moment in (NOON, NOON + timedelta(days=1)):
        for secret in ("a" * 50, "b" * 50):
            settings.SECRET_KEY = secret
            with time_machine.travel(moment, tick=False):
                before = set(kept())
                count_one(HERE)
                names |= {row.split("'")[1].split(".")[0] for row in set(kept()) - before}
    assert len(names) == 4


def test_nothing_is_kept_for_longer_than_a_day(db):
    with time_machine.travel(NOON, tick=False) as clock:
        counted(HERE, 5)
        assert len(kept()) == 10
        clock.shift(timedelta(seconds=HOUR + 1))
        forget()
        assert len(kept()) == 5
        clock.shift(timedelta(seconds=DAY - HOUR))
        forget()
        assert kept() == []


def test_whoever_reports_sweeps_what_others_left(db):
    with time_machine.travel(NOON, tick=False) as clock:
        counted(HERE, 5)
        clock.shift(timedelta(seconds=DAY + 1))
        count_one(THERE)
        assert len(kept()) == 2


# --- Which address ---


def network(remote, forwarded=None):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return network_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.mark.parametrize(
    ("remote", "said"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_an_address_is_cut_to_what_one_connection_has(remote, said):
    assert network(remote) == said


def test_what_a_reader_says_of_their_own_address_is_not_believed():
    assert network("192.0.2.7", "198.51.100.1") == "192.0.2.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "said"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.5, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", ""),
        (1, "", ""),
        (1, "a, b", ""),
    ],
)
def test_behind_proxies_it_is_what_the_outermost_of_ours_saw(proxies, forwarded, said, settings):
    settings.PROXIES = proxies
    assert network("10.0.0.1", forwarded) == said
