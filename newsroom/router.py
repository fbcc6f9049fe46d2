"""Where the inbox is written: on its own server, when one is set."""

from typing import Any

from django.conf import settings


class InboxRouter:
    """Sends readers' reports to the `inbox` database when there is one; everything else stays put."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        """The inbox's database for its models."""
        return self._inbox(model)

    def db_for_write(self, model: type, **hints: Any) -> str | None:
        """The inbox's database for its models."""
        return self._inbox(model)

    def _inbox(self, model: Any) -> str | None:
        is_inbox = model._meta.label == "record.Report"
        return "inbox" if is_inbox and "inbox" in settings.DATABASES else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Only the default database is migrated: the inbox is a second way to the same tables."""
        return False if db == "inbox" else None
