"""A Chromium, and the demonstration served to it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from investigations.management import demonstration
from tests import chromium

PASSWORD = "a-password-of-tests"

expect.set_options(timeout=30_000)  # milliseconds: a busy machine is no fault of the page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module.

    While Playwright's loop runs, this thread reaches the database by connections of its own: none of either kind is
    left open behind the other's back. A test that forks would share it with its child, and PostgreSQL could drop no
    database.
    """
    executable = chromium.executable()
    assert executable, "Chromium is not installed"
    connections.close_all()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        yield started
        connections.close_all()
        started.close()


@pytest.fixture(scope="session")
def demonstrated() -> Iterator[sqlite3.Connection]:
    """An empty database, for the demonstration once it was loaded: on SQLite, tests copy it."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        yield copy


@pytest.fixture
def site(live_server: Any, demonstrated: sqlite3.Connection) -> str:
    """The demonstration's address."""
    connection.ensure_connection()
    copied = connection.vendor == "sqlite"
    if copied and demonstrated.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        demonstrated.backup(connection.connection)
    else:
        demonstration.load(PASSWORD)
        if copied:
            connection.connection.backup(demonstrated)
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh context, without script unless asked; fails on a complaint of the browser.

    A 404 is none, nor is an answer of the status `refused`.
    """
    contexts, complaints = [], []

    def open_(
        url: str, *, width: int = 1280, scheme: Any = "light", script: bool = False, refused: str = "404"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            bypass_csp=script,
        )
        contexts.append(context)
        page = context.new_page()

        def heard(message: Any) -> None:
            if f"status of {refused}" not in message.text and "status of 404" not in message.text:
                complaints.append(f"{message.text} {message.location}")

        page.on("console", heard)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
