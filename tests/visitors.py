"""Everybody who may come to the site, each with a browser of their own."""

from copy import deepcopy
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from tests import builders

ROLES = (
    *("anonymous", "inactive", "groupless", "counsel", "outsider"),
    *("reporter", "editor", "standards", "superuser"),
)


class Visitor:
    """Somebody's browser. What a request writes, in the database and into its cookies, is taken back after it."""

    def __init__(self, user: Any = None) -> None:
        self.user, self.client = user, Client()
        if user:
            self.client.force_login(user)

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        """The answer, as if the request had never been made. Without `data` a POST is empty."""
        with self.as_if_never():
            return getattr(self.client, method.lower())(path, data or {})

    def as_if_never(self) -> Any:
        """A block whose requests leave nothing behind."""
        return _TakenBack(self.client)


class _TakenBack:
    def __init__(self, client: Client) -> None:
        self.client, self.block = client, transaction.atomic()

    def __enter__(self) -> None:
        self.cookies = deepcopy(self.client.cookies)
        self.block.__enter__()

    def __exit__(self, kind: Any, *error: Any) -> None:
        if kind is None:
            transaction.set_rollback(True)
        self.block.__exit__(kind, *error)
        self.client.cookies = self.cookies


def visitors(investigation: Any, **standing: Any) -> dict[str, Visitor]:
    """One of each role: the standing people as given, and those whom no test has standing.

    `groupless` is on the team of the investigation, but in no group; `inactive` was an editor on it, logged in before
    the account was closed; `counsel` is a lawyer, who unless given is asked for nothing.
    """
    groupless, inactive = builders.make_user("groupless"), builders.make_user("inactive", "Editor")
    investigation.team.add(groupless, inactive)
    people = {
        "anonymous": None,
        "inactive": inactive,
        "groupless": groupless,
        "counsel": standing.get("counsel") or builders.make_user("counsel", "Counsel"),
        **standing,
        "superuser": builders.make_user("superuser", is_superuser=True),
    }
    found = {role: Visitor(people[role]) for role in ROLES}
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    return found
