"""The desk: private working data, never read by a reader's page."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate, pre_save


class InvestigationsConfig(AppConfig):
    """The desk's app."""

    name = "investigations"
    verbose_name = "Investigations"

    def ready(self) -> None:
        """Make the groups after each migration (permissions don't exist before); watch what is written."""
        from django.contrib.auth import get_user_model

        from investigations.models.desk_keeping import watch
        from investigations.models.legal_hold import watch_deletions
        from investigations.models.secrecy import hold_after_reset, identity_written
        from investigations.publishing.gate import scan_after_writing
        from investigations.publishing.mailing import check_mail

        identity_written.connect(scan_after_writing, dispatch_uid="scan_after_writing")
        pre_migrate.connect(_take_guards_away, sender=self)
        post_migrate.connect(_make_groups, sender=self)
        post_migrate.connect(_put_guards_back, sender=self)
        watch_deletions()
        watch()
        register(check_mail)
        pre_save.connect(hold_after_reset, sender=get_user_model(), dispatch_uid="hold_after_reset")


def _make_groups(**kwargs: Any) -> None:
    from investigations.models.groups import make_groups

    make_groups(using=kwargs["using"])


def _take_guards_away(**kwargs: Any) -> None:
    """SQLite alters a table by making it anew, which triggers that name other tables would stop."""
    from investigations.models import guards

    if connections[kwargs["using"]].vendor == "sqlite":
        guards.drop(connections[kwargs["using"]])


def _put_guards_back(**kwargs: Any) -> None:
    from investigations.models import guards
    from investigations.models.desk_text import DESK_INDEX

    connection = connections[kwargs["using"]]
    if guards.have_their_tables(connection):
        guards.install(connection)
    if DESK_INDEX.table in connection.introspection.table_names():
        DESK_INDEX.install(connection)
