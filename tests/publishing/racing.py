"""Two acts at once: one is stopped before one of its statements while the other runs as far as it gets."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

LONG = 30
"""Seconds after which a thread is stuck."""

WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


class Act:
    """One act in a thread and with a connection of its own; `result` is what came of it."""

    def __init__(self, do: Callable[[], Any], *, stop_before: int = 0, writes_only: bool = False):
        self.do, self.stop_before, self.writes_only = do, stop_before, writes_only
        self.statements, self.stopped_at = 0, 0
        self.stopped, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.pid = 0
        self.result: Any = None
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self) -> None:
        """Do it, counting statements, the COMMIT among them."""
        try:
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            commit = connection._commit
            connection._commit = lambda: (self.count("COMMIT"), commit())[1]
            with connection.execute_wrapper(self.before):
                self.do()
        except Exception as error:
            self.result = error
        finally:
            connection.close()
            self.ended.set()
            self.stopped.set()

    def before(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Called for each statement."""
        self.count(sql)
        return execute(sql, params, many, context)

    def count(self, sql: str) -> None:
        """Stop where it was asked for: at that statement, or at the first after it that writes."""
        self.statements += 1
        if self.stopped_at or not self.stop_before or self.statements < self.stop_before:
            return
        if not self.writes_only or sql.startswith(WRITES):
            self.stopped_at = self.statements
            self.stopped.set()
            assert self.go.wait(LONG)

    def waits_for_a_lock(self) -> bool:
        """Whether its connection waits for somebody else's lock; asked by the main thread."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s", [self.pid])
            row = cursor.fetchone()
        return bool(row and row[0])


def race(first: Callable[[], Any], second: Callable[[], Any]) -> Iterator[tuple[Act, Act]]:
    """Both acts, once for each statement before which `first` stops while `second` runs until it ends or waits.

    Whoever asks for the next run puts the rows back before. Once the second waits, it does so at every later stop,
    for locks are kept to the end: from there on the first stops before what it writes, and before its COMMIT.
    """
    at, waits = 1, False
    while True:
        one, other = Act(first, stop_before=at, writes_only=waits), Act(second)
        one.thread.start()
        assert one.stopped.wait(LONG)
        if one.ended.is_set():
            one.thread.join(LONG)
            return
        other.thread.start()
        waits = _runs_as_far_as_it_gets(other)
        one.go.set()
        for act in (one, other):
            act.thread.join(LONG)
            assert act.ended.is_set(), "a thread is stuck"
        yield one, other
        at = one.stopped_at + 1


def _runs_as_far_as_it_gets(act: Act) -> bool:
    """Whether it had to wait for a lock before its end."""
    until = time.monotonic() + LONG
    while not act.ended.wait(0.002):
        if act.pid and act.waits_for_a_lock():
            return True
        assert time.monotonic() < until, "the second neither ends nor waits"
    return False
