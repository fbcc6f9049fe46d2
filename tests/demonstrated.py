"""The demonstration, loaded once for the tests of a file and taken back, and its pages as readers read them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from investigations.management import demonstration
from investigations.record.models import Page
from tests.standing import standing

PASSWORD = "a-password-of-tests"


@contextmanager
def demonstrated(blocker: Any) -> Iterator[dict[str, str]]:
    """Load it and yield what readers get, by address and variant."""
    with standing(blocker):
        demonstration.load(PASSWORD)
        yield {str(page): bytes(page.body).decode() for page in Page.objects.all()}


def read(html: str) -> str:
    """A page's words as readers see them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
