"""What every test may ask for: three standing people, an investigation, a story ready to go out."""

import os
from typing import Any

import hypothesis
import pytest
from django.db import connections
from django.test import TransactionTestCase

from investigations.models import guards as desk_guards
from investigations.record import guards
from tests import builders, chromium

# A busy machine is no fault of the code: no property test fails for being slow.
hypothesis.settings.register_profile(
    "newsroom", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("newsroom")

_flush = TransactionTestCase._fixture_teardown


def _flush_without_guards(self: TransactionTestCase) -> None:
    """Empty the tables between transactional tests: the guards would refuse, so they step aside.

    The flush ends in `post_migrate`, which puts guards and groups back through the migration's own function.
    """
    for name in self._databases_names(include_mirrors=False):
        guards.drop(connections[name])
        desk_guards.drop(connections[name])
    _flush(self)


TransactionTestCase._fixture_teardown = _flush_without_guards  # type: ignore[method-assign]

# Playwright's own loop runs in the thread of a test; the database is still used from one thread at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure() -> None:
    """No thread of a live server leaves a connection behind, for which PostgreSQL would keep the database."""
    from django.conf import settings

    for database in settings.DATABASES.values():
        database["CONN_MAX_AGE"] = 0


# Folders that look at what rows say: that both engines hold the same rows is for the others to test.
ALIKE = {"lint", "pages", "spellings"}


def asks_the_database(item: Any) -> bool:
    """Whether a test may: pytest-django bars the others from it, so that they say the same on either engine."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
    return bool(marked or {"db", "transactional_db"} & {*item.fixturenames})


def is_alike(item: pytest.Item) -> bool:
    """Whether a test that asks the database looks at the same on either engine."""
    marked = item.get_closest_marker("once") or ALIKE & {*item.path.parts}
    return bool(marked) and not item.get_closest_marker("postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what can't run here, and, on the second engine, what can't come out otherwise there.

    The first: browser tests without Chromium, PostgreSQL's on another engine. The second: tests without a database,
    those marked `once`, and those of folders that look at rows alone.
    """
    from django.conf import settings

    on_postgresql = "postgresql" in str(settings.DATABASES["default"]["ENGINE"])
    if on_postgresql:
        again = [item for item in items if asks_the_database(item) and not is_alike(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again
    for item in items:
        if item.get_closest_marker("browser") and not chromium.executable() and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))
        if item.get_closest_marker("postgresql") and not on_postgresql:
            item.add_marker(pytest.mark.skip(reason="a test of PostgreSQL; this run is on SQLite"))
        if item.get_closest_marker("sqlite") and on_postgresql:
            item.add_marker(pytest.mark.skip(reason="a test of SQLite; this run is on PostgreSQL"))


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reporter(db: None) -> Any:
    """On the team; writes."""
    return builders.make_user("reporter", "Reporter")


@pytest.fixture
def editor(db: None) -> Any:
    """On the team; signs, approves, publishes."""
    return builders.make_user("editor", "Editor")


@pytest.fixture
def outsider(db: None) -> Any:
    """A reporter of the same newsroom on no team."""
    return builders.make_user("outsider", "Reporter")


@pytest.fixture
def standards(db: None) -> Any:
    """A standards editor."""
    return builders.make_user("standards", "Standards editor")


@pytest.fixture
def counsel(db: None) -> Any:
    """A lawyer: reads what they are asked to clear, and nothing else."""
    return builders.make_user("counsel", "Counsel")


@pytest.fixture
def investigation(reporter: Any, editor: Any) -> Any:
    """An investigation with reporter and editor on its team."""
    return builders.make_investigation(team=[reporter, editor], handling_reporter=reporter)


@pytest.fixture
def story(investigation: Any, reporter: Any) -> Any:
    """A story of two paragraphs and two passages, each with evidence, attributed to the reporter."""
    return builders.make_ready_story(investigation=investigation, by=reporter)


@pytest.fixture
def published(story: Any, reporter: Any, editor: Any) -> Any:
    """The story, signed by two and published."""
    builders.publish_story(story, reporter=reporter, editor=editor)
    return story


@pytest.fixture
def as_user(client: Any) -> Any:
    """The test's browser, logged in as somebody."""

    def logged_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return logged_in
