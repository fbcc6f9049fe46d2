"""What has happened, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from investigations.admin.base import DeskAdmin, NeedsFilter
from investigations.models import Approval, Contribution, GateRun, IdentityAccess


class ReadOnlyAdmin(DeskAdmin):
    """Rows that only the software writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes them by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes them."""
        return False


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    """Who signed what, when."""

    list_display = ["story", "by", "at", "as_editor", "digest"]
    list_filter = ["as_editor"]
    list_select_related = ["story", "by"]
    search_fields = ["story__headline"]


@admin.register(IdentityAccess)
class IdentityAccessAdmin(ReadOnlyAdmin):
    """What was done with sources' identities, for those named on them and their handling reporters."""

    list_display = ["at", "by", "source", "act", "reason"]
    list_filter = ["act", ("at", admin.DateFieldListFilter)]
    list_select_related = ["by", "source"]
    search_fields = ["source__code_name", "by__username"]


@admin.register(GateRun)
class GateRunAdmin(ReadOnlyAdmin):
    """What the leak gate read and what came of it, for those who answer for what was sent or met."""

    needs = {"not_passed": "held back, or not read"}
    list_display = ["at", "by", "stage", "verdict", "investigation"]
    list_filter = [NeedsFilter, "verdict", "stage", ("at", admin.DateFieldListFilter)]
    list_select_related = ["by", "investigation"]
    search_fields = ["by__username"]


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """Who changed which story, when."""

    list_display = ["story", "by", "at"]
    list_select_related = ["story", "by"]
    search_fields = ["story__headline"]
