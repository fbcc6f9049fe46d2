"""Rows that stand for all tests of a file, and are taken back after the last."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import override_settings


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """What is written within stands until its end, around each test's own transaction."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with blocker.unblock(), quick, transaction.atomic():
        yield
        transaction.set_rollback(True)
