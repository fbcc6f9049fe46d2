"""The record: what has been said in public. The only app of a public node."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate


class RecordConfig(AppConfig):
    """The record's app."""

    name = "investigations.record"
    label = "record"
    verbose_name = "Record"

    def ready(self) -> None:
        """Put guards and search index back after each migration, and look for the guards at each start."""
        from investigations.record.checks import check_guards

        pre_migrate.connect(_step_aside, sender=self)
        post_migrate.connect(_install, sender=self)
        register(check_guards, "database")


def _step_aside(**kwargs: Any) -> None:
    """SQLite alters a table by making it anew, which triggers that name other tables would stop."""
    from django.db import connections

    from investigations.record.guards import drop

    if connections[kwargs["using"]].vendor == "sqlite":
        drop(connections[kwargs["using"]])


def _install(**kwargs: Any) -> None:
    from django.db import connections

    from investigations.record.guards import install
    from investigations.record.models.search import PUBLIC_INDEX

    connection = connections[kwargs["using"]]
    tables = set(connection.introspection.table_names())
    if tables >= {"record_edition", "record_part", "record_withholding"}:
        install(connection)
    if PUBLIC_INDEX.table in tables:
        PUBLIC_INDEX.install(connection)
