"""Where the inbox is written: on its own server, when one is set."""

from typing import Any

from django.conf import settings

INBOX = {("record", "report"), ("django_cache", "cacheentry")}


class InboxRouter:
    """Sends what a public node writes to the `inbox` database when there is one; everything else stays put.

    That is readers' reports, and the cache in the database that counts them.
    """

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        """The inbox's database for what is written there."""
        return self._inbox(model)

    def db_for_write(self, model: type, **hints: Any) -> str | None:
        """The inbox's database for what is written there."""
        return self._inbox(model)

    def _inbox(self, model: Any) -> str | None:
        is_inbox = (model._meta.app_label, model._meta.model_name) in INBOX
        return "inbox" if is_inbox and "inbox" in settings.DATABASES else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Only the default database is migrated: the inbox is a second way to the same tables."""
        return False if db == "inbox" else None
