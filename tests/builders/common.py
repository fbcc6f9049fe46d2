"""What the builders share: numbers, instants, accounts."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User

numbers = count(10_000)  # names of one length sort in the order in which they are made
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
DAY_AFTER = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def saved(row: Any) -> Any:
    """The row, checked as a form would, and saved."""
    row.full_clean()
    row.save()
    return row


def make_user(name: str, *groups: str, **values: Any) -> Any:
    """An account in these groups."""
    user = User.objects.create_user(name, password="a-password-of-tests", is_staff=True, **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user
