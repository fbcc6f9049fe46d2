"""The desk: private working data, never read by a reader's page."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InvestigationsConfig(AppConfig):
    """The desk's app."""

    name = "investigations"
    verbose_name = "Investigations"

    def ready(self) -> None:
        """Make the groups after each migration: permissions don't exist before."""
        post_migrate.connect(_make_groups, sender=self)


def _make_groups(**kwargs: Any) -> None:
    from investigations.models.groups import make_groups

    make_groups(using=kwargs["using"])
